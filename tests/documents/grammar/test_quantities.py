"""Every form in which contracts write a measured value reads back as that value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.documents.grammar.numerals import spoken
from pactdesk.documents.grammar.quantities import quantities_in

UNITS = {
    "s": "秒",
    "min": "分钟",
    "h": "小时",
    "day": "日",
    "working_day": "个工作日",
    "month": "个月",
    "year": "年",
    "point": "分",
    "rings": "声",
    "count": "起",
}
NUMBERS = st.integers(1, 9999)


def read(text: str) -> list[tuple[Decimal, str]]:
    return [(found.value.n, found.value.unit) for found in quantities_in(text)]


@pytest.mark.parametrize("unit", UNITS)
@given(NUMBERS)
def test_a_quantity_reads_as_itself_in_figures_and_in_characters(unit: str, number: int) -> None:
    for written in (str(number), f"{number:,}", spoken(number)):
        assert read(f"{written}{UNITS[unit]}") == [(Decimal(number), unit)]


@given(st.integers(1, 9999))
def test_a_share_reads_as_itself_in_every_notation(hundredths: int) -> None:
    percent = Decimal(hundredths) / 100
    assert read(f"{percent:f}%") == [(percent, "pct")]
    assert read(f"{percent:f}‰") == [(percent, "permille")]
    assert read(f"万分之{spoken(hundredths)}") == [(Decimal(hundredths), "per10k")]
    assert read(f"百分之{spoken(hundredths)}") == [(Decimal(hundredths), "pct")]


@given(st.integers(1, 9), st.integers(1, 9))
def test_tenths_are_spoken(tens: int, ones: int) -> None:
    assert read(f"{spoken(tens)}成{spoken(ones)}") == [(Decimal(tens * 10 + ones), "pct")]
    assert read(f"{spoken(tens)}成半") == [(Decimal(tens * 10 + 5), "pct")]


@given(st.integers(1, 90))
def test_a_half_more_is_half_a_unit_more(number: int) -> None:
    half = Decimal(number) + Decimal("0.5")
    assert read(f"{spoken(number)}年半") == [(half, "year")]
    assert read(f"{spoken(number)}个半小时") == [(half, "h")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("半小时", ("0.5", "h")),
        ("半分钟", ("0.5", "min")),
        ("一刻钟", ("15", "min")),
        ("≤8秒", ("8", "s")),
        ("T+10个工作日", ("10", "working_day")),
        ("4.6分", ("4.6", "point")),
        ("百分之零点二", ("0.2", "pct")),
    ],
)
def test_quantities_as_people_write_them(text: str, value: tuple[str, str]) -> None:
    assert read(text) == [(Decimal(value[0]), value[1])]


@given(st.text(max_size=200))
def test_no_text_breaks_the_grammar_of_quantities(text: str) -> None:
    for found in quantities_in(text):
        assert 0 <= found.start < found.end <= len(text)
