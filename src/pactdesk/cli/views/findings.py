"""Findings as a list: what, where, why, and who decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.views.values import unnumbered
from pactdesk.core.terms.acceptance import Acceptance
from pactdesk.core.terms.findings import Finding, Severity, acceptance_of
from pactdesk.messages.catalogue import has_text, text

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def findings_view(
    findings: tuple[Finding, ...], screen: Console, accepted: Sequence[Acceptance] = ()
) -> None:
    """Errors first; each with its quotes; accepted ones with the reason."""
    if not findings:
        screen.print(Text("  " + words("findings.none"), style="green"))
        return
    order = list(Severity)
    for each in sorted(findings, key=lambda finding: order.index(finding.severity)):
        head = Text("  ")
        head.append(words(f"severity.{each.severity}"), style=_STYLE[each.severity])
        head.append(f"  {each.code}  ", style="bold")
        head.append(_said(each, "title"))
        let_stand = acceptance_of(each, accepted)
        screen.print(head)
        if let_stand is not None:
            told = words(
                "accepted", on=let_stand.on, by=let_stand.by or "—", reason=let_stand.reason
            )
            screen.print(Padding(Text(told, style="green"), (0, 2, 0, 6)))
        for quote in each.quotes:
            place = f"{quote.clause} “{unnumbered(quote)}”" if quote.clause else f"“{quote.quote}”"
            screen.print(Padding(Text(place, style="dim"), (0, 2, 0, 6)))


def finding_plain(finding: Finding, accepted: Sequence[Acceptance] = ()) -> dict[str, Any]:
    """As JSON, with its sentences, and who let it stand."""
    let_stand = acceptance_of(finding, accepted)
    said = ("title", "why", "law", "suggestion", "decides")
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "clauses": list(finding.clauses),
        "quotes": [quote.model_dump(mode="json", exclude_none=True) for quote in finding.quotes],
        **{part: told for part in said if (told := _said(finding, part))},
        "accepted": let_stand.model_dump(mode="json", exclude_none=True) if let_stand else None,
    }


def _said(finding: Finding, part: str) -> str:
    key = f"{finding.code}.{part}"
    if not has_text("findings", key, LANGUAGE):
        return ""
    return text("findings", key, LANGUAGE, **finding.facts)
