"""增值税 (增值税法 10, 11): outside the price a line for each rate, inside it none."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.families.works import UsageCounted
from tests.support.contracts import agreement, fixed_fee, level, per_miss, settled
from tests.support.facts import Book
from tests.support.months import statement
from tests.support.reference import page_of, rows_under, terms_on

Terms = dict[str, Any]
Told = list[tuple[str, str, str]]


def told(*clauses: Terms, book: Book | None = None) -> Told:
    """(clause, kind, amount) of every line."""
    made = settled(agreement(*clauses), book.facts if book else ())
    return [(line.clause, line.kind, str(line.amount)) for line in made.lines]


def outside(rate: str) -> Terms:
    return {"tax_rate": rate, "tax_included": False}


@pytest.mark.parametrize(
    ("amount", "rate", "tax"),
    [
        ("20000.00", "0.06", "1,200.00"),
        ("20000.00", "0.03", "600.00"),
        ("31416.00", "0.06", "1,884.96"),
        ("100.05", "0.06", "6.00"),  # 6.003
        ("100.10", "0.06", "6.01"),  # 6.006
        ("0.08", "0.06", "0.00"),  # 0.0048
        ("0.00", "0.06", "0.00"),
        ("20000.00", "0", "0.00"),
    ],
)
def test_the_tax_comes_on_top_of_a_price_without_it(amount: str, rate: str, tax: str) -> None:
    lines = told(fixed_fee(amount, **outside(rate)))
    assert lines[1:] == [("fee-1", "vat", tax)]


@pytest.mark.parametrize(
    "said", [{}, {"tax_rate": "0.06"}, {"tax_rate": "0.06", "tax_included": True}]
)
def test_a_price_that_holds_its_tax_or_says_nothing_has_no_such_line(said: Terms) -> None:
    assert told(fixed_fee("20000.00", **said)) == [("fee-1", "fee_fixed", "20,000.00")]


def test_fees_of_one_rate_are_taxed_together_and_rounded_once() -> None:
    one = fixed_fee("0.08", **outside("0.06"))
    other = messages("0.08") | outside("0.060") | {"id": "fee-2"}
    lines = told(one, other, book=Book().told("2026-10-12 10:00", UsageCounted("message", 1)))
    assert lines[2:] == [("fee-1", "vat", "0.01")]  # 0.16 × 6 % = 0.0096; each alone is 0.00


def test_each_rate_has_its_line_and_tax_inside_stays_inside() -> None:
    fees = [
        fixed_fee("100.00", **outside("0.13")),
        messages("1.00") | {"id": "fee-2", "minimum": "50.00"} | outside("0.06"),
        messages("1.00") | {"id": "fee-3", "minimum": "70.00", "tax_rate": "0.06"},
    ]
    fees[2]["tax_included"] = True
    taxes = [line for line in told(*fees) if line[1] == "vat"]
    assert taxes == [("fee-1", "vat", "13.00"), ("fee-2", "vat", "3.00")]


def messages(price: str) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_per_unit", "measure": "message"}
    return terms | {"tiering": "graduated", "tiers": [{"price": price}]}


def test_a_deduction_is_a_share_of_the_fee_without_its_tax() -> None:
    contract = agreement(fixed_fee("1000.00", **outside("0.06")), level(), per_miss("0.05"))
    made = statement(contract, {"level-1": (0, 1)})
    assert [str(line.amount) for line in made.lines] == ["1,000.00", "60.00", "-50.00"]
    assert str(made.total) == "1,010.00"


def test_the_worked_example_of_the_page() -> None:
    page = page_of("vat")
    book = Book().told("2026-10-12 10:00", UsageCounted("message", 333))
    assert [list(line) for line in told(*terms_on(page), book=book)] == rows_under(
        page, "Worked example"
    )
