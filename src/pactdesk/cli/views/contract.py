"""Terms as a table: clause number, what is agreed, and the paper's words."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pactdesk.cli.language import words
from pactdesk.cli.views.values import BLANK_MARK, choice, kind_name, rows, unnumbered
from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.duty import Duty
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract

QUOTE_LENGTH = 46


def contract_view(contract: Contract, screen: Console, *, only_blanks: bool = False) -> None:
    """One row a clause, in the paper's order; duties without a number together at the end."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=contract.title, title_justify="left")
    table.add_column(words("column.clause"), style="dim", max_width=12)
    table.add_column(words("column.kind"), style="bold", min_width=8)
    table.add_column(words("column.agreed"), ratio=3, overflow="fold")
    table.add_column(words("column.quote"), ratio=2, style="dim", overflow="fold")
    for clause in contract.clauses:
        agreed = _agreed(clause, contract)
        if not isinstance(clause, Duty) and (not only_blanks or BLANK_MARK in agreed.plain):
            table.add_row(_number(clause), kind_name(str(clause.kind)), agreed, _quote(clause))
    if not only_blanks:
        for party in ("provider", "client", "both"):
            _duties(contract, party, table)
    if table.row_count:
        screen.print(table)
    count = len(contract.blanks())
    key = "blanks.some" if count else "blanks.none"
    screen.print(Text("  " + words(key, count=count), style="yellow" if count else "green"))


def _duties(contract: Contract, party: str, table: Table) -> None:
    """What a party owes besides: topics with their clause numbers."""
    owed: dict[str, list[str]] = {}
    for duty in contract.of_kind(Duty):
        if duty.by == party:
            owed.setdefault(choice(str(duty.topic)), []).append(_number(duty))
    if owed:
        topics = words("between.fields").join(
            f"{topic} {words('between.items').join(numbers)}" for topic, numbers in owed.items()
        )
        table.add_row("", f"{kind_name('duty')}·{choice(party)}", topics, "")


def _agreed(clause: ClauseBase, contract: Contract) -> Text:
    line = Text()
    levels = {level.id: _level_name(level) for level in contract.of_kind(ServiceLevel)}
    for index, (name, shown) in enumerate(rows(clause)):
        value = levels.get(shown, shown) if isinstance(clause, Deduction) else shown
        line.append(words("between.fields") if index else "")
        line.append(words("field", name=name), style="dim")
        line.append(value, style="yellow" if BLANK_MARK in value else "")
    return line


def _level_name(level: ServiceLevel) -> str:
    """ "5.2/（1） 首次响应达标率"."""
    return f"{_number(level)} {choice(str(level.metric))}"


def _number(clause: ClauseBase) -> str:
    return clause.source.clause if clause.source else "—"


def _quote(clause: ClauseBase) -> str:
    """The paper's words as they were read: clean, without the number that has its own column."""
    if clause.source is None:
        return ""
    quote = unnumbered(clause.source)
    return quote if len(quote) <= QUOTE_LENGTH else quote[: QUOTE_LENGTH - 1] + "…"
