"""From a time on a wall clock to the instant it stands for, summer time included."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pactdesk.core.units.instants import Instant, instant_of, local_time


def wall_instant(day: date, minute: int, zone: ZoneInfo) -> Instant:
    """The first instant at which the clock of `zone` shows that time, or has jumped past it.

    minute  minutes after the midnight that begins `day`; 1440 and more are on the next day

    One rule for openings and closings, so that 9:00-12:00 and 12:00-18:00 always meet.
    An hour that happens twice in autumn is counted from its first time; a time that is
    skipped in spring is the instant of the jump:

    >>> from pactdesk.core.units.instants import iso_text
    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> iso_text(wall_instant(date(2026, 3, 29), 150, berlin), berlin)
    '2026-03-29T03:00:00.000+02:00'
    """
    wall = datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=minute)
    again = wall.replace(fold=1)
    before, after = wall.utcoffset(), again.utcoffset()
    if before is None or after is None or before >= after:
        return instant_of(wall)  # an ordinary time, or the first of two
    return _jump_between(instant_of(again), instant_of(wall), zone)


def _jump_between(early: Instant, late: Instant, zone: ZoneInfo) -> Instant:
    """The first instant after `early` with the offset that `late` has."""
    offset = local_time(late, zone).utcoffset()
    while late - early > 1:
        middle = Instant((early + late) // 2)
        if local_time(middle, zone).utcoffset() == offset:
            late = middle
        else:
            early = middle
    return late
