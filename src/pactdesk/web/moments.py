"""How instants that belong to no contract are written: in the installation's zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from pactdesk.messages.catalogue import text
from pactdesk.web.ui.words import page_language

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def display_zone() -> ZoneInfo:
    """The zone of the setting `DISPLAY_ZONE`."""
    return ZoneInfo(settings.DISPLAY_ZONE)


def moment_text(at: datetime) -> str:
    """Day and time to the minute."""
    return at.astimezone(display_zone()).strftime("%Y-%m-%d %H:%M")


def wait_text(seconds: int) -> str:
    """How long somebody has to wait, rounded up, so that they never come too early."""
    if seconds < _MINUTE.seconds:
        return text("moments", "seconds", page_language(), count=seconds)
    return text("moments", "minutes", page_language(), count=-(-seconds // _MINUTE.seconds))


def ago_text(then: datetime, now: datetime) -> str:
    """How long ago, in words; beyond a day the moment itself."""
    gone = now - then
    if gone < 2 * _MINUTE:
        return text("moments", "just_now", page_language())
    if gone < _HOUR:
        return text("moments", "minutes_ago", page_language(), count=gone // _MINUTE)
    if gone < 24 * _HOUR:
        return text("moments", "hours_ago", page_language(), count=gone // _HOUR)
    return moment_text(then)
