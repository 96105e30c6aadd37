"""大写金额: what stands on an invoice and what is read from one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pactdesk.core.units.money import Money
from pactdesk.core.units.uppercase import (
    AmountTooLarge,
    UppercaseUnreadable,
    amount_in_uppercase,
    uppercase,
)

# Amounts full of gaps: a few digits, zeros elsewhere.
GAPS = st.lists(st.tuples(st.integers(0, 17), st.integers(1, 9)), min_size=1, max_size=4).map(
    lambda digits: sum(digit * 10**place for place, digit in dict(digits).items())
)
FEN = st.one_of(st.integers(-(10**18) + 1, 10**18 - 1), GAPS, GAPS.map(lambda fen: -fen))


@given(FEN)
@example(0)
@example(5)
@example(10)
@example(-1)
@example(100_000_000_05)
def test_every_amount_is_read_back_as_it_was_written(fen: int) -> None:
    assert amount_in_uppercase(uppercase(Money(fen))) == Money(fen)


@given(FEN)
def test_no_amount_says_two_zeros_in_a_row(fen: int) -> None:
    text = uppercase(Money(fen))
    assert "零零" not in text
    assert text.endswith(("整", "分"))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0.00", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.57", "伍角柒分"),
        ("1.00", "壹元整"),
        ("1.05", "壹元零伍分"),
        ("10.00", "壹拾元整"),
        ("1203.40", "壹仟贰佰零叁元肆角整"),
        ("1203.45", "壹仟贰佰零叁元肆角伍分"),
        ("20000.00", "贰万元整"),
        ("10005.00", "壹万零伍元整"),
        ("1280000.00", "壹佰贰拾捌万元整"),
        ("100000500.00", "壹亿零伍佰元整"),
        ("6000000007.08", "陆拾亿零柒元零捌分"),
        ("1000000000000.00", "壹万亿元整"),
        ("-1203.40", "负壹仟贰佰零叁元肆角整"),
    ],
)
def test_amounts_are_written_as_banks_write_them(amount: str, text: str) -> None:
    assert uppercase(Money.of(amount)) == text
    assert amount_in_uppercase(text) == Money.of(amount)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("人民币壹佰贰拾捌万元整", "1280000.00"),
        ("人民币 贰万元正", "20000.00"),
        ("贰万", "20000.00"),
        ("壹万贰仟叁佰肆拾伍圆陆角柒分", "12345.67"),
        ("貳萬圓整", "20000.00"),
        ("陸佰億元整", "60000000000.00"),
        ("两万元", "20000.00"),
        ("拾万元整", "100000.00"),
        ("十二万三千元", "123000.00"),
        ("二十元", "20.00"),
        ("壹佰一十元", "110.00"),
        ("壹仟零伍拾元零叁分", "1050.03"),
        ("捌分", "0.08"),
    ],
)
def test_everyday_and_traditional_forms_are_read(text: str, amount: str) -> None:
    assert amount_in_uppercase(text) == Money.of(amount)


@pytest.mark.parametrize(
    "text",
    [
        "", "整", "元", "元整", "人民币", "负", "20000元", "贰万美元", "负负壹元", "壹元贰元",
        "壹角贰角", "贰分壹角", "壹拾角", "壹元A角",
        "壹贰叁元",  # digits without places are no amount, least of all three yuan
        "壹拾贰仟元",  # a larger place after a smaller
        "壹佰贰佰元",
        "壹万贰万元",
        "壹亿贰亿元",
        "万元", "亿元整", "佰元", "壹万佰元",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(UppercaseUnreadable):
        amount_in_uppercase(text)


def test_ten_quadrillion_has_no_customary_form() -> None:
    with pytest.raises(AmountTooLarge):
        uppercase(Money(10**18))
