"""A level: the measured value of one clause for one period, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from pactdesk.core.terms.amendments import Judged
from pactdesk.core.terms.clauses.service_level import Metric
from pactdesk.core.units.periods import Period


class Standing(StrEnum):
    """What may be done with a level."""

    MEASURED = "measured"
    NOT_JUDGED = "not_judged"  # measured, but too few or none to judge
    NOT_MEASURED = "not_measured"  # something that the figure needs is missing
    PROVISIONAL = "provisional"  # withheld: a day is needed whose calendar is not published


@dataclass(frozen=True, slots=True)
class Raw:
    """A level without exclusions; fields as of `Level`."""

    numerator: int
    denominator: int
    unknown: int
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Level:
    """One measured value.

    numerator, denominator  counts, or milliseconds for availability and averages; the value is
                numerator ÷ denominator, in seconds for FIRST_RESPONSE_AVERAGE, else a share
    unknown     part of the whole that nobody observed (milliseconds without a probe); it is in
                neither numerator nor denominator
    reason      why the standing is not `measured`, as a key of `messages`, with `details`
    by_day      local day → (numerator, denominator)
    missed      ids of the interactions that missed the limit
    raw         what it would be if nothing had been excluded, where that is something else
    days        what it is for, where that is not the whole month
    judged      what an amendment says of the month in which the clause changes
    """

    clause_id: str
    metric: Metric
    standing: Standing
    numerator: int = 0
    denominator: int = 0
    unknown: int = 0
    carried: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)
    histogram: Mapping[int, int] = field(default_factory=dict)
    by_day: Mapping[date, tuple[int, int]] = field(default_factory=dict)
    missed: tuple[str, ...] = ()
    reason: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    raw: Raw | None = None
    days: Period | None = None
    judged: Judged | None = None

    @property
    def value(self) -> Fraction | None:
        """Exact; None when nothing was counted."""
        return value_of(self.metric, self.numerator, self.denominator)


def with_raw(level: Level, raw: Level) -> Level:
    """The level, with what it would be without exclusions where these changed anything."""
    if _counts(level) == _counts(raw):
        return level
    return replace(level, raw=Raw(raw.numerator, raw.denominator, raw.unknown, raw.value))


def _counts(level: Level) -> tuple[object, ...]:
    counts = (level.numerator, level.denominator, level.unknown, level.carried)
    return (*counts, dict(level.excluded))


def value_of(metric: Metric, numerator: int, denominator: int) -> Fraction | None:
    """numerator ÷ denominator; milliseconds become seconds for the average."""
    if denominator == 0:
        return None
    per_unit = 1000 if metric is Metric.FIRST_RESPONSE_AVERAGE else 1
    return Fraction(numerator, denominator * per_unit)
