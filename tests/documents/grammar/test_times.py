"""Lengths, days and opening hours, and what is left open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.terms.clauses.service_hours import HolidayRule, MakeUpRule, Weekday
from pactdesk.core.terms.durations import TimeUnit
from pactdesk.documents.grammar.blanks import gaps_in
from pactdesk.documents.grammar.dates import dates_in, written_dates_in
from pactdesk.documents.grammar.durations import lengths_in
from pactdesk.documents.grammar.hours import holiday_rule_in, make_up_rule_in, week_in
from pactdesk.documents.grammar.numerals import spoken

UNITS = {
    "秒": TimeUnit.SECOND,
    "分钟": TimeUnit.MINUTE,
    "小时": TimeUnit.HOUR,
    "日": TimeUnit.DAY,
    "天": TimeUnit.DAY,
    "个工作日": TimeUnit.WORKING_DAY,
    "个月": TimeUnit.MONTH,
}


def _chinese_year(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2089, 12, 31)))
def test_a_day_is_the_same_in_every_notation(day: date) -> None:
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{_chinese_year(day.year)}年{spoken(day.month)}月{spoken(day.day)}日",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
    ):
        assert [found.value for found in dates_in(f"自{text}起")] == [day]


@given(st.integers(min_value=1, max_value=999), st.sampled_from(sorted(UNITS)))
def test_a_length_is_the_same_in_digits_and_in_characters(n: int, unit: str) -> None:
    for text in (f"{n}{unit}", f"{spoken(n)}{unit}"):
        found = [(f.value.n, f.value.unit) for f in lengths_in(f"应在{text}内完成")]
        assert found == [(n, UNITS[unit])]


def test_a_day_of_the_calendar_is_no_length() -> None:
    assert not list(lengths_in("自2026年10月1日起，二〇二六年十月一日止，每月5日前"))


@pytest.mark.parametrize(
    ("text", "n", "unit"),
    [
        ("一年半", 18, TimeUnit.MONTH),
        ("两年", 2, TimeUnit.YEAR),
        ("半小时", 30, TimeUnit.MINUTE),
        ("8个服务小时", 8, TimeUnit.HOUR),
        ("十二个月", 12, TimeUnit.MONTH),
    ],
)
def test_lengths_as_people_write_them(text: str, n: int, unit: TimeUnit) -> None:
    assert [(f.value.n, f.value.unit) for f in lengths_in(text)] == [(n, unit)]


def test_an_impossible_day_is_seen_but_is_none() -> None:
    assert [found.value for found in written_dates_in("至2026年2月30日止")] == [None]
    assert not list(dates_in("至2026年2月30日止"))


@pytest.mark.parametrize(
    ("text", "days", "windows"),
    [
        ("周一至周五 9:00-12:00、13:30-18:00", 5, ("09:00-12:00", "13:30-18:00")),
        ("星期一到星期六上午9点至下午6点", 6, ("09:00-18:00",)),
        ("7×24小时不间断", 7, ("00:00-24:00",)),
        ("每日8:30～22:00", 7, ("08:30-22:00",)),
        ("正常工作日九点至十八点半", 5, ("09:00-18:30",)),
        ("周六、周日 20:00-次日02:00", 2, ("20:00-02:00",)),
    ],
)
def test_opening_hours_of_real_sentences(text: str, days: int, windows: tuple[str, ...]) -> None:
    found = week_in(text)
    assert found is not None
    rule = found.value[0]
    assert (len(rule.days), rule.windows) == (days, windows)


def test_days_without_windows_have_none() -> None:
    found = week_in("提供正常工作日内的服务")
    assert found is not None
    assert (found.value[0].days[0], found.value[0].windows) == (Weekday.MON, ())


def test_each_group_of_days_keeps_its_own_windows() -> None:
    found = week_in("周一至周五9:00-18:00，周六10:00-16:00")
    assert found is not None
    assert [rule.windows for rule in found.value] == [("09:00-18:00",), ("10:00-16:00",)]


def test_holidays_and_make_up_days() -> None:
    text = "法定节假日休息，调休的工作日照常服务"
    holiday, make_up = holiday_rule_in(text, 0, len(text)), make_up_rule_in(text, 0, len(text))
    assert holiday is not None
    assert make_up is not None
    assert (holiday.value, make_up.value) == (HolidayRule.CLOSED, MakeUpRule.AS_WORKDAY)


@pytest.mark.parametrize(
    ("text", "printed", "example"),
    [
        ("人民币____元", "____", None),
        ("每日[百分比,例如:万分之五]", "[百分比,例如:万分之五]", "万分之五"),
        ("甲方：XXX", "XXX", None),
        ("期限【  】年", "【  】", None),
        (
            "为:[单价,例如:每月(¥20,000.00),超出按[具体标准]收费]。",
            "[单价,例如:每月(¥20,000.00),超出按[具体标准]收费]",
            "每月(¥20,000.00),超出按[具体标准]收费",
        ),
    ],
)
def test_what_a_template_leaves_open(text: str, printed: str, example: str | None) -> None:
    gap = next(iter(gaps_in(text))).value
    assert (gap.printed, gap.example) == (printed, example)


@given(st.text(max_size=80))
def test_no_text_breaks_the_grammar_of_times(text: str) -> None:
    list(lengths_in(text))
    list(written_dates_in(text))
    week_in(text)
