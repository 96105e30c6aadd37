"""The facts that count, and a stretch of days in which they are looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from pactverify.canonical import LARGEST
from pactverify.facts import Fact
from pactverify.interactions import Interaction, interactions_in
from pactverify.terms import Contract, Terms
from pactverify.worktime import (
    Days,
    Interval,
    ServiceTime,
    WorkCalendar,
    common,
    length,
    local_day,
    union,
)

BOTH = {"provider", "client"}


@dataclass(frozen=True, slots=True)
class Seat:
    """One agent: sessions, clock-ins and -outs without a partner, shares from instants on."""

    sessions: list[Interval]
    lonely: list[int]
    shares: list[tuple[int, Fraction]]

    def weighted(self, worked: list[Interval]) -> Fraction:
        """Milliseconds, each with the share that held then; before the first it is 1."""
        total, share, since = Fraction(0), Fraction(1), -LARGEST
        for at, following in [*self.shares, (LARGEST, Fraction(0))]:
            total += share * length(common(worked, [(since, at)]))
            share, since = following, at
        return total


class Book:
    """The facts that count, in their order, with the contract and its calendar."""

    def __init__(
        self, facts: Iterable[Fact], calendar: WorkCalendar, contract: Contract, rules: int
    ) -> None:
        self.facts, self.calendar, self.rules_version = list(facts), calendar, rules
        self.contract, self.zone = contract, contract.zone
        self._kinds: dict[str, list[Fact]] = {}
        for fact in self.facts:
            self._kinds.setdefault(fact.kind, []).append(fact)
        self._interactions: dict[int, list[Interaction]] = {}

    def told(self, kind: str, start: int, end: int, **fields: Any) -> Iterator[Fact]:
        """The facts of a kind in [start, end) that have these fields, in order."""
        for fact in self._kinds.get(kind, ()):
            if start <= fact.at < end and fields.items() <= fact.measured.items():
                yield fact

    def before(self, kind: str, end: int, **fields: Any) -> Iterator[Fact]:
        """Likewise from the first fact on."""
        return self.told(kind, -LARGEST, end, **fields)

    def firsts(self, kind: str, end: int, name: str, *, agreed: bool = False) -> dict[str, Fact]:
        """Of each thing that `name` names the first fact, if need be that both parties approved."""
        found: dict[str, Fact] = {}
        for fact in self.before(kind, end):
            if not agreed or set(fact.measured["approved_by"]) == BOTH:
                found.setdefault(fact.measured[name], fact)
        return found

    def interactions(self, cut_off: int) -> list[Interaction]:
        """Those opened before the cut-off."""
        if cut_off not in self._interactions:
            self._interactions[cut_off] = interactions_in(self.facts, cut_off)
        return self._interactions[cut_off]

    def last_day(self, end: int, last: date, *, renewable: bool = True) -> tuple[date, int | None]:
        """The contract's last day as known at `end`, and when the termination that brought it
        was told, if one did."""
        for fact in self.before("contract", end, event="renewed") if renewable else ():
            if fact.measured["until"]:
                last = max(last, date.fromisoformat(fact.measured["until"]))
        for fact in self.before("contract", end, event="terminated"):
            until = fact.measured["until"]
            ended = date.fromisoformat(until) if until else self.day_of(fact.at)
            return (ended, fact.at) if ended < last else (last, None)
        return last, None

    def day_of(self, at: int) -> date:
        """The local day of an instant."""
        return local_day(at, self.zone)

    @cached_property
    def seats(self) -> dict[str, Seat]:
        """Every agent who ever clocked in or out, by name."""
        events: dict[str, list[Fact]] = {}
        shares: dict[str, list[tuple[int, Fraction]]] = {}
        for fact in self.before("attendance", LARGEST):
            events.setdefault(fact.measured["agent"], []).append(fact)
        for fact in self.before("assignment", LARGEST):
            share = (fact.at, Fraction(fact.measured["share"]))
            shares.setdefault(fact.measured["agent"], []).append(share)
        return {a: Seat(*_sessions(events[a]), shares.get(a, [])) for a in sorted(events)}


def _sessions(events: list[Fact]) -> tuple[list[Interval], list[int]]:
    sessions: list[Interval] = []
    lonely: list[int] = []
    since: int | None = None
    for fact in events:
        if fact.measured["event"] == "clock_in":
            lonely += [] if since is None else [since]
            since = fact.at
        elif since is None:
            lonely.append(fact.at)
        else:
            sessions.append((since, fact.at))
            since = None
    return union(sessions), lonely + ([] if since is None else [since])


class Span:
    """Days of one month under certain terms: what happens in them is measured and settled."""

    def __init__(self, terms: Terms, days: Days, book: Book) -> None:
        self.terms, self.days, self.book = terms, days, book
        self.start, self.end = days.instants(book.zone)
        period = terms.one("period")
        self.term = Days(*(date.fromisoformat(period[name]) for name in ("start", "end")))
        self.month = days.first.isoformat()[:7]
        self.month_start, self.month_end = days.month.instants(book.zone)

    @cached_property
    def service(self) -> ServiceTime:
        """When the service is open."""
        return ServiceTime(self.terms.one("service_hours"), self.book.zone, self.book.calendar)

    @cached_property
    def opened(self) -> list[Interval]:
        """The open time of the days."""
        return self.service.open_between(self.start, self.end)

    @cached_property
    def seat_ms(self) -> dict[str, Fraction]:
        """Agent → exact milliseconds in the open time; without those who have none."""
        seats = self.book.seats.items()
        worked = {a: seat.weighted(common(seat.sessions, self.opened)) for a, seat in seats}
        return {agent: ms for agent, ms in worked.items() if ms}
