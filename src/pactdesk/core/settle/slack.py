"""How many more misses cost nothing more: until a level is missed, then until its next step."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from pactdesk.core.terms.base import fraction
from pactdesk.core.terms.clauses.conventions import Steps
from pactdesk.core.terms.clauses.deduction import Deduction, PerBreach, PerPoint


def misses_left(
    counted: tuple[int, int], target: Fraction, rule: Deduction | None, steps: Steps
) -> int | None:
    """Further missed interactions, and no met one, before more is deducted; None: never more.

    counted  (good, all) so far; `target` a share that must at least be reached, above zero
    rule     the level's deduction; without one, until the level is missed. Beyond
             its cap nothing more is deducted; the cap of a sum per breach is not looked at

    >>> misses_left((98, 100), Fraction(95, 100), None, Steps.FULL)
    3
    """
    good, whole = counted
    if whole == 0 or Fraction(good, whole) >= target:
        return _until(good, whole, target, strictly=False)
    kind = rule.rule if rule is not None else None
    if isinstance(kind, PerBreach):
        return 0
    # A share of nothing cannot sink.
    if not isinstance(kind, PerPoint) or good == 0:
        return None
    step = fraction(kind.step)
    parts = (target - Fraction(good, whole)) / step
    full = steps is Steps.FULL
    whole_steps = {Steps.FULL: floor(parts), Steps.STARTED: ceil(parts)}
    owed = Fraction(whole_steps.get(steps, parts))
    if (
        rule is not None
        and rule.cap is not None
        and owed * fraction(kind.rate) >= fraction(rule.cap)
    ):
        return None
    if steps is Steps.PROPORTIONAL:
        return 0
    threshold = target - step * (floor(parts) + 1 if full else ceil(parts))
    return None if threshold <= 0 else _until(good, whole, threshold, strictly=full)


def _until(good: int, whole: int, threshold: Fraction, *, strictly: bool) -> int:
    """The most misses with which the share stays at the threshold, or above it if `strictly`."""
    most = good / threshold
    room = ceil(most) - 1 if strictly else floor(most)
    return max(room - whole, 0)
