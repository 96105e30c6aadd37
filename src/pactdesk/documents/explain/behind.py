"""The facts behind a line: how many, which, and where the rest is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

from pactdesk.core.settle.trace import Op, Unit
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.fee_base_performance import BasePerformanceFee
from pactdesk.core.units.exact import exact_value
from pactdesk.documents.explain.counting import counted, first_missed, level_of
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, hours_text, money_text, month_text, shown

_AGENTS = 12
_NOTHING_BILLED = frozenset({"no_volume", "no_working_days"})

Elapsed = Mapping[str, int]


def facts_behind(
    statement: Plain, line: Plain, names: Names, elapsed_ms: Elapsed
) -> tuple[str, ...]:
    """Sentences about what was counted; every number stands in the statement."""
    said = _BY_KIND.get(line["kind"], _volume)
    return said(statement, line, names, elapsed_ms)


def _fixed(statement: Plain, _line: Plain, names: Names, _elapsed: Elapsed) -> tuple[str, ...]:
    month = month_text(statement["period"], names.language)
    return (names.say("behind.fixed", month=month),)


def _hours(statement: Plain, _line: Plain, names: Names, _elapsed: Elapsed) -> tuple[str, ...]:
    seats: Mapping[str, str] = statement["seat_time"]["by_agent"]
    total = sum((exact_value(ms) for ms in seats.values()), start=Fraction(0))
    said = [
        names.say(
            "behind.open_time",
            month=month_text(statement["period"], names.language),
            hours=hours_text(statement["open_ms"], names.language),
        ),
        names.say("behind.seat_time", agents=len(seats), hours=hours_text(total, names.language)),
    ]
    listed = [
        names.say("behind.agent", agent=agent, hours=hours_text(exact_value(ms), names.language))
        for agent, ms in list(seats.items())[:_AGENTS]
    ]
    if listed:
        said.append(names.say("behind.by_agent", agents=listed))
    if len(seats) > _AGENTS:
        said.append(names.say("behind.more_agents", rest=len(seats) - _AGENTS))
    unpaired = statement["seat_time"]["unpaired"]
    if unpaired:
        who = sorted({str(each["agent"]) for each in unpaired})
        said.append(names.say("behind.unpaired", count=len(unpaired), agents=who))
    return tuple(said)


def _volume(statement: Plain, line: Plain, names: Names, _elapsed: Elapsed) -> tuple[str, ...]:
    """What was counted for it, else the lines that it is made of."""
    month = month_text(statement["period"], names.language)
    said = _counted(statement, line, names)
    is_zero = any(each.get("label") in _NOTHING_BILLED for each in _nodes(line["trace"]))
    unmoved = names.say("behind.no_volume" if is_zero else "behind.nothing_told", month=month)
    return said or _lines(statement, line, names) or (unmoved,)


def _work(statement: Plain, line: Plain, names: Names, _elapsed: Elapsed) -> tuple[str, ...]:
    """What came true or was approved; else that nothing did."""
    month = month_text(statement["period"], names.language)
    return _counted(statement, line, names) or (names.say("behind.nothing_told", month=month),)


def _counted(statement: Plain, line: Plain, names: Names) -> tuple[str, ...]:
    """Every quantity of the trace, once."""
    found = {node["of"]: node for node in _leaves(line["trace"], Op.COUNTED)}
    return tuple(_quantity(statement, node, names) for node in found.values())


def _quantity(statement: Plain, node: Plain, names: Names) -> str:
    month = month_text(statement["period"], names.language)
    what = names.quantity(node["of"])
    if node["of"].startswith("part_due|") and exact_value(node["value"]) == 1:
        return names.say("behind.met_part", month=month, what=what)
    return names.say("behind.counted", month=month, what=what, n=_told(node, names))


def _told(node: Plain, names: Names) -> str:
    """Milliseconds say nothing to people."""
    if node.get("unit") == Unit.MILLISECONDS:
        return hours_text(exact_value(node["value"]), names.language)
    return shown(node, names.language)


def _lines(
    statement: Plain, line: Plain, names: Names, only: Collection[str] | None = None
) -> tuple[str, ...]:
    """The other lines that its trace looks at, or those of them that are asked for."""
    used = {node["of"] for node in _leaves(line["trace"], Op.LINE)}
    used = used if only is None else used & set(only)
    return tuple(
        names.say(
            "behind.deduction",
            number=each["number"],
            what=names.line_title(each),
            amount=money_text(each["amount_fen"], names.language),
        )
        for each in statement["lines"]
        if str(each["number"]) in used
    )


def _leaves(node: Plain, op: Op) -> Iterator[Plain]:
    """Every such leaf of a trace but those of the calendar."""
    for each in _nodes(node):
        if each["op"] == op and not each["of"].startswith("days"):
            yield each


def _nodes(node: Plain) -> Iterator[Plain]:
    yield node
    for each in node.get("inputs", ()):
        yield from _nodes(each)


def _deduction(statement: Plain, line: Plain, names: Names, elapsed: Elapsed) -> tuple[str, ...]:
    clause = names.contract.clause(line["clause"])
    assert isinstance(clause, Deduction | BasePerformanceFee)  # noqa: S101 - the line is of this kind
    level = level_of(statement, clause.level)
    return (*counted(level, names), *first_missed(level, names, elapsed))


def _cap(statement: Plain, line: Plain, names: Names, _elapsed: Elapsed) -> tuple[str, ...]:
    """The deductions themselves; the fee that the cap is a share of is told by the working."""
    deductions = {
        str(each["number"]) for each in statement["lines"] if not each["kind"].startswith("fee_")
    }
    return (
        *_lines(statement, line, names, deductions),
        *_counted(statement, line, names),
    ) or (names.say("behind.nothing_told", month=month_text(statement["period"], names.language)),)


def _levels(statement: Plain, line: Plain, names: Names, elapsed: Elapsed) -> tuple[str, ...]:
    """What was counted of every level that the line looks at, and the marks that were given."""
    looked_at = {str(node["of"]): None for node in _leaves(line["trace"], Op.LEVEL)}
    clause = names.contract.clause(line["clause"])
    own = getattr(clause, "level", None)
    said = tuple(
        sentence
        for each in (looked_at or ([own] if own else []))
        for sentence in counted(level_of(statement, str(each)), names)
    )
    return (*said, *_counted(statement, line, names)) or _work(statement, line, names, elapsed)


def _late(statement: Plain, _line: Plain, names: Names, _elapsed: Elapsed) -> tuple[str, ...]:
    if not statement["ledger"]:
        return (names.say("behind.no_ledger"),)
    return tuple(_earlier(each, names) for each in statement["ledger"])


def _earlier(entry: Plain, names: Names) -> str:
    paid: list[Mapping[str, Any]] = entry["paid"]
    payments = [
        names.say("behind.payment", day=each["on"], amount=money_text(each["fen"], names.language))
        for each in paid
    ]
    return names.say(
        "behind.earlier" if entry["due_on"] else "behind.earlier_not_due",
        statement=entry["statement"],
        total=money_text(entry["total_fen"], names.language),
        due=entry["due_on"] or "",
        payments=payments or names.say("behind.no_payment"),
    )


def _adjustment(statement: Plain, line: Plain, names: Names, _elapsed: Elapsed) -> tuple[str, ...]:
    """From when to when the facts came, and which lines of the month they change."""
    told = next(each for each in statement["adjustments"] if each["period"] == line["of"])
    return (
        names.say(
            "behind.late_facts",
            statement=told["statement"],
            before=told["before"],
            after=told["after"],
            rules=told["rules_version"],
        ),
        *(
            names.say(
                "behind.changed_line",
                what=names.for_days(names.changed_line(each), each),
                before=money_text(each["before_fen"], names.language),
                after=money_text(each["after_fen"], names.language),
            )
            for each in told["lines"]
        ),
    )


_BY_KIND: Mapping[str, Callable[[Plain, Plain, Names, Elapsed], tuple[str, ...]]] = {
    "fee_fixed": _fixed,
    "fee_headcount_hours": _hours,
    "fee_per_unit": _volume,
    "fee_lump_sum": _work,
    "fee_milestones": _work,
    "expenses": _work,
    "deposit": _work,
    "fee_hourly": _volume,
    "fee_commission": _volume,
    "deduction_event": _work,
    "deduction_unserved": _work,
    "deduction_overlap": _volume,
    "score_sheet": _levels,
    "bonus": _levels,
    "reward": _work,
    "wage_deduction": _work,
    "delay_penalty": _work,
    "breach_penalty": _work,
    "compensation": _work,
    "refund": _work,
    "fee_seats": _volume,
    "fee_surcharge": _volume,
    "vat": _volume,
    "deduction": _deduction,
    "fee_base_performance": _deduction,
    "deduction_cap": _cap,
    "late_fee": _late,
    "adjustment": _adjustment,
}
