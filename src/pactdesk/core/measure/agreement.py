"""Whether two reviewers who did not see each other's marks judge alike.

Source: J. Cohen, "A Coefficient of Agreement for Nominal Scales" (1960).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `cases` judged twice `same` came out alike.

    kappa  1 in full agreement, 0 where it is no better than chance; None where it says nothing:
           no case, or both always said the same one word
    """

    cases: int
    same: int
    kappa: Fraction | None


def agreement(verdicts: Iterable[tuple[bool, bool]]) -> Agreement:
    """Of pairs (the first reviewer's pass, the second's).

    >>> agreement([(True, True), (True, False), (False, False), (False, False)]).kappa
    Fraction(1, 2)
    """
    pairs = list(verdicts)
    cases, same = len(pairs), sum(one == other for one, other in pairs)
    if not cases:
        return Agreement(0, 0, None)
    first = Fraction(sum(one for one, _ in pairs), cases)
    second = Fraction(sum(other for _, other in pairs), cases)
    chance = first * second + (1 - first) * (1 - second)
    kappa = None if chance == 1 else (Fraction(same, cases) - chance) / (1 - chance)
    return Agreement(cases, same, kappa)
