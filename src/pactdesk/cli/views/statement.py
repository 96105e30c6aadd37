"""Levels and statements as tables."""

from __future__ import annotations

from fractions import Fraction

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pactdesk.cli.language import words
from pactdesk.cli.views.values import choice, kind_name, shown
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.measure.level import Level
from pactdesk.core.settle.assessment import Assessed
from pactdesk.core.settle.rights import Right
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.clauses.service_level import Comparator, Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import decimal_text
from pactdesk.core.units.uppercase import uppercase

_VERDICT_STYLE = {Verdict.MET: "green", Verdict.MISSED: "bold red", Verdict.UNDETERMINED: "yellow"}


def levels_view(
    contract: Contract, levels: tuple[Level, ...], assessed: tuple[Assessed, ...], screen: Console
) -> None:
    """Target, value, counts and verdict of every level."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("clause", "metric"):
        table.add_column(words(f"column.{name}"))
    for name in ("target", "value", "counted", "taken_out"):
        table.add_column(words(f"column.{name}"), justify="right")
    table.add_column(words("column.verdict"))
    judged = {each.clause: each for each in assessed}
    for level in levels:
        clause = contract.clause(level.clause_id)
        assert isinstance(clause, ServiceLevel)  # noqa: S101 - levels come from nothing else
        verdict = judged[level.clause_id]
        table.add_row(
            _number_of(clause),
            level_title(clause),
            _sign(clause) + shown_value(level.metric, verdict.target),
            "—" if level.value is None else _beside(level.metric, level.value, verdict.target),
            _counted(level),
            _taken_out(level),
            _verdict(verdict),
        )
    screen.print(table)


def statement_view(contract: Contract, statement: Statement, screen: Console) -> None:
    """The lines, the sum, and the rights that arise."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=True)
    table.add_column("#", justify="right", style="dim")
    table.add_column(words("column.item"), footer=words("statement.total"))
    table.add_column(words("column.clause"))
    total = statement.total
    table.add_column(words("column.amount"), justify="right", footer=Text(str(total), style="bold"))
    for line in statement.lines:
        clause = contract.clause(line.clause)
        number = clause.source.clause if clause.source else line.clause
        style = "red" if line.amount.fen < 0 else ("dim" if line.amount.fen == 0 else "")
        table.add_row(
            str(line.number),
            line_title(contract, line.kind, line.clause),
            number,
            Text(str(line.amount), style=style),
        )
    screen.print(table)
    screen.print(Text(f"  {words('statement.uppercase')} {uppercase(total)}", style="dim"))
    for right in statement.rights:
        screen.print(Text("  " + right_sentence(contract, right), style="yellow"))


def level_title(clause: ServiceLevel) -> str:
    """ "首次响应达标率 · 在线 · ≤ 30 秒"."""
    parts = [choice(str(clause.metric))]
    parts += [choice(str(each)) for each in (clause.channel, clause.case_type) if each]
    if clause.within is not None:
        parts.append(f"≤ {shown(clause.within)}")
    return " · ".join(parts)


def line_title(contract: Contract, kind: str, clause_id: str) -> str:
    """The kind of line; for a deduction also which level."""
    clause = contract.clause(clause_id)
    level_id = getattr(clause, "level", None)
    if level_id is None:
        return kind_name(kind)
    level = contract.clause(level_id)
    return f"{kind_name(kind)} · {level_title(level)}" if isinstance(level, ServiceLevel) else kind


def right_sentence(contract: Contract, right: Right) -> str:
    """What a party may now do, and why."""
    because = right.because
    for clause in contract.of_kind(ServiceLevel):
        if clause.id == right.because:
            because = level_title(clause)
    return words(f"right.{right.kind}", because=because, count=right.count, since=right.since)


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


def _number_of(clause: ServiceLevel) -> str:
    return clause.source.clause if clause.source else clause.id


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
