"""支付 (B20): the due day of each month of 2026, over 春节 and 国庆."""

from __future__ import annotations

from datetime import date

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.settle.ledger import ledger
from pactdesk.core.units.periods import Period, add_months
from tests.support.contracts import agreement, fixed_fee, payment
from tests.support.facts import Book


@pytest.mark.requirement("B20", "A42")
@pytest.mark.parametrize(
    ("month", "kind", "n", "due"),
    [
        ("2026-01", "working_days_after", 10, "2026-02-13"),
        ("2026-01", "working_days_after", 11, "2026-02-14"),  # a Saturday worked for 春节
        ("2026-01", "working_days_after", 12, "2026-02-24"),  # after the holidays
        ("2026-01", "calendar_days_after", 15, "2026-02-24"),  # the 15th is in the holidays
        ("2026-01", "day_of_month", 15, "2026-02-24"),
        ("2026-01", "day_of_month", 31, "2026-02-28"),  # February's last, a worked Saturday
        ("2026-04", "working_days_after", 1, "2026-05-06"),
        ("2026-08", "working_days_after", 10, "2026-09-14"),
        ("2026-09", "working_days_after", 10, "2026-10-20"),
        ("2026-09", "day_of_month", 3, "2026-10-08"),
        ("2026-10", "calendar_days_after", 30, "2026-11-30"),
    ],
)
def test_a_statement_is_due_as_the_clause_says(month: str, kind: str, n: int, due: str) -> None:
    contract = agreement(fixed_fee(), payment(kind, n))
    following = add_months(Period.month(month).start, 1)
    book = Book().issued(month, 100, f"{following} 09:00")
    later = Period.month(f"{following:%Y-%m}")
    told = ledger(book.facts, contract, load_china(), later)
    assert [each.due_on for each in told] == [date.fromisoformat(due)]
