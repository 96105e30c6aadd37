"""What is not judged: excluded by both, suspended, above forecast; with the value without it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.works import ForecastGiven
from pactdesk.core.facts.names import ContractEvent
from pactdesk.core.measure.level import Level
from pactdesk.core.settle.level_form import level_to_plain
from tests.support.contracts import agreement, level, measured_level
from tests.support.facts import Book

ONE_DAY = ("2026-10-09 00:00", "2026-10-10 00:00")


def chats() -> Book:
    """One late answer on the 9th; one in time on the 9th and two on the 20th."""
    book = Book().asked("a", "2026-10-09 10:00:00", "2026-10-09 10:00:50")
    book.asked("b", "2026-10-09 10:05:00", "2026-10-09 10:05:20")
    book.asked("c", "2026-10-20 10:00:00", "2026-10-20 10:00:20")
    return book.asked("d", "2026-10-20 10:05:00", "2026-10-20 10:05:20")


def measured(book: Book, **terms: Any) -> Level:
    return measured_level(agreement(level(**terms)), book.facts)


@pytest.mark.requirement("A80")
def test_both_values_are_shown_where_something_was_excluded() -> None:
    found = measured(chats().excluded(*ONE_DAY))
    assert found.value == 1
    assert found.raw is not None
    assert (found.raw.numerator, found.raw.denominator) == (3, 4)
    raw = level_to_plain(found)["raw"]
    assert raw == {"numerator": 3, "denominator": 4, "unknown": 0, "value": "3/4"}


def test_an_exclusion_that_excludes_nothing_leaves_no_mark() -> None:
    empty_day = ("2026-10-11 00:00", "2026-10-12 00:00")
    for book in (chats(), chats().excluded(*empty_day), chats().excluded(*ONE_DAY, by=("client",))):
        assert measured(book).raw is None
        assert "raw" not in level_to_plain(measured(book))


@pytest.mark.requirement("B23")
def test_while_the_contract_is_suspended_nothing_is_judged() -> None:
    book = chats().told("2026-10-09 08:00", ContractStep(ContractEvent.SUSPENDED))
    book.told("2026-10-09 12:00", ContractStep(ContractEvent.SUSPENDED))  # it is already
    book.told("2026-10-15 00:00", ContractStep(ContractEvent.RESUMED))
    found = measured(book)
    assert found.value == 1
    assert found.excluded == {"suspended": 2}
    assert found.raw is not None
    assert found.raw.value == Fraction(3, 4)


def test_a_suspension_without_end_goes_on() -> None:
    found = measured(chats().told("2026-10-15 00:00", ContractStep(ContractEvent.SUSPENDED)))
    assert found.excluded == {"suspended": 2}
    assert found.value == Fraction(1, 2)


def test_the_hours_of_a_suspension_are_no_downtime() -> None:
    book = Book().probed("2026-10-09 09:00", "2026-10-09 10:00")
    book.probed("2026-10-09 10:00", "2026-10-09 11:00", up=False)
    book.told("2026-10-09 10:00", ContractStep(ContractEvent.SUSPENDED))
    found = measured(book, metric="availability", target="0.99")
    assert found.value == 1
    assert found.raw is not None
    assert found.raw.value == Fraction(1, 2)


@pytest.mark.parametrize(
    ("told", "quantity", "judged"),
    [
        ("2026-09-25 10:00", 3, Fraction(3, 4)),  # 4 of 3 × 1.50 = 4.5: not above
        ("2026-09-25 10:00", 2, Fraction(1)),  # 4 of 3: above
        ("2026-10-05 10:00", 2, Fraction(3, 4)),  # told when the month had begun
    ],
)
def test_a_volume_above_forecast_excuses_only_a_month_that_was_above(
    told: str, quantity: int, judged: Fraction
) -> None:
    book = chats().told(told, ForecastGiven("chats", "2026-10", quantity))
    book.excluded(*ONE_DAY, cause="above_forecast")
    found = measured(book, above_forecast={"measure": "chats", "times": "1.50"})
    assert found.value == judged
    assert measured(book).value == 1  # a level without a forecast takes every approved cause
