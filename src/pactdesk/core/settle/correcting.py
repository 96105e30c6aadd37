"""Verdicts of issued months, corrected: what came to light later turns a month, and with it every
run of misses that it belongs to.

An issued statement keeps what it says; from the next one on, months are counted as they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.assessment import month_verdicts
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.late_facts import in_time, may_change
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.made import Made, is_amended_since, made_statements
from pactdesk.core.settle.parts import Parts
from pactdesk.core.settle.stretches import OutsideTerm, split_month
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import day_start, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar


def corrected(
    earlier: Sequence[EarlierStatement],
    contract: Contract,
    facts: Sequence[RecordedFact],
    calendar: WorkCalendar,
) -> tuple[EarlierStatement, ...]:
    """The statements, each with the verdicts that turned since it was made.

    A verdict turned when the month, judged from the facts and the amendments that its statement
    knew, and judged from all of them, comes out differently.

    facts  all that are known
    """
    made = {each.statement: each for each in made_statements(facts, contract)}
    return tuple(
        replace(each, corrected=_turned(made[each.statement], contract, facts, calendar))
        if each.statement in made
        else each
        for each in earlier
    )


def _turned(
    made: Made, contract: Contract, facts: Sequence[RecordedFact], calendar: WorkCalendar
) -> dict[str, Verdict]:
    zone = zone_named(contract.zone)
    end = day_start(made.evidence_day + timedelta(days=1), zone)
    new = [each for each in facts if each.recorded_at >= end]
    is_amended = is_amended_since(made.evidence_day, made.month, contract)
    if not is_amended and not may_change(made.month, new, facts, zone):
        return {}
    known = [each for each in facts if each.recorded_at < end]
    was = verdicts_of(contract.signed_by(made.evidence_day), known, calendar, made.month)
    now = verdicts_of(contract, facts, calendar, made.month)
    open_ = Verdict.UNDETERMINED
    return {
        clause: now.get(clause, open_)
        for clause in sorted({*was, *now})
        if was.get(clause, open_) is not now.get(clause, open_)
    }


def verdicts_of(
    contract: Contract, facts: Sequence[RecordedFact], calendar: WorkCalendar, month: Period
) -> Mapping[str, Verdict]:
    """Clause → verdict of a month, from these facts; of a month outside the term none."""
    kept = in_time(contract, facts)
    try:
        split = split_month(contract, month, facts=kept)
    except OutsideTerm:
        return {}
    return month_verdicts(Parts(split, (), Records(kept, calendar)).assessed())
