"""销售提成, 底薪+提成 (E10, E11): a share of what was sold and kept; 2 %, refunds count 15 days."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.money import SaleTold
from pactdesk.core.facts.names import ContractEvent, SaleEvent
from pactdesk.core.settle.fees.commission import CommissionRateUnclear
from pactdesk.core.units.money import Money
from tests.support.contracts import Terms, agreement, amounts, settled
from tests.support.facts import Book
from tests.support.reference import page_of, rows_under, terms_on

STEPS = [{"up_to": "50000", "rate": "0.01"}, {"rate": "0.02"}]


def commission(**more: Any) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_commission", "settle_window": 15}
    return terms | ({"rate": "0.02"} if "tiers" not in more else {}) | more


def book_of(*told: str) -> Book:
    """ "2026-10-05 12:00 o-1 paid 1000000": fen."""
    book = Book()
    for each in told:
        day, clock, order, event, fen = each.split()
        book.told(f"{day} {clock}", SaleTold(order, SaleEvent(event), int(fen)))
    return book


def earned(terms: Terms, *told: str, month: str = "2026-10") -> str:
    return amounts(settled(agreement(terms), book_of(*told).facts, month))["fee-1"]


SOLD = "2026-10-05 12:00 o-1 paid 1000000"


@pytest.mark.requirement("E10", "E11")
@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ([], "0.00"),
        ([SOLD], "200.00"),  # 10,000 × 2 %
        ([SOLD, "2026-10-20 23:59:59 o-1 refunded 300000"], "140.00"),  # day 15: 7,000 × 2 %
        ([SOLD, "2026-10-21 00:00 o-1 refunded 300000"], "200.00"),  # day 16: too late
        ([SOLD, "2026-10-06 12:00 o-1 refunded 1500000"], "0.00"),  # never more than was paid
        ([SOLD, "2026-10-06 12:00 o-2 refunded 300000"], "200.00"),  # of no order of ours
        (["2026-10-04 12:00 o-1 refunded 300000", SOLD], "200.00"),  # before it was paid
        # the balance of a presale counts from its own day: 2,000 go back of it, 1,000 of nothing
        (
            [
                "2026-09-20 12:00 o-1 paid 100000",
                "2026-10-20 12:00 o-1 paid 200000",
                "2026-10-25 12:00 o-1 refunded 300000",
            ],
            "0.00",
        ),
        (["2026-10-31 23:59:59 o-1 paid 100000"], "20.00"),
        (["2026-11-01 00:00:00 o-1 paid 100000"], "0.00"),
        # 0.01 × 2 % = 0.0002, and 0.33 × 2 % = 0.0066
        (["2026-10-05 12:00 o-1 paid 1"], "0.00"),
        (["2026-10-05 12:00 o-1 paid 33"], "0.01"),
    ],
)
def test_a_share_of_what_was_paid_and_kept(told: list[str], amount: str) -> None:
    assert earned(commission(), *told) == amount


@pytest.mark.requirement("E11")
def test_a_refund_in_the_next_month_takes_the_commission_back_and_says_so() -> None:
    told = ["2026-10-25 12:00 o-1 paid 1000000", "2026-11-05 12:00 o-1 refunded 400000"]
    assert earned(commission(), *told) == "200.00"
    november = settled(agreement(commission()), book_of(*told).facts, "2026-11")
    assert amounts(november) == {"fee-1": "-80.00"}
    assert november.lines[0].trace.inputs[0].label == "clawed_back"


def test_refunds_take_commission_back_after_the_term_too_and_nothing_else_is_earned() -> None:
    told = [
        "2026-10-25 12:00 o-1 paid 1000000",
        "2026-11-05 12:00 o-1 refunded 400000",
        "2026-11-06 12:00 o-2 paid 900000",
    ]
    contract = agreement(commission(base_amount="1500.00", seats=3), end="2026-10-31")
    november = settled(contract, book_of(*told).facts, "2026-11")
    assert amounts(november) == {"fee-1": "-80.00"}


def test_refunds_that_come_too_late_are_told_and_change_nothing() -> None:
    told = [SOLD, "2026-10-21 00:00 o-1 refunded 300000", "2026-10-06 12:00 o-1 refunded 100000"]
    made = settled(agreement(commission()), book_of(*told).facts)
    assert amounts(made) == {"fee-1": "180.00"}  # 9,000 × 2 %
    kept = made.lines[0].trace.inputs[0].inputs[0]
    assert [node.value for node in kept.inputs[1].inputs] == [4000, 3000]
    alone = settled(agreement(commission()), book_of(told[1]).facts)
    assert alone.lines[0].trace.inputs[0].label == "commission"


def test_a_contract_that_ended_early_earns_no_more() -> None:
    book = book_of("2026-10-05 12:00 o-1 paid 1000000", "2026-10-20 12:00 o-2 paid 900000")
    ended = ContractStep(ContractEvent.TERMINATED, None, "agreement", "2026-10-15")
    book.told("2026-10-10 09:00", ended)
    made = settled(agreement(commission()), book.facts)
    assert [str(line.amount) for line in made.lines] == ["200.00", "0.00"]


@pytest.mark.requirement("E10")
def test_the_base_is_paid_for_each_seat_beside_the_commission() -> None:
    # 3 × 1,500 + 200
    assert earned(commission(base_amount="1500.00", seats=3), SOLD) == "4,700.00"


@pytest.mark.parametrize(
    ("tiering", "fen", "amount"),
    [
        ("graduated", 50_000_00, "500.00"),  # the end of a band belongs to it
        ("graduated", 80_000_00, "1,100.00"),  # 50,000 × 1 % + 30,000 × 2 %
        ("whole_volume", 50_000_00, "500.00"),
        ("whole_volume", 80_000_00, "1,600.00"),
    ],
)
def test_the_months_net_sales_decide_the_band(tiering: str, fen: int, amount: str) -> None:
    terms = commission(tiers=STEPS, tiering=tiering)
    assert earned(terms, f"2026-10-05 12:00 o-1 paid {fen}") == amount


def test_with_bands_a_refund_takes_back_what_its_own_month_had_earned_by_it() -> None:
    told = [
        "2026-09-25 12:00 o-1 paid 6000000",  # September: 500 + 200
        "2026-10-08 12:00 o-2 paid 10000000",  # October: 500 + 1,000
        "2026-10-09 12:00 o-1 refunded 2000000",  # September keeps 40,000 × 1 % = 400
    ]
    terms = commission(tiers=STEPS, tiering="graduated")
    assert earned(terms, *told, month="2026-09") == "700.00"
    assert earned(terms, *told) == "1,200.00"  # 1,500 − 300
    refunded = [told[0], told[2]]
    assert earned(terms, *refunded) == "-300.00"
    same = ["2026-10-08 12:00 o-2 paid 100", "2026-10-09 12:00 o-2 refunded 100"]
    assert earned(terms, *same) == "0.00"


@pytest.mark.parametrize(
    "terms",
    [
        commission(rate=None),
        commission(rate="0.02", tiers=STEPS, tiering="graduated"),
        commission(tiers=STEPS, tiering="package"),
        commission(tiers=STEPS[::-1], tiering="graduated"),
        commission(tiers=[*STEPS[:1], *STEPS], tiering="graduated"),
    ],
)
def test_a_rate_that_is_not_clear_is_refused(terms: Terms) -> None:
    with pytest.raises(CommissionRateUnclear):
        earned(terms, SOLD)


@pytest.mark.parametrize("based", [False, True])
def test_the_worked_example_on_the_page(based: bool) -> None:
    page = page_of("fee_commission")
    (terms,) = terms_on(page)
    alone = {key: value for key, value in terms.items() if key not in ("base_amount", "seats")}
    for told, amount in rows_under(page, "Worked example"):
        book = Book()
        for each in told.split(", "):
            day, order, event, yuan = each.split()
            fen = int(yuan.replace(".", ""))
            book.told(f"{day} 12:00", SaleTold(order, SaleEvent(event), fen))
        made = settled(agreement(terms if based else alone), book.facts)
        wanted = Money.of(amount) + Money.of("4500.00" if based else "0")
        assert made.total == wanted, told
