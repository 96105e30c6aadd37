"""Values are shown exactly or cut, never rounded: nobody reads a target that was not reached."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.documents.explain.values import MINUS, percent_text, rate_text, yuan_text

_VALUES = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**8)


def _read(said: str) -> Fraction:
    return Fraction(said.rstrip("%").rstrip("…").replace(",", "").replace(MINUS, "-"))


@given(_VALUES)
def test_yuan_are_exact_or_visibly_cut_toward_zero(value: Fraction) -> None:
    said = yuan_text(value)
    if "…" in said:
        assert abs(_read(said)) < abs(value) < abs(_read(said)) + Fraction(1, 10**6)
    else:
        assert _read(said) == value
    assert len(said.rstrip("…").partition(".")[2]) >= 2


@given(st.fractions(min_value=0, max_value=1, max_denominator=10**6))
def test_a_share_is_never_shown_above_itself(value: Fraction) -> None:
    said = percent_text(value)
    assert _read(said) <= value * 100
    assert ("…" in said) == (_read(said) != value * 100)


@pytest.mark.parametrize(
    ("rate", "chinese", "english"),
    [
        ("0.0005", "每日万分之五", "0.05% per day"),
        ("0.001", "每日千分之一", "0.1% per day"),
        ("0.00021", "每日万分之二点一", "0.021% per day"),
        ("0.00005", "每日万分之零点五", "0.005% per day"),
        ("0.0015", "每日万分之十五", "0.15% per day"),
        ("0.05", "每日百分之五", "5% per day"),
        ("0.00000123", "每日0.000123%", "0.000123% per day"),
    ],
)
def test_rates_per_day_read_as_contracts_write_them(rate: str, chinese: str, english: str) -> None:
    assert rate_text(Fraction(rate), "zh") == chinese
    assert rate_text(Fraction(rate), "en") == english
