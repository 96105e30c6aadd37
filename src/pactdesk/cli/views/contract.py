"""Terms as a table: clause number, what is agreed, and the paper's words."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pactdesk.cli.language import words
from pactdesk.cli.views.values import BLANK_MARK, kind_name, rows
from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.contract import Contract

QUOTE_LENGTH = 46


def contract_view(contract: Contract, screen: Console, *, only_blanks: bool = False) -> None:
    """One row a clause, in the paper's order."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=contract.title, title_justify="left")
    table.add_column(words("column.clause"), no_wrap=True, style="dim")
    table.add_column(words("column.kind"), style="bold", min_width=8)
    table.add_column(words("column.agreed"), ratio=3)
    table.add_column(words("column.quote"), ratio=2, style="dim")
    for clause in contract.clauses:
        agreed = _agreed(clause)
        if not only_blanks or BLANK_MARK in agreed.plain:
            number = clause.source.clause if clause.source else "—"
            table.add_row(number, kind_name(str(clause.kind)), agreed, _quote(clause))
    screen.print(table)
    count = len(contract.blanks())
    key = "blanks.some" if count else "blanks.none"
    screen.print(Text("  " + words(key, count=count), style="yellow" if count else "green"))


def _agreed(clause: ClauseBase) -> Text:
    line = Text()
    for index, (name, value) in enumerate(rows(clause)):
        line.append("；" if index else "")
        line.append(f"{name} ", style="dim")
        line.append(value, style="yellow" if BLANK_MARK in value else "")
    return line


def _quote(clause: ClauseBase) -> str:
    if clause.source is None:
        return ""
    quote = " ".join((clause.source.original or clause.source.quote).split())
    return quote if len(quote) <= QUOTE_LENGTH else quote[: QUOTE_LENGTH - 1] + "…"
