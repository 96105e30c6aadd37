"""How often somebody may ask: buckets that fill by themselves, in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import monotonic

from pactdesk.web.live.errors import TooOften

_MOST_BUCKETS = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second`."""

    per_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Generous to people, narrow for programs that went wild.

    ticket   requests with one ticket
    opening  new conversations from one network
    site     new conversations of one shop
    look     looks at shops from one network
    """

    ticket: Rate = Rate(20, 200)
    opening: Rate = Rate(2, 60)
    site: Rate = Rate(50, 500)
    look: Rate = Rate(10, 300)

    def times(self, factor: float) -> Limits:
        """As generous as that many times."""
        return Limits(
            *(
                Rate(one.per_second * factor, one.burst * factor)
                for one in (self.ticket, self.opening, self.site, self.look)
            )
        )


class Buckets:
    """What is left to each name, for one kind of rate."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = monotonic) -> None:
        self.rate, self.clock = rate, clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, name: str) -> None:
        """Take one; raises TooOften when there is none."""
        now = self.clock()
        left, before = self._left.get(name, (self.rate.burst, now))
        left = min(self.rate.burst, left + (now - before) * self.rate.per_second)
        if left < 1:
            raise TooOften(seconds=max(1, ceil((1 - left) / self.rate.per_second)))
        if len(self._left) >= _MOST_BUCKETS:
            self._forget_full(now)
        self._left[name] = (left - 1, now)

    def _forget_full(self, now: float) -> None:
        """Who has been away long enough has a full bucket, as a stranger has."""
        full_after = self.rate.burst / self.rate.per_second
        kept = {name: one for name, one in self._left.items() if now - one[1] < full_after}
        self._left = kept if len(kept) < _MOST_BUCKETS else {}
