"""Late fees (B22, A55) against a clerk who goes through the calendar day by day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.rights import RightKind
from pactdesk.core.settle.statement import Statement
from pactdesk.core.units.money import Money
from pactdesk.core.units.periods import Period
from tests.support.contracts import agreement, fixed_fee, late_fee, payment, settled, suspension
from tests.support.facts import Book
from tests.support.months import statement

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12")
DAYS = st.integers(0, 150).map(lambda n: date(2026, 6, 20) + timedelta(days=n))


@st.composite
def owed(draw: st.DrawFn) -> EarlierStatement:
    """A statement with its due date and payments, some too early, some too much."""
    total = draw(st.integers(0, 10**6))
    paid = draw(st.lists(st.tuples(DAYS, st.integers(1, 10**6)), max_size=4))
    name = f"s-{draw(st.integers(0, 999)):03d}"
    due = draw(DAYS)
    return EarlierStatement(name, "2026-06", total, {}, due, tuple(sorted(paid)))


LEDGERS = st.lists(owed(), max_size=3, unique_by=lambda each: each.statement).map(tuple)


def unpaid_on(each: EarlierStatement, day: date, counts_payment_day: bool) -> int:
    left = each.total_fen
    for on, fen in each.paid:
        if on < day or (on == day and not counts_payment_day):
            left -= fen
    return max(left, 0)


def by_the_clerk(each: EarlierStatement, until: date, rate: Fraction, counts: bool) -> Fraction:
    """All late fee up to and including `until`, in yuan."""
    assert each.due_on is not None
    fee, day = Fraction(0), each.due_on + timedelta(days=1)
    while day <= until:
        fee += Fraction(unpaid_on(each, day, counts), 100) * rate
        day += timedelta(days=1)
    return fee


def billed(made: Statement) -> Money:
    return next(line.amount for line in made.lines if line.clause == "late-1")


@pytest.mark.requirement("B22", "A55")
@given(LEDGERS, st.sampled_from(MONTHS), st.booleans())
def test_each_overdue_day_costs_its_rate_of_what_was_unpaid_on_it(
    ledger: tuple[EarlierStatement, ...], month: str, counts: bool
) -> None:
    contract = agreement(fixed_fee(), late_fee("0.0005"), counts_payment_day=counts)
    period, rate = Period.month(month), Fraction("0.0005")
    day_before = period.start - timedelta(days=1)
    expected = sum(
        by_the_clerk(each, period.last_day, rate, counts)
        - by_the_clerk(each, day_before, rate, counts)
        for each in ledger
    )
    made = statement(contract, ledger=ledger, month=month)
    line = next(line for line in made.lines if line.clause == "late-1")
    assert line.trace.inputs[0].value == expected
    assert line.amount == Money.booked(Fraction(expected))


@pytest.mark.requirement("B22")
@given(LEDGERS, st.booleans(), st.sampled_from(["0.00", "0.01", "0.05", "0.30"]))
def test_over_the_months_the_capped_fee_is_billed_once_and_never_more(
    ledger: tuple[EarlierStatement, ...], counts: bool, cap: str
) -> None:
    contract = agreement(fixed_fee(), late_fee("0.0005", cap), counts_payment_day=counts)
    lines = [
        next(line for line in statement(contract, ledger=ledger, month=month).lines
             if line.clause == "late-1")
        for month in MONTHS
    ]  # fmt: skip
    exact = sum((line.trace.inputs[0].value for line in lines), start=Fraction(0))
    until, expected = Period.month(MONTHS[-1]).last_day, Fraction(0)
    for each in ledger:
        assert each.due_on is not None
        first = unpaid_on(each, each.due_on + timedelta(days=1), counts)
        before_july = by_the_clerk(each, date(2026, 6, 30), Fraction("0.0005"), counts)
        most = Fraction(first, 100) * Fraction(cap)
        all_days = by_the_clerk(each, until, Fraction("0.0005"), counts)
        expected += min(all_days, most) - min(before_july, most)
    assert exact == expected
    assert all(line.amount >= Money(0) for line in lines)


@given(LEDGERS, st.sampled_from(MONTHS))
def test_counting_the_day_of_payment_is_never_cheaper(
    ledger: tuple[EarlierStatement, ...], month: str
) -> None:
    with_day, without = (
        billed(
            statement(
                agreement(fixed_fee(), late_fee(), counts_payment_day=counts),
                ledger=ledger,
                month=month,
            )
        )
        for counts in (True, False)
    )
    assert without <= with_day


def story() -> Book:
    """September's 12,345.67, due on 20 October, paid in two parts in November."""
    book = Book().issued("2026-09", 1_234_567, "2026-10-02 10:00")
    book.paid("2026-09", 1_000_000, "2026-11-10 15:00")
    return book.paid("2026-09", 234_567, "2026-11-20 00:00")


@pytest.mark.requirement("B22")
@pytest.mark.parametrize(
    ("month", "counts", "expected"),
    [
        # 21-31 October: 11 days × 12,345.67 × 0.05 % = 67.901185
        ("2026-10", False, "67.90"),
        # 1-9 November: 9 × 6.172835, 10-19: 10 × 2,345.67 × 0.05 % = 55.555515 + 11.72835
        ("2026-11", False, "67.28"),
        # with the days of payment: 10 × 6.172835 + 10 × 1.172835 = 61.72835 + 11.72835
        ("2026-11", True, "73.46"),
        ("2026-12", False, "0.00"),
    ],
)
def test_part_payments_lower_the_fee_from_their_day_on(
    month: str, counts: bool, expected: str
) -> None:
    contract = agreement(fixed_fee(), payment(), late_fee(), counts_payment_day=counts)
    assert str(billed(settled(contract, story().facts, month))) == expected


def test_paid_on_the_last_day_is_paid_in_time() -> None:
    book = Book().issued("2026-09", 1_234_567, "2026-10-02 10:00")
    book.paid("2026-09", 1_234_567, "2026-10-20 23:59:59")
    contract = agreement(fixed_fee(), payment(), late_fee(), counts_payment_day=True)
    assert billed(settled(contract, book.facts)) == Money(0)


@pytest.mark.requirement("B23", "E33")
@pytest.mark.parametrize(
    ("due", "paid_on", "overdue"),
    [
        (date(2026, 10, 1), None, None),  # 30 days overdue on the 31st: not more than 30
        (date(2026, 9, 30), None, 31),
        (date(2026, 9, 30), date(2026, 10, 31), None),  # paid on that very day
        (date(2026, 9, 30), date(2026, 11, 1), 31),
    ],
)
def test_the_provider_may_suspend_after_more_than_thirty_days_and_not_before(
    due: date, paid_on: date | None, overdue: int | None
) -> None:
    paid = () if paid_on is None else ((paid_on, 500),)
    arrears = EarlierStatement("s-2026-08", "2026-08", 500, {}, due, paid)
    made = statement(agreement(fixed_fee(), suspension(30)), ledger=(arrears,))
    told = [(right.kind, right.because, right.count, right.since) for right in made.rights]
    since = due + timedelta(days=31)
    expected = [(RightKind.SUSPENSION, "s-2026-08", overdue, since)] if overdue else []
    assert told == expected


def test_part_of_the_arrears_is_arrears_still() -> None:
    paid = ((date(2026, 10, 5), 499),)
    arrears = EarlierStatement("s-2026-08", "2026-08", 500, {}, date(2026, 9, 15), paid)
    assert statement(agreement(fixed_fee(), suspension(30)), ledger=(arrears,)).rights
