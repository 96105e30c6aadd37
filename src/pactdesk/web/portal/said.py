"""The portal's own words, and how days and times are written: in the contract's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from pactdesk.core.units.exact import decimal_text
from pactdesk.core.units.instants import Instant
from pactdesk.messages.catalogue import has_text, text
from pactdesk.web.ui.words import page_language


def say(key: str, **facts: object) -> str:
    """A text of the section `portal` in the page's language."""
    return text("portal", key, page_language(), **facts)


def say_if_known(key: str, other: str) -> str:
    """The text under `key`, or `other` where nobody wrote one: the parties' own words."""
    return say(key) if has_text("portal", key, page_language()) else other


def local(at: Instant | datetime, zone: ZoneInfo) -> datetime:
    """An instant as the contract's clocks show it."""
    moment = at if isinstance(at, datetime) else datetime.fromtimestamp(at / 1000, UTC)
    return moment.astimezone(zone)


def moment_text(at: Instant | datetime, zone: ZoneInfo) -> str:
    """2026-11-05 14:03."""
    return f"{local(at, zone):%Y-%m-%d %H:%M}"


def second_text(at: Instant | datetime, zone: ZoneInfo) -> str:
    """2026-11-05 14:03:07, where seconds decide."""
    return f"{local(at, zone):%Y-%m-%d %H:%M:%S}"


def time_taken(milliseconds: int) -> str:
    """How long something took: cut, so that 29.999 s never reads as the limit of 30.

    >>> time_taken(272_000), time_taken(7_384_001)
    ('4:32', '2:03:04')
    """
    seconds = milliseconds // 1000
    if seconds < 60:
        return say("seconds", n=decimal_text(Fraction(milliseconds, 1000), 2).rstrip("…"))
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"
