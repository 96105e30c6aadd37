"""Buckets that fill by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.web.live import limits
from pactdesk.web.live.errors import TooOften
from pactdesk.web.live.limits import Buckets, Limits, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def taken(buckets: Buckets, name: str) -> bool:
    try:
        buckets.take(name)
    except TooOften:
        return False
    return True


@given(
    burst=st.integers(1, 20),
    per_second=st.sampled_from([0.5, 1.0, 4.0]),
    waits=st.lists(st.sampled_from([0.0, 0.25, 1.0, 5.0]), max_size=60),
)
def test_nobody_gets_more_than_the_burst_and_what_filled_up_since(
    burst: int, per_second: float, waits: list[float]
) -> None:
    clock = Clock()
    buckets = Buckets(Rate(per_second, burst), clock)
    got = 0
    for wait in waits:
        clock.now += wait
        got += taken(buckets, "a")
        assert got <= burst + clock.now * per_second
    assert [taken(buckets, "b") for _ in range(burst + 1)] == [True] * burst + [False]


def test_who_waits_as_long_as_told_is_let_in_again() -> None:
    clock = Clock()
    buckets = Buckets(Rate(0.4, 1), clock)
    buckets.take("a")
    with pytest.raises(TooOften) as refused:
        buckets.take("a")
    assert refused.value.facts["seconds"] == 3
    clock.now += 2
    assert not taken(buckets, "a")
    clock.now += 1
    assert taken(buckets, "a")


def test_however_many_names_come_memory_is_bounded_and_the_empty_stay_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "_MOST_BUCKETS", 10)
    clock = Clock()
    buckets = Buckets(Rate(1, 5), clock)
    for number in range(9):
        buckets.take(f"long ago {number}")
    clock.now += 100
    while taken(buckets, "wild"):
        pass
    for number in range(5):
        buckets.take(f"new {number}")
    assert not taken(buckets, "wild")


def test_limits_can_be_widened_all_at_once() -> None:
    wide = Limits(Rate(1, 2), Rate(3, 4), Rate(5, 6), Rate(7, 8)).times(10)
    assert wide == Limits(Rate(10, 20), Rate(30, 40), Rate(50, 60), Rate(70, 80))
