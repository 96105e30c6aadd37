"""Late facts: an issued month is never edited; what it would come to now, less what it came to
when it was last looked at, is a line of the next statement.

Source: DESIGN, Settlement. A month is computed again by the rules version that its statement
names, from the facts recorded and the amendments signed up to a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.settle.adjustment import Adjustment, ChangedLine
from pactdesk.core.settle.late_facts import in_time, may_change, refused
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.made import Made, is_amended_since, made_statements
from pactdesk.core.settle.so_far import so_far
from pactdesk.core.settle.statement import Pins, Statement, settle
from pactdesk.core.settle.stretches import OutsideTerm
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import day_start, zone_named
from pactdesk.core.units.money import total
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar

_NO_PINS = Pins("", "", "", 0, "")


def adjusted(
    statement: Statement,
    contract: Contract,
    facts: Sequence[RecordedFact],
    calendar: WorkCalendar,
) -> Statement:
    """The statement with the lines for what facts that came late change in earlier months.

    facts  all that were recorded up to the statement's evidence day
    """
    month, day = statement.period, date.fromisoformat(statement.pins.evidence_day)
    found = adjustments(contract, facts, calendar, month, day)
    others = (each for each in made_statements(facts, contract) if each.month != month)
    told = max((each.evidence_day for each in others), default=None)
    billed = with_adjustments(statement, contract, found)
    return replace(billed, refused_facts=refused(contract, facts, told))


def with_adjustments(
    statement: Statement, contract: Contract, found: tuple[Adjustment, ...]
) -> Statement:
    """The statement with a line for each adjustment, below its own lines."""
    if not found:
        return statement
    clause = contract.on(statement.period.last_day).one(Conventions).id
    numbered = enumerate(found, len(statement.lines) + 1)
    lines = (each.line(number, clause, contract.currency) for number, each in numbered)
    return replace(statement, lines=(*statement.lines, *lines), adjustments=found)


def looked_at(made: Made, every: Iterable[Made], month: Period) -> date:
    """The evidence day of the latest statement that looked at the month of `made`: its own, or
    one of a later month that knew of it. The statement of `month` itself is left out."""
    days = [made.evidence_day]
    for each in every:
        is_later = each.month > made.month and each.month != month
        if is_later and made.known_on <= each.evidence_day:
            days.append(each.evidence_day)
    return max(days)


def adjustments(
    contract: Contract,
    facts: Sequence[RecordedFact],
    calendar: WorkCalendar,
    month: Period,
    evidence_day: date,
) -> tuple[Adjustment, ...]:
    """What facts recorded, and amendments signed, up to `evidence_day` change in issued months
    before `month`.

    contract  with the amendments that were signed by that day
    facts     all that count, recorded up to that day
    raises    what `settle` raises
    """
    every = made_statements(facts, contract)
    zone = zone_named(contract.zone)
    kept = in_time(contract, facts)
    found = []
    for made in every:
        before = looked_at(made, every, month)
        if made.month >= month or before >= evidence_day:
            continue
        since = day_start(before + timedelta(days=1), zone)
        new = (each for each in kept if each.recorded_at >= since)
        is_amended = is_amended_since(before, made.month, contract)
        if is_amended or may_change(made.month, new, kept, zone):
            known = [each for each in facts if each.recorded_at < since]
            was = resettled(contract.signed_by(before), known, calendar, made)
            now = resettled(contract, facts, calendar, made)
            changed = tuple(_changed(was, now))
            if changed:
                found.append(
                    Adjustment(
                        made=made,
                        before=before,
                        after=evidence_day,
                        before_yuan=total(line.amount for line in was).yuan,
                        after_yuan=total(line.amount for line in now).yuan,
                        changed=changed,
                    )
                )
    return tuple(found)


def resettled(
    contract: Contract, facts: Sequence[RecordedFact], calendar: WorkCalendar, made: Made
) -> tuple[Line, ...]:
    """The lines of an issued month, from these facts and terms, by its own rules version."""
    month = so_far(contract, facts, calendar, made.month)
    try:
        return settle(
            contract, month.measured, month.ledger, _NO_PINS, month.records, made.rules_version
        ).lines
    except OutsideTerm:
        return ()  # by these terms the month has no statement


def _changed(was: Sequence[Line], now: Sequence[Line]) -> Iterator[ChangedLine]:
    """Lines are the same by kind, clause and days; in the order of the later ones, then gone.

    A line of nothing that came or went changes nothing.
    """
    before, after = ({_name(line): line for line in lines} for lines in (was, now))
    for name in dict.fromkeys((*after, *before)):
        one, other = before.get(name), after.get(name)
        amounts = [0 if line is None else line.amount.fen for line in (one, other)]
        if amounts[0] != amounts[1]:
            yield ChangedLine(one, other)


def _name(line: Line) -> tuple[object, ...]:
    return (line.kind, line.clause, line.days, line.judged)
