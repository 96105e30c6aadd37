"""Rounding as a value: which unit, which mode. A contract term, never a habit of the code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class RoundingMode(StrEnum):
    """How a value that lies between two steps is settled. 四舍五入 is `HALF_UP`."""

    HALF_UP = "half_up"  # halves away from zero, as 四舍五入 is understood for debts and credits
    HALF_EVEN = "half_even"
    DOWN = "down"  # toward zero: 舍去
    UP = "up"  # away from zero: 进位


@dataclass(frozen=True, slots=True)
class Rounding:
    """A unit and a mode; `Rounding(Fraction(1, 100))` rounds yuan to the fen.

    unit  the step, in the unit of the value that is rounded; greater than zero
    """

    unit: Fraction
    mode: RoundingMode = RoundingMode.HALF_UP

    def __post_init__(self) -> None:
        if self.unit <= 0:
            raise ValueError(f"a rounding unit is greater than zero, not {self.unit}")

    def __call__(self, value: Fraction) -> Fraction:
        """The multiple of `unit` that stands for `value`.

        >>> Rounding(Fraction(1, 100))(Fraction("2.665"))
        Fraction(267, 100)
        >>> Rounding(Fraction(1, 100))(Fraction("-2.665"))
        Fraction(-267, 100)
        """
        steps = value / self.unit
        return _whole(steps, self.mode) * self.unit


def _whole(steps: Fraction, mode: RoundingMode) -> int:
    size = abs(steps)
    sign = 1 if steps >= 0 else -1
    match mode:
        case RoundingMode.DOWN:
            return sign * floor(size)
        case RoundingMode.UP:
            return sign * ceil(size)
        case RoundingMode.HALF_UP:
            return sign * floor(size + Fraction(1, 2))
        case RoundingMode.HALF_EVEN:
            return round(steps)


TO_THE_FEN = Rounding(Fraction(1, 100), RoundingMode.HALF_UP)
