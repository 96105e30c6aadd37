"""A month in which terms change (A68, E82): fees by days, levels as the amendment says."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.names import ContractEvent, Party
from pactdesk.core.settle.statement import Statement
from pactdesk.core.settle.stretches import JudgingDisagrees, JudgingOpen, OutsideTerm
from tests.support.contracts import (
    agreement,
    always,
    amend,
    change,
    deduction_cap,
    fixed_fee,
    headcount_fee,
    late_fee,
    level,
    payment,
    per_miss,
    per_point,
    settled,
)
from tests.support.facts import Book

Said = tuple[str, str, str]
"""clause, days ("" for the whole month), amount"""

FIRST, SECOND = "2026-10-01|2026-10-15", "2026-10-16|2026-10-31"


def said(statement: Statement) -> list[Said]:
    found = []
    for line in statement.lines:
        days = line.to_plain().get("days", "")
        found.append((line.clause, str(days), str(line.amount)))
    return found


def judged(statement: Statement) -> list[tuple[str, str, str, int]]:
    found = []
    for each in statement.assessed:
        days = str(each.to_plain().get("days", ""))
        found.append((days, each.verdict.value, str(each.value), int(each.target * 100)))
    return found


def chats() -> Book:
    """Eight of ten in time in the first half of October, ten of ten in the second: 18 of 20."""
    book = Book()
    for n in range(10):
        late = "50" if n < 2 else "20"
        book.asked(f"one-{n}", f"2026-10-09 10:{n:02}:00", f"2026-10-09 10:{n:02}:{late}")
        book.asked(f"two-{n}", f"2026-10-20 10:{n:02}:00", f"2026-10-20 10:{n:02}:20")
    return book


@pytest.mark.requirement("A54", "E14")
def test_a_fee_that_changes_is_divided_by_days() -> None:
    contract = amend(agreement(fixed_fee("31000.00")), "2026-10-16", change(fixed_fee("40000.00")))
    # 31,000 × 15/31 = 15,000; 40,000 × 16/31 = 20,645.161…
    assert said(settled(contract)) == [
        ("fee-1", FIRST, "15,000.00"),
        ("fee-1", SECOND, "20,645.16"),
    ]
    assert said(settled(contract, month="2026-09")) == [("fee-1", "", "31,000.00")]
    assert said(settled(contract, month="2026-11")) == [("fee-1", "", "40,000.00")]


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2026-02-28", "2026-02-28|2026-02-28", "100.00"),  # the last of 28 days: 2,800/28
        ("2026-02-01", "", "2,800.00"),  # from the first of a month: nothing is divided
        ("2028-02-29", "2028-02-29|2028-02-29", "96.55"),  # 2,800/29 = 96.5517…
        ("2026-10-31", "2026-10-31|2026-10-31", "90.32"),  # 2,800/31 = 90.3225…
    ],
)
def test_month_ends_and_the_leap_day(day: str, days: str, expected: str) -> None:
    contract = agreement(fixed_fee("1.00"), service_hours=always(), end="2028-12-31")
    contract = amend(contract, day, change(fixed_fee("2800.00")), signed="2026-01-01")
    assert said(settled(contract, month=day[:7]))[-1] == ("fee-1", days, expected)


def test_what_is_equal_on_both_sides_is_settled_whole() -> None:
    contract = agreement(fixed_fee("31000.00"), level(), per_point(), late_fee(), payment())
    contract = amend(contract, "2026-10-16", change(late_fee("0.0003")))
    assert said(settled(contract, chats().facts)) == [
        ("fee-1", "", "31,000.00"),
        ("deduction-1", "", "0.00"),
        ("late-1", FIRST, "0.00"),
        ("late-1", SECOND, "0.00"),
    ]


def test_added_and_repealed_clauses_stand_for_their_days() -> None:
    contract = amend(
        agreement(fixed_fee("31000.00")),
        "2026-10-16",
        {"op": "repeal", "clause": "fee-1"},
        {"op": "add", "clause": "fee-2", "to": fixed_fee("62000.00", id="fee-2")},
    )
    assert said(settled(contract)) == [
        ("fee-1", FIRST, "15,000.00"),
        ("fee-2", SECOND, "32,000.00"),
    ]


JUDGED: list[tuple[str, list[Any], list[Said]]] = [
    # 18/20 = 0.90 against the old target of 0.90: met.
    ("old", [("", "met", "9/10", 90)], [("deduction-1", "", "0.00")]),
    # Against the new one of 0.95: five points, 10 % of 31,000.
    ("new", [("", "missed", "9/10", 95)], [("deduction-1", "", "-3,100.00")]),
    # 8/10 against 0.90: ten points, 20 % of the stretch's fee of 15,000; 10/10 is met.
    (
        "separate",
        [(FIRST, "missed", "4/5", 90), (SECOND, "met", "1", 95)],
        [("deduction-1", FIRST, "-3,000.00"), ("deduction-1", SECOND, "0.00")],
    ),
    # The whole month both ways: 0 × 15/31, and 3,100 × 16/31 = 1,600.
    (
        "weighted",
        [(FIRST, "met", "9/10", 90), (SECOND, "missed", "9/10", 95)],
        [("deduction-1", FIRST, "0.00"), ("deduction-1", SECOND, "-1,600.00")],
    ),
]


@pytest.mark.requirement("A54")
@pytest.mark.parametrize(("word", "verdicts", "lines"), JUDGED, ids=[each[0] for each in JUDGED])
def test_a_level_that_changes_is_judged_as_the_amendment_says(
    word: str, verdicts: list[Any], lines: list[Said]
) -> None:
    contract = agreement(fixed_fee("31000.00"), level(), per_point())
    contract = amend(contract, "2026-10-16", change(level(target="0.95"), judged=word))
    statement = settled(contract, chats().facts)
    assert judged(statement) == verdicts
    assert said(statement) == [("fee-1", "", "31,000.00"), *lines]
    assert {each.get("judged") for each in statement.to_plain()["levels"]} == {word}


def test_a_cap_of_a_stretch_is_that_of_its_fee() -> None:
    # Twenty percent of 15,000 would be 3,000; capped at ten percent of 15,000.
    contract = agreement(fixed_fee("31000.00"), level(), per_point(cap="0.10"))
    contract = amend(contract, "2026-10-16", change(level(target="0.95"), judged="separate"))
    assert said(settled(contract, chats().facts))[1] == ("deduction-1", FIRST, "-1,500.00")


def test_a_changed_deduction_of_an_unchanged_level_needs_the_word_too() -> None:
    contract = agreement(fixed_fee("31000.00"), level(target="0.95"), per_miss("0.01"))
    dearer = amend(contract, "2026-10-16", change(per_miss("0.02"), judged="weighted"))
    # 0.90 is missed: 310 × 15/31 = 150; 620 × 16/31 = 320.
    assert said(settled(dearer, chats().facts))[1:] == [
        ("deduction-1", FIRST, "-150.00"),
        ("deduction-1", SECOND, "-320.00"),
    ]
    assert judged(settled(dearer, chats().facts)) == [("", "missed", "9/10", 95)]
    with pytest.raises(JudgingOpen) as refused:
        settled(amend(contract, "2026-10-16", change(per_miss("0.02"))), chats().facts)
    assert (refused.value.clause, refused.value.day) == ("deduction-1", "2026-10-16")


def test_silence_is_an_open_point_only_in_the_month_that_needs_the_word() -> None:
    contract = agreement(fixed_fee("31000.00"), level(), per_point())
    contract = amend(contract, "2026-10-16", change(level(target="0.95")))
    settled(contract, chats().facts, month="2026-09")
    with pytest.raises(JudgingOpen) as refused:
        settled(contract, chats().facts)
    assert refused.value.clause == "level-1"
    settled(contract, chats().facts, month="2026-11")


def test_two_changes_that_say_different_words_are_refused() -> None:
    contract = agreement(fixed_fee("31000.00"), level(), per_point())
    contract = amend(
        contract,
        "2026-10-16",
        change(level(target="0.95"), judged="old"),
        change(per_point(rate="0.01"), judged="new"),
    )
    with pytest.raises(JudgingDisagrees):
        settled(contract, chats().facts)


def test_other_service_hours_concern_the_levels_and_the_seat_hours() -> None:
    contract = agreement(headcount_fee(1, "10.00"), level(), per_miss())
    longer = change(always(), judged="separate")
    statement = settled(amend(contract, "2026-10-16", longer), chats().facts)
    # Half a day on 8, 9, 10 (make-up), 12 … 15 October: 7 × 7.5 h; then 16 × 24 h.
    assert statement.measured.open_ms == (7 * 15 * 1_800_000) + 16 * 86_400_000
    assert [each[:2] for each in said(statement)] == [
        ("fee-1", FIRST),
        ("fee-1", SECOND),
        ("deduction-1", FIRST),
        ("deduction-1", SECOND),
    ]


def test_seat_hours_of_each_price_are_those_of_its_days() -> None:
    book = Book().seated("ann", "2026-10-09 09:00", "2026-10-09 12:00")
    book.seated("ann", "2026-10-20 09:00", "2026-10-20 11:00")
    contract = agreement(headcount_fee(1, "10.00"))
    contract = amend(contract, "2026-10-16", change(headcount_fee(1, "20.00")))
    statement = settled(contract, book.facts)
    assert said(statement) == [("fee-1", FIRST, "30.00"), ("fee-1", SECOND, "40.00")]
    assert statement.measured.seat_time.total_ms == 5 * 3_600_000


def test_a_common_cap_looks_at_the_whole_month() -> None:
    contract = agreement(fixed_fee("31000.00"), level(), per_point(), deduction_cap("0.05"))
    contract = amend(contract, "2026-10-16", change(level(target="0.95"), judged="separate"))
    # 3,000 were deducted, 5 % of 31,000 is 1,550.
    assert said(settled(contract, chats().facts))[-1] == ("cap-1", "", "1,450.00")


def test_a_contract_that_begins_or_ends_inside_a_month_settles_its_part() -> None:
    contract = agreement(fixed_fee("31000.00"), level(), per_miss(), start="2026-10-16")
    statement = settled(contract, chats().facts)
    assert said(statement) == [("fee-1", SECOND, "16,000.00"), ("deduction-1", SECOND, "0.00")]
    assert judged(statement) == [(SECOND, "met", "1", 90)]
    assert statement.to_plain()["period"] == "2026-10"


def test_an_amendment_can_make_the_term_longer_or_end_it() -> None:
    contract = agreement(fixed_fee("31000.00"), end="2026-10-15")
    period = {"id": "period-1", "kind": "period", "start": "2026-01-01", "end": "2026-12-31"}
    longer = amend(contract, "2026-10-15", change(period))
    assert said(settled(longer)) == [("fee-1", "", "31,000.00")]
    assert said(settled(contract)) == [("fee-1", FIRST, "15,000.00")]
    with pytest.raises(OutsideTerm):
        settled(contract, month="2026-11")


def test_what_was_billed_stays_due_as_it_was_agreed_then() -> None:
    slower = change(payment("calendar_days_after", 60))
    contract = amend(agreement(fixed_fee(), payment()), "2026-10-01", slower)
    book = Book().issued("2026-09", 100, "2026-10-02 10:00")
    (earlier,) = settled(contract, book.facts, month="2026-10").ledger
    (unchanged,) = settled(agreement(fixed_fee(), payment()), book.facts, month="2026-10").ledger
    assert earlier.due_on == unchanged.due_on


def test_a_cap_that_changes_divides_what_was_deducted_by_days() -> None:
    # 0.90 of 0.95 is missed: 2 % of 31,000 is 620. Of it 300 in the first 15 days, 320 in the
    # other 16. One percent of 15,000 is 150, so 150 come back; two percent of 16,000 is 320.
    contract = agreement(
        fixed_fee("31000.00"), level(target="0.95"), per_miss("0.02"), deduction_cap("0.01")
    )
    contract = amend(contract, "2026-10-16", change(deduction_cap("0.02"), judged="separate"))
    assert said(settled(contract, chats().facts))[1:] == [
        ("deduction-1", "", "-620.00"),
        ("cap-1", FIRST, "150.00"),
        ("cap-1", SECOND, "0.00"),
    ]


def test_a_contract_that_ended_early_settles_to_its_last_day() -> None:
    ended = ContractStep(ContractEvent.TERMINATED, Party.CLIENT, "agreement", "2026-10-15")
    book = chats().told("2026-10-12 10:00", ended)
    statement = settled(agreement(fixed_fee("31000.00"), level(), per_miss()), book.facts)
    assert said(statement) == [("fee-1", FIRST, "15,000.00"), ("deduction-1", FIRST, "-750.00")]
    with pytest.raises(OutsideTerm):
        settled(agreement(fixed_fee("31000.00")), book.facts, month="2026-11")


@pytest.mark.requirement("B17")
def test_a_renewed_contract_goes_on() -> None:
    renewed = ContractStep(ContractEvent.RENEWED, until="2027-12-31")
    book = Book().told("2026-12-20 10:00", renewed)
    contract = agreement(fixed_fee("31000.00"), service_hours=always(), end="2026-12-31")
    assert said(settled(contract, book.facts, month="2026-12")) == [("fee-1", "", "31,000.00")]
    assert said(settled(contract, book.facts, month="2027-01")) == [("fee-1", "", "31,000.00")]
    with pytest.raises(OutsideTerm):
        settled(contract, month="2027-01")
