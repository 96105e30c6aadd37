"""Draws that come out the same on every machine.

Of `random.Random` only `random()` is asked: Python promises its sequence, and that of no other
method. Logarithm and exponential come from `decimal`, because those of the platform's C library
differ in the last digit; everything else is plain IEEE arithmetic. Each subject has a stream of
its own, named by what it is about, so that more probes or one agent less leave the customers as
they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Context
from random import Random
from typing import TypeVar

from pactdesk.simulate.parts import Spread

T = TypeVar("T")

_EXACT_ENOUGH = Context(prec=12, rounding=ROUND_HALF_EVEN)
_UNIFORMS_OF_A_NORMAL = 12


class Chance:
    """One stream of draws; the same name gives the same stream.

    >>> Chance(7, "queue").between(1, 6) == Chance(7, "queue").between(1, 6)
    True
    """

    __slots__ = ("_random",)

    def __init__(self, *name: object) -> None:
        self._random = Random("|".join(map(str, name)))

    def happens(self, share: float) -> bool:
        """True in `share` of all cases."""
        return self._random.random() < share

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as likely."""
        return items[self.between(0, len(items) - 1)]

    def weighted(self, weights: Sequence[float]) -> int:
        """The place of one of the weights, as likely as it is heavy; 0 when none weighs."""
        point = self._random.random() * added_up(weights)
        last = 0
        for place, weight in enumerate(weights):
            if weight > 0:
                last = place
                point -= weight
                if point < 0:
                    return place
        return last

    def gap(self) -> float:
        """Exponential with mean 1: the wait for the next of independent arrivals."""
        # 1 - random() is above 0, so the logarithm exists.
        rest = _EXACT_ENOUGH.create_decimal_from_float(1 - self._random.random())
        return -float(_EXACT_ENOUGH.ln(rest))

    def length_ms(self, spread: Spread, factor: float = 1) -> int:
        """A length of time in milliseconds, at least one."""
        power = _EXACT_ENOUGH.create_decimal_from_float(spread.sigma * self._normal())
        stretched = spread.median_s * float(_EXACT_ENOUGH.exp(power)) * factor
        return max(1, round(1000 * min(stretched, spread.most_s)))

    def _normal(self) -> float:
        """Twelve uniforms less six: normal up to three standard deviations, never beyond six."""
        return added_up(self._random.random() for _ in range(_UNIFORMS_OF_A_NORMAL)) - 6


def added_up(numbers: Iterable[float]) -> float:
    """Their sum, one after the other.

    Not `sum`: since Python 3.12 it makes up for lost digits, and 3.11 would simulate another
    month.
    """
    total = 0.0
    for number in numbers:
        total += number
    return total
