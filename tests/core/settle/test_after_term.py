"""What is still settled when the term is over: debts, final parts, deposits, late fees."""

from __future__ import annotations

import pytest

from pactdesk.core.settle.statement import Statement
from pactdesk.core.settle.stretches import OutsideTerm
from tests.support.contracts import (
    agreement,
    always,
    amend,
    amounts,
    change,
    fixed_fee,
    late_fee,
    level,
    payment,
    settled,
)
from tests.support.works import WorkBook, of_clause

LUMP = {
    "id": "fee-2",
    "kind": "fee_lump_sum",
    "total": "10000.00",
    "monthly": {"share": "0.09"},
    "final": {"share": "1"},
    "gates": ["invoice"],
}


def shown(statement: Statement) -> list[tuple[str, str | None, str]]:
    """(clause, days, amount) of every line."""
    return [
        (line.clause, None if line.days is None else str(line.days), str(line.amount))
        for line in statement.lines
    ]


@pytest.mark.requirement("A50", "A75")
def test_a_month_after_the_term_holds_only_what_lasts() -> None:
    contract = agreement(
        fixed_fee(), LUMP, level(), late_fee(), service_hours=always(), end="2026-09-30"
    )
    book = WorkBook().work("fee-2.final", ("done", "2026-10-12"), ("invoice", "2026-11-03"))
    october, november = (settled(contract, book.facts, month) for month in ("2026-10", "2026-11"))
    assert amounts(october) == {"fee-2": "0.00", "late-1": "0.00"}
    # nine months of 900.00 were agreed; 10,000 − 8,100
    assert amounts(november) == {"fee-2": "1,900.00", "late-1": "0.00"}
    assert october.measured.levels == ()
    assert october.measured.open_ms == 0
    assert october.assessed == ()
    assert october.to_plain()["seat_time"] == {"by_agent": {}, "unpaired": []}


@pytest.mark.requirement("A75")
def test_the_days_after_the_term_of_its_last_month_are_lines_of_their_own() -> None:
    contract = agreement(
        fixed_fee("3100.00"), LUMP, late_fee(), service_hours=always(), end="2026-10-20"
    )
    book = WorkBook().work("fee-2.final", ("done", "2026-10-21"), ("invoice", "2026-10-21"))
    assert shown(settled(contract, book.facts, "2026-10")) == [
        ("fee-1", "2026-10-01..2026-10-20", "2,000.00"),
        ("fee-2", "2026-10-01..2026-10-20", "0.00"),
        ("fee-2", "2026-10-21..2026-10-31", "1,900.00"),
        ("late-1", "2026-10-01..2026-10-20", "0.00"),
        ("late-1", "2026-10-21..2026-10-31", "0.00"),
    ]


@pytest.mark.requirement("A36")
def test_a_debt_goes_on_costing_after_the_term() -> None:
    contract = agreement(
        fixed_fee(), late_fee(), payment("calendar_days_after", 10), service_hours=always(),
        end="2026-09-20",
    )  # fmt: skip
    book = WorkBook().issued("2026-07", 1_000_000, "2026-08-01 09:00")  # due 10 August
    by_month = {
        month: of_clause(settled(contract, book.facts, month), "late-1")
        for month in ("2026-08", "2026-09", "2026-10")
    }
    # 10,000.00 × 0.0005 for 21, 30 (20 and 10, in two lines), 31 days
    assert by_month == {"2026-08": "105.00", "2026-09": "150.00", "2026-10": "155.00"}


@pytest.mark.requirement("A75")
def test_tax_comes_on_a_final_part_after_the_term() -> None:
    taxed = LUMP | {"tax_rate": "0.06", "tax_included": False, "gates": []}
    also = fixed_fee(tax_rate="0.06", tax_included=False)
    contract = agreement(also, taxed, service_hours=always(), end="2026-09-30")
    book = WorkBook().work("fee-2.final", ("done", "2026-10-12"))
    kinds = [(line.kind, str(line.amount)) for line in settled(contract, book.facts).lines]
    assert kinds == [("fee_lump_sum", "1,900.00"), ("vat", "114.00")]


@pytest.mark.requirement("A75", "A76")
def test_the_last_statement_clears_what_both_owe() -> None:
    deposit = {
        "id": "deposit-1",
        "kind": "deposit",
        "amount": "2500.00",
        "paid_by": "client",
        "returned_after": {"n": 7, "unit": "day"},
    }
    contract = agreement(
        LUMP, deposit, late_fee(), payment(n=10), service_hours=always(), end="2026-09-30"
    )
    book = WorkBook().work("fee-2.final", ("done", "2026-10-09"), ("invoice", "2026-10-09"))
    book.issued("2026-08", 90_000, "2026-09-01 09:00")  # due 14 September, paid on 9 October
    book.paid("2026-08", 90_000, "2026-10-09 10:00")
    last = settled(contract, book.facts, "2026-10")
    # the final part, less the deposit, with 900.00 × 0.0005 × the 8 days before the payment
    assert amounts(last) == {"fee-2": "1,900.00", "deposit-1": "-2,500.00", "late-1": "3.60"}
    assert str(last.total) == "-596.40"
    assert {line.clause for line in settled(contract, book.facts, "2026-11").lines} == {
        "fee-2",
        "deposit-1",
        "late-1",
    }
    assert settled(contract, book.facts, "2026-11").total.fen == 0


def test_without_anything_that_lasts_there_is_no_statement_after_the_term() -> None:
    taxed = fixed_fee(tax_rate="0.06", tax_included=False)
    contract = agreement(taxed, service_hours=always(), end="2026-09-30")
    with pytest.raises(OutsideTerm):
        settled(contract, (), "2026-10")
    with pytest.raises(OutsideTerm):
        settled(agreement(fixed_fee(), LUMP, start="2026-11-01"), (), "2026-10")


def test_a_tax_after_the_term_needs_no_word_of_how_it_is_judged() -> None:
    taxed = {
        "id": "fee-2",
        "kind": "fee_base_performance",
        "headcount": 1,
        "base_amount": "4000.00",
        "performance_amount": "1000.00",
        "level": "level-1",
        "bands": [{"reached": "0", "payable": "1"}],
        "unjudged": "in_full",
        "tax_rate": "0.06",
        "tax_included": False,
    }
    contract = agreement(level(), taxed, late_fee(), payment(), end="2026-10-05")
    contract = amend(contract, "2026-10-13", change(always()))
    taxes = [line for line in settled(contract, (), "2026-10").lines if line.kind == "vat"]
    assert [str(line.days) for line in taxes] == [
        "2026-10-01..2026-10-05",
        "2026-10-06..2026-10-12",
        "2026-10-13..2026-10-31",
    ]
    assert [line.judged for line in taxes] == [None, None, None]
