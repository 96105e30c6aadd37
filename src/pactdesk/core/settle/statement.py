"""The statement of one month: lines that add up, with every figure's trace. Never edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pactdesk.core.facts.canonical import LARGEST_INTEGER
from pactdesk.core.measure.level import Standing
from pactdesk.core.measure.measuring import Measured
from pactdesk.core.measure.seat_time import SeatTime
from pactdesk.core.settle.adjustment import Adjustment
from pactdesk.core.settle.assessment import Assessed
from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.counting import NOTHING_RECORDED, Records
from pactdesk.core.settle.late_facts import RefusedFact
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.level_form import level_to_plain
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.parts import Parts
from pactdesk.core.settle.rights import Right, rights
from pactdesk.core.settle.rules import LASTING, RULES_VERSION, MoneyRule, rules_of
from pactdesk.core.settle.stretches import Split, Stretch, split_month
from pactdesk.core.settle.trace import Node, Op, Unit, calculated
from pactdesk.core.terms.amendments import Judged
from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import exact_text
from pactdesk.core.units.money import Money, total
from pactdesk.core.units.periods import Period

STATEMENT_FORMAT = "pactdesk.statement/1"


class NotWholeMonth(PactError):
    """`period` is not a calendar month; a statement is for one."""


class AmountBeyondBooks(PactError):
    """Clause `clause` comes to `amount` in `period`: no amount above `most` can be kept exactly."""


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
    """Lines, levels, assessment and rights of one contract and month.

    adjustments    of issued months, for facts that came late; each has its line
    refused_facts  that came later than the contract allows, since the statement before
    """

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
    rules_version: int = RULES_VERSION
    adjustments: tuple[Adjustment, ...] = ()
    refused_facts: tuple[RefusedFact, ...] = ()

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
            "rules_version": self.rules_version,
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
            **self._late_facts(),
        }

    def _late_facts(self) -> dict[str, Any]:
        """Only where some came late: a plain month says nothing of them."""
        adjusted = [each.to_plain() for each in self.adjustments]
        refused = [each.to_plain() for each in self.refused_facts]
        said = {"adjustments": adjusted, "refused_facts": refused}
        return {name: entries for name, entries in said.items() if entries}


_ONCE: tuple[type[ClauseBase], ...] = (DeductionCap, LateFee)
"""Two of these would give the same excess back, or bill the same late day, twice."""


def settle(
    contract: Contract,
    measured: Measured,
    ledger: tuple[EarlierStatement, ...],
    pins: Pins,
    records: Records = NOTHING_RECORDED,
    rules_version: int = RULES_VERSION,
) -> Statement:
    """The statement of the measured month.

    contract  with its amendments: each clause is settled by the terms that hold
    ledger    earlier statements with payments up to the end of the month
    records   all facts that count and the calendar, for what is billed by volume, events, work;
              and to measure the stretches of a month in which terms change
    raises    BlanksRemain, OutsideTerm, NotWholeMonth, StatementWithheld, ClauseMissing,
              JudgingOpen, JudgingDisagrees, FactsNeeded; ClauseNotSingle for two caps or two late
              fees; FenNotWhole for a money rounding that leaves parts of a fen
    """
    contract.completed()
    _refuse_part(measured.period)
    split = split_month(contract, measured.period, facts=records.facts, lasting=LASTING)
    parts = Parts(split, ledger, records, whole=measured)
    month = parts.month()
    _refuse_provisional(month)
    for version in split.versions:
        _refuse_unsettleable(version.contract, month)
    assessed = parts.assessed()
    lines: tuple[Line, ...] = ()
    for rule in rules_of(rules_version):
        for clause in split.ids(rule.clause):
            lines = with_clause(lines, clause, rule, parts)
    return Statement(
        number=f"{contract.contract_id}-{split.month}",
        contract_id=contract.contract_id,
        period=split.month,
        pins=pins,
        lines=lines,
        measured=month,
        assessed=assessed,
        rights=rights(split.last, assessed, ledger, split.month),
        ledger=ledger,
        currency=contract.currency,
        rules_version=rules_version,
    )


def with_clause(
    lines: tuple[Line, ...], clause_id: str, rule: MoneyRule, parts: Parts
) -> tuple[Line, ...]:
    """The lines, with those that a rule makes of a clause: one for each of its stretches."""
    if not _is_concerned(clause_id, rule, parts.split):
        return lines
    stretches = parts.split.stretches(clause_id, leans_on=rule.leans_on, is_judged=rule.is_judged)
    for stretch in stretches:
        settling = Settling(
            contract=stretch.contract,
            measured=parts.over(stretch.contract, stretch.over),
            assessed=parts.assessed_over(stretch),
            ledger=parts.ledger,
            lines=lines,
            records=parts.records,
            signed=parts.split.contract,
        )
        lines = _with_stretch(lines, clause_id, rule, settling, stretch, parts.split)
    after = _after(clause_id, rule, parts.split) if rule.lasts else ()
    for stretch in after:
        nothing = Measured(stretch.days, levels=(), seat_time=SeatTime({}, ()), open_ms=0)
        settling = Settling(
            contract=stretch.contract,
            measured=nothing,
            assessed=(),
            ledger=parts.ledger,
            lines=lines,
            records=parts.records,
            signed=parts.split.contract,
        )
        lines = _with_stretch(lines, clause_id, rule, settling, stretch, parts.split)
    return lines


def _after(clause_id: str, rule: MoneyRule, split: Split) -> tuple[Stretch, ...]:
    return split.afterwards(clause_id, leans_on=rule.leans_on, is_judged=rule.is_judged)


def _is_concerned(clause_id: str, rule: MoneyRule, split: Split) -> bool:
    """Whether the clause can make such a line on any day of the month."""
    return any(
        rule.concerns(clause)
        for version in split.versions
        for clause in version.contract.clauses
        if clause.id == clause_id
    )


def _with_stretch(
    lines: tuple[Line, ...],
    clause_id: str,
    rule: MoneyRule,
    settling: Settling,
    stretch: Stretch,
    split: Split,
) -> tuple[Line, ...]:
    clause = stretch.contract.clause(clause_id)
    if not rule.applies(clause, settling):
        return lines
    return (*lines, _line(clause, rule, settling, stretch, split))


def _line(clause: Any, rule: MoneyRule, settling: Settling, stretch: Stretch, split: Split) -> Line:
    exact = rule.exact(clause, settling)
    if stretch.judged is Judged.WEIGHTED:
        exact = _weighted(exact, settling, stretch)
    line = Line(
        number=len(settling.lines) + 1,
        kind=rule.kind,
        clause=clause.id,
        trace=settling.booked(exact),
        currency=settling.contract.currency,
        days=split.told(stretch.days),
        judged=stretch.judged,
    )
    _refuse_beyond(line, (*settling.lines, line), split.month)
    return line


def _refuse_beyond(line: Line, so_far: tuple[Line, ...], month: Period) -> None:
    """Neither a line nor a sum of lines may leave what canonical JSON keeps exactly."""
    together = total((each.amount for each in so_far), line.currency)
    largest = max((line.amount, together), key=lambda each: abs(each.fen))
    if abs(largest.fen) > LARGEST_INTEGER:
        raise AmountBeyondBooks(
            clause=line.clause,
            amount=str(largest),
            period=str(month),
            most=str(Money(LARGEST_INTEGER, line.currency)),
        )


def _weighted(exact: Node, settling: Settling, stretch: Stretch) -> Node:
    """Of what the whole month would come to by these terms, the share of their days."""
    share = settling.share_of_days(stretch.days, stretch.over)
    return calculated(Op.MULTIPLY, exact, share, unit=Unit.YUAN, label="weighted")


def _refuse_part(period: Period) -> None:
    if period != Period.month(f"{period.start:%Y-%m}"):
        raise NotWholeMonth(period=str(period))


def _refuse_unsettleable(contract: Contract, measured: Measured) -> None:
    for once in _ONCE:
        contract.optional(once)
    rounding = Settling(contract, measured, (), ()).money_rounding
    Money.exactly(rounding.unit, contract.currency)


def _refuse_provisional(measured: Measured) -> None:
    for level in measured.levels:
        if level.standing is Standing.PROVISIONAL:
            raise StatementWithheld(clause=level.clause_id, year=level.details["year"])
