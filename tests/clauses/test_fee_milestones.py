"""里程碑付款 (C11, PRACTICE 2): 30 / 60 / 10 of 200,000.00, and yearly maintenance beside it."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.settle.fees.by_parts import PartsMissTotal
from pactdesk.core.settle.quantities.payable import PartNameTwice
from pactdesk.core.units.errors import PactError
from tests.support.contracts import agreement, always, amounts, fixed_fee, settled
from tests.support.reference import page_of, rows_under, terms_on
from tests.support.works import WorkBook

Terms = dict[str, Any]

NAMES = ("go_live", "acceptance", "warranty_end")


def milestones(*shares: str, total: str = "200000.00", **more: Any) -> Terms:
    parts = [{"name": name, "share": share} for name, share in zip(NAMES, shares, strict=False)]
    terms: Terms = {"id": "fee-1", "kind": "fee_milestones", "total": total}
    return terms | {"milestones": parts} | more


def billed(fee: Terms, book: WorkBook, *months: str) -> list[str]:
    contract = agreement(fee, service_hours=always())
    return [amounts(settled(contract, book.facts, month))["fee-1"] for month in months]


def accepted(*told: tuple[str, str]) -> WorkBook:
    book = WorkBook()
    for name, day in told:
        book.work(f"fee-1.{name}", ("accepted", day))
    return book


@pytest.mark.requirement("C11")
@pytest.mark.parametrize(
    "days",
    [
        ("2026-02-01", "2026-03-15", "2026-04-30"),
        ("2026-04-30", "2026-03-15", "2026-02-01"),  # the last one first
        ("2026-03-15", "2026-03-15", "2026-03-15"),
    ],
)
def test_each_milestone_has_its_price_whatever_the_order(days: tuple[str, ...]) -> None:
    book = accepted(*zip(NAMES, days, strict=True))
    fee = milestones("0.3", "0.6", "0.1")
    by_month = {"2026-02": 0, "2026-03": 0, "2026-04": 0}
    for day, yuan in zip(days, (60_000, 120_000, 20_000), strict=True):
        by_month[day[:7]] += yuan
    expected = [f"{yuan:,}.00" for yuan in by_month.values()]
    assert billed(fee, book, *by_month) == expected


@pytest.mark.requirement("C11")
def test_the_last_milestone_takes_what_rounding_leaves() -> None:
    fee = milestones("0.333333333333", "0.333333333333", "0.333333333334", total="100.00")
    book = accepted(("go_live", "2026-02-01"), ("acceptance", "2026-03-01"))
    book.work("fee-1.warranty_end", ("accepted", "2026-04-01"))
    assert billed(fee, book, "2026-02", "2026-03", "2026-04") == ["33.33", "33.33", "33.34"]


def test_amounts_may_stand_in_place_of_shares_and_gates_be_others() -> None:
    parts = [{"name": "design", "amount": "500.00"}, {"name": "delivery", "share": "0.5"}]
    fee = milestones(total="1000.00", gates=["done", "invoice"]) | {"milestones": parts}
    book = WorkBook().work("fee-1.design", ("done", "2026-02-27"), ("invoice", "2026-03-02"))
    book.work("fee-1.delivery", ("done", "2026-03-31"))
    assert billed(fee, book, "2026-02", "2026-03") == ["0.00", "500.00"]


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ([("a", "0.3"), ("b", "0.6")], PartsMissTotal),
        ([("a", "0.3"), ("b", "0.8")], PartsMissTotal),
        ([("a", "0.5"), ("a", "0.5")], PartNameTwice),
        ([], PartsMissTotal),
    ],
)
def test_milestones_that_do_not_make_the_total_are_refused(
    parts: list[tuple[str, str]], error: type[PactError]
) -> None:
    written = [{"name": name, "share": share} for name, share in parts]
    with pytest.raises(error):
        billed(milestones() | {"milestones": written}, WorkBook(), "2026-01")


@pytest.mark.requirement("C11", "C18")
def test_maintenance_is_a_yearly_fee_of_its_own_after_go_live() -> None:
    upkeep = fixed_fee("24000.00", "year", id="fee-2", billing="in_advance", since="2026-05-01")
    book = accepted(("go_live", "2026-04-30"))
    contract = agreement(
        milestones("0.3", "0.6", "0.1"), upkeep, service_hours=always(), end="2027-04-30"
    )
    by_month = [amounts(settled(contract, book.facts, month)) for month in ("2026-04", "2026-05")]
    assert [each["fee-1"] for each in by_month] == ["60,000.00", "0.00"]
    assert [each["fee-2"] for each in by_month] == ["0.00", "24,000.00"]


@pytest.mark.requirement("C11")
def test_the_page_says_what_each_month_costs() -> None:
    page = page_of("fee_milestones")
    contract = agreement(*terms_on(page), service_hours=always())
    book = accepted(("go_live", "2026-03-31"), ("acceptance", "2026-05-06"))
    book.work("fee-1.acceptance", ("done", "2026-04-10"), ("refused", "2026-04-20"))
    book.work("fee-1.warranty_end", ("accepted", "2026-05-31"))
    for month, _, amount in rows_under(page, "Worked example"):
        line = settled(contract, book.facts, month).lines[0]
        assert str(line.amount).replace(",", "") == amount, month
