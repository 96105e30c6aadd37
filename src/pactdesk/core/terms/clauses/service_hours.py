"""When the desk is open (服务时间). Only time inside these windows counts for a clock."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from pactdesk.core.terms.base import Blank, ClauseBase, Model


class Weekday(StrEnum):
    """Monday first, as `datetime.weekday` counts."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class HolidayRule(StrEnum):
    """What a statutory holiday does to the windows of its weekday."""

    CLOSED = "closed"
    AS_WEEK = "as_week"


class MakeUpRule(StrEnum):
    """What a make-up working day (调休) does: work like a workday, or stay what the week says."""

    AS_WORKDAY = "as_workday"  # the windows of the Monday rule
    AS_WEEK = "as_week"


WindowText = Annotated[
    str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$")
]
"""Local wall-clock "09:00-12:00"; an end at or before its start is on the next day."""


class DayRule(Model):
    """The same windows on some weekdays."""

    days: tuple[Weekday, ...]
    windows: tuple[WindowText, ...] | Blank


class ServiceHours(ClauseBase):
    """Weekdays with windows, in the contract's zone. `what` tells agents and system apart."""

    kind: Literal["service_hours"] = "service_hours"
    week: tuple[DayRule, ...] | Blank
    on_holidays: HolidayRule | Blank
    on_make_up_days: MakeUpRule | Blank
