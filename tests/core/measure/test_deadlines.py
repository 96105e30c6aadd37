"""The deadline that an agent sees is the one that the month is measured by, to the millisecond."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.measure.deadlines import Deadline, Promise, deadline, promises
from pactdesk.core.measure.interactions import interactions
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.core.worktime.grid import DayGrid
from tests.support.contracts import agreement, always, hours, level, measured_level
from tests.support.facts import SHANGHAI, Book, instant

# The holidays of the first week and the make-up days around it are in it.
START, END = instant("2026-09-25 00:00"), instant("2026-10-20 00:00")
METRICS = {"first_response_share": "first_response", "resolution_share": "resolution"}
LIMITS = [{"n": 30, "unit": "s"}, {"n": 7, "unit": "min"}, {"n": 4, "unit": "h"}]
HOURS = [hours(), hours(["22:00-06:00"]), always(), hours(["09:00-21:00"], "sat sun")]


def standing(contract: Contract, book: Book, at: Instant) -> Deadline | None:
    """How the only interaction stands to the only level."""
    [one] = interactions(book.facts)
    [clause] = contract.of_kind(ServiceLevel)
    return deadline(clause, one, grid_of(contract, at), at)


def grid_of(contract: Contract, at: Instant) -> DayGrid:
    zone = zone_named(contract.zone)
    clause = contract.one(ServiceHours)
    day = local_day(at, zone)
    return DayGrid.build(opening_hours(clause, contract.zone), load_china(), day, day)


@st.composite
def told(draw: st.DrawFn) -> tuple[Contract, Book, str, Instant]:
    """A contract with one limit, a conversation whose clock runs, its clock, an instant in it."""
    metric = draw(st.sampled_from(sorted(METRICS)))
    name = METRICS[metric]
    more: dict[str, Any] = {
        "within": draw(st.sampled_from(LIMITS)),
        "clock": draw(st.sampled_from(["service_hours", "wall_clock"])),
    }
    contract = agreement(level(metric, **more), service_hours=draw(st.sampled_from(HOURS)))
    pauses = draw(st.integers(0, 3)) if name == "resolution" else 0
    times = st.lists(
        st.integers(START, END), min_size=2 * pauses + 2, max_size=2 * pauses + 2, unique=True
    )
    first, *changes, now = (Instant(at) for at in sorted(draw(times)))
    book = Book().asked("c", first, metric=name)
    for number, at in enumerate(changes):
        book.clock("c", name, "resume" if number % 2 else "pause", at)
    return contract, book, name, now


def is_in_time(
    contract: Contract, book: Book, name: str, at: Instant, event: str = "fulfil"
) -> bool:
    """Whether the month's measuring counts an answer at `at` as in time."""
    answered = Book()
    answered.facts = list(book.facts)
    answered.clock("c", name, event, at)
    found = [
        measured_level(contract, answered.facts, month)
        for month in ("2026-09", "2026-10", "2026-11", "2026-12")
    ]
    [judged] = [one for one in found if one.denominator]
    return judged.numerator == 1


@given(told())
def test_an_answer_at_the_deadline_is_in_time_and_one_millisecond_later_is_not(
    case: tuple[Contract, Book, str, Instant],
) -> None:
    contract, book, name, now = case
    found = standing(contract, book, now)
    assert found is not None
    if found.state is Promise.RUNNING:
        assert found.due_at is not None
        assert found.due_at >= now
        assert is_in_time(contract, book, name, found.due_at)
        assert not is_in_time(contract, book, name, Instant(found.due_at + 1))
    else:
        assert found.state is Promise.BROKEN
        assert found.due_at is not None
        assert found.due_at < now
        assert not is_in_time(contract, book, name, now)


@given(told(), st.integers(0, 10**8))
def test_an_answer_is_shown_kept_exactly_when_the_month_counts_it(
    case: tuple[Contract, Book, str, Instant], later: int
) -> None:
    contract, book, name, now = case
    in_time = is_in_time(contract, book, name, now)
    book.clock("c", name, "fulfil", now)
    found = standing(contract, book, Instant(now + later))
    assert found is not None
    assert (found.state is Promise.KEPT) == in_time


@given(told().filter(lambda case: case[2] == "resolution"), st.integers(0, 10**8))
def test_clear_progress_is_shown_kept_exactly_when_the_month_counts_it(
    case: tuple[Contract, Book, str, Instant], later: int
) -> None:
    plain, book, name, now = case
    [clause] = plain.of_kind(ServiceLevel)
    either = clause.model_copy(update={"or_progress": True})
    clauses = tuple(either if each is clause else each for each in plain.clauses)
    contract = plain.model_copy(update={"clauses": clauses})
    in_time = is_in_time(contract, book, name, now, "progress")
    book.clock("c", name, "progress", now)
    found = standing(contract, book, Instant(now + later))
    without = standing(plain, book, Instant(now + later))
    assert found is not None
    assert without is not None
    assert (found.state is Promise.KEPT) == in_time
    assert found.due_at is None
    assert without.state is not Promise.KEPT


@given(told(), st.integers(0, 10**9))
def test_time_alone_never_moves_a_deadline(
    case: tuple[Contract, Book, str, Instant], later: int
) -> None:
    contract, book, _, now = case
    one, other = standing(contract, book, now), standing(contract, book, Instant(now + later))
    assert one is not None
    assert other is not None
    assert one.due_at == other.due_at


def test_a_paused_clock_has_no_deadline_and_keeps_what_is_left() -> None:
    contract = agreement(level("resolution_share", within={"n": 4, "unit": "h"}))
    book = Book().asked("c", "2026-10-12 09:00", metric="resolution")
    book.clock("c", "resolution", "pause", "2026-10-12 10:00")
    found = standing(contract, book, instant("2026-10-12 17:00"))
    assert found is not None
    assert (found.state, found.due_at, found.left_ms) == (Promise.PAUSED, None, 3 * 3_600_000)


def test_before_the_customer_asked_no_clock_runs() -> None:
    contract = agreement(level())
    book = Book().opened("c", "2026-10-12 09:00")
    assert standing(contract, book, instant("2026-10-12 09:05")) is None


def test_closed_without_an_answer_is_broken_at_once() -> None:
    contract = agreement(level())
    book = Book().asked("c", "2026-10-12 09:00").closed("c", "2026-10-12 09:00:10")
    found = standing(contract, book, instant("2026-10-12 09:00:20"))
    assert found is not None
    assert found.state is Promise.BROKEN


def test_a_limit_used_up_at_closing_time_holds_until_the_desk_opens_again() -> None:
    contract = agreement(level(within={"n": 1, "unit": "h"}))
    book = Book().asked("c", "2026-10-12 11:00")
    found = standing(contract, book, instant("2026-10-12 11:30"))
    assert found is not None
    assert found.due_at == instant("2026-10-12 13:30")


def test_a_deadline_that_needs_an_unpublished_year_is_unknown() -> None:
    contract = agreement(level(within={"n": 40, "unit": "h"}))
    year_end = Book().asked("c", "2027-12-31 09:00")
    found = standing(contract, year_end, instant("2027-12-31 10:00"))
    assert found is not None
    assert (found.state, found.due_at) == (Promise.UNKNOWN, None)


@pytest.mark.parametrize(
    ("channel", "case_type", "count"),
    [("chat", "complaint", 2), ("chat", None, 1), ("email", None, 0)],
)
def test_only_levels_about_this_channel_and_case_promise_anything(
    channel: str, case_type: str | None, count: int
) -> None:
    contract = agreement(
        level(channel="chat"),
        level("resolution_share", id="level-2", channel="chat", case_type="complaint"),
        level("csat", id="level-3"),
    )
    book = Book().opened("c", "2026-10-12 09:00", channel, case_type)
    [one] = interactions(book.facts)
    assert len(promises(contract.of_kind(ServiceLevel), one, one.opened_at)) == count
    assert local_day(one.opened_at, SHANGHAI).isoformat() == "2026-10-12"


def test_a_type_said_later_promises_from_then_on() -> None:
    solved = level("resolution_share", id="level-2", case_type="complaint")
    contract = agreement(level(channel="chat"), solved)
    book = Book().opened("c", "2026-10-12 09:00").classified("c", "2026-10-12 09:05", "complaint")
    [one] = interactions(book.facts)
    levels = contract.of_kind(ServiceLevel)
    before, then = instant("2026-10-12 09:04:59"), instant("2026-10-12 09:05")
    assert [len(promises(levels, one, at)) for at in (before, then)] == [1, 2]
