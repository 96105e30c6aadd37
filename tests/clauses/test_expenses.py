"""费用报销 (A52, A53): travel and communication that the client approved, with receipts."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.settle.fees.expenses import ExpenseCategoryTwice
from pactdesk.core.units.money import Money
from tests.support.contracts import agreement, always, amounts, fixed_fee, settled
from tests.support.reference import page_of, rows_under, terms_on
from tests.support.works import WorkBook

Terms = dict[str, Any]


def expenses(*reimbursed: Terms, needs_receipt: bool = True) -> Terms:
    terms: Terms = {"id": "expenses-1", "kind": "expenses", "needs_receipt": needs_receipt}
    return terms | {"reimbursed": list(reimbursed)}


TRAVEL: Terms = {"category": "travel"}


def owed(clause: Terms, book: WorkBook, month: str = "2026-10", **more: Any) -> str:
    contract = agreement(clause, service_hours=always(), **more)
    return amounts(settled(contract, book.facts, month))["expenses-1"]


@pytest.mark.requirement("A52", "A53")
@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ([], "0.00"),
        ([("claimed", "travel", True)], "0.00"),
        ([("claimed", "travel", True), ("approved", "travel", True)], "300.00"),
        ([("claimed", "travel", True), ("approved", "travel", False)], "300.00"),
        ([("claimed", "travel", False), ("approved", "travel", False)], "0.00"),
        ([("refused", "travel", True)], "0.00"),
        ([("refused", "travel", True), ("approved", "travel", True)], "300.00"),
        ([("approved", "travel", True), ("refused", "travel", True)], "300.00"),
        ([("approved", "travel", True), ("approved", "travel", True)], "300.00"),  # once
        ([("approved", "training", True)], "0.00"),  # borne by the provider
    ],
)
def test_only_what_was_approved_with_its_receipt_is_paid(
    told: list[tuple[str, str, bool]], amount: str
) -> None:
    book = WorkBook()
    for n, (event, category, receipt) in enumerate(told):
        given = "ab" * 32 if receipt else None
        book.expense("e-1", f"2026-10-{10 + n}", 30000, category, event=event, receipt=given)
    assert owed(expenses(TRAVEL), book) == amount


@pytest.mark.requirement("A52")
@pytest.mark.parametrize(
    ("approved", "october", "november"),
    [
        ("2026-10-31 23:59:59", "300.00", "0.00"),
        ("2026-11-01 00:00", "0.00", "300.00"),
        ("2026-09-30 23:59:59", "0.00", "0.00"),
    ],
)
def test_an_expense_belongs_to_the_month_of_its_approval(
    approved: str, october: str, november: str
) -> None:
    book = WorkBook().expense("e-1", "2026-09-01", 30000, event="claimed")
    book.expense("e-1", approved, 30000)
    assert owed(expenses(TRAVEL), book, "2026-10") == october
    assert owed(expenses(TRAVEL), book, "2026-11") == november


@pytest.mark.requirement("A52")
@pytest.mark.parametrize(
    ("per_item", "per_month", "amount"),
    [
        (None, None, "1,000.00"),
        ("400.00", None, "900.00"),  # 300 + 200 + 400
        (None, "600.00", "600.00"),
        ("250.00", "600.00", "600.00"),  # 250 + 200 + 250 is more
        ("250.00", "700.00", "700.00"),
        ("0.00", None, "0.00"),
    ],
)
def test_caps_of_one_expense_come_before_the_cap_of_the_month(
    per_item: str | None, per_month: str | None, amount: str
) -> None:
    caps = {"cap_per_item": per_item, "cap_per_month": per_month}
    travel = TRAVEL | {name: cap for name, cap in caps.items() if cap is not None}
    book = WorkBook().expense("e-1", "2026-10-09", 30000).expense("e-2", "2026-10-09", 20000)
    book.expense("e-3", "2026-10-30", 50000)
    assert owed(expenses(travel), book) == amount


@pytest.mark.requirement("A52")
def test_a_receipt_is_asked_for_only_where_agreed() -> None:
    book = WorkBook().expense("e-1", "2026-10-09", 30000, receipt=None)
    assert owed(expenses(TRAVEL, needs_receipt=False), book) == "300.00"


def test_a_receipt_that_comes_later_counts_with_the_next_approval() -> None:
    book = WorkBook().expense("e-1", "2026-10-09", 30000, receipt=None)
    book.expense("e-1", "2026-11-05", 30000)
    assert owed(expenses(TRAVEL), book, "2026-10") == "0.00"
    assert owed(expenses(TRAVEL), book, "2026-11") == "300.00"


def test_a_category_named_twice_is_refused() -> None:
    with pytest.raises(ExpenseCategoryTwice):
        owed(expenses(TRAVEL, TRAVEL), WorkBook())


@pytest.mark.requirement("A52")
def test_expenses_are_no_part_of_the_fee() -> None:
    bonus_base = {"id": "penalty-1", "kind": "breach_penalty", "what": "leak", "party": "provider"}
    share = {"kind": "share_of_fee", "rate": "0.1"}
    book = WorkBook().expense("e-1", "2026-10-09", 30000)
    book.incident("leak", "2026-10-10", by="provider")
    contract = agreement(
        fixed_fee("1000.00"),
        bonus_base | {"price": share, "counts": "incident"},
        expenses(TRAVEL),
        service_hours=always(),
    )
    assert amounts(settled(contract, book.facts)) == {
        "fee-1": "1,000.00",
        "penalty-1": "-100.00",  # of 1,000.00 alone
        "expenses-1": "300.00",
    }


@pytest.mark.requirement("A52", "A53")
def test_the_page_says_what_counts() -> None:
    page = page_of("expenses")
    book = WorkBook()
    for name, category, yuan, receipt, _ in rows_under(page, "Worked example"):
        fen = Money.of(yuan).fen
        given = "ab" * 32 if receipt == "yes" else None
        book.expense(name, "2026-10-09", fen, category, receipt=given)
    contract = agreement(*terms_on(page), service_hours=always())
    assert amounts(settled(contract, book.facts)) == {"expenses-1": "1,620.50"}
