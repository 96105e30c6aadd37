"""First and last days: of the term, of the contract, of paid periods (`fee_periods|clause`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.names import ContractEvent, FactKind
from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.fee_fixed import Billing, FeePeriod, FixedFee
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.core.units.periods import Period, add_days

MONTHS_OF = {FeePeriod.MONTH: 1, FeePeriod.QUARTER: 3, FeePeriod.YEAR: 12}


def counted(counting: Counting, clause_id: str) -> Fraction:
    """How many paid periods begin (in advance) or end (in arrears) in the period.

    One that the term cuts off counts by its days inside the term.
    """
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, FixedFee)  # noqa: S101 - its own line asks
    in_advance = agreed(clause.billing, f"{clause_id}.billing") is Billing.IN_ADVANCE
    total = Fraction(0)
    for whole, served in _paid_periods(counting, clause):
        if (served.start if in_advance else served.last_day) in counting.period:
            total += Fraction(len(served), len(whole))
    return total


def term_ends(counting: Counting) -> tuple[date, date]:
    """The first and the last day of the term, both included."""
    term = counting.contract.one(TermPeriod)
    return agreed(term.start, f"{term.id}.start"), agreed(term.end, f"{term.id}.end")


@dataclass(frozen=True, slots=True)
class LastDay:
    """The contract's last day; `told_at`: when the termination was told that brought it."""

    day: date
    told_at: Instant | None = None


def last_day(counting: Counting, *, renewed: bool = False) -> LastDay:
    """The contract's last day, as known at the period's end.

    That of the term; with `renewed`, the latest that a renewal told; but the last day that the
    first termination told (or on which it happened) where that is earlier.
    """
    _, last = term_ends(counting)
    zone = zone_named(counting.contract.zone)
    ended: LastDay | None = None
    for each in as_happened(counting.facts, FactKind.CONTRACT):
        told, at = each.fact.detail, each.fact.occurred_at
        if at >= counting.end:
            break
        if not isinstance(told, ContractStep):
            continue
        if renewed and told.event is ContractEvent.RENEWED and told.until is not None:
            last = max(last, date.fromisoformat(told.until))
        if told.event is ContractEvent.TERMINATED and ended is None:
            day = date.fromisoformat(told.until) if told.until else local_day(at, zone)
            ended = LastDay(day, at)
    return ended if ended is not None and ended.day < last else LastDay(last)


def _paid_periods(counting: Counting, clause: FixedFee) -> Iterator[tuple[Period, Period]]:
    """Each whole paid period, and its days inside the term."""
    start, end = term_ends(counting)
    anchor = start if clause.since is None else agreed(clause.since, f"{clause.id}.since")
    months = MONTHS_OF[agreed(clause.per, f"{clause.id}.per")]
    index = 0
    while (whole := Period.counted(anchor, index, months)).start <= end:
        first, after = max(whole.start, start), min(whole.end, add_days(end, 1))
        if first < after:
            yield whole, Period(first, after)
        index += 1
