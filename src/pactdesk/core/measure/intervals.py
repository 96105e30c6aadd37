"""Sets of instants as sorted, disjoint, half-open intervals."""

from __future__ import annotations

from collections.abc import Iterable

from pactdesk.core.units.instants import Instant, Milliseconds

Interval = tuple[Instant, Instant]
"""From the first instant (included) to the second (excluded)."""

Intervals = tuple[Interval, ...]


def union(intervals: Iterable[Interval]) -> Intervals:
    """The instants that lie in any of them; empty intervals vanish."""
    joined: list[Interval] = []
    for start, end in sorted(each for each in intervals if each[0] < each[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def intersection(one: Intervals, other: Intervals) -> Intervals:
    """The instants that lie in both; each side sorted and disjoint."""
    shared: list[Interval] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            shared.append((start, end))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(shared)


def difference(one: Intervals, other: Intervals) -> Intervals:
    """The instants of `one` that are not in `other`; each side sorted and disjoint."""
    left: list[Interval] = []
    j = 0
    for start, end in one:
        at = start
        while j < len(other) and other[j][1] <= at:
            j += 1
        k = j
        while k < len(other) and other[k][0] < end:
            if at < other[k][0]:
                left.append((at, other[k][0]))
            at = max(at, other[k][1])
            k += 1
        if at < end:
            left.append((at, end))
    return tuple(left)


def total(intervals: Intervals) -> Milliseconds:
    """How long they are together."""
    return Milliseconds(sum(end - start for start, end in intervals))
