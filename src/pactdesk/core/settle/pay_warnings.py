"""What a pay slip must say aloud: hours, wages and pay days against the contract and the law.

Nothing here changes an amount. Limits of the law come with their law and date; minimum wages come
from the table that was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from pactdesk.core.measure.legal_hours import PartTimeLimits
from pactdesk.core.measure.minimum_wages import MinimumWages
from pactdesk.core.measure.worked_hours import WorkedWeek
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.payslip import PaySlip
from pactdesk.core.settle.trace import Node, Op
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.parties import Parties
from pactdesk.core.terms.clauses.pay_runs import PayRuns
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.clauses.weekly_hours import WeeklyHours
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import decimal_text
from pactdesk.core.units.money import Money


class PayWarning(StrEnum):
    """What is wrong, or was not looked at."""

    WEEK_BELOW_MINIMUM = "week_below_minimum"
    WEEK_ABOVE_LEGAL = "week_above_legal"
    DAY_ABOVE_LEGAL = "day_above_legal"
    WAGE_BELOW_MINIMUM = "wage_below_minimum"
    WAGE_NOT_CHECKED = "wage_not_checked"
    RUN_ABOVE_LEGAL = "run_above_legal"
    DUE_TOO_LATE = "due_too_late"
    ACCOUNT_OF_ANOTHER = "account_of_another"
    PAID_LATE = "paid_late"
    UNPAID = "unpaid"
    UNPAIRED = "unpaired"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning with the figures of its sentence."""

    kind: PayWarning
    facts: tuple[tuple[str, object], ...]

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        return {"warning": str(self.kind)} | dict(self.facts)


def pay_warnings(
    slip: PaySlip,
    contract: Contract,
    limits: PartTimeLimits,
    minimum_wages: MinimumWages,
    on: date | None = None,
) -> tuple[Warned, ...]:
    """All warnings of a slip, in the order of the enumeration.

    limits  those in force on the run's last day
    on      the day on which it is asked: pay may be late on it, and a week that is not over
            lacks nothing yet. None: the run is over, and only what was paid late is late
    """
    terms = contract.on(slip.run.last_day)
    found = (
        *_hours(slip, terms, limits, on),
        *_wage(slip, terms, minimum_wages),
        *_run(slip, limits),
        *_account(terms),
        *_payment(slip, on),
    )
    order = list(PayWarning)
    return tuple(sorted(found, key=lambda each: order.index(each.kind)))


def _warned(kind: PayWarning, **facts: object) -> Warned:
    return Warned(kind, tuple(facts.items()))


def _hours(
    slip: PaySlip, terms: Contract, limits: PartTimeLimits, on: date | None
) -> Iterator[Warned]:
    for week in slip.weeks:
        days = {"first": week.monday.isoformat(), "last": week.sunday.isoformat()}
        asked = asked_of(week, terms)
        is_over = on is None or week.sunday <= on
        if is_over and asked is not None and week.hours < asked:
            yield _warned(
                PayWarning.WEEK_BELOW_MINIMUM,
                **days,
                hours=_text(week.hours),
                asked=_text(asked),
            )
        if week.hours > limits.week_hours:
            yield _warned(
                PayWarning.WEEK_ABOVE_LEGAL,
                **days,
                hours=_text(week.hours),
                limit=limits.week_hours,
                law=limits.law,
                since=limits.since.isoformat(),
            )
        if week.average_day > limits.day_hours:
            yield _warned(
                PayWarning.DAY_ABOVE_LEGAL,
                **days,
                hours=_text(week.average_day),
                days=len(week.by_day),
                limit=limits.day_hours,
                law=limits.law,
                since=limits.since.isoformat(),
            )
    if slip.unpaired:
        yield _warned(PayWarning.UNPAIRED, count=len(slip.unpaired))
    if slip.unassigned:
        yield _warned(PayWarning.UNASSIGNED, count=slip.unassigned)


def asked_of(week: WorkedWeek, terms: Contract) -> Fraction | None:
    """The least hours of a week; None where none are agreed, or it lies not wholly in the term."""
    clause, term = terms.optional(WeeklyHours), terms.one(TermPeriod)
    start, end = agreed(term.start, f"{term.id}.start"), agreed(term.end, f"{term.id}.end")
    if clause is None or week.monday < start or week.sunday > end:
        return None
    minimum = fraction(clause.least_hours, f"{clause.id}.least_hours")
    leave_counts = agreed(clause.leave_counts, f"{clause.id}.leave_counts")
    return week.asked(minimum, leave_counts=leave_counts)


def _wage(slip: PaySlip, terms: Contract, minimum_wages: MinimumWages) -> Iterator[Warned]:
    """Ordinary pay of an hour worked against the local minimum wage."""
    clause = terms.one(PayRuns)
    city = agreed(clause.city, f"{clause.id}.city") or "—"
    least = minimum_wages.on(city, slip.run.last_day)
    if least is None:
        yield _warned(PayWarning.WAGE_NOT_CHECKED, city=city)
    elif slip.hours and (hourly := ordinary_pay(slip) / slip.hours) < least.hourly:
        yield _warned(
            PayWarning.WAGE_BELOW_MINIMUM,
            hourly=_text(hourly),
            minimum=_text(least.hourly),
            city=city,
            since=least.since.isoformat(),
            source=least.source,
        )


def ordinary_pay(slip: PaySlip) -> Fraction:
    """Pay without what night, rest days and holidays add, and without rewards (最低工资规定 12)."""
    return sum(
        (_ordinary(line) for line in slip.lines if line.kind.startswith("fee_")), start=Fraction(0)
    )


def _ordinary(line: Line) -> Fraction:
    if line.kind != "fee_hourly":
        return line.amount.yuan
    leaves = tuple(_leaves(line.trace))
    hours = [n.value for n in leaves if (n.of or "").startswith("paid_hours|")]
    prices = [n.value for n in leaves if n.op is Op.TERM and (n.of or "").endswith(".unit_price")]
    return hours[0] * prices[0] if hours and prices else Fraction(0)


def _leaves(node: Node) -> Iterator[Node]:
    if not node.inputs:
        yield node
    for each in node.inputs:
        yield from _leaves(each)


def _run(slip: PaySlip, limits: PartTimeLimits) -> Iterator[Warned]:
    if len(slip.run) > limits.run_days:
        yield _warned(
            PayWarning.RUN_ABOVE_LEGAL,
            days=len(slip.run),
            limit=limits.run_days,
            law=limits.law,
            since=limits.since.isoformat(),
        )
    wait = (slip.due - slip.run.last_day).days
    if wait > limits.run_days:
        yield _warned(
            PayWarning.DUE_TOO_LATE,
            due=slip.due.isoformat(),
            days=wait,
            limit=limits.run_days,
            law=limits.law,
        )


def _account(terms: Contract) -> Iterator[Warned]:
    """Pay goes to an account in the agent's own name (D12)."""
    account, parties = terms.one(PayRuns).account, terms.optional(Parties)
    if account is None or parties is None:
        return
    holder, name = str(account.holder).strip(), str(parties.provider.name).strip()
    if holder != name:
        yield _warned(PayWarning.ACCOUNT_OF_ANOTHER, holder=holder, name=name)


def _payment(slip: PaySlip, on: date | None) -> Iterator[Warned]:
    paid_on = slip.paid_on
    if slip.total.fen <= 0:
        return
    if paid_on is not None and paid_on > slip.due:
        late = (paid_on - slip.due).days
        yield _warned(
            PayWarning.PAID_LATE, due=slip.due.isoformat(), on=paid_on.isoformat(), days=late
        )
    elif paid_on is None and on is not None and on > slip.due:
        missing = slip.total - Money(sum(fen for _, fen in slip.paid), slip.currency)
        yield _warned(
            PayWarning.UNPAID,
            due=slip.due.isoformat(),
            days=(on - slip.due).days,
            amount=str(missing),
        )


def _text(value: Fraction) -> str:
    return decimal_text(value, 2)
