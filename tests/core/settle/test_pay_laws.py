"""Laws of commission and of dearer hours, over months and in any order of facts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.money import SaleTold
from pactdesk.core.facts.names import SaleEvent
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant
from pactdesk.core.worktime.calendars import DayKind
from tests.support.contracts import Terms, agreement, amend, settled
from tests.support.facts import SHANGHAI, Book, instant
from tests.support.laws import cases

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


@settings(max_examples=cases(25))
@given(orders)
def test_over_all_months_commission_is_a_share_of_what_was_kept(told: Orders) -> None:
    total = sum(earned(commission(), book_of(told)), start=Fraction(0))
    assert total == sum((yuan for _, yuan in kept(told)), start=Fraction(0)) / 50


@settings(max_examples=cases(25))
@given(orders)
def test_with_bands_each_month_earns_in_the_end_by_what_it_kept(told: Orders) -> None:
    amounts = earned(commission(tiers=STEPS, tiering="graduated"), book_of(told))
    by_month = {month: Fraction(0) for month in MONTHS}
    for month, yuan in kept(told):
        by_month[month] += yuan
    assert sum(amounts, start=Fraction(0)) == sum(
        map(by_steps, by_month.values()), start=Fraction(0)
    )


@settings(max_examples=cases(25))
@given(orders)
def test_no_month_takes_back_more_than_the_months_before_it_earned(told: Orders) -> None:
    for terms in ({}, {"tiers": STEPS, "tiering": "graduated"}):
        so_far = Fraction(0)
        for amount in earned(commission(**terms), book_of(told)):
            so_far += amount
            assert so_far >= 0


@settings(max_examples=cases(15))
@given(orders, st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_no_commission(told: Orders, random: Any) -> None:
    book = book_of(told)
    before = earned(commission(), book)
    random.shuffle(book.facts)
    assert earned(commission(), book) == before


@settings(max_examples=cases(20))
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


NIGHT: Terms = {"when": "every_day", "windows": ["22:00-06:00"], "times": "1.5"}
REST: Terms = {"when": "rest_days", "times": "2"}
HOLIDAYS: Terms = {"when": "holidays", "times": "3"}
EVENINGS: Terms = {
    "when": "dates",
    "first": "2026-10-15",
    "last": "2026-10-17",
    "windows": ["20:00-02:00"],
    "times": "1.4",
}
HALF_HOUR = timedelta(minutes=30)


def _factors(at: datetime) -> list[Fraction]:
    """Which multipliers hold in the half hour that begins then, told from the page's words."""
    day, calendar = at.date(), load_china()
    found = []
    if at.hour >= 22 or at.hour < 6:
        found.append(Fraction("1.5"))
    if day.weekday() >= 5 and calendar.kind_of(day) is DayKind.ORDINARY:
        found.append(Fraction(2))
    if calendar.kind_of(day) is DayKind.HOLIDAY:
        found.append(Fraction(3))
    began = day if at.hour >= 20 else day - timedelta(days=1)
    if (at.hour >= 20 or at.hour < 2) and date(2026, 10, 15) <= began <= date(2026, 10, 17):
        found.append(Fraction("1.4"))
    return found


@settings(max_examples=cases(25))
@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(1, 30)), max_size=12),
    st.sampled_from(["highest", "add"]),
    st.booleans(),
    st.integers(2, 31),
)
def test_pay_by_the_hour_counted_half_hour_by_half_hour(
    told: list[tuple[int, int]], overlap: str, is_split: bool, change: int
) -> None:
    """Shifts one after another; the price may change in the month, and the hours still add up."""
    book, at, wanted = Book(), datetime(2026, 9, 29, tzinfo=SHANGHAI), Fraction(0)
    for gap, length in told:
        start = at + gap * HALF_HOUR
        at = start + length * HALF_HOUR
        book.seated("ann", start.isoformat(" "), at.isoformat(" "))
        for begin in (start + n * HALF_HOUR for n in range(length)):
            if (begin.year, begin.month) == (2026, 10):
                factors = _factors(begin)
                if overlap == "highest":
                    wanted += max(factors, default=Fraction(1)) / 2
                else:
                    wanted += (1 + sum((f - 1 for f in factors), start=Fraction(0))) / 2
    clause: Terms = {
        "id": "fee-1",
        "kind": "fee_hourly",
        "unit_price": "1.00",
        "paid_time": "clocked",
        "multipliers": [NIGHT, REST, HOLIDAYS, EVENINGS],
        "overlap": overlap,
    }
    contract, split = agreement(clause), Fraction(0)
    if is_split:
        dearer = clause | {"tax_rate": "0.06", "tax_included": True}
        contract = amend(
            contract, f"2026-10-{change:02}", {"op": "replace", "clause": "fee-1", "to": dearer}
        )
    for line in settled(contract, book.facts).lines:
        split += line.trace.inputs[0].value
    assert split == wanted
