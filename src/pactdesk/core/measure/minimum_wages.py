"""Local minimum wages of an hour (小时最低工资标准): dated values that are passed in, never kept.

Provinces set them for their districts and change them every few years (最低工资规定 10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Self

from pactdesk.core.units.errors import PactError


class MinimumWagesUnreadable(PactError):
    """A table of minimum wages does not have the form that is expected (`problem`)."""


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """From `since` on, an hour in `city` costs at least `hourly` yuan; `source` says so."""

    city: str
    since: date
    hourly: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class MinimumWages:
    """A table; empty when nobody gave one."""

    rows: tuple[MinimumWage, ...] = ()

    def on(self, city: str, day: date) -> MinimumWage | None:
        """What holds in a city on a day; None where the table does not say."""
        held = [each for each in self.rows if each.city == city and each.since <= day]
        return max(held, key=lambda each: each.since, default=None)

    @classmethod
    def from_plain(cls, stored: Any) -> Self:
        """From `{"minimum_wages": [{"city", "since", "hourly", "source"}, …]}`, amounts as texts.

        raises  MinimumWagesUnreadable
        """
        rows = stored.get("minimum_wages") if isinstance(stored, Mapping) else None
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            raise MinimumWagesUnreadable(problem="minimum_wages")
        return cls(tuple(_row(each) for each in rows))


def _row(stored: Any) -> MinimumWage:
    try:
        hourly, since = stored["hourly"], stored["since"]
        if not isinstance(hourly, str):
            raise MinimumWagesUnreadable(problem=f"hourly: {hourly}")
        return MinimumWage(
            city=str(stored["city"]),
            since=date.fromisoformat(str(since)),
            hourly=Fraction(Decimal(hourly)),
            source=str(stored["source"]),
        )
    except (KeyError, TypeError, ValueError, InvalidOperation) as problem:
        raise MinimumWagesUnreadable(problem=f"{type(problem).__name__}: {problem}") from None
