"""Volumes and their bands: against a clerk who bills unit by unit, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.families.works import UsageCounted
from pactdesk.core.facts.kinds import InteractionOpened
from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.quantities.catalogue import QUANTITIES
from pactdesk.core.terms.clauses.scope import Channel
from pactdesk.core.units.instants import Instant, local_day
from pactdesk.core.units.money import Money
from pactdesk.core.units.periods import Period
from tests.support.contracts import agreement, settled
from tests.support.facts import SHANGHAI, Book, instant
from tests.support.laws import cases
from tests.support.months import a_month

HOUR = 3_600_000
CONTRACT = agreement()
REPLY = ["first_response", "fulfil", "agent"]
OF_ARGUMENTS = {
    "interactions": ("chat", "any"),
    "valid_conversations": ("chat", "any"),
    "calls": ("phone", "any"),
    "call_minutes": ("phone", "any", "up"),
}


@st.composite
def bands(draw: st.DrawFn) -> list[tuple[int | None, int]]:
    """(end or None, price in fen): rising ends, prices as they fall."""
    ends = sorted(draw(st.sets(st.integers(1, 60), max_size=3)))
    return [(end, draw(st.integers(0, 300))) for end in [*ends, None]]


def fee(tiers: Sequence[tuple[int | None, int]], tiering: str, units: int, least: int = 0) -> Money:
    """The line of a month with so many messages."""
    written = [
        {"price": str(Decimal(price) / 100)} | ({} if end is None else {"up_to": str(end)})
        for end, price in tiers
    ]
    terms = {"id": "fee-1", "kind": "fee_per_unit", "measure": "message", "tiering": tiering}
    contract = agreement(terms | {"tiers": written, "minimum": str(Decimal(least) / 100)})
    book = Book()
    if units:
        book.told("2026-10-09 10:00", UsageCounted("message", units))
    return settled(contract, book.facts).lines[0].amount


def price_of(tiers: Sequence[tuple[int | None, int]], unit: int) -> int:
    return next(price for end, price in tiers if end is None or unit <= end)


@pytest.mark.requirement("B18", "B19")
@settings(max_examples=cases(40))
@given(bands(), st.integers(0, 80), st.integers(0, 2000))
def test_each_unit_costs_the_price_of_its_own_band(
    tiers: list[tuple[int | None, int]], units: int, least: int
) -> None:
    by_the_clerk = sum(price_of(tiers, unit) for unit in range(1, units + 1))
    assert fee(tiers, "graduated", units).fen == by_the_clerk
    assert fee(tiers, "graduated", units, least).fen == max(by_the_clerk, least)


@settings(max_examples=cases(25))
@given(bands(), st.integers(0, 80))
def test_one_unit_more_costs_its_own_price_and_never_less(
    tiers: list[tuple[int | None, int]], units: int
) -> None:
    one, more = (fee(tiers, "graduated", n).fen for n in (units, units + 1))
    assert more - one == price_of(tiers, units + 1)


@settings(max_examples=cases(25))
@given(bands(), st.integers(1, 80))
def test_the_whole_volume_is_priced_by_the_band_that_it_reaches(
    tiers: list[tuple[int | None, int]], units: int
) -> None:
    assert fee(tiers, "whole_volume", units).fen == units * price_of(tiers, units)


def test_a_larger_volume_may_cost_less_where_the_whole_volume_is_priced() -> None:
    tiers = [(500, 90), (None, 70)]
    assert [fee(tiers, "whole_volume", n).fen for n in (500, 501)] == [45_000, 35_070]


def a_book(rng: Random) -> Book:
    """Chats and calls around the ends of October, answered and ended whenever it happens."""
    book, first = Book(), instant("2026-09-28 00:00")
    for n in range(rng.randrange(14)):
        name, at = f"i-{n}", Instant(first + rng.randrange(40 * 24) * HOUR)
        is_call = rng.random() < 0.5
        channel, metric = (Channel.PHONE, "answer") if is_call else (Channel.CHAT, "first_response")
        book.told(at, InteractionOpened(name, channel, None, rng.choice([None, "ann", "bo"])))
        book.clock(name, metric, "activate", at, "customer")
        answered = Instant(at + rng.randrange(72) * HOUR + rng.randrange(120_000))
        if rng.random() < 0.8:
            actor = rng.choice(["agent", "agent", "system"])
            book.clock(name, metric, "fulfil", answered, actor)
        for _ in range(rng.randrange(3)):
            book.closed(name, Instant(at + rng.randrange(96) * HOUR))
    return book


BOOKS = st.integers(0, 2**32).map(Random).map(a_book)


def counted(quantity: str, facts: Sequence[RecordedFact], period: Period) -> int:
    counting = Counting(CONTRACT, period, tuple(facts), a_month(CONTRACT), ())
    return int(QUANTITIES[quantity](counting, *OF_ARGUMENTS[quantity]))


@pytest.mark.parametrize("quantity", OF_ARGUMENTS)
@settings(max_examples=cases(25))
@given(BOOKS)
def test_the_days_of_a_month_add_up_to_the_month(quantity: str, book: Book) -> None:
    days = [date(2026, 10, 1) + timedelta(days=n) for n in range(31)]
    each = [counted(quantity, book.facts, Period(day, day + timedelta(days=1))) for day in days]
    assert sum(each) == counted(quantity, book.facts, Period.month("2026-10"))


@settings(max_examples=cases(40))
@given(BOOKS)
def test_no_call_is_lost_between_months_and_none_is_billed_twice(book: Book) -> None:
    months = [Period.month(f"2026-{month:02d}") for month in (9, 10, 11)]
    answered = {
        each.fact.measured["interaction"]
        for each in book.facts
        if each.fact.measured.get("metric") == "answer" and each.fact.measured["event"] == "fulfil"
    }
    assert sum(counted("calls", book.facts, month) for month in months) == len(answered)


@settings(max_examples=cases(40))
@given(BOOKS)
def test_a_customers_day_is_billed_once_over_all_months(book: Book) -> None:
    months = [Period.month(f"2026-{month:02d}") for month in (9, 10, 11)]
    opened = {
        each.fact.measured["interaction"]: each.fact
        for each in book.facts
        if each.fact.kind == "interaction.opened"
    }
    visits = set()
    for each in book.facts:
        told = each.fact.measured
        if [told.get(name) for name in ("metric", "event", "actor")] == REPLY:
            start = opened[told["interaction"]]
            day = local_day(start.occurred_at, SHANGHAI)
            who = start.measured["customer"]
            visits.add((who, day) if who else told["interaction"])
    billed = sum(counted("valid_conversations", book.facts, month) for month in months)
    assert billed == len(visits)


@settings(max_examples=cases(25))
@given(BOOKS, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_were_told_plays_no_part(book: Book, rng: Random) -> None:
    shuffled = list(book.facts)
    rng.shuffle(shuffled)
    october = Period.month("2026-10")
    for quantity in OF_ARGUMENTS:
        assert counted(quantity, shuffled, october) == counted(quantity, book.facts, october)
