"""Conservation: an agent's days and hours over all contracts never exceed those clocked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.quantities.catalogue import QUANTITIES
from pactdesk.core.settle.quantities.presence import presence
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.periods import Period
from tests.support.contracts import agreement, always, hours, measured
from tests.support.facts import Book, instant
from tests.support.laws import cases
from tests.support.months import a_month

HOUR = 3_600_000
OCTOBER = Period.month("2026-10")
WEEK = "mon tue wed thu fri sat sun"
DESKS = (
    agreement(),
    agreement(service_hours=always()),
    agreement(service_hours=hours(["22:00-06:00"], WEEK)),
)
Cards = list[tuple[str, Instant, Instant]]
Cuts = list[tuple[str, Instant, list[int]]]


def a_roster(rng: Random) -> tuple[Cards, Cuts]:
    """Card sessions around October, and quarters of time for three contracts: four in all."""
    first = instant("2026-09-29 00:00")
    cards, cuts = [], []
    for agent in ("ann", "bo"):
        at = first
        while rng.random() < 0.85:
            at = Instant(at + rng.randrange(1, 40) * HOUR)
            end = Instant(at + rng.randrange(1, 14) * HOUR)
            cards.append((agent, at, end))
            at = end
        for _ in range(rng.randrange(1, 4)):
            quarters = [0, 0, 0]
            for _ in range(rng.randrange(5)):
                quarters[rng.randrange(3)] += 1
            cuts.append((agent, Instant(first + rng.randrange(400) * HOUR), quarters))
    return cards, cuts


ROSTERS = st.integers(0, 2**32).map(Random).map(a_roster)


def book(cards: Cards, cuts: Cuts, contract: int | None) -> list[RecordedFact]:
    """The facts of one of the contracts; None: of one that has the agents alone."""
    told = Book()
    for agent, start, end in cards:
        told.seated(agent, start, end)
    for agent in ("ann", "bo"):
        if contract is not None:
            told.assigned(agent, Instant(0), "0" if contract else "1")
    for agent, at, quarters in cuts:
        if contract is not None:
            told.assigned(agent, at, str(Fraction(quarters[contract], 4)))
    return told.facts


def counting(contract: Contract, facts: Sequence[RecordedFact], period: Period) -> Counting:
    return Counting(contract, period, tuple(facts), a_month(contract), (), load_china())


@pytest.mark.requirement("E10", "E11")
@pytest.mark.parametrize("desk", range(len(DESKS)))
@settings(max_examples=cases(15))
@given(ROSTERS)
def test_the_days_of_three_contracts_are_never_more_than_the_days_clocked(
    desk: int, roster: tuple[Cards, Cuts]
) -> None:
    cards, cuts = roster
    paid = Fraction(0)
    for contract in range(3):
        facts = book(cards, cuts, contract)
        paid += QUANTITIES["seat_days"](counting(DESKS[desk], facts, OCTOBER))
    alone = presence(counting(DESKS[desk], book(cards, cuts, None), OCTOBER))
    clocked = sum(len(days) for days in alone.values())
    assert paid <= clocked


@pytest.mark.requirement("E11")
@settings(max_examples=cases(15))
@given(ROSTERS)
def test_the_hours_of_three_contracts_are_never_more_than_the_hours_clocked(
    roster: tuple[Cards, Cuts],
) -> None:
    """Each with its own service hours."""
    cards, cuts = roster
    paid = sum(
        measured(desk, book(cards, cuts, contract)).seat_time.total_ms
        for contract, desk in enumerate(DESKS)
    )
    assert paid <= measured(DESKS[1], book(cards, cuts, None)).seat_time.total_ms


@settings(max_examples=cases(15))
@given(ROSTERS, st.integers(1, 30))
def test_two_parts_of_a_month_have_the_days_of_the_month(
    roster: tuple[Cards, Cuts], cut: int
) -> None:
    facts = book(*roster, 0)
    middle = OCTOBER.start + timedelta(days=cut)
    whole, *parts = (
        presence(counting(DESKS[1], facts, period))
        for period in (OCTOBER, Period(OCTOBER.start, middle), Period(middle, OCTOBER.end))
    )
    for agent, days in whole.items():
        assert {day: w for part in parts for day, w in part.get(agent, {}).items()} == days


@settings(max_examples=cases(15))
@given(ROSTERS, st.randoms(use_true_random=False))
def test_the_order_of_cards_plays_no_part(roster: tuple[Cards, Cuts], rng: Random) -> None:
    facts = book(*roster, 1)
    shuffled = list(facts)
    rng.shuffle(shuffled)
    assert presence(counting(DESKS[0], shuffled, OCTOBER)) == presence(
        counting(DESKS[0], facts, OCTOBER)
    )
