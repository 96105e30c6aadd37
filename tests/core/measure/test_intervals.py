"""Intervals are sets of instants: the same algebra, millisecond by millisecond."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.measure.intervals import Intervals, difference, intersection, total, union
from pactdesk.core.units.instants import Instant

INSTANTS = st.integers(0, 40).map(Instant)
RAW = st.lists(st.tuples(INSTANTS, INSTANTS), max_size=8)
SETS = RAW.map(union)


def members(intervals: Intervals) -> set[int]:
    return {at for start, end in intervals for at in range(start, end)}


def is_tidy(intervals: Intervals) -> bool:
    """Sorted, not empty, apart."""
    filled = all(start < end for start, end in intervals)
    return filled and all(one[1] <= other[0] for one, other in pairwise(intervals))


@given(RAW)
def test_a_union_holds_what_any_part_holds(raw: list[tuple[Instant, Instant]]) -> None:
    assert members(union(raw)) == members(tuple(raw))
    assert is_tidy(union(raw))
    assert all(one[1] < other[0] for one, other in pairwise(union(raw)))


@given(SETS, SETS)
def test_an_intersection_holds_what_both_hold(one: Intervals, other: Intervals) -> None:
    shared = intersection(one, other)
    assert members(shared) == members(one) & members(other)
    assert is_tidy(shared)
    assert shared == intersection(other, one)


@given(SETS, SETS)
def test_a_difference_holds_what_only_the_first_holds(one: Intervals, other: Intervals) -> None:
    left = difference(one, other)
    assert members(left) == members(one) - members(other)
    assert is_tidy(left)


@given(SETS, SETS)
def test_no_millisecond_is_lost_or_doubled(one: Intervals, other: Intervals) -> None:
    assert total(one) == len(members(one))
    assert total(difference(one, other)) + total(intersection(one, other)) == total(one)
