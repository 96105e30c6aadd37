"""What several formulas share: refusing, and amounts capped over the life of a contract."""

from collections.abc import Callable
from fractions import Fraction


def refuse(*, when: bool, why: str) -> None:
    """ValueError where the page says that there is no statement."""
    if when:
        raise ValueError(why)


def grown(amount: Callable[[str], Fraction], cap: Fraction | None) -> Fraction:
    """What came to it in the days: of all so far, and of all before, not more than the cap."""
    so_far, before = amount("end"), amount("start")
    return so_far - before if cap is None else min(so_far, cap) - min(before, cap)
