"""The account of an import: what became of every row and fact."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pactdesk.cli.language import LANGUAGE, words
from pactdesk.gateways.tabular.reconciliation import Reconciliation
from pactdesk.messages.catalogue import say

LISTED = 10
_HASH_SHOWN = 12


def reconciliation_view(report: Reconciliation, screen: Console) -> None:
    """Counts first, then each refusal and conflict with its reason."""
    head = words(
        "reconciliation.head",
        file=report.file,
        rows=f"{report.rows:,}",
        with_facts=f"{report.rows_with_facts:,}",
        sha256=report.sha256[:_HASH_SHOWN],
    )
    table = Table(
        box=box.SIMPLE, pad_edge=False, show_header=False, title=head, title_justify="left"
    )
    table.add_column(style="dim")
    table.add_column()
    table.add_column(justify="right")
    for name, counts in (("made", report.made), ("skipped", report.skipped)):
        for what, count in counts.items():
            table.add_row(words(f"reconciliation.{name}"), what, f"{count:,}")
    screen.print(table)
    _listed(_refusals(report), screen)
    screen.print(
        words(
            "reconciliation.result",
            added=f"{report.added:,}",
            duplicates=f"{report.duplicates:,}",
            conflicts=report.conflicting,
            refused=len(report.refused_by_log),
        )
    )


def _refusals(report: Reconciliation) -> list[str]:
    rows = [
        f"{words('reconciliation.row', row=each.number)} {say(each.error, LANGUAGE)}"
        for each in report.refused
    ]
    groups = [
        f"{words('reconciliation.group', name=each.name)} {say(each.error, LANGUAGE)}"
        for each in report.groups_refused
    ]
    by_log = [f"{each.event_id} {say(each.error, LANGUAGE)}" for each in report.refused_by_log]
    conflicts = [
        words("reconciliation.conflict", source=source, event_id=name)
        for source, name in report.conflicts
    ]
    return [*rows, *groups, *by_log, *conflicts]


def _listed(lines: list[str], screen: Console) -> None:
    for line in lines[:LISTED]:
        screen.print(Text(f"  {words('reconciliation.refused')}  {line}", style="yellow"))
    if len(lines) > LISTED:
        screen.print(words("reconciliation.more", count=len(lines) - LISTED))
