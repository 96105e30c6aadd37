"""押金: what of it is lodged, asked for and given back (`deposit_balance|clause` …, yuan)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.money import DepositMoved
from pactdesk.core.facts.families.works import IncidentHappened
from pactdesk.core.facts.names import DepositEvent, FactKind
from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.quantities.term_days import last_day, term_ends
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.deposit import Deposit
from pactdesk.core.terms.durations import TimeUnit
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import local_day, zone_named
from pactdesk.core.units.periods import add_days, add_months


class ReturnUnfit(PactError):
    """Deposit `clause` is returned after a time in `unit`, which no last day can be counted in."""


def moved(counting: Counting, clause_id: str, event: str) -> Fraction:
    """`deposit_moved|clause|event`: Σ of what was paid, returned or forfeited of it before the
    period's end."""
    fen = 0
    for each in as_happened(counting.facts, FactKind.DEPOSIT):
        told = each.fact.detail
        if each.fact.occurred_at >= counting.end:
            break
        if isinstance(told, DepositMoved) and (told.deposit, told.event) == (clause_id, event):
            fen += told.amount_fen
    return Fraction(fen, 100)


def balance(counting: Counting, clause_id: str) -> Fraction:
    """`deposit_balance|clause`: paid less returned less forfeited."""
    paid, *gone = (moved(counting, clause_id, str(event)) for event in DepositEvent)
    return paid - sum(gone)


def forfeited(counting: Counting, clause_id: str) -> Fraction:
    """`deposit_forfeited|clause`: what is not given back.

    Nothing before an agreed incident that the clause names, of who lodged it; after that what
    `forfeited` facts say, at most the amount, or the whole amount where there is none.
    """
    clause = _clause(counting, clause_id)
    agreed_to = any(
        told.is_approved and told.what in clause.forfeited_for and told.party == clause.paid_by
        for each in as_happened(counting.facts, FactKind.INCIDENT)
        if each.fact.occurred_at < counting.end
        and isinstance(told := each.fact.detail, IncidentHappened)
    )
    if not agreed_to:
        return Fraction(0)
    whole = fraction(clause.amount, f"{clause_id}.amount")
    said = moved(counting, clause_id, str(DepositEvent.FORFEITED))
    return min(whole, said) if said else whole


def begins(counting: Counting) -> bool:
    """Whether the term begins in the period: the deposit is asked for."""
    return term_ends(counting)[0] in counting.period


def is_over(counting: Counting, clause_id: str) -> bool:
    """Whether the last day on which it is given back in time lies in the period."""
    last = last_day(counting, renewed=True).day
    # Only then: the calendar of the days that follow may not be published yet.
    return counting.period.last_day > last and returned_on(counting, clause_id) in counting.period


def is_past(counting: Counting, clause_id: str) -> bool:
    """Whether it was given back before the period."""
    start = counting.period.start
    is_after = start > last_day(counting, renewed=True).day
    return is_after and returned_on(counting, clause_id) < start


def returned_on(counting: Counting, clause_id: str) -> date:
    """The last day of return; not before the day on which an early end was told."""
    last = last_day(counting, renewed=True)
    day = _after(counting, clause_id, last.day)
    if last.told_at is None:
        return day
    return max(day, local_day(last.told_at, zone_named(counting.contract.zone)))


def _after(counting: Counting, clause_id: str, last: date) -> date:
    """Counted from the day after `last` (民法典 201); moved off a day off (203)."""
    after = agreed(_clause(counting, clause_id).returned_after, f"{clause_id}.returned_after")
    n = agreed(after.n, f"{clause_id}.returned_after.n")
    unit = agreed(after.unit, f"{clause_id}.returned_after.unit")
    calendar = counting.calendar
    assert calendar is not None  # noqa: S101 - statements are made with one
    match unit:
        case TimeUnit.WORKING_DAY:
            return calendar.add_working_days(last, n)
        case TimeUnit.DAY:
            return calendar.on_or_next_working_day(add_days(last, n))
        case TimeUnit.MONTH | TimeUnit.YEAR:
            months = n if unit is TimeUnit.MONTH else 12 * n
            return calendar.on_or_next_working_day(add_months(last, months))
        case _:
            raise ReturnUnfit(clause=clause_id, unit=str(unit))


def _clause(counting: Counting, clause_id: str) -> Deposit:
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, Deposit)  # noqa: S101 - its own line asks
    return clause
