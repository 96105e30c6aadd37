"""An instant is one moment for everybody: it has a zone, or it is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.instants import (
    Instant,
    InstantUnreadable,
    ZoneMissing,
    ZoneUnknown,
    day_start,
    instant_at,
    instant_of,
    iso_text,
    local_day,
    zone_named,
)

ZONES = ["Asia/Shanghai", "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu",
         "Africa/Cairo", "America/Havana", "America/Sao_Paulo"]  # fmt: skip
INSTANTS = st.integers(-(2**40), 2**42).map(Instant)
DAYS = st.dates(date(2000, 1, 1), date(2035, 12, 31))


@given(INSTANTS, st.sampled_from(ZONES))
def test_an_instant_is_read_back_as_written_in_any_zone(at: Instant, zone: str) -> None:
    assert instant_at(iso_text(at, ZoneInfo(zone))) == at
    assert instant_at(iso_text(at)) == at


@given(INSTANTS, st.sampled_from(ZONES))
def test_every_instant_lies_in_its_own_day(at: Instant, name: str) -> None:
    zone = ZoneInfo(name)
    day = local_day(at, zone)
    assert day_start(day, zone) <= at


@given(DAYS, st.sampled_from(ZONES))
def test_a_day_begins_where_the_day_before_ends(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    start = day_start(day, zone)
    assert local_day(start, zone) == day
    assert local_day(Instant(start - 1), zone) == day - timedelta(days=1)


@pytest.mark.parametrize("text", ["2026-10-01T09:00:00", "2026-10-01 09:00", "2026-10-01"])
def test_a_time_without_zone_is_refused(text: str) -> None:
    with pytest.raises(ZoneMissing):
        instant_at(text)
    with pytest.raises(ZoneMissing):
        instant_of(datetime.fromisoformat(text))


@pytest.mark.parametrize("text", ["", "morgen", "2026-02-30T00:00:00Z", "2026-10-01T25:00:00Z"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InstantUnreadable):
        instant_at(text)


@pytest.mark.parametrize(
    "name", ["", "Asia/Peking2", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 300]
)
def test_a_zone_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(ZoneUnknown):
        zone_named(name)


def test_the_hour_that_comes_twice_is_two_instants_told_apart_by_their_offset() -> None:
    first = instant_at("2026-10-25T02:30:00+02:00")
    second = instant_at("2026-10-25T02:30:00+01:00")
    assert second - first == 3_600_000
    berlin = ZoneInfo("Europe/Berlin")
    assert [iso_text(at, berlin)[-6:] for at in (first, second)] == ["+02:00", "+01:00"]


def test_a_shanghai_day_begins_at_16_hours_utc() -> None:
    assert instant_at("2026-09-30T16:00:00Z") == day_start(date(2026, 10, 1), ZoneInfo(ZONES[0]))


def test_parts_below_a_millisecond_are_cut() -> None:
    assert instant_of(datetime(1970, 1, 1, 0, 0, 0, 1999, tzinfo=UTC)) == 1
