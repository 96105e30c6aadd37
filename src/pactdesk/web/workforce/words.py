"""Times and hours as these pages write and read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import MILLISECONDS_PER_HOUR
from pactdesk.core.units.instants import Instant, instant_of, local_day, local_time
from pactdesk.messages.catalogue import text
from pactdesk.web.ui.words import page_language


class WorkDayUnreadable(PactError):
    """`day` is no day."""


class WorkTimeUnreadable(PactError):
    """`told` is no minute of a day."""


def say(key: str, **facts: object) -> str:
    """A text of the section `work` in the page's language."""
    return text("work", key, page_language(), **facts)


def clock_text(at: Instant, zone: ZoneInfo, today: date | None = None) -> str:
    """The time on the clock, with the day unless it is `today`."""
    local = local_time(at, zone)
    if today is None or local.date() == today:
        return f"{local:%H:%M}"
    return f"{day_text(local.date())} {local:%H:%M}"


def span_text(start: Instant, end: Instant | None, zone: ZoneInfo) -> str:
    """From and to; the next day is named as such."""
    until = "…" if end is None else clock_text(end, zone)
    next_day = end is not None and local_day(end, zone) > local_day(start, zone)
    return f"{clock_text(start, zone)}–{until}" + (say("next_day") if next_day else "")


def day_text(day: date) -> str:
    """A day with its weekday: 11月16日 周一."""
    weekday = say(f"weekday.{day.weekday()}")
    return say("day", month=day.month, number=day.day, weekday=weekday)


def hours_text(milliseconds: Fraction | int) -> str:
    """Hours with up to two decimals, cut: "7.5"."""
    hundredths = int(Fraction(milliseconds) * 100 / MILLISECONDS_PER_HOUR)
    return f"{Decimal(hundredths) / 100:f}"


def input_text(at: Instant, zone: ZoneInfo) -> str:
    """As a browser's field for a minute has it."""
    return f"{local_time(at, zone):%Y-%m-%dT%H:%M}"


def minute_of(told: str, zone: ZoneInfo) -> Instant:
    """The inverse; raises WorkTimeUnreadable."""
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        raise WorkTimeUnreadable(told=told[:40]) from None
    if moment.tzinfo is not None or not 1900 < moment.year < 2999:
        raise WorkTimeUnreadable(told=told[:40])
    return instant_of(moment.replace(tzinfo=zone))


def day_of(told: str, today: date) -> date:
    """The day asked for, else today; raises WorkDayUnreadable."""
    if not told:
        return today
    try:
        day = date.fromisoformat(told)
    except ValueError:
        raise WorkDayUnreadable(day=told[:20]) from None
    if not 1900 < day.year < 2999:
        raise WorkDayUnreadable(day=told[:20])
    return day


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())
