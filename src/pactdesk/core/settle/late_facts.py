"""Facts that came late: which of them still count, and which month each of them concerns.

Source: DESIGN, Settlement. Whether money arrived, a notice was given or the contract ended is no
late claim: such facts are never refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.staff import LeaveTaken
from pactdesk.core.facts.families.works import ForecastGiven, ScoreGiven
from pactdesk.core.facts.kinds import Attendance, AttendanceEvent, Exclusion, FactKind
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named
from pactdesk.core.units.periods import Period, add_months

NEVER_REFUSED = frozenset(
    {
        FactKind.STATEMENT_ISSUED,
        FactKind.STATEMENT_RECEIVED,
        FactKind.STATEMENT_CONFIRMED,
        FactKind.STATEMENT_ACCEPTED,
        FactKind.STATEMENT_OBJECTED,
        FactKind.STATEMENT_ANSWERED,
        FactKind.STATEMENT_MADE,
        FactKind.INVOICE_RECEIVED,
        FactKind.PAYMENT,
        FactKind.DEPOSIT,
        FactKind.LOSS,
        FactKind.PAY,
        FactKind.NOTICE,
        FactKind.CONTRACT,
        FactKind.DUTY,
    }
)


@dataclass(frozen=True, slots=True)
class RefusedFact:
    """A fact that came later than the contract allows; it is listed once and counts nothing."""

    recorded: RecordedFact

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        fact = self.recorded.fact
        return {
            "source": fact.source,
            "event_id": fact.event_id,
            "kind": str(fact.kind),
            "occurred_at": fact.occurred_at,
            "recorded_at": self.recorded.recorded_at,
        }


def in_time(contract: Contract, facts: Sequence[RecordedFact]) -> tuple[RecordedFact, ...]:
    """The facts without those that came too late."""
    if not _has_limit(contract):
        return tuple(facts)
    limits = _Limits(contract)
    return tuple(each for each in facts if not limits.is_refused(each))


def refused(
    contract: Contract, facts: Iterable[RecordedFact], after: date | None
) -> tuple[RefusedFact, ...]:
    """Those that came too late, recorded after the day `after`; by recording, source, id."""
    if not _has_limit(contract):
        return ()
    limits, zone = _Limits(contract), zone_named(contract.zone)
    late = (each for each in facts if limits.is_refused(each))
    new = (each for each in late if after is None or local_day(each.recorded_at, zone) > after)
    return tuple(RefusedFact(each) for each in sorted(new, key=lambda each: each.order))


def concerned_day(recorded: RecordedFact, zone: ZoneInfo) -> date:
    """The local day that a fact is about: the first of an exclusion, a leave or a scored month;
    of all others that on which it happened."""
    fact = recorded.fact
    if fact.kind in _ABOUT_OTHER_DAYS:
        detail = fact.detail
        if isinstance(detail, Exclusion | LeaveTaken):
            return local_day(detail.start, zone)
        if isinstance(detail, ScoreGiven | ForecastGiven):
            return Period.month(detail.period).start
    return local_day(fact.occurred_at, zone)


def may_change(
    month: Period, new: Iterable[RecordedFact], facts: Sequence[RecordedFact], zone: ZoneInfo
) -> bool:
    """Whether a new fact may change what the month came to; `facts` are all, the new included.

    One about a later day cannot, but for the clock-out of who was clocked in at the month's end.
    """
    end = day_start(month.end, zone)
    later: list[RecordedFact] = []
    for each in new:
        if each.fact.kind in _ABOUT_OTHER_DAYS:
            if concerned_day(each, zone) < month.end:
                return True
        elif each.fact.occurred_at < end:
            return True
        later.append(each)
    attendance = [each.fact for each in later if each.fact.kind is FactKind.ATTENDANCE]
    if not attendance:
        return False
    inside = _clocked_in(facts, end)
    return any(fact.measured["agent"] in inside for fact in attendance)


def _clocked_in(facts: Iterable[RecordedFact], at: Instant) -> set[str]:
    """The agents whose last attendance before the instant is a clock-in."""
    inside: set[str] = set()
    for each in as_happened(facts, FactKind.ATTENDANCE):
        detail = each.fact.detail
        if each.fact.occurred_at >= at or not isinstance(detail, Attendance):
            break
        if detail.event is AttendanceEvent.CLOCK_IN:
            inside.add(detail.agent)
        else:
            inside.discard(detail.agent)
    return inside


def _has_limit(contract: Contract) -> bool:
    changed = (change.to for each in contract.amendments for change in each.changes)
    every = (*contract.clauses, *changed)
    return any(isinstance(each, Conventions) and each.late_facts_months for each in every)


class _Limits:
    """The first day on which facts of a month are refused, looked up once a month."""

    def __init__(self, contract: Contract) -> None:
        self._contract, self._zone = contract, zone_named(contract.zone)
        self._first_refused: dict[Period, date | None] = {}

    def is_refused(self, recorded: RecordedFact) -> bool:
        """Whether it came later than the contract of its month allows."""
        if recorded.fact.kind in NEVER_REFUSED:
            return False
        month = Period.month(f"{concerned_day(recorded, self._zone):%Y-%m}")
        if month not in self._first_refused:
            self._first_refused[month] = self._limit(month)
        limit = self._first_refused[month]
        return limit is not None and local_day(recorded.recorded_at, self._zone) >= limit

    def _limit(self, month: Period) -> date | None:
        conventions = self._contract.on(month.last_day).optional(Conventions)
        if conventions is None:
            return None
        path = f"{conventions.id}.late_facts_months"
        months = agreed(conventions.late_facts_months, path)
        return None if months is None else add_months(month.end, months)


_ABOUT_OTHER_DAYS = frozenset(
    {FactKind.EXCLUSION, FactKind.LEAVE, FactKind.SCORE, FactKind.FORECAST}
)
