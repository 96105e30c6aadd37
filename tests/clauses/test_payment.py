"""支付 (B20): the due day of each month of 2026, over 春节 and 国庆."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.settle.ledger import ledger
from pactdesk.core.terms.clauses.payment import Payment
from pactdesk.core.units.periods import Period, add_months
from pactdesk.documents.term_words import TermWords
from pactdesk.messages.catalogue import LANGUAGES, Language
from tests.support.contracts import agreement, fixed_fee, payment
from tests.support.facts import Book

Terms = dict[str, Any]


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


@pytest.mark.requirement("B20", "E12")
@pytest.mark.parametrize(
    ("due", "day"),
    [
        ({"kind": "half_months_after", "n": 1}, "2026-10-15"),
        ({"kind": "weekday_next_week", "n": 3}, "2026-10-08"),  # the 7th is a holiday
        ({"kind": "day_of_quarter_first_month", "n": 20}, "2026-10-20"),
        ({"kind": "days_of_month", "n": 25, "also": [9]}, "2026-10-09"),
        ({"kind": "working_days_after", "n": 2, "needs": ["invoice_received"]}, "2026-10-16"),
        ({"kind": "working_days_after", "n": 2, "needs": ["accepted"]}, None),  # not yet
        ({"kind": "day_of_month", "n": 10, "needs": ["invoice_received"]}, "2026-11-10"),
    ],
)
def test_more_ways_in_which_contracts_say_when(due: Terms, day: str | None) -> None:
    book = Book().issued("2026-09", 100, "2026-10-02 09:00").invoiced("2026-09", "2026-10-14 10:00")
    contract = agreement(fixed_fee(), payment() | {"due": due})
    (told,) = ledger(book.facts, contract, load_china(), Period.month("2026-10"))
    assert told.due_on == (date.fromisoformat(day) if day else None)


@pytest.mark.requirement("B21", "E13")
@pytest.mark.parametrize("language", LANGUAGES)
def test_how_and_to_which_account_is_told_with_the_terms(language: Language) -> None:
    account = {
        "bank": "中国银行湖州分行",
        "holder": "心语客户服务有限公司",
        "number": "6217 0000 1",
    }
    clause = payment() | {"method": "银行转账", "account": account}
    (found,) = agreement(fixed_fee(), clause).of_kind(Payment)
    told = " ".join(value for _, value in TermWords(language).rows(found))
    assert all(each in told for each in ("银行转账", *account.values()))
