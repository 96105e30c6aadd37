"""Exact counts that merge: a month is thirty merges, and the order never matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Summary:
    """What a level needs to know of a set of interactions.

    counts     how many by outcome: "met", "missed", "answered_fast", …
    excluded   how many were taken out, by reason
    carried    how many are still open at the cut-off and will be judged later
    sum_ms     of the elapsed times of all counted interactions
    histogram  elapsed seconds, rounded up → how many; so "≤ N s" is exact
    missed     ids of the interactions that missed their limit

    `a + b` is the summary of both sets together; `Summary()` changes nothing.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    excluded: Mapping[str, int] = field(default_factory=dict)
    carried: int = 0
    sum_ms: int = 0
    histogram: Mapping[int, int] = field(default_factory=dict)
    missed: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, outcome: str, *, elapsed_ms: int | None = None, missed: str | None = None
    ) -> Summary:
        """One counted interaction; `missed` is its id when it missed."""
        return cls(
            counts={outcome: 1},
            sum_ms=elapsed_ms or 0,
            histogram={} if elapsed_ms is None else {-(-elapsed_ms // 1000): 1},
            missed=() if missed is None else (missed,),
        )

    def __add__(self, other: Summary) -> Summary:
        return merged((self, other))

    def count(self, *outcomes: str) -> int:
        """How many had one of these outcomes."""
        return sum(self.counts.get(outcome, 0) for outcome in outcomes)


def merged(parts: tuple[Summary, ...]) -> Summary:
    """The summary of all the sets together."""
    counts: Counter[str] = Counter()
    excluded: Counter[str] = Counter()
    histogram: Counter[int] = Counter()
    for part in parts:
        counts.update(part.counts)
        excluded.update(part.excluded)
        histogram.update(part.histogram)
    return Summary(
        counts=dict(sorted(counts.items())),
        excluded=dict(sorted(excluded.items())),
        carried=sum(part.carried for part in parts),
        sum_ms=sum(part.sum_ms for part in parts),
        histogram=dict(sorted(histogram.items())),
        missed=tuple(sorted(each for part in parts for each in part.missed)),
    )
