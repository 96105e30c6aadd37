"""The roster: agreed by both, nobody twice, checked against the contract, the law and the clock."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.measure.intervals import union
from pactdesk.core.units.instants import Instant
from tests.apps.workforce.conftest import Worked
from tests.support.cast import Cast
from tests.support.contracts import agreement, headcount_fee
from tests.support.facts import SHANGHAI
from tests.support.laws import cases

pytestmark = pytest.mark.requirement("D7", "A25")

HOUR = 3_600_000
MINUTE = 60_000
# 2026-11-16 09:00 in Shanghai, a Monday.
NINE = Instant(1_794_790_800_000)
MONDAY = date(2026, 11, 16)


def offered(cast: Cast, start: int, end: int, *, by: str = "lead", share: str = "1") -> UUID:
    """A shift of 青禾's agent, in hours after Monday nine o'clock."""
    from pactdesk.apps.workforce.actions import propose_shift

    return propose_shift(
        cast[by],
        contract=cast.contract_qinghe,
        person=cast["agent"],
        starts_at=Instant(NINE + start * HOUR),
        ends_at=Instant(NINE + end * HOUR),
        at=Instant(NINE - 24 * HOUR),
        share=share,
    )


def state_of(cast: Cast, shift: UUID) -> str:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.workforce.models import Shift

    with scoped(cast["lead"]):
        return Shift.objects.get(pk=shift).state


@pytest.mark.parametrize(("first", "second"), [("lead", "agent"), ("agent", "lead")])
def test_a_shift_holds_once_both_have_said_yes(cast: Cast, first: str, second: str) -> None:
    from pactdesk.apps.parties.errors import NotAllowed
    from pactdesk.apps.workforce.actions import answer_shift

    shift = offered(cast, 0, 4, by=first)
    assert state_of(cast, shift) in ("offered", "asked")
    with pytest.raises(NotAllowed):
        answer_shift(cast[first], shift=shift, agrees=True, at=NINE)
    answer_shift(cast[second], shift=shift, agrees=True, at=NINE)
    assert state_of(cast, shift) == "agreed"


def test_nobody_answers_for_others_nor_twice(cast: Cast) -> None:
    from pactdesk.apps.workforce.actions import answer_shift, withdraw_shift
    from pactdesk.apps.workforce.errors import ShiftAnswered, ShiftUnknown

    shift = offered(cast, 0, 4)
    for stranger in ("agent_of_qinghe", "manager_of_baita", "qa"):
        with pytest.raises(ShiftUnknown):
            answer_shift(cast[stranger], shift=shift, agrees=True, at=NINE)
    answer_shift(cast["agent"], shift=shift, agrees=False, at=NINE)
    with pytest.raises(ShiftAnswered):
        answer_shift(cast["agent"], shift=shift, agrees=True, at=NINE)
    with pytest.raises(ShiftAnswered):
        withdraw_shift(cast["lead"], shift=shift, at=NINE)


def test_of_two_shifts_offered_at_once_for_the_same_hours_one_is_refused(cast: Cast) -> None:
    from django.db import connections

    from pactdesk.apps.workforce.actions import propose_shift
    from pactdesk.apps.workforce.errors import ShiftsOverlap

    def offer(contract: UUID) -> str:
        try:
            propose_shift(
                cast["lead"],
                contract=contract,
                person=cast["agent"],
                starts_at=NINE,
                ends_at=Instant(NINE + 4 * HOUR),
                at=Instant(NINE - HOUR),
            )
        except ShiftsOverlap:
            return "refused"
        finally:
            connections.close_all()
        return "offered"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(offer, [cast.contract_qinghe, cast.contract_baita] * 2))
    assert sorted(outcomes) == ["offered", "refused", "refused", "refused"]


def test_time_that_the_roster_divides_is_clocked_for_both_with_its_shares(
    cast: Cast, worked: Worked
) -> None:
    from pactdesk.apps.workforce.actions import (
        answer_shift,
        clock_in,
        clock_out,
        propose_shift,
    )

    for one in (cast.contract_qinghe, cast.contract_baita):
        shift = propose_shift(
            cast["lead"],
            contract=one,
            person=cast["agent"],
            starts_at=NINE,
            ends_at=Instant(NINE + 4 * HOUR),
            at=Instant(NINE - HOUR),
            share="1/2",
        )
        answer_shift(cast["agent"], shift=shift, agrees=True, at=Instant(NINE - HOUR))
    clock_in(cast["agent"], contract=cast.contract_qinghe, at=NINE)
    clock_out(cast["agent"], at=Instant(NINE + 4 * HOUR))
    assert worked("qinghe", cast["agent"]) == 2 * HOUR
    assert worked("baita", cast["agent"]) == 2 * HOUR


@pytest.mark.parametrize(("start", "end"), [(4, 4), (5, 4), (0, 17), (-40, -30)])
def test_a_shift_that_cannot_be_is_refused(cast: Cast, start: int, end: int) -> None:
    from pactdesk.apps.workforce.errors import ShiftTimesWrong

    with pytest.raises(ShiftTimesWrong):
        offered(cast, start, end)


def test_the_week_shows_where_seats_are_missing() -> None:
    from pactdesk.calendars.china import load_china
    from pactdesk.core.measure.roster import Planned, open_times, seats_asked, week_grid

    terms = agreement(headcount_fee(2, "35.00"))
    assert seats_asked(terms) == 2
    opened = open_times(terms, load_china(), MONDAY, date(2026, 11, 22))
    shift = Planned(NINE, Instant(NINE + 3 * HOUR), Fraction(1))
    grid = week_grid(MONDAY, SHANGHAI, opened, 2, [shift])
    assert [row[0].hour for row in grid] == list(range(9, 18))
    nine, twelve = grid[0], grid[3]
    assert (nine[0].needed, nine[0].planned) == (Fraction(2), Fraction(1))
    assert nine[0].is_short
    # Noon is no service time, and on Saturday nobody is asked for.
    assert twelve[0].needed == Fraction(0)
    assert not twelve[0].is_short
    assert not nine[5].is_short


@pytest.mark.requirement("D6")
def test_a_part_time_week_that_is_too_long_is_told_over_all_contracts() -> None:
    from pactdesk.core.measure.roster import Planned, legal_week

    def week(days: int, length: int) -> bool:
        shifts = [
            Planned(
                Instant(NINE + n * 24 * HOUR), Instant(NINE + (n * 24 + length) * HOUR), Fraction(1)
            )
            for n in range(days)
        ]
        return legal_week(MONDAY, SHANGHAI, shifts).is_too_long

    assert not week(6, 4)
    assert week(7, 4), "28 hours a week"
    assert week(2, 5), "5 hours a day on average"


spans = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 60)).map(
        lambda one: (Instant(NINE + one[0] * MINUTE), Instant(NINE + sum(one) * MINUTE))
    ),
    max_size=4,
).map(union)


@given(spans, st.integers(-60, 400))
@settings(max_examples=cases(60))
def test_whoever_is_at_work_all_the_shift_is_never_called_late_or_absent(
    worked: tuple[tuple[Instant, Instant], ...], minute: int
) -> None:
    from pactdesk.core.measure.roster import Kept, punctuality

    shift = (NINE, Instant(NINE + 4 * HOUR))
    now = Instant(NINE + minute * MINUTE)
    so_far = union([(start, min(end, now)) for start, end in worked])
    found = punctuality(shift, so_far, now)
    whole = punctuality(shift, ((shift[0], min(shift[1], now)),), now)
    assert whole.kept in (Kept.KEPT, Kept.TO_COME)
    assert found.late_minutes >= whole.late_minutes
    if found.kept is Kept.ABSENT:
        assert not [one for one in so_far if one[0] < shift[1] and one[1] > shift[0]]


@pytest.mark.parametrize(
    ("clock", "kept"),
    [
        ((0, 240), "kept"),
        ((7, 240), "late"),
        ((0, 200), "left_early"),
        ((7, 200), "late_and_early"),
        ((300, 360), "absent"),
    ],
)
def test_late_absent_and_left_early_are_told_apart(clock: tuple[int, int], kept: str) -> None:
    from pactdesk.core.measure.roster import punctuality

    worked = tuple(Instant(NINE + each * MINUTE) for each in clock)
    found = punctuality(
        (NINE, Instant(NINE + 4 * HOUR)), ((worked[0], worked[1]),), Instant(NINE + 9 * HOUR)
    )
    assert found.kept == kept


def test_a_week_of_times_and_a_single_day_that_is_otherwise_are_kept(cast: Cast) -> None:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.workforce.actions import set_day, set_week
    from pactdesk.apps.workforce.models import Availability

    set_week(cast["agent"], week={0: [(540, 720)], 2: [(540, 720), (800, 900)]})
    set_week(cast["agent"], week={0: [(540, 780)]})
    set_day(cast["agent"], day=MONDAY, spans=[])
    with scoped(cast["lead"]):
        rows = [(one.weekday, one.day, one.can_work) for one in Availability.objects.all()]
    assert sorted(rows, key=str) == [(0, None, True), (None, MONDAY, False)]
    with scoped(cast["manager_of_qinghe"]):
        assert not Availability.objects.exists(), "no client reads it"
