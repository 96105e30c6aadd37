"""Issued statements that told what they were made from: which facts, which rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.kinds import FactKind, StatementIssued, StatementMade
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import local_day, zone_named
from pactdesk.core.units.periods import Period


@dataclass(frozen=True, slots=True)
class Made:
    """An issued statement: from the facts of which day it was made, by which rules.

    known_on  the day on which its issue was recorded; statements made from earlier days do not
              know of it
    """

    statement: str
    month: Period
    evidence_day: date
    rules_version: int
    known_on: date


def made_statements(facts: Iterable[RecordedFact], contract: Contract) -> tuple[Made, ...]:
    """Every issued statement that told what it was made from, by month; the first of a month."""
    zone = zone_named(contract.zone)
    issued: dict[str, tuple[Period, date]] = {}
    told: dict[str, StatementMade] = {}
    for each in as_happened(facts, FactKind.STATEMENT_ISSUED, FactKind.STATEMENT_MADE):
        match each.fact.detail:
            case StatementIssued(statement=name, period=month):
                known = (Period.month(month), local_day(each.recorded_at, zone))
                issued.setdefault(name, known)
            case StatementMade() as made:
                told.setdefault(made.statement, made)
            case _:
                pass
    of_month: dict[Period, Made] = {}
    for name, (period, known_on) in issued.items():
        if name in told:
            day = date.fromisoformat(told[name].evidence_day)
            made_from = Made(name, period, day, told[name].rules_version, known_on)
            of_month.setdefault(period, made_from)
    return tuple(of_month[period] for period in sorted(of_month))


def is_amended_since(day: date, month: Period, contract: Contract) -> bool:
    """Whether an amendment that was signed after `day` changes the terms of the month."""
    return any(
        each.signed > day and each.effective <= month.last_day for each in contract.amendments
    )
