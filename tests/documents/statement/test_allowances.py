"""合理使用 (B30): how much of a quota or package is used, and when a reader should look."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from pactdesk.core.facts.families.works import UsageCounted
from pactdesk.documents.statement.allowances import Allowance, allowances
from tests.support.contracts import agreement, amend, change, settled
from tests.support.facts import Book

Terms = dict[str, Any]


def quota(included: str, price: str = "3.00", **more: Any) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_per_unit", "measure": "message"}
    return (
        terms | {"tiering": "graduated", "tiers": [{"price": price}], "included": included} | more
    )


def package(*bands: tuple[str, str]) -> Terms:
    tiers = [{"up_to": end, "price": price} for end, price in bands]
    terms: Terms = {"id": "fee-1", "kind": "fee_per_unit", "measure": "message"}
    return terms | {"tiering": "package", "tiers": tiers, "overage": "1.00"}


def used(fee: Terms, count: int) -> Allowance:
    book = Book().told("2026-10-12 10:00", UsageCounted("message", count)) if count else Book()
    (found,) = allowances(settled(agreement(fee), book.facts).to_plain()["lines"])
    return found


@pytest.mark.requirement("B30")
@pytest.mark.parametrize(
    ("count", "is_near", "is_beyond"),
    [
        (0, False, False),
        (1599, False, False),
        (1600, True, False),  # four fifths
        (2000, True, False),  # all of it, and nothing more
        (2001, False, True),
    ],
)
def test_a_quota_is_looked_at_from_four_fifths_on(
    count: int, is_near: bool, is_beyond: bool
) -> None:
    found = used(quota("2000"), count)
    assert found == Allowance("fee-1", Fraction(count), Fraction(2000))
    assert (found.is_near, found.is_beyond) == (is_near, is_beyond)


@pytest.mark.requirement("B30")
@pytest.mark.parametrize(
    ("count", "limit", "is_beyond"),
    [(0, 1000, False), (1000, 1000, False), (1001, 3000, False), (3001, 3000, True)],
)
def test_a_package_is_the_one_that_is_reached(count: int, limit: int, is_beyond: bool) -> None:
    found = used(package(("1000", "800.00"), ("3000", "2000.00")), count)
    assert found == Allowance("fee-1", Fraction(count), Fraction(limit))
    assert found.is_beyond is is_beyond


def test_a_fee_without_a_limit_has_none() -> None:
    fee = {name: value for name, value in quota("1").items() if name != "included"}
    assert allowances(settled(agreement(fee)).to_plain()["lines"]) == ()


def test_the_parts_of_a_month_are_taken_together() -> None:
    book = Book().told("2026-10-12 10:00", UsageCounted("message", 10))
    book.told("2026-10-20 10:00", UsageCounted("message", 20))
    contract = amend(agreement(quota("31")), "2026-10-16", change(quota("62")))
    (found,) = allowances(settled(contract, book.facts).to_plain()["lines"])
    # 31 × 15 ÷ 31 and 62 × 16 ÷ 31
    assert found == Allowance("fee-1", Fraction(30), Fraction(15 + 32))
