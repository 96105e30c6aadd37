"""按量服务费 (B18, B19, B30): messages, valid conversations, calls and minutes of October 2026."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.families.works import UsageCounted
from pactdesk.core.facts.kinds import InteractionOpened
from pactdesk.core.settle.fees.per_unit import TiersDisordered, UnitTermMissing
from pactdesk.core.terms.clauses.scope import Channel
from pactdesk.core.units.errors import PactError
from tests.support.contracts import agreement, always, amounts, settled
from tests.support.facts import Book, instant
from tests.support.reference import page_of, rows_under, terms_on

Terms = dict[str, Any]

TWO_BANDS: list[Terms] = [{"up_to": "500", "price": "0.90"}, {"price": "0.70"}]
PACKAGES: list[Terms] = [
    {"up_to": "1000", "price": "800.00"},
    {"up_to": "3000", "price": "2000.00"},
]


def per_unit(measure: str, tiering: str, tiers: list[Terms], **more: Any) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_per_unit", "measure": measure}
    return terms | {"tiering": tiering, "tiers": tiers} | more


def priced(price: str, measure: str, **more: Any) -> Terms:
    return per_unit(measure, "graduated", [{"price": price}], **more)


def billed(fee: Terms, book: Book, month: str = "2026-10") -> str:
    contract = agreement(fee, service_hours=always())
    return amounts(settled(contract, book.facts, month))["fee-1"]


def messages(count: int) -> Book:
    book = Book()
    return book.told("2026-10-09 10:00", UsageCounted("message", count)) if count else book


@pytest.mark.requirement("B18", "B19")
@pytest.mark.parametrize(
    ("sent", "graduated", "whole", "package"),
    [
        (0, "0.00", "0.00", "800.00"),  # a package is bought, also when it is not used
        (1, "0.90", "0.90", "800.00"),
        (500, "450.00", "450.00", "800.00"),  # a band's end belongs to the band
        (501, "450.70", "350.70", "800.00"),  # the whole volume becomes cheaper: 501 × 0.70
        (1000, "800.00", "700.00", "800.00"),  # 450 + 500 × 0.70
        (1001, "800.70", "700.70", "2,000.00"),
        (3000, "2,200.00", "2,100.00", "2,000.00"),
        (3010, "2,207.00", "2,107.00", "2,009.50"),  # ten more at 0.95
    ],
)
def test_messages_cost_what_their_bands_say(
    sent: int, graduated: str, whole: str, package: str
) -> None:
    book = messages(sent)
    assert billed(per_unit("message", "graduated", TWO_BANDS), book) == graduated
    assert billed(per_unit("message", "whole_volume", TWO_BANDS), book) == whole
    assert billed(per_unit("message", "package", PACKAGES, overage="0.95"), book) == package


@pytest.mark.requirement("B19", "B30")
@pytest.mark.parametrize(
    ("sent", "minimum", "amount"),
    [
        (0, None, "0.00"),
        (2000, None, "0.00"),  # the quota itself is free
        (2001, None, "3.00"),
        (2100, None, "300.00"),  # 100 more than the quota at 3.00 each
        (2000, "50.00", "50.00"),
        (2016, "50.00", "50.00"),  # 48.00 is less than the least
        (2017, "50.00", "51.00"),
    ],
)
def test_what_is_included_costs_nothing_more(sent: int, minimum: str | None, amount: str) -> None:
    least = {} if minimum is None else {"minimum": minimum}
    assert billed(priced("3.00", "message", included="2000", **least), messages(sent)) == amount


def test_a_price_may_be_below_a_fen_and_is_rounded_once() -> None:
    assert billed(priced("0.0033", "message"), messages(1001)) == "3.30"  # 3.3033


def test_only_the_usage_that_the_clause_names_is_billed() -> None:
    book = Book()
    book.told("2026-10-01 00:00", UsageCounted("shop_account", 2))  # the month's first instant
    book.told("2026-10-31 23:59:59.999", UsageCounted("shop_account", 1))
    book.told("2026-09-30 23:59:59.999", UsageCounted("shop_account", 9))
    book.told("2026-11-01 00:00", UsageCounted("shop_account", 9))
    book.told("2026-10-12 10:00", UsageCounted("message", 9))
    assert billed(priced("200.00", "usage", usage="shop_account"), book) == "600.00"


def visited(book: Book, name: str, customer: str | None, when: str, answered: str | None) -> Book:
    """A chat of a known customer, answered by an agent or not at all."""
    book.told(when, InteractionOpened(name, Channel.CHAT, None, customer))
    book.clock(name, "first_response", "activate", when, "customer")
    return book if answered is None else book.clock(name, "first_response", "fulfil", answered)


def october_visits() -> Book:
    book = Book()
    visited(book, "i-1", "ann", "2026-10-12 09:00", "2026-10-12 09:01")
    visited(book, "i-2", "ann", "2026-10-12 20:00", "2026-10-12 20:01")  # the same day: one
    visited(book, "i-3", "ann", "2026-10-13 09:00", "2026-10-13 09:01")  # another day
    visited(book, "i-4", "bo", "2026-10-12 09:00", "2026-10-12 09:01")  # another customer
    visited(book, "i-5", "cy", "2026-10-12 09:00", None)  # nobody answered
    visited(book, "i-6", None, "2026-10-12 09:00", "2026-10-12 09:01")  # unknown: each is one
    visited(book, "i-7", None, "2026-10-12 09:05", "2026-10-12 09:06")
    visited(book, "i-8", "di", "2026-10-12 09:00", None)
    book.clock("i-8", "first_response", "fulfil", "2026-10-12 09:00:01", "system")  # a robot
    return book


@pytest.mark.requirement("B18")
@pytest.mark.parametrize(
    ("measure", "amount"),
    [("valid_conversation", "5.00"), ("conversation", "8.00"), ("call", "0.00")],
)
def test_a_valid_conversation_is_answered_by_a_person_once_a_day(measure: str, amount: str) -> None:
    assert billed(priced("1.00", measure), october_visits()) == amount


@pytest.mark.requirement("B18")
@pytest.mark.parametrize(
    ("opened", "answered", "october", "november"),
    [
        ("2026-10-31 23:59:59.999", "2026-10-31 23:59:59.999", "1.00", "0.00"),
        ("2026-10-31 23:59:59.999", "2026-11-01 00:00", "0.00", "1.00"),  # billed when answered
        ("2026-11-01 00:00", "2026-11-01 00:00", "0.00", "1.00"),
        ("2026-09-30 23:00", "2026-10-02 09:00", "1.00", "0.00"),
        ("2026-09-30 23:00", "2026-09-30 23:01", "0.00", "0.00"),  # September has it
    ],
)
def test_a_chat_over_the_end_of_a_month_is_billed_in_exactly_one(
    opened: str, answered: str, october: str, november: str
) -> None:
    book = visited(Book(), "i-1", "ann", opened, answered)
    fee = priced("1.00", "valid_conversation")
    assert [billed(fee, book, f"2026-{month}") for month in (10, 11)] == [october, november]


@pytest.mark.parametrize(
    ("first", "second", "bills"),
    [
        # a customer's day, its two chats answered when; billed in September, October, November
        ("2026-09-30 20:01", "2026-10-02 09:00", ["1.00", "0.00", "0.00"]),
        ("2026-10-02 09:00", "2026-09-30 20:31", ["1.00", "0.00", "0.00"]),
        ("2026-10-02 09:00", "2026-11-02 09:00", ["0.00", "1.00", "0.00"]),
        ("2026-11-02 09:00", "2026-10-02 09:00", ["0.00", "1.00", "0.00"]),
        (None, "2026-10-02 09:00", ["0.00", "1.00", "0.00"]),
    ],
)
def test_a_customers_day_is_billed_when_its_first_chat_is(
    first: str | None, second: str, bills: list[str]
) -> None:
    book = visited(Book(), "i-1", "ann", "2026-09-30 20:00", first)
    visited(book, "i-2", "ann", "2026-09-30 20:30", second)
    fee = priced("1.00", "valid_conversation")
    assert [billed(fee, book, f"2026-{month:02d}") for month in (9, 10, 11)] == bills


def called(book: Book, name: str, answered: str | None, ended: str | None) -> Book:
    book.asked(name, "2026-10-12 09:00", answered, metric="answer", channel="phone")
    return book if ended is None else book.closed(name, ended)


@pytest.mark.requirement("B18")
@pytest.mark.parametrize(
    ("rounding", "amount"),
    [
        ("up", "3.00"),  # 1 + 2 minutes at 0.50, and 3 whole ones: 6
        ("down", "2.00"),  # 0 + 1 + 3
        ("none", "2.28"),  # 0.55 + 1.0166… + 3 = 4.5666… minutes: 2.28333…
    ],
)
def test_minutes_of_answered_calls_are_rounded_as_agreed(rounding: str, amount: str) -> None:
    book = called(Book(), "i-1", "2026-10-12 09:00:10", "2026-10-12 09:00:43")  # 33 s
    called(book, "i-2", "2026-10-12 09:00:10", "2026-10-12 09:01:11")  # 61 s
    called(book, "i-3", "2026-10-12 09:00:10", "2026-10-12 09:03:10")  # 180 s
    called(book, "i-4", None, "2026-10-12 09:09:00")  # nobody took it
    called(book, "i-5", "2026-10-12 09:00:10", None)  # it still goes on
    assert billed(priced("0.50", "call_minute", minute_rounding=rounding), book) == amount
    assert billed(priced("0.85", "call"), book) == "3.40"  # four were answered


def test_a_call_that_was_closed_before_its_answer_ends_at_the_next_closing() -> None:
    book = Book().asked("i-1", "2026-10-12 09:00", metric="answer", channel="phone")
    book.closed("i-1", "2026-10-12 09:00:05")
    book.clock("i-1", "answer", "fulfil", "2026-10-12 09:10").closed("i-1", "2026-10-12 09:12")
    book.closed("i-1", "2026-10-12 09:30")
    assert billed(priced("0.50", "call_minute", minute_rounding="none"), book) == "1.00"


@pytest.mark.parametrize(
    ("narrowed", "amount"),
    [
        ({}, "2.00"),
        ({"channel": "email"}, "1.00"),
        ({"case_type": "complaint"}, "1.00"),
        ({"channel": "phone"}, "0.00"),
    ],
)
def test_a_fee_may_be_for_one_channel_or_one_kind_of_case(
    narrowed: dict[str, str], amount: str
) -> None:
    book = Book().opened("i-1", "2026-10-12 09:00", "chat", "complaint")
    book.opened("i-2", "2026-10-12 09:00", "chat", "consult")
    book.opened("i-3", "2026-10-12 09:00", "email", "consult")
    book.opened("i-4", "2026-10-12 09:00", "ticket", "consult")
    assert billed(priced("1.00", "conversation", **narrowed), book) == amount
    assert billed(priced("1.50", "ticket"), book) == "1.50"


@pytest.mark.parametrize(
    ("fee", "error"),
    [
        (per_unit("message", "graduated", []), TiersDisordered),
        (per_unit("message", "graduated", TWO_BANDS[:1]), TiersDisordered),  # what of the 501st?
        (per_unit("message", "graduated", TWO_BANDS[::-1]), TiersDisordered),
        (per_unit("message", "package", PACKAGES[::-1]), TiersDisordered),
        (per_unit("message", "whole_volume", [PACKAGES[0], *PACKAGES]), TiersDisordered),
        (per_unit("message", "package", PACKAGES), UnitTermMissing),
        (priced("0.85", "call_minute"), UnitTermMissing),
        (priced("0.85", "usage"), UnitTermMissing),
    ],
)
def test_bands_that_leave_units_without_a_price_are_refused(
    fee: Terms, error: type[PactError]
) -> None:
    with pytest.raises(error, match="fee-1"):
        billed(fee, messages(4000))


def test_the_worked_example_of_the_page() -> None:
    page = page_of("fee_per_unit")
    (fee,) = terms_on(page)
    for count, amount in rows_under(page, "Worked example"):
        book = Book()
        for n in range(int(count)):
            book.asked(f"i-{n}", "2026-10-12 09:00", "2026-10-12 09:01")
        assert billed(fee, book) == amount, count


def test_a_fact_that_comes_later_than_the_month_changes_nothing_in_it() -> None:
    book = october_visits()
    told = billed(priced("1.00", "valid_conversation"), book)
    at = instant("2026-11-02 09:00")
    book.clock("i-5", "first_response", "fulfil", at)
    late: list[RecordedFact] = [replace(each, recorded_at=at) for each in book.facts]
    contract = agreement(priced("1.00", "valid_conversation"), service_hours=always())
    assert amounts(settled(contract, late))["fee-1"] == told
