"""Ratios keep what they count; exact values survive as text and are never shown too good."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.exact import decimal_text, exact_text, exact_value
from pactdesk.core.units.ratio import Ratio, RatioImpossible


@st.composite
def ratios(draw: st.DrawFn) -> Ratio:
    whole = draw(st.integers(0, 10**6))
    return Ratio(draw(st.integers(0, whole)), whole)


@given(ratios(), ratios(), ratios())
def test_a_ratio_over_two_sets_counts_both_and_averages_nothing(
    one: Ratio, two: Ratio, three: Ratio
) -> None:
    both = one + two
    assert (both.numerator, both.denominator) == (
        one.numerator + two.numerator,
        one.denominator + two.denominator,
    )
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + Ratio(0, 0) == one


@given(ratios(), ratios())
def test_a_joint_share_lies_between_the_two(one: Ratio, two: Ratio) -> None:
    if one.denominator and two.denominator:
        low, high = sorted((one.value, two.value))
        assert low <= (one + two).value <= high


def test_seventeen_of_twenty_stays_seventeen_of_twenty() -> None:
    assert str(Ratio(17, 20)) == "17/20"
    with pytest.raises(ZeroDivisionError):
        _ = Ratio(0, 0).value


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (-1, 1), (0, -1), (1, 0)])
def test_a_share_is_no_less_than_nothing_and_no_more_than_all(
    numerator: int, denominator: int
) -> None:
    with pytest.raises(RatioImpossible):
        Ratio(numerator, denominator)


@given(st.fractions())
def test_an_exact_value_is_read_back_as_written(value: Fraction) -> None:
    assert exact_value(exact_text(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-999, max_value=999))
def test_a_decimal_is_the_fraction_that_it_looks_like(value: Decimal) -> None:
    assert exact_value(str(value)) == Fraction(value)
    assert decimal_text(Fraction(value)).replace(",", "") in (
        f"{value:f}".rstrip("0").rstrip("."),
        "0" if value == 0 else "",
    )


@given(st.fractions(-(10**6), 10**6), st.integers(1, 8))
def test_a_shown_figure_is_never_better_than_the_true_one(value: Fraction, places: int) -> None:
    text = decimal_text(value, places).replace(",", "")
    shown = abs(Fraction(text.rstrip("…")))
    assert shown <= abs(value) < shown + Fraction(1, 10**places)
    assert text.endswith("…") == (shown != abs(value))


def test_84_95_percent_is_not_shown_as_85() -> None:
    assert decimal_text(Fraction(8495, 10000)) == "0.8495"
    assert decimal_text(Fraction(8499999, 10**7), 2) == "0.84…"
    assert decimal_text(Fraction(-1234567)) == "-1,234,567"
