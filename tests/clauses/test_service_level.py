"""服务标准 (B8-B12, E17): ten conversations, and what each clause makes of them."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.measure.level import Level
from tests.support.contracts import agreement, level, measured_level, settled
from tests.support.facts import Book

# name, asked, answered, ended how and when, score; on Monday 12 October, in service hours
DAY = [
    ("i-0", "09:00:00", "09:00:05", None, 5),
    ("i-1", "09:05:00", "09:05:30", None, 4),
    ("i-2", "09:10:00", "09:10:31", None, 3),
    ("i-3", "09:15:00", "09:17:00", None, 1),
    ("i-4", "11:59:45", "13:30:15", None, None),
    ("i-5", "12:30:00", "13:30:10", None, 5),
    ("i-6", "14:00:00", None, ("abandoned", "14:00:20"), None),
    ("i-7", "14:10:00", None, ("closed", "14:30:00"), None),
    ("i-8", "19:00:00", None, None, None),
    ("i-9", "15:00:00", "15:00:01", None, None),
]


@pytest.fixture
def day() -> Book:
    book = Book()
    for name, asked, answered, ended, score in DAY:
        book.asked(name, f"2026-10-12 {asked}", answered and f"2026-10-12 {answered}")
        if ended is not None:
            how, when = ended
            (book.closed if how == "closed" else book.abandoned)(name, f"2026-10-12 {when}")
        if score is not None:
            book.rated(name, "2026-10-12 17:00", score)
    # On the 13th, too late: the night between does not count, but the morning does.
    return book.clock("i-8", "first_response", "fulfil", "2026-10-13 09:01:00")


def told(book: Book, metric: str, **more: Any) -> Level:
    conventions = {"unanswered_after_abandon": more.pop("left_counts", False)}
    return measured_level(agreement(level(metric, **more), **conventions), book.facts)


@pytest.mark.requirement("B8", "B9", "B12", "E17")
@pytest.mark.parametrize(
    ("metric", "more", "counted", "missed"),
    [
        ("first_response_share", {}, (5, 9), ("i-2", "i-3", "i-7", "i-8")),
        ("first_response_share", {"left_counts": True}, (5, 10),
         ("i-2", "i-3", "i-6", "i-7", "i-8")),
        ("first_response_share", {"clock": "wall_clock"}, (3, 9),
         ("i-2", "i-3", "i-4", "i-5", "i-7", "i-8")),
        ("first_response_share", {"within": {"n": 2, "unit": "min"}}, (8, 9), ("i-7",)),
        ("first_response_average", {"target": "30"}, (287_000, 8), ()),
        ("csat", {"target": "0.85"}, (3, 5), ("i-2", "i-3")),
        ("csat", {"target": "0.85", "satisfied_from": "3/5"}, (4, 5), ("i-3",)),
    ],
)  # fmt: skip
def test_the_clause_decides_what_the_same_day_is_worth(
    day: Book, metric: str, more: dict[str, Any], counted: tuple[int, int], missed: tuple[str, ...]
) -> None:
    found = told(day, metric, **more)
    assert ((found.numerator, found.denominator), found.missed) == (counted, missed)


@pytest.mark.requirement("E19")
@pytest.mark.parametrize(
    ("target", "verdict"), [("0.55", "met"), ("0.5556", "missed"), ("0.56", "missed")]
)
def test_five_of_nine_is_five_ninths(day: Book, target: str, verdict: str) -> None:
    made = settled(agreement(level(target=target)), day.facts)
    assert str(made.assessed[0].verdict) == verdict
    assert made.assessed[0].to_plain()["value"] == "5/9"
