"""Pay or a fee by the hour: hours worked × price, dearer at some times (按小时计酬)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Day, Model, Share
from pactdesk.core.terms.clauses.service_hours import WindowText


class PaidTime(StrEnum):
    """Which of the hours between clock-in and clock-out are paid."""

    SERVICE_HOURS = "service_hours"  # those inside the service hours
    CLOCKED = "clocked"  # all of them


class When(StrEnum):
    """At which times a multiplier holds."""

    EVERY_DAY = "every_day"  # in its windows: 夜班 22:00-06:00
    REST_DAYS = "rest_days"  # Saturdays and Sundays that are no holiday and not worked instead
    HOLIDAYS = "holidays"  # every day off that the calendar's notice names
    DATES = "dates"  # from `first` to `last`, both included: 大促


class Multiplier(Model):
    """`times` the price at some times.

    windows  local times of the day, those past midnight belong to the day on which they begin;
             without them, the whole day. EVERY_DAY needs them
    """

    when: When | Blank
    times: Amount | Blank
    windows: tuple[WindowText, ...] | Blank | None = None
    first: Day | Blank | None = None
    last: Day | Blank | None = None


class Overlap(StrEnum):
    """What is paid at a time at which several multipliers hold."""

    HIGHEST = "highest"  # the highest of them
    ADD = "add"  # what each is above 1, added: 1.5 and 2 make 2.5


class HourlyFee(ClauseBase):
    """`unit_price` yuan for each hour that an agent worked."""

    kind: Literal["fee_hourly"] = "fee_hourly"
    unit_price: Amount | Blank
    paid_time: PaidTime | Blank
    multipliers: tuple[Multiplier, ...] = ()
    overlap: Overlap | Blank | None = None
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
