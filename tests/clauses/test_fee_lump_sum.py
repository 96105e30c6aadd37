"""包干总价 (A41-A51): 100,000.00 for 2026 in an advance, twelve months and a final part."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.settle.fees.by_parts import PartsExceedTotal, PartsMissTotal
from pactdesk.core.settle.quantities.part_prices import PartUnpriced
from pactdesk.core.settle.quantities.payable import PartNameTwice
from pactdesk.core.terms.contract import BlanksRemain
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.money import Money
from tests.support.contracts import agreement, always, amend, settled
from tests.support.reference import page_of, rows_under, terms_on
from tests.support.works import WorkBook, of_clause

Terms = dict[str, Any]

ALL_GATES = ["done", "accepted", "invoice"]


def lump_sum(total: str = "100000.00", **more: Any) -> Terms:
    return {"id": "fee-1", "kind": "fee_lump_sum", "total": total} | more


def usual(gates: list[str] | None = None, **more: Any) -> Terms:
    """20 % upon the documents, 6 % a month, the rest at the end."""
    advance = {"share": "0.2", "event": "documents_received"}
    waits = ALL_GATES if gates is None else gates
    parts = {"advance": advance, "monthly": {"share": "0.06"}, "final": {"share": "1"}}
    return lump_sum(gates=waits, **(parts | more))


def billed(fee: Terms, book: WorkBook, *months: str, end: str = "2026-12-31") -> list[str]:
    contract = agreement(fee, service_hours=always(), end=end)
    return [of_clause(settled(contract, book.facts, month), "fee-1") for month in months]


def reason(fee: Terms, book: WorkBook, month: str, end: str = "2026-12-31") -> str | None:
    """Why the line of the month is zero."""
    contract = agreement(fee, service_hours=always(), end=end)
    line = settled(contract, book.facts, month).lines[0]
    assert line.amount.fen == 0
    return line.trace.inputs[0].label


@pytest.mark.requirement("A43", "A44")
@pytest.mark.parametrize(
    ("event", "told", "when", "amounts_of"),
    [
        ("documents_received", "documents_received", "2026-01-12", ["20,000.00", "0.00"]),
        ("documents_received", "documents_received", "2026-01-31 23:59:59", ["20,000.00", "0.00"]),
        ("documents_received", "documents_received", "2026-02-01 00:00", ["0.00", "20,000.00"]),
        ("documents_received", "signed", "2026-01-12", ["0.00", "0.00"]),
        ("contract_signed", "signed", "2026-02-03", ["0.00", "20,000.00"]),
        # signed before the term begins: with its first month
        ("contract_signed", "signed", "2025-12-20", ["20,000.00", "0.00"]),
    ],
)
def test_the_advance_is_billed_in_the_month_of_its_event(
    event: str, told: str, when: str, amounts_of: list[str]
) -> None:
    fee = usual(advance={"share": "0.2", "event": event})
    assert billed(fee, WorkBook().step(told, when), "2026-01", "2026-02") == amounts_of


@pytest.mark.requirement("A42", "A45", "A46", "A47")
@pytest.mark.parametrize("late", ALL_GATES)
def test_a_month_waits_for_its_last_gate(late: str) -> None:
    book = WorkBook()
    for gate in ALL_GATES:
        book.work("fee-1.2026-03", (gate, "2026-05-04" if gate == late else "2026-03-30"))
    months = ("2026-03", "2026-04", "2026-05", "2026-06")
    assert billed(usual(), book, *months) == ["0.00", "0.00", "6,000.00", "0.00"]


@pytest.mark.requirement("A45", "A46", "A47")
@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([], "awaiting_work"),
        ([("invoice", "2026-01-31")], "awaiting_work"),
        ([("done", "2026-01-31")], "awaiting_acceptance"),
        ([("done", "2026-01-31"), ("refused", "2026-01-31")], "work_refused"),
        ([("done", "2026-01-31"), ("accepted", "2026-01-31")], "awaiting_invoice"),
        # told only after the month
        ([("done", "2026-02-01 00:00"), ("accepted", "2026-01-31")], "awaiting_work"),
    ],
)
def test_a_line_at_zero_tells_which_gate_is_closed(told: list[tuple[str, str]], why: str) -> None:
    book = WorkBook().step("documents_received", "2025-12-30").work("fee-1.2026-01", *told)
    without_advance = {**usual(), "advance": None}
    assert reason(without_advance, book, "2026-01") == why


@pytest.mark.requirement("A44", "A50")
def test_a_line_at_zero_tells_what_else_it_waits_for() -> None:
    assert reason(usual(), WorkBook(), "2026-01") == "awaiting_advance_event"
    instalment = {"name": "second", "day": "2026-06-30", "share": "0.5"}
    later = lump_sum(instalments=[instalment], final={"share": "1"})
    assert reason(later, WorkBook(), "2026-05") == "no_part_yet"
    book = WorkBook().work("fee-1.final", ("done", "2026-12-31"))
    assert reason(later, WorkBook(), "2026-12") == "awaiting_summary"
    assert billed(later, book, "2026-06", "2026-12") == ["50,000.00", "50,000.00"]


@pytest.mark.requirement("A41", "A50", "A51")
def test_a_year_of_punctual_months_makes_the_total() -> None:
    book = WorkBook().step("documents_received", "2026-01-05")
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    for month in months:
        book.ready(f"fee-1.{month}", f"{month}-28")
    book.ready("fee-1.final", "2026-12-31")
    # 20,000 + 6,000; 6,000 …; 6,000 + (100,000 − 20,000 − 12 × 6,000) = 6,000 + 8,000
    expected = ["26,000.00", *["6,000.00"] * 10, "14,000.00"]
    assert billed(usual(), book, *months) == expected


@pytest.mark.requirement("A41", "A51")
@pytest.mark.parametrize(
    ("share", "month", "december"),
    [
        ("0.083333", "8,333.30", "8,333.70"),  # 8,333.30 + 100,000 − 12 × 8,333.30
        ("0.0633333", "6,333.33", "30,333.37"),  # 6,333.33 + 100,000 − 12 × 6,333.33
        ("0", "0.00", "100,000.00"),
    ],
)
def test_the_final_part_takes_what_the_months_leave(share: str, month: str, december: str) -> None:
    fee = lump_sum(monthly={"share": share}, final={"share": "1"})
    book = WorkBook().work("fee-1.final", ("done", "2026-12-31 23:59:59"))
    assert billed(fee, book, "2026-01", "2026-12") == [month, december]


@pytest.mark.requirement("A51")
def test_a_final_share_is_of_the_remaining_fee_alone() -> None:
    fee = lump_sum(monthly={"share": "0.06"}, final={"share": "0.95"}, gates=["done"])
    book = WorkBook().work("fee-1.final", ("done", "2026-12-31"))
    assert billed(fee, book, "2026-12") == ["26,600.00"]  # 0.95 × (100,000 − 72,000)


@pytest.mark.requirement("A54")
@pytest.mark.parametrize(
    ("change", "from_day", "june_gate", "july", "final"),
    [
        # 100,000 − 20,000 − 6 × 6,000 − 6 × 7,000
        ({"monthly": {"share": "0.07"}}, "2026-07-01", "2026-06-30", "7,000.00", "2,000.00"),
        ({"monthly": {"share": "0.07"}}, "2026-07-15", "2026-06-30", "7,000.00", "2,000.00"),
        # billed in August, June costs what then is agreed: … − 5 × 6,000 − 7 × 7,000
        ({"monthly": {"share": "0.07"}}, "2026-07-01", "2026-08-04", "7,000.00", "1,000.00"),
        # 120,000 − 20,000 − 6 × 6,000 − 6 × 7,200
        ({"total": "120000.00"}, "2026-07-01", "2026-06-30", "7,200.00", "20,800.00"),
        # from the first day: 100,000 − 20,000 − 12 × 5,000
        ({"monthly": {"amount": "5000.00"}}, "2026-01-01", "2026-06-30", "5,000.00", "20,000.00"),
        # an advance that was paid stays paid
        ({"advance": None}, "2026-07-01", "2026-06-30", "6,000.00", "8,000.00"),
    ],
)
def test_an_amended_price_is_that_of_what_is_billed_from_its_day_on(
    change: Terms, from_day: str, june_gate: str, july: str, final: str
) -> None:
    fee = usual(["done"])
    contract = amend(
        agreement(fee, service_hours=always()),
        from_day,
        {"op": "replace", "clause": "fee-1", "to": fee | change},
        signed="2025-12-01",
    )
    book = WorkBook().step("documents_received", "2026-01-05")
    for month in range(1, 13):
        day = june_gate if month == 6 else f"2026-{month:02d}-28"
        book.work(f"fee-1.2026-{month:02d}", ("done", day))
    book.work("fee-1.final", ("done", "2026-12-31"))
    found = {
        month: of_clause(settled(contract, book.facts, month), "fee-1")
        for month in ("2026-07", "2026-12")
    }
    december = Money.of(july.replace(",", "")) + Money.of(final.replace(",", ""))
    assert found == {"2026-07": july, "2026-12": str(december)}


@pytest.mark.requirement("A75")
def test_months_after_an_early_end_are_never_owed_and_the_final_part_comes_at_once() -> None:
    fee = lump_sum(monthly={"share": "0.06"}, final={"share": "1"})
    book = WorkBook().step("terminated", "2026-03-10", until="2026-03-31", by="client")
    book.work("fee-1.final", ("done", "2026-03-31"))
    # March ended with the contract; then what the twelve agreed months leave: 28,000
    months = ("2026-02", "2026-03", "2026-04")
    assert billed(fee, book, *months) == ["6,000.00", "34,000.00", "0.00"]


@pytest.mark.requirement("A75")
@pytest.mark.parametrize(
    ("told", "until", "parts"),
    [
        ("2026-03-10", "2026-03-15", ["0.00", "100,000.00", "0.00", "0.00"]),
        ("2026-03-20", "2026-03-15", ["0.00", "100,000.00", "0.00", "0.00"]),  # told afterwards
        ("2026-04-03", "2026-03-15", ["0.00", "0.00", "100,000.00", "0.00"]),  # in a later month
        ("2026-03-10", None, ["0.00", "100,000.00", "0.00", "0.00"]),  # on that very day
        ("2026-03-10", "2026-05-31", ["0.00", "0.00", "0.00", "100,000.00"]),
    ],
)
def test_an_early_end_brings_the_final_part_whenever_it_is_told(
    told: str, until: str | None, parts: list[str]
) -> None:
    book = WorkBook().step("terminated", told, until=until, by="client")
    book.work("fee-1.final", ("done", "2026-03-01"))
    months = ("2026-02", "2026-03", "2026-04", "2026-05")
    assert billed(lump_sum(final={"share": "1"}), book, *months) == parts


@pytest.mark.requirement("A42", "A76")
@pytest.mark.parametrize(
    ("told", "until", "parts"),
    [
        # Ten of March's 31 days: 6,000 × 10 ÷ 31.
        ("2026-03-05", "2026-03-10", ["6,000.00", "1,935.48", "0.00"]),
        ("2026-03-05", "2026-03-30", ["6,000.00", "5,806.45", "0.00"]),
        ("2026-03-05", "2026-03-31", ["6,000.00", "6,000.00", "0.00"]),  # a whole month
        ("2026-03-05", "2026-04-01", ["6,000.00", "6,000.00", "200.00"]),  # one day of April's 30
        ("2026-03-31", "2026-03-10", ["6,000.00", "1,935.48", "0.00"]),  # told on its last day
        ("2026-04-03", "2026-03-10", ["6,000.00", "6,000.00", "0.00"]),  # too late: it was billed
    ],
)
def test_the_month_in_which_the_contract_ended_early_is_paid_by_its_days(
    told: str, until: str, parts: list[str]
) -> None:
    fee = lump_sum(monthly={"share": "0.06"}, final={"share": "1"})
    book = WorkBook().step("terminated", told, until=until, by="client")
    assert billed(fee, book, "2026-02", "2026-03", "2026-04") == parts


def test_the_days_of_a_month_that_was_cut_off_wait_for_its_gates() -> None:
    fee = lump_sum(monthly={"share": "0.06"}, final={"share": "1"}, gates=["accepted"])
    book = WorkBook().step("terminated", "2026-03-05", until="2026-03-10", by="client")
    book.work("fee-1.2026-03", ("accepted", "2026-04-02"))
    assert billed(fee, book, "2026-03", "2026-04") == ["0.00", "1,935.48"]


@pytest.mark.requirement("A42")
@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        # from the 15th: a month ends on the 14th of the next; the last 17 days are none
        ("2026-01-15", "2026-05-31", ["0.00", "6,000.00", "6,000.00", "6,000.00", "6,000.00"]),
        # from the 31st: it ends on 27 February, 30 March, 29 April, 30 May
        ("2026-01-31", "2026-05-30", ["0.00", "6,000.00", "6,000.00", "6,000.00", "6,000.00"]),
        ("2026-01-01", "2026-04-29", ["6,000.00", "6,000.00", "6,000.00", "0.00"]),
    ],
)
def test_months_are_counted_from_the_first_day(start: str, end: str, parts: list[str]) -> None:
    fee = lump_sum(monthly={"share": "0.06"}, final={"share": "1"})
    contract = agreement(fee, service_hours=always(), start=start, end=end)
    months = [f"2026-{month:02d}" for month in range(1, len(parts) + 1)]
    assert [of_clause(settled(contract, (), month), "fee-1") for month in months] == parts


@pytest.mark.requirement("E75")
def test_dated_instalments_without_a_final_part_make_the_total() -> None:
    names = ("first", "second", "third")
    days = ("2026-01-31", "2026-04-30", "2026-07-31")
    parts = [
        {"name": name, "day": day, "share": share}
        for name, day, share in zip(names, days, ["0.333335", "0.333335", "0.33333"], strict=True)
    ]
    fee = lump_sum("1000.01", instalments=parts)
    # 333.338… twice, then 1,000.01 − 2 × 333.34
    months = ("2026-01", "2026-04", "2026-07")
    assert billed(fee, WorkBook(), *months) == ["333.34", "333.34", "333.33"]


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"monthly": {"share": "0.06"}}, PartsMissTotal),  # 72 % and nothing after it
        ({}, PartsMissTotal),
        ({"monthly": {"share": "0.09"}, "final": {"share": "1"}}, PartsExceedTotal),  # 108 %
        ({"monthly": {}, "final": {"share": "1"}}, PartUnpriced),
        ({"monthly": {"share": "0.01", "amount": "5.00"}, "final": {"share": "1"}}, PartUnpriced),
        (
            {
                "instalments": [
                    {"name": "final", "day": "2026-05-01", "share": "0.1"},
                ],
                "final": {"share": "1"},
            },
            PartNameTwice,
        ),
    ],
)
def test_parts_that_do_not_fit_are_refused(parts: Terms, error: type[PactError]) -> None:
    with pytest.raises(error):
        billed(lump_sum(**parts), WorkBook(), "2026-01")


def test_a_blank_share_is_refused_before_anything_is_counted() -> None:
    fee = usual(monthly={"share": {"blank": "____"}})
    with pytest.raises(BlanksRemain):
        billed(fee, WorkBook(), "2026-01")


@pytest.mark.requirement("A42", "A43", "A44", "A45", "A46", "A47")
def test_the_page_says_what_each_month_costs() -> None:
    page = page_of("fee_lump_sum")
    contract = agreement(*terms_on(page), service_hours=always())
    book = WorkBook().step("documents_received", "2026-01-12")
    book.ready("fee-1.2026-01", "2026-01-30")
    book.work("fee-1.2026-02", ("done", "2026-02-27"), ("refused", "2026-02-28"))
    book.work("fee-1.2026-02", ("accepted", "2026-03-03"), ("invoice", "2026-03-05"))
    book.ready("fee-1.2026-03", "2026-03-31")
    book.work("fee-1.2026-04", ("done", "2026-04-30"), ("accepted", "2026-04-30"))
    for month, _, amount in rows_under(page, "Worked example"):
        line = settled(contract, book.facts, month).lines[0]
        assert str(line.amount).replace(",", "") == amount, month
