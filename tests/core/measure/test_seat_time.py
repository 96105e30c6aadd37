"""Seat time: hours clocked inside service hours, and never more than were clocked."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.measure.intervals import Intervals, intersection, total, union
from pactdesk.core.measure.seat_time import SeatTime, seat_time
from pactdesk.core.units.instants import Instant
from tests.support.contracts import agreement, measured
from tests.support.facts import Book, instant

HOUR = 3_600_000
OPEN = ((Instant(10), Instant(20)), (Instant(30), Instant(40)))
MONTH = (Instant(0), Instant(1_000))
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 50).map(Instant),
        st.sampled_from(["ann", "bo"]),
        st.sampled_from(["clock_in", "clock_out"]),
    ),
    max_size=14,
)
CUTS = st.lists(st.tuples(st.integers(0, 50).map(Instant), st.integers(0, 4)), max_size=4)


def october(book: Book) -> SeatTime:
    return measured(agreement(), book.facts).seat_time


def clocked(events: list[tuple[Instant, str, str]], agent: str) -> Intervals:
    """The sessions of an agent: an out right after an in."""
    own = [(at, what) for at, who, what in sorted(events, key=lambda e: e[0]) if who == agent]
    pairs = pairwise(own)
    return union(
        (one[0], two[0]) for one, two in pairs if (one[1], two[1]) == ("clock_in", "clock_out")
    )


@given(EVENTS)
def test_only_time_between_an_in_and_the_next_out_is_seat_time(
    events: list[tuple[Instant, str, str]],
) -> None:
    book = Book()
    for at, who, what in events:
        book.attendance(who, what, at)
    seated = seat_time(book.facts, OPEN, MONTH)
    for who in ("ann", "bo"):
        expected = total(intersection(clocked(events, who), OPEN))
        assert seated.by_agent.get(who, 0) == expected
    paired = sum(2 for who in ("ann", "bo") for _ in pairs_of(events, who))
    assert len(seated.unpaired) == len(events) - paired


def pairs_of(events: list[tuple[Instant, str, str]], agent: str) -> list[int]:
    own = [what for at, who, what in sorted(events, key=lambda e: e[0]) if who == agent]
    return [n for n in range(len(own) - 1) if own[n : n + 2] == ["clock_in", "clock_out"]]


@given(EVENTS, CUTS)
def test_an_agents_hours_over_two_contracts_are_the_hours_clocked(
    events: list[tuple[Instant, str, str]], cuts: list[tuple[Instant, int]]
) -> None:
    here, there, alone = Book(), Book(), Book()
    for at, who, what in events:
        for book in (here, there, alone):
            book.attendance(who, what, at)
    for who in ("ann", "bo"):
        for at, quarters in [(Instant(-1), 4), *cuts]:
            here.assigned(who, at, str(Fraction(quarters, 4)))
            there.assigned(who, at, str(Fraction(4 - quarters, 4)))
    shared = (
        seat_time(here.facts, OPEN, MONTH).total_ms + seat_time(there.facts, OPEN, MONTH).total_ms
    )
    assert shared == seat_time(alone.facts, OPEN, MONTH).total_ms


@given(EVENTS, st.randoms())
def test_the_order_of_the_cards_does_not_matter(
    events: list[tuple[Instant, str, str]], chance: object
) -> None:
    book = Book()
    for at, who, what in events:
        book.attendance(who, what, at)
    shuffled = list(book.facts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a Random
    assert seat_time(shuffled, OPEN, MONTH) == seat_time(book.facts, OPEN, MONTH)


@pytest.mark.requirement("E11")
def test_only_service_hours_are_paid() -> None:
    book = Book().seated("ann", "2026-10-09 08:00", "2026-10-09 20:00")
    assert october(book).by_agent == {"ann": Fraction(7 * HOUR + HOUR // 2)}


def test_a_holiday_gives_no_seat_time_and_the_saturday_worked_for_it_does() -> None:
    book = Book().seated("ann", "2026-10-01 09:00", "2026-10-01 12:00")
    book.seated("bo", "2026-10-10 09:00", "2026-10-10 12:00")
    book.seated("cy", "2026-10-17 09:00", "2026-10-17 12:00")
    assert october(book).by_agent == {"bo": Fraction(3 * HOUR)}


def test_a_forgotten_card_is_listed_and_not_guessed() -> None:
    book = Book().attendance("ann", "clock_in", "2026-10-09 09:00")
    book.seated("ann", "2026-10-10 09:00", "2026-10-10 10:00")
    book.attendance("bo", "clock_out", "2026-10-09 18:00")
    seated = october(book)
    assert seated.by_agent == {"ann": Fraction(HOUR)}
    assert seated.unpaired == (
        ("ann", instant("2026-10-09 09:00")),
        ("bo", instant("2026-10-09 18:00")),
    )


def test_a_share_holds_from_its_instant_on() -> None:
    book = Book().seated("ann", "2026-10-09 09:00", "2026-10-09 12:00")
    book.assigned("ann", "2026-10-09 10:00", "1/3")
    assert october(book).by_agent == {"ann": Fraction(HOUR) + Fraction(2 * HOUR, 3)}


def test_a_forgotten_card_is_listed_in_its_own_month_only() -> None:
    book = Book().attendance("ann", "clock_in", "2026-09-30 09:00")
    book.attendance("ann", "clock_in", "2026-10-09 09:00")
    assert [agent for agent, _ in october(book).unpaired] == ["ann"]
