"""Instants: UTC, whole milliseconds since 1970, and always from a text or datetime with a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NewType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pactdesk.core.units.errors import PactError

Instant = NewType("Instant", int)
"""UTC milliseconds since 1970-01-01T00:00:00Z."""

Milliseconds = NewType("Milliseconds", int)
"""A length of time in whole milliseconds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class ZoneMissing(PactError):
    """`text` is a time without a zone; nobody can say which instant is meant."""


class ZoneUnknown(PactError):
    """`zone` is not a name of the IANA time zone database."""


class InstantUnreadable(PactError):
    """`text` is not an ISO 8601 time such as 2026-10-01T09:00:00+08:00."""


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone `name`, such as Asia/Shanghai."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(zone=name) from None


def instant_of(moment: datetime) -> Instant:
    """The instant of an aware datetime; parts below a millisecond are cut."""
    if moment.tzinfo is None:
        raise ZoneMissing(text=moment.isoformat())
    return Instant((moment - _EPOCH) // _MILLISECOND)


def instant_at(text: str) -> Instant:
    """The instant written in ISO 8601 with a zone.

    >>> instant_at("1970-01-01T08:00:01+08:00")
    1000
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InstantUnreadable(text=text) from None
    return instant_of(moment)


def local_time(at: Instant, zone: ZoneInfo) -> datetime:
    """`at` on the wall clock of `zone`."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(zone)


def local_day(at: Instant, zone: ZoneInfo) -> date:
    """The calendar day of `at` in `zone`."""
    return local_time(at, zone).date()


def day_start(day: date, zone: ZoneInfo) -> Instant:
    """The first instant of `day` in `zone`."""
    return instant_of(datetime(day.year, day.month, day.day, tzinfo=zone))


def iso_text(at: Instant, zone: ZoneInfo | None = None) -> str:
    """ISO 8601 with milliseconds; in UTC unless a zone is given.

    >>> iso_text(Instant(1000))
    '1970-01-01T00:00:01.000+00:00'
    """
    return local_time(at, zone or ZoneInfo("UTC")).isoformat(timespec="milliseconds")
