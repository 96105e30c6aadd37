"""What the law allows of part-time work, with the law and the day since which it says so.

A limit is a dated value that is passed in; a change of the law is one more row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pactdesk.core.units.errors import PactError


class LegalLimitsUnknown(PactError):
    """No limits of part-time work are known for `day`."""


@dataclass(frozen=True, slots=True)
class PartTimeLimits:
    """Limits of one employer's part-time work (非全日制用工).

    law            where it says so, as a key of `messages` (payslip.law)
    since          the first day on which it holds
    week_hours     the most of a week
    day_hours      the most of a day, on average
    run_days       the most days from one payment to the next
    """

    law: str
    since: date
    week_hours: int
    day_hours: int
    run_days: int


PART_TIME_LIMITS = (PartTimeLimits("labour_contract_law", date(2008, 1, 1), 24, 4, 15),)
"""劳动合同法 68 (hours) and 72 (pay), in force since 2008-01-01."""


def limits_on(day: date, limits: Iterable[PartTimeLimits] = PART_TIME_LIMITS) -> PartTimeLimits:
    """Those in force on a day.

    raises  LegalLimitsUnknown before the first of them
    """
    held = [each for each in limits if each.since <= day]
    if not held:
        raise LegalLimitsUnknown(day=day.isoformat())
    return max(held, key=lambda each: each.since)
