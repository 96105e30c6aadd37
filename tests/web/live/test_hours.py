"""What a chat window says of a shop's hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.service_hours import (
    DayRule,
    HolidayRule,
    MakeUpRule,
    ServiceHours,
    Weekday,
)
from pactdesk.core.units.instants import Instant
from pactdesk.web.live.hours import hours_text, opening

ZONE = "Asia/Shanghai"
WEEK = tuple(Weekday)


def hours(*rules: tuple[tuple[Weekday, ...], tuple[str, ...]]) -> ServiceHours:
    return ServiceHours(
        id="hours",
        week=tuple(DayRule(days=days, windows=windows) for days, windows in rules),
        on_holidays=HolidayRule.CLOSED,
        on_make_up_days=MakeUpRule.AS_WORKDAY,
    )


def at(text: str) -> Instant:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))
    return Instant(int(local.timestamp() * 1000))


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (WEEK, "每天 09:00-18:00", "every day 09:00-18:00"),
        (WEEK[:5], "周一至周五 09:00-18:00", "Monday to Friday 09:00-18:00"),
        (WEEK[5:], "周六、周日 09:00-18:00", "Saturday, Sunday 09:00-18:00"),
        ((WEEK[4], WEEK[0], WEEK[2]), "周一、周三、周五 09:00-18:00",
         "Monday, Wednesday, Friday 09:00-18:00"),
    ],
)  # fmt: skip
def test_days_are_told_as_people_say_them(days: tuple[Weekday, ...], zh: str, en: str) -> None:
    clause = hours((days, ("09:00-18:00",)))
    assert (hours_text(clause, "zh"), hours_text(clause, "en")) == (zh, en)


def test_days_without_windows_are_left_out_and_several_windows_told() -> None:
    clause = hours((WEEK[:5], ("09:00-12:00", "13:00-18:00")), (WEEK[5:], ()))
    assert hours_text(clause, "zh") == "周一至周五 09:00-12:00、13:00-18:00"


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-20T09:00", None),  # a Friday
        ("2026-11-20T18:00", "2026-11-23T09:00"),
        ("2026-11-21T10:00", "2026-11-23T09:00"),
        ("2026-11-23T08:59", "2026-11-23T09:00"),
    ],
)
def test_whether_it_is_open_and_when_it_opens_next(now: str, opens: str | None) -> None:
    clause = hours((WEEK[:5], ("09:00-18:00",)))
    assert opening(clause, ZONE, at(now)) == (opens is None, at(opens) if opens else None)


def test_nothing_is_promised_where_the_calendar_ends() -> None:
    clause = hours((WEEK[:5], ("09:00-18:00",)))
    far = at("2026-11-20T10:00") + int(timedelta(days=20 * 365) / timedelta(milliseconds=1))
    assert opening(clause, ZONE, Instant(far)) == (False, None)


def test_without_hours_the_contract_is_named() -> None:
    assert hours_text(None, "zh") == "服务时间以合同约定为准"
    blank = hours().model_copy(update={"week": Blank(blank="____")})
    assert hours_text(blank, "zh") == "服务时间以合同约定为准"
