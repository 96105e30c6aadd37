"""A ratio that remembers what it is a ratio of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pactdesk.core.units.errors import PactError


class RatioImpossible(PactError):
    """`numerator` of `denominator` is not a share: negative, or more than the whole."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Counted over counted: 17 of 20 stays 17 of 20, never 0.85.

    `a + b` is the ratio over both sets, which is why averages are never averaged.
    A ratio over nothing (0 of 0) exists, but has no `value`.

    >>> (Ratio(17, 20) + Ratio(1, 2)).value
    Fraction(9, 11)
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise RatioImpossible(numerator=self.numerator, denominator=self.denominator)

    @property
    def value(self) -> Fraction:
        """Between 0 and 1, exact; of nothing, ZeroDivisionError: ask `denominator` first."""
        return Fraction(self.numerator, self.denominator)

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.numerator + other.numerator, self.denominator + other.denominator)

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"
