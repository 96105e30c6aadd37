"""First responses (B8): what counts as answered in time, story by story.

The desk is open 9:00-12:00 and 13:30-18:00 on working days; the limit is 30 seconds.
"""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.measure.level import Level, Standing
from tests.support.contracts import agreement, always, level, measured_level
from tests.support.facts import Book

pytestmark = pytest.mark.requirement("B8", "E17")


def share(book: Book, *, conventions: dict[str, Any] | None = None, **terms: Any) -> Level:
    return measured_level(agreement(level(**terms), **(conventions or {})), book.facts)


STORIES = [
    ("answered at once", "2026-10-09 09:10:00", "2026-10-09 09:10:00", "met"),
    ("answered within 30 s", "2026-10-09 09:10:00", "2026-10-09 09:10:20", "met"),
    ("exactly at the limit", "2026-10-09 09:10:00", "2026-10-09 09:10:30", "met"),
    ("a millisecond late", "2026-10-09 09:10:00", "2026-10-09 09:10:30.001", "missed"),
    ("asked before opening", "2026-10-09 08:00:00", "2026-10-09 09:00:30", "met"),
    ("asked before opening, late", "2026-10-09 08:00:00", "2026-10-09 09:00:31", "missed"),
    ("over lunch", "2026-10-09 11:59:50", "2026-10-09 13:30:20", "met"),
    ("over lunch, late", "2026-10-09 11:59:50", "2026-10-09 13:30:21", "missed"),
    ("answered while closed", "2026-10-09 12:15:00", "2026-10-09 13:00:00", "met"),
    ("over night", "2026-10-08 17:59:45", "2026-10-09 09:00:15", "met"),
    ("over the holiday week", "2026-10-01 10:00:00", "2026-10-08 09:00:30", "met"),
    ("on the Saturday worked for it", "2026-10-10 10:00:00", "2026-10-10 10:00:31", "missed"),
    ("on an ordinary Saturday", "2026-10-17 10:00:00", "2026-10-19 09:00:30", "met"),
]


@pytest.mark.requirement("B9")
@pytest.mark.parametrize(("asked", "answered", "outcome"), [s[1:] for s in STORIES])
def test_only_open_time_counts_against_the_limit(asked: str, answered: str, outcome: str) -> None:
    told = share(Book().asked("i-1", asked, answered))
    assert (told.numerator, told.denominator) == (int(outcome == "met"), 1)
    assert told.missed == (("i-1",) if outcome == "missed" else ())


@pytest.mark.parametrize(("asked", "answered"), [(s[1], s[2]) for s in STORIES])
def test_by_the_wall_clock_every_second_counts(asked: str, answered: str) -> None:
    told = share(Book().asked("i-1", asked, answered), clock="wall_clock")
    assert (told.numerator == 1) == (asked[:10] == answered[:10] and answered <= asked[:17] + "30")


def test_an_automatic_reply_is_no_answer() -> None:
    book = Book().asked("i-1", "2026-10-09 09:10:00")
    book.clock("i-1", "first_response", "fulfil", "2026-10-09 09:10:01", "system")
    book.clock("i-1", "first_response", "fulfil", "2026-10-09 09:11:00", "agent")
    assert share(book).missed == ("i-1",)


def test_a_wait_for_the_customer_does_not_count() -> None:
    book = Book().asked("i-1", "2026-10-09 09:10:00", "2026-10-09 09:30:10")
    book.clock("i-1", "first_response", "pause", "2026-10-09 09:10:20")
    book.clock("i-1", "first_response", "resume", "2026-10-09 09:30:00")
    assert share(book).numerator == 1


@pytest.mark.parametrize(("counts", "ratio"), [(False, (0, 0)), (True, (0, 1))])
def test_a_customer_who_left_unanswered_counts_as_agreed(
    counts: bool, ratio: tuple[int, int]
) -> None:
    book = Book().asked("i-1", "2026-10-09 09:10:00").abandoned("i-1", "2026-10-09 09:10:05")
    told = share(book, conventions={"unanswered_after_abandon": counts})
    assert (told.numerator, told.denominator) == ratio
    assert dict(told.excluded) == ({} if counts else {"abandoned": 1})


def test_closing_without_an_answer_is_a_miss_and_has_no_time() -> None:
    book = Book().asked("i-1", "2026-10-09 09:10:00").closed("i-1", "2026-10-09 09:10:05")
    told = share(book)
    assert (told.missed, dict(told.histogram)) == (("i-1",), {})


def test_a_late_answer_is_a_miss_before_it_is_given() -> None:
    told = share(Book().asked("i-1", "2026-10-30 17:59:00"))
    assert (told.missed, told.carried) == (("i-1",), 0)


def test_a_question_of_the_last_seconds_waits_for_the_next_month() -> None:
    book = Book().asked("i-1", "2026-10-31 23:59:50", "2026-11-02 09:00:10")
    contract = agreement(level())
    october = measured_level(contract, book.facts, "2026-10")
    november = measured_level(contract, book.facts, "2026-11")
    assert (october.denominator, october.carried) == (0, 1)
    assert (november.numerator, november.denominator, november.carried) == (1, 1, 0)
    assert [day.isoformat() for day in november.by_day] == ["2026-11-01"]


def test_other_channels_and_case_types_are_other_levels() -> None:
    book = Book().asked("i-1", "2026-10-09 09:10:00", "2026-10-09 09:10:05", channel="email")
    assert share(book, channel="email").denominator == 1
    assert share(book, channel="chat").denominator == 0
    assert share(book, case_type="complaint").denominator == 0


def test_the_last_word_in_the_month_on_what_it_is_about_decides_its_level() -> None:
    book = Book().asked("i-1", "2026-10-09 09:10:00", "2026-10-09 09:10:05")
    book.classified("i-1", "2026-10-09 10:00", "suggestion")
    book.classified("i-1", "2026-10-31 23:59:59", "complaint")
    book.classified("i-1", "2026-11-01 00:00", "consult")
    assert share(book, case_type="complaint").numerator == 1
    assert share(book, case_type="suggestion").denominator == 0
    assert share(book, case_type="consult").denominator == 0
    assert share(book).denominator == 1


@pytest.mark.parametrize(
    ("by", "clauses", "judged"),
    [
        (("provider", "client"), (), 0),
        (("provider", "client"), ("level-1",), 0),
        (("provider", "client"), ("level-2",), 1),
        (("provider",), (), 1),
        (("client",), (), 1),
    ],
)
def test_an_exclusion_needs_both_parties_and_the_right_clause(
    by: tuple[str, ...], clauses: tuple[str, ...], judged: int
) -> None:
    book = Book().asked("i-1", "2026-10-09 09:10:00", "2026-10-09 10:00:00")
    book.excluded("2026-10-09 09:00", "2026-10-09 11:00", by=by, clauses=clauses)
    told = share(book)
    assert told.denominator == judged
    assert dict(told.excluded) == ({} if judged else {"platform_outage": 1})


def test_an_exclusion_ends_before_its_end() -> None:
    book = Book().excluded("2026-10-09 09:00", "2026-10-09 10:00")
    book.asked("first", "2026-10-09 09:00:00", "2026-10-09 09:00:01")
    book.asked("last", "2026-10-09 09:59:59.999", "2026-10-09 10:00:01")
    book.asked("after", "2026-10-09 10:00:00", "2026-10-09 10:00:01")
    told = share(book)
    assert (told.denominator, dict(told.excluded)) == (1, {"platform_outage": 2})


def test_the_mean_is_over_answers_and_leaves_the_unanswered_out() -> None:
    book = Book().asked("i-1", "2026-10-09 09:10:00", "2026-10-09 09:10:10")
    book.asked("i-2", "2026-10-09 09:20:00", "2026-10-09 09:20:25.500")
    book.asked("i-3", "2026-10-09 09:30:00").closed("i-3", "2026-10-09 09:40:00")
    told = share(book, metric="first_response_average", target="20")
    assert (told.numerator, told.denominator) == (35_500, 2)
    assert told.value == 35_500 / 2000
    assert dict(told.excluded) == {"no_reply": 1}
    assert dict(told.histogram) == {10: 1, 26: 1}


def test_too_few_interactions_are_measured_and_not_judged() -> None:
    book = Book().asked("i-1", "2026-10-09 09:10:00", "2026-10-09 10:00:00")
    told = share(book, minimum_sample=2)
    assert (told.standing, told.reason) == (Standing.NOT_JUDGED, "sample_too_small")
    assert share(book, minimum_sample=1).standing is Standing.MEASURED


@pytest.mark.parametrize(
    ("rule", "standing"),
    [("not_judged", Standing.NOT_JUDGED), ("met", Standing.MEASURED)],
)
def test_a_month_without_interactions_is_judged_as_agreed(rule: str, standing: Standing) -> None:
    told = share(Book(), conventions={"zero_volume": rule})
    assert (told.standing, told.value) == (standing, None)


def test_a_desk_that_never_closes_needs_no_calendar() -> None:
    contract = agreement(level(), service_hours=always(), end="2027-12-31")
    book = Book().asked("i-1", "2027-02-06 03:00:00", "2027-02-06 03:00:30")
    assert measured_level(contract, book.facts, "2027-02").numerator == 1
