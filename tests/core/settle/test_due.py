"""When a statement is due (B20, A42-A44): working days, holidays, short months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.works import WorkTold
from pactdesk.core.facts.names import ContractEvent, WorkEvent
from pactdesk.core.settle.due import due_on
from pactdesk.core.settle.ledger import ledger
from pactdesk.core.terms.durations import Due, DueEvent, DueKind
from pactdesk.core.units.periods import Period
from tests.support.contracts import agreement, fixed_fee, payment
from tests.support.facts import Book

CHINA = load_china()


def due(kind: str, n: int, happened: str | None = None, month: str = "2026-09") -> date | None:
    event = DueEvent.INVOICE_RECEIVED if happened else DueEvent.PERIOD_END
    known = {event: date.fromisoformat(happened)} if happened else {}
    terms = Due(kind=DueKind(kind), n=n, event=event)
    return due_on(terms, period=Period.month(month), happened=known, calendar=CHINA)


@pytest.mark.requirement("B20", "A43", "A44")
@pytest.mark.parametrize(
    ("n", "happened", "expected"),
    [
        (
            10,
            None,
            "2026-10-20",
        ),  # over 国庆, with the Saturday worked for it
        (1, None, "2026-10-08"),
        (3, None, "2026-10-10"),
        (1, "2026-10-08", "2026-10-09"),  # the day of receipt is not counted
        (2, "2026-10-09", "2026-10-12"),
        (5, "2026-10-17", "2026-10-23"),  # received on a Saturday
    ],
)
def test_working_days_are_counted_from_the_day_after(
    n: int, happened: str | None, expected: str
) -> None:
    assert due("working_days_after", n, happened) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("n", "expected"),
    [(1, "2026-10-08"), (7, "2026-10-08"), (8, "2026-10-08"), (9, "2026-10-09"),
     (10, "2026-10-10"), (11, "2026-10-12")],
)  # fmt: skip
def test_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day(
    n: int, expected: str
) -> None:
    assert due("calendar_days_after", n) == date.fromisoformat(expected)


@pytest.mark.requirement("A42")
@pytest.mark.parametrize(
    ("month", "n", "expected"),
    [
        ("2026-01", 31, "2026-02-28"),  # February has no 31st; its 28th is a worked Saturday
        ("2025-01", 31, "2025-02-28"),
        ("2026-03", 31, "2026-04-30"),
        ("2026-09", 5, "2026-10-08"),  # in the holidays
        ("2026-10", 15, "2026-11-16"),  # a Sunday
        ("2025-12", 5, "2026-01-05"),  # over the turn of the year
    ],
)
def test_a_day_of_the_next_month_is_its_last_one_when_it_has_no_such_day(
    month: str, n: int, expected: str
) -> None:
    assert due("day_of_month", n, month=month) == date.fromisoformat(expected)


MOST = {DueKind.HALF_MONTHS_AFTER: 3, DueKind.MONTHS_AFTER: 2}
"""Further on the calendar is not published."""


@given(st.sampled_from(DueKind), st.integers(1, 40), st.integers(1, 10))
def test_a_statement_is_always_due_on_a_working_day_after_its_month(
    kind: DueKind, n: int, month: int
) -> None:
    day = due(kind, min(n, MOST.get(kind, n)), month=f"2025-{month:02d}")
    assert day is not None
    assert CHINA.is_working_day(day)
    assert day >= Period.month(f"2025-{month:02d}").end


@given(st.sampled_from(DueKind), st.integers(1, 40))
def test_one_day_more_is_never_due_earlier(kind: DueKind, n: int) -> None:
    most = MOST.get(kind, n + 1)
    one, more = (due(kind, min(each, most), month="2025-09") for each in (n, n + 1))
    assert one is not None
    assert more is not None
    assert one <= more


@pytest.mark.parametrize(
    ("kind", "n", "happened", "expected"),
    [
        ("half_months_after", 1, "2026-10-09", "2026-10-26"),  # the 24th is a Saturday
        ("half_months_after", 2, "2026-10-09", "2026-11-09"),  # the 8th is a Sunday
        ("months_after", 1, "2026-01-31", "2026-02-28"),  # no 31st; a worked Saturday
        ("months_after", 1, "2026-09-08", "2026-10-08"),
        ("months_after", 2, "2026-08-01", "2026-10-08"),  # 1 October is a holiday
        ("weekday_next_week", 3, "2026-10-09", "2026-10-14"),  # Friday, then Wednesday
        ("weekday_next_week", 1, "2026-10-11", "2026-10-12"),  # a Sunday ends its week
        ("weekday_next_week", 5, "2026-09-21", "2026-10-08"),  # Friday 2 October is a holiday
        ("weekday_next_week", 9, "2026-10-09", "2026-10-19"),  # no week has it: Sunday the 18th
    ],
)
def test_half_months_months_and_weekdays_are_counted_from_the_event(
    kind: str, n: int, happened: str, expected: str
) -> None:
    assert due(kind, n, happened) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("kind", "n", "also", "month", "expected"),
    [
        ("days_of_month", 20, (5,), "2026-10", "2026-11-05"),  # the first of both
        ("days_of_month", 31, (), "2026-01", "2026-02-28"),
        ("day_of_quarter_first_month", 15, (), "2026-07", "2026-10-15"),
        ("day_of_quarter_first_month", 15, (), "2026-09", "2026-10-15"),
        ("day_of_quarter_first_month", 5, (), "2025-12", "2026-01-05"),
        ("day_of_half_year_first_month", 10, (), "2026-06", "2026-07-10"),
        ("day_of_half_year_first_month", 10, (), "2026-01", "2026-07-10"),
        ("day_of_half_year_first_month", 10, (), "2025-07", "2026-01-12"),  # a Saturday
    ],
)
def test_days_of_a_month_a_quarter_a_half_year(
    kind: str, n: int, also: tuple[int, ...], month: str, expected: str
) -> None:
    terms = Due(kind=DueKind(kind), n=n, also=also)
    found = due_on(terms, period=Period.month(month), happened={}, calendar=CHINA)
    assert found == date.fromisoformat(expected)


@pytest.mark.requirement("A44", "A49")
@pytest.mark.parametrize(
    ("kind", "n", "received", "expected"),
    [
        ("day_of_month", 15, "2026-11-02", "2026-11-16"),  # the 15th is a Sunday
        ("day_of_month", 15, "2026-11-15", "2026-11-16"),  # on that very day
        ("day_of_month", 15, "2026-11-16", "2026-12-15"),  # too late for November's
        ("working_days_after", 3, "2026-11-12", "2026-11-17"),  # later than the month's end
        ("working_days_after", 3, "2026-10-20", "2026-11-04"),  # earlier than the month's end
        ("working_days_after", 3, None, None),
        ("day_of_month", 15, None, None),
    ],
)
def test_a_clock_waits_for_everything_that_the_contract_names(
    kind: str, n: int, received: str | None, expected: str | None
) -> None:
    terms = Due(kind=DueKind(kind), n=n, needs=(DueEvent.INVOICE_RECEIVED,))
    known = {DueEvent.INVOICE_RECEIVED: date.fromisoformat(received)} if received else {}
    found = due_on(terms, period=Period.month("2026-10"), happened=known, calendar=CHINA)
    assert found == (date.fromisoformat(expected) if expected else None)


@pytest.mark.requirement("A44", "A49")
@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("period_end", "2026-10-20"),
        ("invoice_received", "2026-10-22"),
        ("statement_received", "2026-10-23"),
        ("statement_confirmed", "2026-10-26"),
        ("statement_and_invoice_received", "2026-10-23"),  # the statement came later
        ("accepted", "2026-10-27"),
        ("contract_signed", "2026-10-20"),  # long ago: no clock runs before the month's end
        ("documents_received", "2026-10-21"),
    ],
)
def test_the_clock_starts_with_the_agreed_event_and_its_first_time(
    event: str, expected: str
) -> None:
    book = Book().issued("2026-09", 100, "2026-10-02 10:00")
    book.invoiced("2026-09", "2026-10-09 23:59:59").invoiced("2026-09", "2026-10-19 10:00")
    book.received("2026-09", "2026-10-10 10:00").confirmed("2026-09", "2026-10-12 10:00")
    book.told("2026-01-05 10:00", ContractStep(ContractEvent.SIGNED))
    book.told("2026-10-08 10:00", ContractStep(ContractEvent.DOCUMENTS_RECEIVED))
    book.told("2026-10-01 10:00", WorkTold("payment-1.2026-08", WorkEvent.ACCEPTED))
    book.told("2026-10-09 10:00", WorkTold("payment-1.2026-09", WorkEvent.REFUSED))
    book.told("2026-10-13 10:00", WorkTold("payment-1.2026-09", WorkEvent.ACCEPTED))
    book.told("2026-10-20 10:00", WorkTold("payment-1.2026-09", WorkEvent.ACCEPTED))
    contract = agreement(fixed_fee(), payment(event=event))
    told = ledger(book.facts, contract, CHINA, Period.month("2026-10"))
    assert [each.due_on for each in told] == [date.fromisoformat(expected)]


def test_before_its_event_nothing_is_due() -> None:
    book = Book().issued("2026-09", 100, "2026-10-02 10:00")
    book.invoiced("2026-09", "2026-11-01 00:00:00")  # after the month
    contract = agreement(fixed_fee(), payment(event="invoice_received"))
    told = ledger(book.facts, contract, CHINA, Period.month("2026-10"))
    assert [each.due_on for each in told] == [None]


def test_the_ledger_holds_earlier_months_as_they_were_first_issued() -> None:
    book = (
        Book().issued("2026-08", 300, "2026-09-02 10:00").paid("2026-08", 100, "2026-09-03 09:00")
    )
    book.issued("2026-09", 100, "2026-10-02 10:00").issued("2026-09", 999, "2026-10-03 10:00")
    book.issued("2026-10", 500, "2026-10-31 10:00").paid("2026-08", 50, "2026-11-01 00:00")
    told = ledger(book.facts, agreement(fixed_fee()), CHINA, Period.month("2026-10"))
    assert [(each.period, each.total_fen, each.paid) for each in told] == [
        ("2026-08", 300, ((date(2026, 9, 3), 100),)),
        ("2026-09", 100, ()),
    ]
