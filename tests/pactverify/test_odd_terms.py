"""Terms at the edge, each of which the verifier once refused although a month settles by them."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.families.money import SaleTold
from pactdesk.core.facts.names import SaleEvent
from pactdesk.core.terms.contract import Contract
from tests.support.contracts import agreement, amend, fixed_fee, late_fee, level, per_miss, settled
from tests.support.facts import Book
from tests.support.verifier import by_the_engine, by_the_verifier

Terms = dict[str, Any]

COMMISSION: Terms = {"id": "fee-2", "kind": "fee_commission", "settle_window": 60, "rate": "0.1"}
LUMP: Terms = {"id": "fee-2", "kind": "fee_lump_sum"}
DEPOSIT: Terms = {
    "id": "deposit-1", "kind": "deposit", "amount": "5000.00", "paid_by": "client",
    "returned_after": {"n": 7, "unit": "day"},
}  # fmt: skip
FINAL: Terms = LUMP | {"total": "100.00", "final": {"share": "1"}}
PRICELESS: Terms = LUMP | {"total": "1.00", "instalments": [{"name": "one", "day": "2026-10-27"}]}


PRICED: Terms = LUMP | {
    "total": "2.00", "instalments": [{"name": "one", "day": "2026-10-27", "amount": "2.00"}],
}  # fmt: skip


def added(terms: Terms, day: str, *others: Terms, end: str = "2026-12-31") -> Contract:
    change = {"op": "add", "clause": terms["id"], "to": terms}
    return amend(agreement(fixed_fee(), *others, end=end), day, change)


def without(clause: str, day: str, *others: Terms, end: str = "2026-12-31") -> Contract:
    gone = {"op": "repeal", "clause": clause}
    return amend(agreement(fixed_fee(), *others, end=end), day, gone)


SECOND = {"id": "late-2", "kind": "late_fee", "rate_once": "0.01"}

CONTRACTS = {
    "seats without a base": agreement(COMMISSION | {"seats": 3}),
    "a window of a million years": agreement(COMMISSION | {"settle_window": 10**9}),
    "a term without an end in sight": agreement(fixed_fee(), end="9999-12-31"),
    "service hours repealed after the month": without("hours-1", "2026-11-16", level(), per_miss()),
    "conventions repealed after the month": without("conventions-1", "2026-12-01"),
    "a lump sum of nothing in no parts": agreement(LUMP | {"total": "0"}),
    "a part without a price, not due yet": added(PRICELESS, "2026-10-12"),
    "no parts at first, and then one that is due": amend(
        agreement(fixed_fee(), LUMP | {"total": "2.00"}),
        "2026-09-12",
        {"op": "replace", "clause": "fee-2", "to": PRICED},
    ),
    "added after the term": added(FINAL, "2026-10-25", DEPOSIT, end="2026-10-20"),
    "added on the day after it": added(FINAL, "2026-10-21", DEPOSIT, end="2026-10-20"),
    "a second late fee after the term": added(
        SECOND, "2026-10-25", DEPOSIT, late_fee(), end="2026-10-20"
    ),
    "repealed after the term": without("fee-2", "2026-10-25", FINAL, end="2026-10-20"),
    "repealed, but for a deposit": without("fee-2", "2026-10-25", FINAL, DEPOSIT, end="2026-10-20"),
}


@pytest.mark.requirement("T4")
@pytest.mark.parametrize("name", CONTRACTS)
def test_a_month_by_odd_terms_is_found_by_the_verifier_too(name: str) -> None:
    book = Book().issued("2026-08", 100_000, "2026-09-01 10:00:00")
    book.told("2026-08-10 10:00:00", SaleTold("o-1", SaleEvent.PAID, 100_000))
    book.asked("a", "2026-10-09 10:00:00", "2026-10-09 11:00:00")
    statement = settled(CONTRACTS[name], book.facts)
    assert by_the_engine(statement) == by_the_verifier(CONTRACTS[name], book.facts, "2026-10")
