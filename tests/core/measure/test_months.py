"""Over the months, every interaction is judged exactly once, in whatever order facts arrive."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pactdesk.core.facts.kinds import Clock, ClockEvent, ClockMetric
from pactdesk.core.measure.level import Level
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant
from tests.support.contracts import agreement, always, level, measured, measured_level
from tests.support.facts import Book, instant

MONTHS = ("2026-09", "2026-10", "2026-11")
HOUR = 3_600_000
# A few hours before and after the turns of the months, and between them.
TIMES = st.builds(
    lambda turn, hours: Instant(instant(turn) + hours * HOUR),
    st.sampled_from(["2026-10-01 00:00", "2026-11-01 00:00", "2026-10-15 00:00"]),
    st.integers(-3, 3),
)
COUNTED = {  # metric → the clock it looks at
    "first_response_share": "first_response",
    "first_response_average": "first_response",
    "resolution_share": "resolution",
    "resolution_rate": "resolution",
    "answer_share": "answer",
    "csat": "first_response",
}
SEEDS = st.integers(0, 2**32).map(Random)
ATTRIBUTIONS = st.sampled_from(["opened", "first_answered", "closed"])


def terms_of(metric: str, attribution: str) -> dict[str, Any]:
    more: dict[str, Any] = {"attribution": attribution}
    if metric in ("first_response_share", "resolution_share", "answer_share"):
        more["within"] = {"n": 2, "unit": "h"}
    if metric == "answer_share":
        more["formula"] = "F3"
    return level(metric, **more)


@st.composite
def stories(draw: st.DrawFn) -> Book:
    """One interaction, told sensibly or not: every event at some time after its opening."""
    book, opened = Book(), draw(TIMES)
    book.opened("i-1", opened)
    later = TIMES.filter(lambda at: at >= opened)
    metrics = st.sampled_from([*ClockMetric])
    for at in sorted(draw(st.lists(later, max_size=6))):
        what = draw(st.sampled_from(["clock", "clock", "clock", "closed", "abandoned", "rated"]))
        if what == "clock":
            event = draw(st.sampled_from([ClockEvent.ACTIVATE, ClockEvent.FULFIL, *ClockEvent]))
            book.clock("i-1", draw(metrics), event, at)
        elif what == "rated":
            book.rated("i-1", at, draw(st.integers(1, 5)))
        else:
            (book.closed if what == "closed" else book.abandoned)("i-1", at)
    if draw(st.booleans()):
        book.clock("i-1", draw(metrics), "activate", opened, "customer")
    return book


def is_decided(told: Level) -> bool:
    return told.denominator > 0 or bool(told.excluded)


def undone_by_a_later_clock() -> Book:
    """Closed in September without a clock, so decided; one starts with October all the same."""
    book = Book()
    for what in (book.opened, book.closed):
        what("i-1", instant("2026-09-30 23:00"))
    book.clock("i-1", ClockMetric.ANSWER, ClockEvent.ACTIVATE, instant("2026-10-01 00:00"))
    return book


@pytest.mark.requirement("E19")
@given(stories(), st.sampled_from(sorted(COUNTED)), ATTRIBUTIONS)
@example(undone_by_a_later_clock(), "answer_share", "opened")
def test_every_interaction_is_judged_exactly_once(
    book: Book, metric: str, attribution: str
) -> None:
    contract = agreement(terms_of(metric, attribution), service_hours=always())
    told = [measured_level(contract, book.facts, month) for month in MONTHS]
    decided = sum(is_decided(each) for each in told)
    assert decided + told[-1].carried <= 1
    if metric != "csat" and attribution == "opened":
        assert decided + told[-1].carried == 1


@given(stories(), st.sampled_from(sorted(COUNTED)), ATTRIBUTIONS)
def test_what_is_carried_is_carried_on_or_decided(
    book: Book, metric: str, attribution: str
) -> None:
    contract = agreement(terms_of(metric, attribution), service_hours=always())
    told = [measured_level(contract, book.facts, month) for month in MONTHS]
    for month, following in pairwise(told):
        assert month.carried + is_decided(month) <= 1
        if month.carried:
            assert is_decided(following) or following.carried


def test_an_answer_after_the_closing_does_not_count_a_second_time() -> None:
    book = Book().asked("i-1", "2026-10-30 10:00", "2026-11-02 10:00")
    book.closed("i-1", "2026-10-30 11:00")
    contract = agreement(level(attribution="first_answered"))
    told = [measured_level(contract, book.facts, month) for month in MONTHS]
    assert [each.missed for each in told] == [(), ("i-1",), ()]


def test_a_clock_that_starts_after_the_turn_of_the_month_is_still_judged() -> None:
    book = Book().opened("i-1", "2026-10-31 23:59:59.999")
    book.clock("i-1", "first_response", "activate", "2026-11-01 00:00:00", "customer")
    book.clock("i-1", "first_response", "fulfil", "2026-11-02 18:00:00")
    told = [measured_level(agreement(level()), book.facts, month) for month in MONTHS]
    assert [each.carried for each in told] == [0, 1, 0]
    assert [each.missed for each in told] == [(), (), ("i-1",)]


def everyday(rng: Random) -> Book:
    """A few dozen interactions over two months, some of them odd."""
    book = Book()
    for n in range(40):
        at = instant("2026-09-25 09:00") + rng.randrange(40 * 24 * HOUR)
        name, metric = f"i-{n}", rng.choice(["first_response", "resolution", "answer"])
        book.asked(name, Instant(at), metric=metric, channel=rng.choice(["chat", "phone"]))
        end = Instant(at + rng.randrange(1, 30 * HOUR))
        rng.choice([book.closed, book.abandoned, answered(book, metric)])(name, end)
        if rng.random() < 0.3:
            book.rated(name, end, rng.randrange(6))
    book.excluded("2026-10-12 09:00", "2026-10-13 09:00")
    book.probed("2026-10-12 00:00", "2026-10-20 00:00").probed(
        "2026-10-14 09:00", "2026-10-14 10:00", up=False
    )
    return book.seated("ann", "2026-10-12 09:00", "2026-10-12 18:00")


def answered(book: Book, metric: str) -> Callable[[str, Instant], Book]:
    return lambda name, at: book.clock(name, metric, "fulfil", at)


def every_level(attribution: str) -> Contract:
    levels = [
        terms_of(metric, attribution) | {"id": f"level-{n}"}
        for n, metric in enumerate([*COUNTED, "availability"])
    ]
    return agreement(*levels)


@given(SEEDS, ATTRIBUTIONS)
def test_the_order_of_the_facts_does_not_matter(rng: Random, attribution: str) -> None:
    facts, contract = everyday(rng).facts, every_level(attribution)
    shuffled = list(facts)
    rng.shuffle(shuffled)
    assert measured(contract, shuffled) == measured(contract, facts)


@given(SEEDS, ATTRIBUTIONS)
def test_a_month_is_the_sum_of_its_days(rng: Random, attribution: str) -> None:
    for told in measured(every_level(attribution), everyday(rng).facts).levels:
        assert sum(n for n, _ in told.by_day.values()) == told.numerator
        assert sum(d for _, d in told.by_day.values()) == told.denominator
        assert all(day.isoformat().startswith("2026-10") for day in told.by_day)
        assert list(told.by_day) == sorted(told.by_day)


@given(SEEDS)
def test_what_happens_after_the_month_changes_nothing_in_it(rng: Random) -> None:
    facts, contract = everyday(rng).facts, every_level("opened")
    end = instant("2026-11-01 00:00")
    known = [
        each
        for each in facts
        if each.fact.occurred_at < end or not isinstance(each.fact.detail, Clock)
    ]
    assert measured(contract, known).levels == measured(contract, facts).levels
