"""What versions of the terms would have paid: a table, and the values of its plot."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pactdesk.cli.folding import folded
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.core.settle.backtest import LineName, Outcome, Tested, line_names
from pactdesk.core.units.money import Money
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.names import Names
from pactdesk.documents.figures.backtest import Series
from pactdesk.messages.catalogue import say


def series_of(
    tested: tuple[Tested, ...], months: tuple[Period, ...]
) -> tuple[list[str], list[Series]]:
    """The months and the versions' totals, as a figure wants them."""
    series = [Series(one.name, tuple(each.total_fen for each in one.outcomes)) for one in tested]
    return [str(month) for month in months], series


def backtest_view(tested: tuple[Tested, ...], months: tuple[Period, ...], screen: Console) -> None:
    """Month by month and line by line; the differences are to the first version."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(words("backtest.month"), no_wrap=True)
    table.add_column(words("column.item"), overflow="fold")
    for one in tested:
        table.add_column(one.name, justify="right", no_wrap=True)
    for one in tested[1:]:
        table.add_column(words("backtest.difference", name=one.name), justify="right", no_wrap=True)
    for at, month in enumerate(months):
        outcomes = [one.outcomes[at] for one in tested]
        for name in line_names(outcomes):
            amounts = [each.amounts.get(name) for each in outcomes]
            fens = [None if each is None else each.fen for each in amounts]
            if any(fens):  # a line that is zero everywhere tells nothing here
                table.add_row("", _title(name, outcomes, tested), *_cells(fens))
        totals = [each.total_fen for each in outcomes]
        table.add_row(str(month), words("statement.total"), *_cells(totals), style="bold")
        table.add_section()
    sums: list[int | None] = [one.total_fen for one in tested]
    table.add_row(words("backtest.all_months"), "", *_cells(sums), style="bold")
    screen.print(table)
    for sentence in _refusals(tested):
        screen.print(Text(folded(f"  · {sentence}", screen.width), style="yellow"))


def _title(name: LineName, outcomes: list[Outcome], tested: tuple[Tested, ...]) -> str:
    """As a statement titles it, by the first version that has the line."""
    kind, clause = name
    for one, outcome in zip(tested, outcomes, strict=True):
        for line in outcome.lines:
            if (line.kind, line.clause) == name:
                names = Names(held_in(one.contract, str(outcome.month)), LANGUAGE)
                told = {each: v for each, v in line.to_plain().items() if each != "days"}
                return names.line_title(told)
    return f"{kind} {clause}"


def _cells(fens: list[int | None]) -> list[Text]:
    first, *others = fens
    differences = [None if first is None or fen is None else fen - first for fen in others]
    return [_amount(fen) for fen in fens] + [_amount(fen, signed=True) for fen in differences]


def _amount(fen: int | None, *, signed: bool = False) -> Text:
    if fen is None:
        return Text("—", style="dim")
    plus = "+" if signed and fen > 0 else ""
    style = "dim" if fen == 0 else ("red" if fen < 0 else "")
    return Text(f"{plus}{Money(fen)}", style=style)


def _refusals(tested: tuple[Tested, ...]) -> list[str]:
    return [
        words(
            "backtest.refused",
            name=one.name,
            month=str(each.month),
            reason=say(each.refused, LANGUAGE),
        )
        for one in tested
        for each in one.outcomes
        if each.refused is not None
    ]
