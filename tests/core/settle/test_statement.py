"""The statement: lines that add up, each with its trace; and what it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.measure.level import Level, Standing
from pactdesk.core.settle.statement import NotWholeMonth, StatementWithheld, settle
from pactdesk.core.settle.stretches import OutsideTerm
from pactdesk.core.terms.contract import BlanksRemain, ClauseMissing, ClauseNotSingle, Contract
from pactdesk.core.terms.text import TermsInvalid, contract_from_plain, contract_to_plain
from pactdesk.core.units.money import FenNotWhole
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarNotPublished
from tests.support.contracts import (
    PINS,
    agreement,
    amounts,
    deduction_cap,
    fixed_fee,
    headcount_fee,
    late_fee,
    level,
    measured,
    per_miss,
    per_point,
    settled,
)
from tests.support.facts import Book
from tests.support.months import a_month, statement


def test_every_money_clause_has_its_line_in_order_also_at_zero() -> None:
    contract = agreement(
        late_fee(),
        deduction_cap("0.10"),
        per_miss(),
        level(),
        headcount_fee(2, "38.00") | {"id": "fee-2"},
        fixed_fee(),
    )
    made = statement(contract)
    assert [(line.number, line.kind, line.clause) for line in made.lines] == [
        (1, "fee_fixed", "fee-1"),
        (2, "fee_headcount_hours", "fee-2"),
        (3, "deduction", "deduction-1"),
        (4, "deduction_cap", "cap-1"),
        (5, "late_fee", "late-1"),
    ]
    assert made.total.fen == sum(line.amount.fen for line in made.lines) == 3_141_600
    assert made.number == "c-1-2026-10"


def with_blank(contract: Contract, index: int, field: str) -> Contract:
    plain = contract_to_plain(contract)
    plain["clauses"][index][field] = {"blank": "____"}
    return contract_from_plain(plain)


def test_nothing_is_settled_while_a_blank_is_open() -> None:
    contract = agreement(fixed_fee())
    month = a_month(contract)
    with pytest.raises(BlanksRemain) as refused:
        settle(with_blank(contract, 2, "amount"), month, (), PINS)
    assert refused.value.facts == {"count": 1, "first": "fee-1.amount"}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-10-01", "2026-10-31", "31,416.00"),
        ("2026-10-02", "2026-12-31", "30,402.58"),  # 30/31: 30,402.5806…
        ("2026-01-01", "2026-10-30", "30,402.58"),
        ("2026-10-31", "2026-10-31", "1,013.42"),  # 1/31: 1,013.4193…
        ("2026-11-01", "2026-12-31", None),
        ("2025-01-01", "2026-09-30", None),
    ],
)
def test_only_days_inside_the_term_are_settled(start: str, end: str, expected: str | None) -> None:
    contract = agreement(fixed_fee(), start=start, end=end)
    if expected is None:
        with pytest.raises(OutsideTerm):
            settled(contract)
    else:
        assert amounts(settled(contract)) == {"fee-1": expected}


@pytest.mark.parametrize(
    ("first", "end"),
    [("2026-10-01", "2026-10-31"), ("2026-10-02", "2026-11-01"), ("2026-09-01", "2026-11-01"),
     ("2026-10-15", "2026-11-15")],
)  # fmt: skip
def test_a_statement_is_for_one_calendar_month(first: str, end: str) -> None:
    contract = agreement(fixed_fee())
    month = a_month(contract)
    wrong = Period(date.fromisoformat(first), date.fromisoformat(end))
    odd = type(month)(wrong, month.levels, month.seat_time, month.open_ms)
    with pytest.raises(NotWholeMonth):
        settle(contract, odd, (), PINS)


def test_a_month_whose_calendar_is_not_published_is_not_measured() -> None:
    contract = agreement(fixed_fee(), level(), end="2027-12-31")
    with pytest.raises(CalendarNotPublished):
        settled(contract, Book().facts, "2027-01")
    assert not load_china().is_published(2027)


def test_a_level_that_needs_an_unpublished_day_withholds_the_statement() -> None:
    contract = agreement(fixed_fee(), level("resolution_share", within={"n": 9000, "unit": "h"}))
    book = Book().asked("i-1", "2023-12-20 10:00", "2026-10-12 10:00", metric="resolution")
    told = measured(contract, book.facts).level("level-1")
    assert (told.standing, dict(told.details)) == (Standing.PROVISIONAL, {"year": "2023"})
    with pytest.raises(StatementWithheld) as refused:
        settled(contract, book.facts)
    assert refused.value.facts == {"clause": "level-1", "year": "2023"}


def test_a_deduction_for_a_level_that_nobody_agreed_on_is_refused() -> None:
    with pytest.raises(ClauseMissing):
        statement(agreement(fixed_fee(), per_miss(level="level-9")))


@pytest.mark.parametrize("twice", [deduction_cap("0.10"), late_fee("0.0003", "0.05")])
def test_two_caps_or_two_late_fees_that_both_apply_are_refused(twice: dict[str, Any]) -> None:
    contract = agreement(fixed_fee(), deduction_cap("0.20"), late_fee(), twice | {"id": "another"})
    with pytest.raises(ClauseNotSingle):
        statement(contract)


@pytest.mark.parametrize("step", ["0", "0.00", "-0.01"])
def test_a_step_of_nothing_is_no_term(step: str) -> None:
    with pytest.raises(TermsInvalid):
        agreement(fixed_fee(), level(), per_point(step))


ROUNDED_TO_NOTHING: dict[str, dict[str, Any]] = {
    field: {field: {"unit": "0.00", "mode": "half_up"}}
    for field in ("money_rounding", "hours_rounding")
}


@pytest.mark.parametrize("field", ROUNDED_TO_NOTHING)
def test_a_rounding_to_nothing_is_no_term(field: str) -> None:
    with pytest.raises(TermsInvalid):
        agreement(fixed_fee(), **ROUNDED_TO_NOTHING[field])


@pytest.mark.parametrize("unit", ["0.001", "0.015"])
def test_a_rounding_that_leaves_parts_of_a_fen_is_refused(unit: str) -> None:
    contract = agreement(fixed_fee(), money_rounding={"unit": unit, "mode": "half_up"})
    with pytest.raises(FenNotWhole):
        statement(contract)


def test_a_withheld_level_is_named_with_its_year() -> None:
    contract = agreement(fixed_fee(), level())
    month = a_month(contract)
    details = {"year": "2027"}
    waiting = Level("level-1", month.levels[0].metric, Standing.PROVISIONAL, details=details)
    held = type(month)(month.period, (waiting,), month.seat_time, month.open_ms)
    with pytest.raises(StatementWithheld) as refused:
        settle(contract, held, (), PINS)
    assert refused.value.facts["year"] == "2027"
