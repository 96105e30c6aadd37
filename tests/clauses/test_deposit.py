"""押金 (PRACTICE 2): lodged when the term begins, given back after its end unless forfeited."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.contracts import agreement, always, fixed_fee, settled
from tests.support.reference import page_of, rows_under, terms_on
from tests.support.works import WorkBook, of_clause

Terms = dict[str, Any]


def deposit(n: int = 7, unit: str = "day", **more: Any) -> Terms:
    terms: Terms = {"id": "deposit-1", "kind": "deposit", "amount": "5000.00", "paid_by": "client"}
    return terms | {"returned_after": {"n": n, "unit": unit}} | more


def moved(
    clause: Terms, book: WorkBook, *months: str, start: str = "2026-01-01", end: str = "2026-10-20"
) -> list[str]:
    contract = agreement(clause, service_hours=always(), start=start, end=end)
    return [of_clause(settled(contract, book.facts, month), "deposit-1") for month in months]


@pytest.mark.parametrize(
    ("paid_by", "asked", "back"),
    [("client", "5,000.00", "-5,000.00"), ("provider", "-5,000.00", "5,000.00")],
)
def test_it_is_asked_for_at_the_beginning_and_given_back_after_the_end(
    paid_by: str, asked: str, back: str
) -> None:
    clause = deposit(paid_by=paid_by)
    months = ("2026-01", "2026-02", "2026-09", "2026-10")
    assert moved(clause, WorkBook(), *months) == [asked, "0.00", "0.00", back]


@pytest.mark.parametrize(
    ("n", "unit", "end", "in_month"),
    [
        (7, "day", "2026-09-20", "2026-09"),
        (10, "day", "2026-09-20", "2026-09"),  # Wednesday the 30th
        (11, "day", "2026-09-20", "2026-10"),  # 1 October, then moved to the 8th
        (6, "working_day", "2026-09-20", "2026-09"),  # 21 to 25, and the 28th; the 20th is worked
        (9, "working_day", "2026-09-20", "2026-10"),  # 30 September is the 8th
        (1, "month", "2026-01-31", "2026-02"),  # 28 February, a worked Saturday
        (1, "month", "2026-08-31", "2026-09"),
    ],
)
def test_the_day_of_return_is_counted_as_the_civil_code_says(
    n: int, unit: str, end: str, in_month: str
) -> None:
    clause = deposit(n, unit)
    if in_month == end[:7]:
        assert moved(clause, WorkBook(), in_month, start="2025-09-01", end=end) == ["-5,000.00"]
    else:
        last = end[:7]
        assert moved(clause, WorkBook(), last, start="2025-09-01", end=end) == ["0.00"]
        assert moved(clause, WorkBook(), in_month, start="2025-09-01", end=end) == ["-5,000.00"]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ([], "5,000.00"),
        ([("paid", "2025-12-30", 500000)], "0.00"),
        ([("paid", "2025-12-30", 200000), ("paid", "2026-01-10", 100000)], "2,000.00"),
        ([("paid", "2026-01-10", 600000)], "0.00"),
        ([("paid", "2026-02-10", 500000)], "5,000.00"),  # the payment of the statement
    ],
)
def test_what_was_lodged_before_is_not_asked_for_again(
    told: list[tuple[str, str, int]], asked: str
) -> None:
    book = WorkBook()
    for event, day, fen in told:
        book.deposit(event, day, fen)
    assert moved(deposit(), book, "2026-01") == [asked]


@pytest.mark.parametrize(
    ("what", "by", "agreed", "kept", "back"),
    [
        (None, "client", True, 0, "-5,000.00"),
        ("unlawful_use", "client", True, 0, "0.00"),
        ("unlawful_use", "client", True, 200000, "-3,000.00"),
        ("unlawful_use", "client", True, 900000, "0.00"),  # never more than the amount
        ("unlawful_use", "client", False, 200000, "-5,000.00"),  # the other side did not agree
        ("unlawful_use", "provider", True, 200000, "-5,000.00"),  # the other's own fault
        ("late_forecast", "client", True, 200000, "-5,000.00"),  # not one that was agreed on
    ],
)
def test_it_is_kept_for_an_agreed_incident_alone(
    what: str | None, by: str, agreed: bool, kept: int, back: str
) -> None:
    book = WorkBook()
    if what is not None:
        book.incident(what, "2026-05-06", by=by, agreed=agreed)
    if kept:
        book.deposit("forfeited", "2026-05-07", kept)
    assert moved(deposit(forfeited_for=["unlawful_use"]), book, "2026-10") == [back]


def test_what_was_given_back_already_is_not_given_twice() -> None:
    book = WorkBook().deposit("returned", "2026-10-21", 500000)
    assert moved(deposit(), book, "2026-10", end="2026-10-20") == ["0.00"]


def test_an_early_end_brings_it_back_early() -> None:
    book = WorkBook().step("terminated", "2026-06-10", until="2026-06-15", by="client")
    months = ("2026-05", "2026-06", "2026-07", "2026-10")
    assert moved(deposit(), book, *months) == ["0.00", "-5,000.00", "0.00", "0.00"]


def test_an_end_that_is_told_late_brings_it_back_late_and_once() -> None:
    book = WorkBook().step("terminated", "2026-08-05", until="2026-06-15", by="client")
    months = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
    assert moved(deposit(), book, *months) == ["0.00", "0.00", "-5,000.00", "0.00", "0.00"]


def test_a_renewal_keeps_it_longer() -> None:
    book = WorkBook().step("renewed", "2026-09-30", until="2027-10-20")
    assert moved(deposit(), book, "2026-10") == ["0.00"]


def test_the_balance_stands_in_the_trace_of_every_month() -> None:
    book = WorkBook().deposit("paid", "2026-02-09", 500000).deposit("forfeited", "2026-03-09", 1)
    contract = agreement(deposit(), service_hours=always())
    for month, held in (("2026-02", "5000"), ("2026-03", "499999/100")):
        (line,) = settled(contract, book.facts, month).to_plain()["lines"]
        nothing, balance = line["trace"]["inputs"][0]["inputs"]
        assert (nothing["label"], balance["of"]) == ("deposit_kept", "deposit_balance|deposit-1")
        assert balance["value"] == held


def test_it_is_no_part_of_the_fee() -> None:
    contract = agreement(fixed_fee("1000.00"), deposit(), service_hours=always())
    lines = settled(contract, (), "2026-01").lines
    assert [line.kind for line in lines] == ["fee_fixed", "deposit"]
    assert not any(line.kind.startswith("fee_") for line in lines if line.clause == "deposit-1")


def test_the_page_says_what_moves() -> None:
    page = page_of("deposit")
    book = WorkBook().deposit("paid", "2026-02-09", 500000)
    (clause,) = terms_on(page)
    for month, _, amount in rows_under(page, "Worked example"):
        assert moved(clause, book, month)[0].replace(",", "") == amount, month
    book.incident("unlawful_use", "2026-05-06")
    assert moved(clause, book, "2026-10") == ["0.00"]
    book.deposit("forfeited", "2026-05-07", 200000)
    assert moved(clause, book, "2026-10") == ["-3,000.00"]
