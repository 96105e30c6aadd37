"""The pay slip of one part-time agent for one pay run: lines with traces, hours, warnings.

Made by the same rules as the statement of the month, from the agent's own facts. The hours of the
runs of a month add up to the month's: each run takes the rounded hours of the month up to its end
less those up to its start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.staff import AgentPaid
from pactdesk.core.facts.names import FactKind
from pactdesk.core.measure.level import Level
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.measure.seat_time import clocked
from pactdesk.core.measure.worked_hours import WorkedWeek, hours_by_day, weeks_worked
from pactdesk.core.settle.agent_facts import facts_of, unassigned
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.level_form import level_to_plain
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.parts import Parts
from pactdesk.core.settle.pay_runs import pay_day
from pactdesk.core.settle.rules import RULES_OF, RULES_VERSION
from pactdesk.core.settle.statement import with_clause
from pactdesk.core.settle.stretches import OutsideTerm, Split, split_month
from pactdesk.core.terms.clauses.fee_base_performance import BasePerformanceFee
from pactdesk.core.terms.clauses.fee_commission import CommissionFee
from pactdesk.core.terms.clauses.pay_runs import PayRuns
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import exact_text
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named
from pactdesk.core.units.money import Money, total
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.core.worktime.grid import DayGrid

PAY_SLIP_FORMAT = "pactdesk.payslip/1"

PAY_KINDS = frozenset(
    {"fee_hourly", "fee_commission", "fee_base_performance", "reward", "wage_deduction"}
)
"""Lines that are pay; what else a contract bills is no wage."""


class PayOfSeveral(PactError):
    """Clause `clause` pays `count` persons together: nobody can say what one of them is owed."""


@dataclass(frozen=True, slots=True)
class PaySlip:
    """What one agent is owed for one run, and what it rests on.

    levels    the contract's levels, measured over the run: what performance pay looks at
    by_day    local day → exact hours clocked, paid or not
    weeks     whole weeks whose Sunday lies in the run, from the first day of the contract on
    unassigned  sales and losses of the run that say no agent, where there are several
    unpaired  attendance facts of the run without a partner: they pay nothing
    due       the last day on which pay is on time
    paid      (day, fen) of what reached the agent for this run, in order
    """

    contract_id: str
    agent: str
    run: Period
    lines: tuple[Line, ...]
    levels: tuple[Level, ...]
    by_day: Mapping[date, Fraction]
    weeks: tuple[WorkedWeek, ...]
    unassigned: int
    unpaired: tuple[Instant, ...]
    due: date
    paid: tuple[tuple[date, int], ...]
    currency: str = "CNY"

    @property
    def number(self) -> str:
        """Its name: contract, agent, run."""
        return f"{self.contract_id}-{self.agent}-{self.run}"

    @property
    def total(self) -> Money:
        """What the agent is owed for the run."""
        return total((line.amount for line in self.lines), self.currency)

    @property
    def hours(self) -> Fraction:
        """Clocked in the run, exact."""
        return sum(self.by_day.values(), start=Fraction(0))

    @property
    def paid_on(self) -> date | None:
        """The day on which all of it had been paid; None while some is missing."""
        reached = 0
        for day, fen in self.paid:
            reached += fen
            if reached >= self.total.fen:
                return day
        return None

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        return {
            "format": PAY_SLIP_FORMAT,
            "payslip": self.number,
            "contract_id": self.contract_id,
            "agent": self.agent,
            "period": str(self.run),
            "currency": self.currency,
            "rules_version": RULES_VERSION,
            "lines": [line.to_plain() for line in self.lines],
            "total_fen": self.total.fen,
            "levels": [level_to_plain(level) for level in self.levels],
            "hours": {day.isoformat(): exact_text(hours) for day, hours in self.by_day.items()},
            "weeks": [_week_to_plain(week) for week in self.weeks],
            "unassigned": self.unassigned,
            "unpaired": list(self.unpaired),
            "due_on": self.due.isoformat(),
            "paid": [{"on": day.isoformat(), "fen": fen} for day, fen in self.paid],
        }


def pay_slip(
    contract: Contract,
    facts: Iterable[RecordedFact],
    calendar: WorkCalendar,
    agent: str,
    run: Period,
) -> PaySlip:
    """The slip of `agent` for `run`, one of the runs of its month.

    facts   all facts of the contract that count; those of other agents are left out
    raises  BlanksRemain, ClauseMissing (no `pay_runs`), OutsideTerm, PayOfSeveral,
            CalendarNotPublished, and what the lines raise
    """
    contract.completed()
    every = tuple(facts)
    kept = facts_of(agent, every)
    split = _split(contract, run, kept)
    for version in split.versions:
        _refuse_several(version.contract)
    terms, zone = split.last, zone_named(contract.zone)
    start, end = day_start(run.start, zone), day_start(run.end, zone)
    grid = DayGrid.build(
        opening_hours(terms.one(ServiceHours), contract.zone), calendar, run.start, run.last_day
    )
    times, parts = clocked(kept).get(agent), Parts(split, (), Records(kept, calendar))
    return PaySlip(
        contract_id=contract.contract_id,
        agent=agent,
        run=run,
        lines=_lines(parts),
        levels=parts.month().levels,
        by_day=hours_by_day(kept, agent, run, zone),
        weeks=tuple(
            week
            for week in weeks_worked(kept, agent, run, zone, grid)
            if week.sunday >= split.served.start
        ),
        unassigned=unassigned(every, kept, (start, end)),
        unpaired=tuple(at for at in (times.lonely if times else ()) if start <= at < end),
        due=pay_day(terms.one(PayRuns), run, calendar),
        paid=_paid(kept, run, contract),
        currency=contract.currency,
    )


def _split(contract: Contract, run: Period, facts: tuple[RecordedFact, ...]) -> Split:
    """The terms on each day of the run; its days are always told, unless it is the month."""
    month = Period.month(f"{run.start:%Y-%m}")
    split = split_month(contract, month, facts=facts)
    first, end = max(run.start, split.served.start), min(run.end, split.served.end)
    if first >= end:
        served = split.served
        raise OutsideTerm(
            period=str(run), start=served.start.isoformat(), end=served.last_day.isoformat()
        )
    versions = tuple(
        replace(each, days=Period(max(first, each.days.start), min(end, each.days.end)))
        for each in split.versions
        if max(first, each.days.start) < min(end, each.days.end)
    )
    return replace(split, served=Period(first, end), versions=versions)


def _refuse_several(terms: Contract) -> None:
    counts = [(each.id, each.headcount) for each in terms.of_kind(BasePerformanceFee)]
    counts += [(each.id, each.seats) for each in terms.of_kind(CommissionFee) if each.seats]
    for clause, count in counts:
        if count != 1:
            raise PayOfSeveral(clause=clause, count=count)


def _lines(parts: Parts) -> tuple[Line, ...]:
    lines: tuple[Line, ...] = ()
    for rule in RULES_OF[RULES_VERSION]:
        if rule.kind in PAY_KINDS:
            for clause in parts.split.ids(rule.clause):
                lines = with_clause(lines, clause, rule, parts)
    return lines


def _paid(
    facts: Iterable[RecordedFact], run: Period, contract: Contract
) -> tuple[tuple[date, int], ...]:
    zone = zone_named(contract.zone)
    return tuple(
        (local_day(each.fact.occurred_at, zone), told.amount_fen)
        for each in as_happened(facts, FactKind.PAY)
        if isinstance(told := each.fact.detail, AgentPaid) and told.run == str(run)
    )


def _week_to_plain(week: WorkedWeek) -> dict[str, Any]:
    return {
        "monday": week.monday.isoformat(),
        "hours": exact_text(week.hours),
        "days": len(week.by_day),
        "open_ms": week.open_ms,
        "excused_ms": week.excused_ms,
    }
