"""考核、整改、连续未达标、暂停服务 (E19, E21, E22, B23, E33), from the facts of several months."""

from __future__ import annotations

import pytest

from tests.support.contracts import (
    agreement,
    assessment,
    fixed_fee,
    level,
    payment,
    settled,
    suspension,
)
from tests.support.facts import Book

CONTRACT = agreement(
    fixed_fee("31416.00"),
    level(target="0.90"),
    payment("working_days_after", 10, "invoice_received"),
    assessment(remediation={"n": 5, "unit": "working_day"}, consecutive_misses=3),
    suspension(30),
)


def october(answered_late: bool, *before: str) -> Book:
    """October with one answer, after months with these verdicts, the oldest first."""
    book = Book().asked(
        "i-1", "2026-10-12 10:00:00", f"2026-10-12 10:0{1 if answered_late else 0}:00"
    )
    for n, verdict in enumerate(reversed(before), start=1):
        book.issued(f"2026-{10 - n:02d}", 1, f"2026-{11 - n:02d}-02 09:00", {"level-1": verdict})
    return book


@pytest.mark.requirement("E19", "E21", "E22")
@pytest.mark.parametrize(
    ("late", "before", "rights"),
    [
        (False, ["missed", "missed"], []),
        (True, [], [("remediation", 1)]),
        (True, ["missed"], [("remediation", 1)]),
        (True, ["missed", "missed"], [("remediation", 1), ("termination", 3)]),
        (True, ["missed", "missed", "missed"], [("remediation", 1), ("termination", 4)]),
        (True, ["missed", "met", "missed"], [("remediation", 1)]),
        (True, ["missed", "undetermined", "missed"], [("remediation", 1), ("termination", 3)]),
    ],
)
def test_a_missed_month_gives_the_client_these_rights(
    late: bool, before: list[str], rights: list[tuple[str, int]]
) -> None:
    made = settled(CONTRACT, october(late, *before).facts)
    assert [(str(right.kind), right.count) for right in made.rights] == rights


@pytest.mark.requirement("E22")
@pytest.mark.parametrize(
    ("late", "before", "count"),
    [
        (True, ["missed", "met", "missed", "met"], 3),  # October, September's miss and July's
        (True, ["met", "missed", "met", "met"], None),
        (False, ["missed", "missed", "missed"], None),  # October itself was met
    ],
)
def test_three_missed_months_within_a_year_are_enough(
    late: bool, before: list[str], count: int | None
) -> None:
    contract = agreement(fixed_fee("1.00"), level(target="0.90"), assessment(misses_in_year=3))
    made = settled(contract, october(late, *before).facts)
    assert [right.count for right in made.rights] == ([] if count is None else [count])
    told = made.assessed[0].to_plain()
    assert ("misses_in_year" in told) is late


@pytest.mark.requirement("B20", "B23", "E33")
@pytest.mark.parametrize(
    ("invoiced", "paid", "rights"),
    [
        ("2026-08-31 10:00", None, [("suspension", 47, "2026-10-15")]),  # due on 14 September
        ("2026-09-16 10:00", None, [("suspension", 31, "2026-10-31")]),  # due on 30 September
        ("2026-09-17 10:00", None, []),  # due on 8 October, after the holidays: 23 days
        ("2026-08-31 10:00", "2026-10-31 23:00", []),
        (None, None, []),  # without an invoice nothing is overdue
    ],
)
def test_arrears_of_more_than_thirty_days_let_the_provider_suspend(
    invoiced: str | None, paid: str | None, rights: list[tuple[str, int, str]]
) -> None:
    book = Book().issued("2026-08", 3_141_600, "2026-09-01 09:00", {"level-1": "met"})
    if invoiced:
        book.invoiced("2026-08", invoiced)
    if paid:
        book.paid("2026-08", 3_141_600, paid)
    made = settled(CONTRACT, book.facts)
    told = [(str(right.kind), right.count, right.since.isoformat()) for right in made.rights]
    assert told == rights
