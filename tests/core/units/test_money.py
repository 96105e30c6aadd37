"""Money adds up, and is rounded once, the way the contract says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.money import (
    AmountUnreadable,
    CurrencyMismatch,
    FenNotWhole,
    Money,
    total,
)
from pactdesk.core.units.rounding import TO_THE_FEN, Rounding, RoundingMode

FEN = st.integers(-(10**15), 10**15)
MONEY = st.builds(Money, FEN)
VALUES = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
UNITS = st.sampled_from([Fraction(1, 100), Fraction(1, 10), Fraction(1), Fraction(1, 4)])
ROUNDINGS = st.builds(Rounding, UNITS, st.sampled_from(RoundingMode))
CENT = Fraction(1, 100)


@given(MONEY, MONEY, MONEY)
def test_the_order_in_which_amounts_are_added_does_not_matter(
    one: Money, two: Money, three: Money
) -> None:
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert total([one, two, three]) == total([three, one, two])


@given(MONEY, MONEY)
def test_what_is_added_and_taken_away_again_is_nothing(one: Money, two: Money) -> None:
    assert one + two - two == one
    assert one + -one == Money(0)
    assert (one < two) == (one.yuan < two.yuan)


@given(MONEY)
def test_an_amount_is_written_and_read_back_the_same(amount: Money) -> None:
    assert Money.of(str(amount).replace(",", "")) == amount
    assert Money.booked(amount.yuan) == amount


def test_the_sum_of_nothing_is_zero() -> None:
    assert total([]) == Money(0)


def test_two_currencies_are_never_added_or_compared() -> None:
    yuan, dollars = Money(1), Money(1, "USD")
    for refused in (yuan.__add__, yuan.__sub__, yuan.__lt__):
        with pytest.raises(CurrencyMismatch):
            refused(dollars)


@pytest.mark.parametrize("text", ["", "1,203.40", "12e3", "NaN", "十元", " 1", "1.", ".5", "1.2.3"])
def test_an_amount_that_is_no_decimal_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        Money.of(text)


def test_parts_of_a_fen_are_refused_and_not_cut() -> None:
    with pytest.raises(FenNotWhole):
        Money.of("0.005")


@given(VALUES)
def test_a_rounding_that_leaves_parts_of_a_fen_books_nothing(value: Fraction) -> None:
    tenth_of_a_fen = Rounding(Fraction(1, 1000), RoundingMode.HALF_UP)
    if (tenth_of_a_fen(value) * 100).denominator == 1:
        assert Money.booked(value, tenth_of_a_fen).yuan == tenth_of_a_fen(value)
    else:
        with pytest.raises(FenNotWhole):
            Money.booked(value, tenth_of_a_fen)


@given(VALUES, ROUNDINGS)
def test_a_rounded_value_is_rounded_already(value: Fraction, rounding: Rounding) -> None:
    assert rounding(rounding(value)) == rounding(value)
    assert (rounding(value) / rounding.unit).denominator == 1


@given(VALUES, ROUNDINGS)
def test_rounding_moves_a_value_by_less_than_one_unit(value: Fraction, rounding: Rounding) -> None:
    moved = abs(rounding(value) - value)
    assert moved < rounding.unit
    if rounding.mode in (RoundingMode.HALF_UP, RoundingMode.HALF_EVEN):
        assert moved <= rounding.unit / 2


@given(VALUES, ROUNDINGS)
def test_a_debt_and_the_same_credit_round_alike(value: Fraction, rounding: Rounding) -> None:
    assert rounding(-value) == -rounding(value)


@given(VALUES, VALUES, ROUNDINGS)
def test_the_larger_value_never_rounds_below_the_smaller(
    one: Fraction, two: Fraction, rounding: Rounding
) -> None:
    low, high = sorted((one, two))
    assert rounding(low) <= rounding(high)


@given(VALUES)
def test_down_never_gains_and_up_never_loses(value: Fraction) -> None:
    down, up = (Rounding(CENT, mode)(value) for mode in (RoundingMode.DOWN, RoundingMode.UP))
    assert abs(down) <= abs(value) <= abs(up)


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "down", "up"),
    [
        ("2.665", "2.67", "2.66", "2.66", "2.67"),
        ("2.675", "2.68", "2.68", "2.67", "2.68"),
        ("-2.665", "-2.67", "-2.66", "-2.66", "-2.67"),
        ("0.005", "0.01", "0.00", "0.00", "0.01"),
        ("-0.005", "-0.01", "0.00", "0.00", "-0.01"),
        ("2.664", "2.66", "2.66", "2.66", "2.67"),
        ("228.394895", "228.39", "228.39", "228.39", "228.40"),
    ],
)
def test_ties_fall_as_the_agreed_mode_says(
    value: str, half_up: str, half_even: str, down: str, up: str
) -> None:
    for mode, expected in zip(RoundingMode, (half_up, half_even, down, up), strict=True):
        assert Rounding(CENT, mode)(Fraction(value)) == Fraction(expected)


def test_a_rounding_needs_a_unit() -> None:
    with pytest.raises(ValueError, match="greater than zero"):
        Rounding(Fraction(0))


def test_the_late_fee_of_the_textbook_is_rounded_once() -> None:
    exact = Fraction("12345.67") * Fraction("0.0005") * 37
    assert Money.booked(exact, TO_THE_FEN) == Money.of("228.39")
