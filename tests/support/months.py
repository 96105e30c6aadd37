"""Months that are told by their levels instead of by facts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.measure.level import Level, Standing
from pactdesk.core.measure.measuring import Measured
from pactdesk.core.measure.seat_time import SeatTime
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.statement import Statement, settle
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from tests.support.contracts import PINS

HOUR = 3_600_000
Counted = tuple[int, int]
"""numerator, denominator"""


def a_level(
    contract: Contract, clause_id: str = "level-1", counted: Counted = (1, 1), **more: Any
) -> Level:
    """The level of a clause, as if measured; of a share, the rest was missed."""
    clause = contract.clause(clause_id)
    assert isinstance(clause, ServiceLevel)
    assert isinstance(clause.metric, Metric)
    numerator, denominator = counted
    share = clause.metric is not Metric.FIRST_RESPONSE_AVERAGE
    missed = tuple(f"i-{n}" for n in range(denominator - numerator)) if share else ()
    known = {"standing": Standing.MEASURED, "missed": missed} | more
    return Level(clause_id, clause.metric, numerator=numerator, denominator=denominator, **known)


def a_month(
    contract: Contract,
    levels: Mapping[str, Counted] | None = None,
    *,
    month: str = "2026-10",
    seat_hours: Fraction = Fraction(0),
    open_hours: int = 135,
) -> Measured:
    """The month with these levels; those not told are 1 of 1."""
    told = levels or {}
    every = (each.id for each in contract.of_kind(ServiceLevel))
    seated = {"ann": seat_hours * HOUR} if seat_hours else {}
    return Measured(
        period=Period.month(month),
        levels=tuple(a_level(contract, each, told.get(each, (1, 1))) for each in every),
        seat_time=SeatTime(seated, ()),
        open_ms=open_hours * HOUR,
    )


def statement(
    contract: Contract,
    levels: Mapping[str, Counted] | None = None,
    ledger: tuple[EarlierStatement, ...] = (),
    **more: Any,
) -> Statement:
    """The statement of a month told by its levels."""
    return settle(contract, a_month(contract, levels, **more), ledger, PINS)


def earlier(period: str, verdicts: Mapping[str, str], total_fen: int = 0) -> EarlierStatement:
    """An issued statement with these verdicts, nothing paid, no due date."""
    judged = {clause: Verdict(word) for clause, word in verdicts.items()}
    return EarlierStatement(f"s-{period}", period, total_fen, judged, None, ())
