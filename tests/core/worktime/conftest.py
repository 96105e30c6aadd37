"""The calendar and the desks that the worktime tests share."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.core.worktime.hours import ServiceHours, Window


@pytest.fixture(scope="session")
def china() -> WorkCalendar:
    return load_china()


@pytest.fixture(scope="session")
def shanghai() -> ZoneInfo:
    return ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="session")
def office_hours(shanghai: ZoneInfo) -> ServiceHours:
    """Working days 9:00-12:00 and 13:30-18:00; make-up days like a Monday."""
    windows = (Window.written("9:00-12:00"), Window.written("13:30-18:00"))
    return ServiceHours(zone=shanghai, week=(windows,) * 5 + ((), ()))
