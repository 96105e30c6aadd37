"""Laws of a month in which terms change: nothing is lost or charged twice at the seams."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.settle.stretches import split_month
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from tests.support.contracts import (
    agreement,
    amend,
    change,
    deduction_cap,
    fixed_fee,
    headcount_fee,
    late_fee,
    level,
    per_miss,
    settled,
)
from tests.support.facts import Book
from tests.support.laws import cases

OCTOBER = Period.month("2026-10")
DAYS = st.integers(1, 31).map(lambda n: date(2026, 10, n))
PRICES = st.integers(0, 9_999_999).map(lambda fen: f"{fen // 100}.{fen % 100:02}")


def two_halves() -> Book:
    """Missed ones on two days of the month, seats on both."""
    book = Book()
    for day in ("09", "20"):
        book.asked(f"i-{day}", f"2026-10-{day} 10:00", f"2026-10-{day} 10:01")
        book.seated("ann", f"2026-10-{day} 09:00", f"2026-10-{day} 12:00")
    return book


BOOK = two_halves().facts
EVERYTHING = (fixed_fee(), level(), per_miss(), deduction_cap("0.10"), late_fee())


def repriced(contract: Contract, changes: list[tuple[date, str]]) -> Contract:
    for n, (day, price) in enumerate(changes):
        contract = amend(contract, day.isoformat(), change(fixed_fee(price)), id=f"a-{n}")
    return contract


@settings(max_examples=cases(25))
@given(DAYS, st.sampled_from(EVERYTHING[:2] + EVERYTHING[3:]))
def test_an_amendment_that_changes_nothing_changes_nothing(day: date, same: dict[str, Any]) -> None:
    contract = agreement(*EVERYTHING)
    again = amend(contract, day.isoformat(), change(same))
    assert settled(again, BOOK).to_plain() == settled(contract, BOOK).to_plain()


@settings(max_examples=cases(40))
@given(st.lists(st.tuples(DAYS, PRICES), max_size=6, unique_by=lambda pair: pair[0]), DAYS, DAYS)
def test_the_days_of_all_stretches_are_the_served_days_each_once(
    changes: list[tuple[date, str]], one: date, other: date
) -> None:
    start, end = min(one, other), max(one, other)
    contract = agreement(fixed_fee(), start=start.isoformat(), end=end.isoformat())
    split = split_month(repriced(contract, changes), OCTOBER)
    days = [day for each in split.stretches("fee-1") for day in each.days]
    assert days == list(Period(start, end + timedelta(days=1)))


@settings(max_examples=cases(40))
@given(st.lists(st.tuples(DAYS, PRICES), max_size=5, unique_by=lambda pair: pair[0]))
def test_a_fee_is_that_of_each_day_added_up(changes: list[tuple[date, str]]) -> None:
    contract = repriced(agreement(fixed_fee("31.00")), changes)
    of_days = Fraction(0)
    for day in OCTOBER:
        held = max((each for each in changes if each[0] <= day), default=(day, "31.00"))
        of_days += Fraction(held[1]) / 31
    lines = settled(contract).lines
    assert sum(line.trace.inputs[0].value for line in lines) == of_days
    # Each line is rounded once, to the nearest fen.
    assert abs(sum(line.amount.yuan for line in lines) - of_days) <= Fraction(len(lines), 200)


@settings(max_examples=cases(25))
@given(st.integers(10, 20), st.booleans())
def test_the_fee_of_the_stretches_is_the_fee_of_the_month(cut: int, by_hours: bool) -> None:
    """One percent of each stretch's fee, both missed, is one percent of the month's."""
    fee = headcount_fee(1, "10.00") if by_hours else fixed_fee("31416.00")
    contract = agreement(fee, level(target="1.00"), per_miss("0.01"))
    day = date(2026, 10, cut).isoformat()
    stricter = change(level(target="1.00", minimum_sample=1), judged="separate")
    lines = settled(amend(contract, day, stricter), BOOK).lines
    fee_yuan = lines[0].amount.yuan
    shares = [line for line in lines if line.kind == "deduction"]
    assert len(shares) == 2
    assert sum(line.trace.inputs[0].value for line in shares) == -fee_yuan / 100


@settings(max_examples=cases(20))
@given(st.integers(2, 31), st.sampled_from(["old", "new", "weighted"]))
def test_a_level_that_changes_only_in_name_costs_the_same_whole_or_weighted(
    cut: int, word: str
) -> None:
    contract = agreement(fixed_fee("31416.00"), level(target="1.00"), per_miss("0.01"))
    renamed = change(level(target="1.00", title="首次响应"), judged=word)
    statement = settled(amend(contract, date(2026, 10, cut).isoformat(), renamed), BOOK)
    exact = sum(line.trace.inputs[0].value for line in statement.lines[1:])
    assert exact == Fraction("-314.16")
