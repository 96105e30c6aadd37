"""What the linter says. A finding changes nothing: it names the place and who decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pactdesk.core.terms.acceptance import Acceptance
from pactdesk.core.terms.base import Source
from pactdesk.core.terms.contract import Contract


class Severity(StrEnum):
    """error: settle it before signing or settling; warning: look; note: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark.

    code     of the linter catalogue in REQUIREMENTS: "TERM_MISMATCH"
    clauses  ids of the clauses concerned
    quotes   both sides of a contradiction, or the one place of a defect; may be empty when
             the defect is that something is absent
    facts    what the sentence in `messages/*/findings*.yaml` needs
    """

    code: str
    severity: Severity
    clauses: tuple[str, ...] = ()
    quotes: tuple[Source, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


Rule = Callable[[Contract], tuple[Finding, ...]]
"""A rule over terms; one file each in `rules/`, all alike."""


def acceptance_of(finding: Finding, accepted: Sequence[Acceptance]) -> Acceptance | None:
    """The acceptance that covers a finding: its code, at one of its clauses."""
    places = {*finding.clauses, *(quote.clause for quote in finding.quotes)}
    for each in accepted:
        if each.code == finding.code and (each.clause is None or each.clause in places):
            return each
    return None


def stands(finding: Finding, accepted: Sequence[Acceptance]) -> bool:
    """Whether it is an error that nobody accepted."""
    return finding.severity is Severity.ERROR and acceptance_of(finding, accepted) is None
