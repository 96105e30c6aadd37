"""Numbers, amounts, rates: what is written in any of the usual forms reads as the same value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.money import Money
from pactdesk.core.units.uppercase import uppercase
from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.grammar.blanks import gaps_in
from pactdesk.documents.grammar.numerals import (
    NumeralUnreadable,
    numeral_value,
    numerals_in,
    spoken,
)
from pactdesk.documents.grammar.rates import points_in, rates_in

numbers = st.integers(min_value=0, max_value=9999_9999)


@given(numbers)
def test_a_spoken_number_reads_as_itself(number: int) -> None:
    assert numeral_value(spoken(number)) == number


@given(numbers)
def test_digits_with_separators_read_as_themselves(number: int) -> None:
    assert numeral_value(f"{number:,}") == number == numeral_value(f"{number}.00")


@given(st.integers(min_value=1, max_value=999_999_999))
def test_an_amount_in_uppercase_in_digits_and_in_wan_is_the_same_amount(fen: int) -> None:
    money = Money(fen)
    written = (f"人民币{uppercase(money)}", f"¥{money}", f"{Decimal(fen) / 100}元")
    for text in written:
        found = [place.value for place in amounts_in(f"每月支付{text}，按月结清")]
        assert found == [Decimal(fen) / 100]


@given(st.integers(min_value=1, max_value=9999))
def test_a_rate_is_the_same_in_every_notation(per_ten_thousand: int) -> None:
    rate = Decimal(per_ten_thousand) / 10000
    for text in (
        f"万分之{spoken(per_ten_thousand)}",
        f"万分之{per_ten_thousand}",
        f"{rate * 100}%",
        f"{rate * 1000}‰",
        f"百分之{rate * 100}",
    ):
        assert [place.value for place in rates_in(f"按未付金额的{text}计")] == [rate]


@given(st.text(alphabet="每日按未付金额的，。支付违约", max_size=20), st.text(max_size=10))
def test_a_place_is_where_its_words_stand(before: str, after: str) -> None:
    text = f"{before}12.5%{after}"
    found = next(iter(rates_in(text)))
    assert text[found.start : found.end].strip() == "12.5%"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("八成八", "0.88"),
        ("九成", "0.9"),
        ("七成半", "0.75"),
        ("百分之五十", "0.5"),
        ("百分之零点五", "0.005"),
        ("0.04%", "0.0004"),
        ("０.３‰", "0.0003"),
    ],
)
def test_unusual_rates(text: str, value: str) -> None:
    assert [found.value for found in rates_in(text)] == [Decimal(value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百五", 150),
        ("一万二", 12000),
        ("十", 10),
        ("贰拾", 20),
        ("一百零五", 105),
        ("两千", 2000),
    ],
)
def test_numbers_as_people_say_them(text: str, value: int) -> None:
    assert numeral_value(text) == value


def test_amounts_of_real_sentences() -> None:
    text = (
        "每年人民币壹佰贰拾捌万元整，其中系统维护费6,000元，"
        "单价每人每小时38.50元、每条0.85元，共2万元"
    )
    assert [str(f.value) for f in amounts_in(text)] == ["1280000", "6000", "38.50", "0.85", "20000"]


def test_percentage_points_are_hundredths() -> None:
    assert [f.value for f in points_in("每低于目标满1个百分点，或0.5个百分点")] == [
        Decimal("0.01"),
        Decimal("0.005"),
    ]


def test_words_that_are_no_number_are_refused() -> None:
    with pytest.raises(NumeralUnreadable):
        numeral_value("若干")


def test_an_idiom_with_a_digit_in_it_is_no_rate() -> None:
    assert not list(rates_in("双方一致同意成立项目组，三成员参加"))


@given(st.text(max_size=80))
def test_no_text_breaks_the_grammar(text: str) -> None:
    list(numerals_in(text))
    list(amounts_in(text))
    list(rates_in(text))
    list(gaps_in(text))
