"""Levels and statements as tables."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pactdesk.cli.folding import folded
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.views.values import choice
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.measure.level import Level
from pactdesk.core.settle.assessment import Assessed
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.clauses.service_level import Comparator, Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import decimal_text
from pactdesk.core.units.uppercase import uppercase
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.names import Names
from pactdesk.documents.statement.tables import rights

_VERDICT_STYLE = {Verdict.MET: "green", Verdict.MISSED: "bold red", Verdict.UNDETERMINED: "yellow"}


def levels_view(
    contract: Contract, levels: tuple[Level, ...], assessed: tuple[Assessed, ...], screen: Console
) -> None:
    """Target, value, counts and verdict of every level."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(words("column.clause"), no_wrap=True)
    table.add_column(words("column.metric"), overflow="fold")
    for name in ("target", "value", "counted", "taken_out"):
        table.add_column(words(f"column.{name}"), justify="right", no_wrap=True)
    table.add_column(words("column.verdict"), no_wrap=True)
    names = Names(contract, LANGUAGE)
    for level, verdict in zip(levels, assessed, strict=True):
        clause = contract.clause(level.clause_id)
        assert isinstance(clause, ServiceLevel)  # noqa: S101 - levels come from nothing else
        table.add_row(
            names.clause_number(clause.id),
            names.for_days(names.level(clause.id), verdict.to_plain()),
            _sign(clause) + shown_value(level.metric, verdict.target),
            "—" if level.value is None else _beside(level.metric, level.value, verdict.target),
            _counted(level),
            _taken_out(level),
            _verdict(verdict),
        )
    screen.print(table)


def statement_view(contract: Contract, statement: Statement, screen: Console) -> None:
    """The lines, the sum, and the rights that arise; worded as the PDF words them."""
    names = Names(held_in(contract, str(statement.period)), LANGUAGE)
    plain = statement.to_plain()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=True)
    table.add_column("#", justify="right", style="dim")
    table.add_column(words("column.item"), footer=words("statement.total"))
    table.add_column(words("column.clause"))
    total = statement.total
    table.add_column(words("column.amount"), justify="right", footer=Text(str(total), style="bold"))
    for line, told in zip(statement.lines, plain["lines"], strict=True):
        style = "red" if line.amount.fen < 0 else ("dim" if line.amount.fen == 0 else "")
        table.add_row(
            str(line.number),
            names.line_title(told),
            names.clause_number(line.clause),
            Text(str(line.amount), style=style),
        )
    screen.print(table)
    screen.print(Text(f"  {words('statement.uppercase')} {uppercase(total)}", style="dim"))
    for right in rights(plain, names)["items"]:
        screen.print(Text(folded(f"  · {right}", screen.width), style="yellow"))


def warnings_view(warnings: Sequence[str], screen: Console) -> None:
    """What a person should look at before anyone pays."""
    for each in warnings:
        screen.print(Text(folded(f"  ! {each}", screen.width), style="bold yellow"))


def shown_value(metric: Metric, value: Fraction) -> str:
    """A share as percent, an average in seconds; two decimals, cut and never rounded up."""
    if metric is Metric.FIRST_RESPONSE_AVERAGE:
        return f"{_cut(value)} {choice('s')}"
    return f"{_cut(value * 100)}%"


def _beside(metric: Metric, value: Fraction, target: Fraction) -> str:
    """The value; where the cut would make it look equal to its target, with "…"."""
    shown_as, aim = shown_value(metric, value), shown_value(metric, target)
    return f"{shown_as}…" if shown_as == aim and value != target else shown_as


def _cut(value: Fraction) -> str:
    return decimal_text(value, 2).removesuffix("…")


def _sign(clause: ServiceLevel) -> str:
    return "≥ " if clause.comparator is Comparator.AT_LEAST else "≤ "


def _counted(level: Level) -> str:
    if level.metric is Metric.AVAILABILITY:
        return f"{_hours(level.numerator)}/{_hours(level.denominator)} h"
    if level.metric is Metric.FIRST_RESPONSE_AVERAGE:
        return f"{level.denominator:,}"
    return f"{level.numerator:,}/{level.denominator:,}"


def _taken_out(level: Level) -> str:
    if level.metric is Metric.AVAILABILITY:
        return f"{_hours(level.unknown)} h ?" if level.unknown else ""
    out = sum(level.excluded.values())
    return " ".join(
        filter(None, (f"−{out}" if out else "", f"→{level.carried}" if level.carried else ""))
    )


def _hours(milliseconds: int) -> str:
    return _cut(Fraction(milliseconds, 3_600_000))


def _verdict(assessed: Assessed) -> Text:
    run = f" ×{assessed.misses_in_a_row}" if assessed.misses_in_a_row > 1 else ""
    said = words(f"verdict.{assessed.verdict}") + run
    return Text(said, style=_VERDICT_STYLE[assessed.verdict])
