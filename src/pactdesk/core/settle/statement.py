"""The statement of one month: lines that add up, with every figure's trace. Never edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pactdesk.core.measure.level import Level, Standing
from pactdesk.core.measure.measuring import Measured
from pactdesk.core.settle.assessment import Assessed, assess
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.counting import NOTHING_RECORDED, Records
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.rights import Right, rights
from pactdesk.core.settle.rules import RULES, MoneyRule
from pactdesk.core.terms.base import ClauseBase, agreed
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import exact_text
from pactdesk.core.units.money import Money, total
from pactdesk.core.units.periods import Period

STATEMENT_FORMAT = "pactdesk.statement/1"
RULES_VERSION = 1


class OutsideTerm(PactError):
    """`period` lies not wholly inside the contract's term, `start` to `end`."""


class NotWholeMonth(PactError):
    """`period` is not a calendar month; a statement is for one."""


class StatementWithheld(PactError):
    """The level `clause` needs a day of `year`, whose holiday calendar is not published."""


@dataclass(frozen=True, slots=True)
class Pins:
    """What a statement was made from, so that it can be made again.

    terms, calendar  SHA-256 of their canonical JSON
    evidence_*       the last checkpoint: its day, how many days the log had, the log's root
    """

    terms: str
    calendar: str
    evidence_day: str
    evidence_log_size: int
    evidence_log_root: str

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        return {
            "terms": self.terms,
            "calendar": self.calendar,
            "evidence": {
                "day": self.evidence_day,
                "log_size": self.evidence_log_size,
                "log_root": self.evidence_log_root,
            },
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines, levels, assessment and rights of one contract and month."""

    number: str
    contract_id: str
    period: Period
    pins: Pins
    lines: tuple[Line, ...]
    measured: Measured
    assessed: tuple[Assessed, ...]
    rights: tuple[Right, ...]
    ledger: tuple[EarlierStatement, ...]
    currency: str = "CNY"

    @property
    def total(self) -> Money:
        """What the client owes for this month."""
        return total((line.amount for line in self.lines), self.currency)

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready; the form that is kept, sent and verified."""
        return {
            "format": STATEMENT_FORMAT,
            "statement": self.number,
            "contract_id": self.contract_id,
            "period": str(self.period),
            "currency": self.currency,
            "rules_version": RULES_VERSION,
            "pins": self.pins.to_plain(),
            "lines": [line.to_plain() for line in self.lines],
            "total_fen": self.total.fen,
            "levels": [level_to_plain(level) for level in self.measured.levels],
            "assessment": [each.to_plain() for each in self.assessed],
            "rights": [right.to_plain() for right in self.rights],
            "seat_time": {
                "by_agent": {
                    agent: exact_text(ms) for agent, ms in self.measured.seat_time.by_agent.items()
                },
                "unpaired": [
                    {"agent": agent, "at": at} for agent, at in self.measured.seat_time.unpaired
                ],
            },
            "open_ms": self.measured.open_ms,
            "ledger": [each.to_plain() for each in self.ledger],
        }


_ONCE: tuple[type[ClauseBase], ...] = (DeductionCap, LateFee)
"""Two of these would give the same excess back, or bill the same late day, twice."""


def settle(
    contract: Contract,
    measured: Measured,
    ledger: tuple[EarlierStatement, ...],
    pins: Pins,
    records: Records = NOTHING_RECORDED,
) -> Statement:
    """The statement of the measured month.

    ledger   earlier statements with payments up to the end of the month
    records  all facts that count and the calendar, for what is billed by volume, events, work
    raises  BlanksRemain, OutsideTerm, NotWholeMonth, StatementWithheld, ClauseMissing;
            ClauseNotSingle for two caps or two late fees; FenNotWhole for a money rounding that
            leaves parts of a fen
    """
    contract.completed()
    _refuse(contract, measured)
    for once in _ONCE:
        contract.optional(once)
    assessed = assess(contract, measured.levels, ledger, measured.period)
    settling = Settling(contract, measured, assessed, ledger, records=records)
    Money.exactly(settling.money_rounding.unit, contract.currency)
    for rule in RULES:
        for clause in contract.of_kind(rule.clause):
            if rule.applies(clause, settling):
                line = _line(clause, rule, settling)
                settling = replace(settling, lines=(*settling.lines, line))
    return Statement(
        number=f"{contract.contract_id}-{measured.period}",
        contract_id=contract.contract_id,
        period=measured.period,
        pins=pins,
        lines=settling.lines,
        measured=measured,
        assessed=assessed,
        rights=rights(contract, assessed, ledger, measured.period),
        ledger=ledger,
        currency=contract.currency,
    )


def level_to_plain(level: Level) -> dict[str, Any]:
    """Canonical-JSON-ready."""
    value = level.value
    return {
        "clause": level.clause_id,
        "metric": str(level.metric),
        "standing": str(level.standing),
        "numerator": level.numerator,
        "denominator": level.denominator,
        "value": None if value is None else exact_text(value),
        "unknown": level.unknown,
        "carried": level.carried,
        "excluded": dict(level.excluded),
        "histogram": {str(seconds): count for seconds, count in level.histogram.items()},
        "by_day": {day.isoformat(): list(ratio) for day, ratio in level.by_day.items()},
        "missed": list(level.missed),
        "reason": level.reason,
        "details": dict(level.details),
    }


def _line(clause: Any, rule: MoneyRule, settling: Settling) -> Line:
    return Line(
        number=len(settling.lines) + 1,
        kind=rule.kind,
        clause=clause.id,
        trace=settling.booked(rule.exact(clause, settling)),
        currency=settling.contract.currency,
    )


def _refuse(contract: Contract, measured: Measured) -> None:
    period = measured.period
    if period != Period.month(f"{period.start:%Y-%m}"):
        raise NotWholeMonth(period=str(period))
    term = contract.one(TermPeriod)
    start, end = agreed(term.start, f"{term.id}.start"), agreed(term.end, f"{term.id}.end")
    if period.start < start or period.last_day > end:
        raise OutsideTerm(period=str(period), start=start.isoformat(), end=end.isoformat())
    for level in measured.levels:
        if level.standing is Standing.PROVISIONAL:
            raise StatementWithheld(clause=level.clause_id, year=level.details["year"])
