"""Laws of commission and of dearer hours, over months and in any order of facts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.facts.families.money import SaleTold
from pactdesk.core.facts.names import SaleEvent
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant
from tests.support.contracts import Terms, agreement, settled
from tests.support.facts import Book, instant

DAY, WINDOW = 86_400_000, 15
SEPTEMBER = instant("2026-09-01 12:00")
MONTHS = ("2026-09", "2026-10", "2026-11", "2026-12")
STEPS = [{"up_to": "500", "rate": "0.01"}, {"rate": "0.03"}]

orders = st.lists(
    st.tuples(
        st.integers(0, 70),  # days after 1 September
        st.integers(1, 200_000),  # fen
        st.lists(st.tuples(st.integers(0, 25), st.integers(1, 200_000)), max_size=3),
    ),
    max_size=4,
)
Orders = list[tuple[int, int, list[tuple[int, int]]]]


def commission(**rate: Any) -> Contract:
    terms: Terms = {"id": "fee-1", "kind": "fee_commission", "settle_window": WINDOW}
    return agreement(terms | (rate or {"rate": "0.02"}))


def book_of(told: Orders) -> Book:
    """Each order is paid once; its refunds come so many days later."""
    book = Book()
    for number, (day, fen, refunds) in enumerate(told):
        paid = Instant(SEPTEMBER + day * DAY)
        book.told(paid, SaleTold(f"o-{number}", SaleEvent.PAID, fen))
        for after, back in refunds:
            book.told(
                Instant(paid + after * DAY + 1), SaleTold(f"o-{number}", SaleEvent.REFUNDED, back)
            )
    return book


def kept(told: Orders) -> list[tuple[str, Fraction]]:
    """(month of the payment, yuan kept): paid less the refunds inside the window, never below 0."""
    found = []
    for day, fen, refunds in told:
        back = sum(fen for after, fen in refunds if after <= WINDOW)
        month = MONTHS[0] if day < 30 else MONTHS[1] if day < 61 else MONTHS[2]
        found.append((month, Fraction(max(0, fen - back), 100)))
    return found


def earned(contract: Contract, book: Book) -> list[Fraction]:
    """The exact amount of each month."""
    made = (settled(contract, book.facts, month) for month in MONTHS)
    return [each.lines[0].trace.inputs[0].value for each in made]


def by_steps(net: Fraction) -> Fraction:
    """1 % of the first 500, 3 % of the rest."""
    return min(net, Fraction(500)) / 100 + max(net - 500, Fraction(0)) * 3 / 100


@settings(max_examples=25)
@given(orders)
def test_over_all_months_commission_is_a_share_of_what_was_kept(told: Orders) -> None:
    total = sum(earned(commission(), book_of(told)), start=Fraction(0))
    assert total == sum((yuan for _, yuan in kept(told)), start=Fraction(0)) / 50


@settings(max_examples=25)
@given(orders)
def test_with_bands_each_month_earns_in_the_end_by_what_it_kept(told: Orders) -> None:
    amounts = earned(commission(tiers=STEPS, tiering="graduated"), book_of(told))
    by_month = {month: Fraction(0) for month in MONTHS}
    for month, yuan in kept(told):
        by_month[month] += yuan
    assert sum(amounts, start=Fraction(0)) == sum(
        map(by_steps, by_month.values()), start=Fraction(0)
    )


@settings(max_examples=25)
@given(orders)
def test_no_month_takes_back_more_than_the_months_before_it_earned(told: Orders) -> None:
    for terms in ({}, {"tiers": STEPS, "tiering": "graduated"}):
        so_far = Fraction(0)
        for amount in earned(commission(**terms), book_of(told)):
            so_far += amount
            assert so_far >= 0


@settings(max_examples=15)
@given(orders, st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_no_commission(told: Orders, random: Any) -> None:
    book = book_of(told)
    before = earned(commission(), book)
    random.shuffle(book.facts)
    assert earned(commission(), book) == before


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.integers(0, 31 * 24), st.integers(1, 12)), max_size=5),
    st.sampled_from(["highest", "add"]),
)
def test_dearer_times_never_pay_less_and_adding_never_less_than_the_highest(
    told: list[tuple[int, int]], overlap: str
) -> None:
    book = Book()
    for hour, length in told:
        start = instant("2026-10-01 00:00") + hour * 3_600_000
        book.seated("ann", Instant(start), Instant(start + length * 3_600_000))

    def pay(rule: str, *multipliers: Terms) -> int:
        clause: Terms = {
            "id": "fee-1",
            "kind": "fee_hourly",
            "unit_price": "28.00",
            "paid_time": "clocked",
            "multipliers": list(multipliers),
            "overlap": rule,
        }
        return settled(agreement(clause), book.facts).total.fen

    night = {"when": "every_day", "windows": ["22:00-06:00"], "times": "1.5"}
    rest = {"when": "rest_days", "times": "2"}
    assert pay(overlap) <= pay(overlap, night) <= pay(overlap, night, rest)
    assert pay("highest", night, rest) <= pay("add", night, rest)
    assert pay(overlap, night, rest) == pay(overlap, rest, night)
