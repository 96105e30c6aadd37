"""按小时计酬 (D10, E10, E11): hours worked × price, dearer at night, on rest days, on holidays.

2026-10-01 to 07 are holidays, Saturday 2026-10-10 is worked for them; an hour costs 28.00.
"""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.settle.quantities.paid_hours import MultiplierTermMissing
from pactdesk.core.terms.contract import Contract
from pactdesk.core.worktime.calendars import CalendarNotPublished
from tests.support.contracts import Terms, agreement, always, amounts, settled
from tests.support.facts import Book
from tests.support.reference import page_of, rows_under, terms_on

NIGHT = {"when": "every_day", "windows": ["22:00-06:00"], "times": "1.5"}
REST = {"when": "rest_days", "times": "2"}
HOLIDAY = {"when": "holidays", "times": "3"}
PROMOTION = {"when": "dates", "first": "2026-10-20", "last": "2026-10-22", "times": "1.4"}
EVENINGS = PROMOTION | {"windows": ["20:00-24:00"]}


def pay(*multipliers: Terms, paid_time: str = "clocked", **more: Any) -> Terms:
    return {
        "id": "fee-1",
        "kind": "fee_hourly",
        "unit_price": "28.00",
        "paid_time": paid_time,
        "multipliers": list(multipliers),
    } | more


def worked(*sessions: str) -> Book:
    """ "2026-10-09 08:00 20:00", or with a day before the end."""
    book = Book()
    for session in sessions:
        day, start, *end = session.split()
        book.seated("ann", f"{day} {start}", " ".join(end if len(end) == 2 else [day, *end]))
    return book


def paid(contract: Contract, book: Book, month: str = "2026-10") -> str:
    return amounts(settled(contract, book.facts, month))["fee-1"]


@pytest.mark.requirement("D10", "E10", "E11")
@pytest.mark.parametrize(
    ("clause", "session", "amount"),
    [
        (pay(), "2026-10-09 08:00 20:00", "336.00"),  # 12 × 28
        (pay(paid_time="service_hours"), "2026-10-09 08:00 20:00", "210.00"),  # 7.5 × 28
        (pay(NIGHT), "2026-10-12 20:00 2026-10-13 02:00", "224.00"),  # (6 + 4 × 0.5) × 28
        (pay(NIGHT), "2026-10-12 20:00 22:00", "56.00"),  # ends as the night begins
        (pay(NIGHT), "2026-10-12 20:00 23:00", "98.00"),  # (3 + 1 × 0.5) × 28
        (pay(NIGHT), "2026-10-12 20:00 22:00:01", "56.00"),  # a second is no 0.01 h
        (pay(NIGHT), "2026-10-01 00:00 02:00", "84.00"),  # a night that began in September
        (pay(REST), "2026-10-17 09:00 13:00", "224.00"),  # a Saturday: 4 × 2
        (pay(REST), "2026-10-10 09:00 13:00", "112.00"),  # a Saturday worked for the holidays
        (pay(REST), "2026-10-03 09:00 13:00", "112.00"),  # a Saturday in the holidays is none
        (pay(REST, HOLIDAY, overlap="add"), "2026-10-03 09:00 13:00", "336.00"),  # 4 × 3
        (pay(HOLIDAY), "2026-10-07 22:00 2026-10-08 02:00", "224.00"),  # (4 + 2 × 2) × 28
        (pay(NIGHT, HOLIDAY, overlap="highest"), "2026-10-01 22:00 24:00:00", "168.00"),  # 2 × 3
        (pay(NIGHT, HOLIDAY, overlap="add"), "2026-10-01 22:00 24:00:00", "196.00"),  # 2 × 3.5
        (pay(NIGHT, NIGHT, overlap="highest"), "2026-10-12 22:00 23:00", "42.00"),  # once
        (pay(PROMOTION), "2026-10-19 20:00 2026-10-20 02:00", "190.40"),  # (6 + 2 × 0.4) × 28
        (pay(PROMOTION), "2026-10-22 20:00 2026-10-23 02:00", "212.80"),  # (6 + 4 × 0.4) × 28
        (pay(EVENINGS), "2026-10-20 18:00 22:00", "134.40"),  # (4 + 2 × 0.4) × 28
        (pay(), "2026-10-09 10:00 10:20", "9.24"),  # 0.33 × 28
        (pay(), "2026-09-30 20:00 2026-10-01 02:00", "56.00"),  # October's two hours
        (pay(), "2026-10-31 20:00 2026-11-01 02:00", "112.00"),
    ],
)
def test_hours_times_price_dearer_at_agreed_times(clause: Terms, session: str, amount: str) -> None:
    session = session.replace("24:00:00", "2026-10-02 00:00")
    assert paid(agreement(clause), worked(session)) == amount


@pytest.mark.requirement("E11")
def test_each_agents_hours_are_rounded_once_a_month() -> None:
    # 3 × 20 min are 1 h for one agent; 20 min each are 0.33 h for three
    one = worked(*(f"2026-10-{day} 10:00 10:20" for day in ("12", "13", "14")))
    three = Book()
    for agent in ("ann", "bo", "cy"):
        three.seated(agent, "2026-10-12 10:00", "2026-10-12 10:20")
    assert paid(agreement(pay()), one) == "28.00"
    assert paid(agreement(pay()), three) == "27.72"


def test_half_of_a_shared_agents_time_is_paid() -> None:
    book = worked("2026-10-12 09:00 17:00").assigned("ann", "2026-10-01 00:00", "1/2")
    assert paid(agreement(pay()), book) == "112.00"


def test_a_card_that_was_never_clocked_out_pays_nothing_and_is_listed() -> None:
    book = Book().attendance("ann", "clock_in", "2026-10-12 09:00")
    made = settled(agreement(pay()), book.facts)
    assert made.lines[0].trace.inputs[0].label == "no_hours"
    assert amounts(made) == {"fee-1": "0.00"}
    assert [agent for agent, _ in made.measured.seat_time.unpaired] == ["ann"]


def test_the_29th_of_february_is_paid_like_any_day() -> None:
    contract = agreement(pay(), service_hours=always(), start="2028-01-01", end="2028-12-31")
    assert paid(contract, worked("2028-02-29 09:00 13:00"), "2028-02") == "112.00"


def test_rest_days_need_a_published_calendar() -> None:
    dearer = agreement(pay(REST), service_hours=always(), start="2028-01-01", end="2028-12-31")
    with pytest.raises(CalendarNotPublished):
        paid(dearer, worked("2028-02-26 09:00 13:00"), "2028-02")


@pytest.mark.parametrize(
    ("clause", "field"),
    [
        (pay({"when": "every_day", "times": "1.5"}), "windows"),
        (pay({"when": "dates", "times": "1.5"}), "first, last"),
        (pay(NIGHT, HOLIDAY), "overlap"),
    ],
)
def test_a_dearer_time_that_is_not_said_in_full_is_refused(clause: Terms, field: str) -> None:
    with pytest.raises(MultiplierTermMissing) as refused:
        paid(agreement(clause), worked("2026-10-12 09:00 17:00"))
    assert refused.value.facts["field"] == field


def test_the_worked_example_on_the_page() -> None:
    page = page_of("fee_hourly")
    contract = agreement(*terms_on(page))
    for clocked, amount in rows_under(page, "Worked example"):
        start, end = clocked.split(" – ")
        assert paid(contract, Book().seated("ann", start, end)) == amount, clocked
