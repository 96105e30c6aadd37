"""Clocking in and out: facts of the contract, each hour once, and never changed afterwards."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.names import FactKind
from pactdesk.core.measure.seat_time import clocked
from pactdesk.core.units.instants import Instant
from tests.apps.workforce.conftest import EVER, Facts, Worked
from tests.support.cast import Cast
from tests.support.laws import cases

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.workforce.values import Begun

pytestmark = pytest.mark.requirement("A25")

HOUR = 3_600_000
# 2026-11-16 09:00 in Shanghai, a Monday.
NINE = Instant(1_794_790_800_000)
CONTRACTS = [new_id() for _ in range(3)]

works: st.SearchStrategy[dict[UUID, str]] = st.one_of(
    st.just({}),
    st.sampled_from(CONTRACTS).map(lambda one: {one: "1"}),
    st.just({CONTRACTS[0]: "1/2", CONTRACTS[1]: "1/2"}),
    st.just({CONTRACTS[0]: "1/3", CONTRACTS[1]: "1/2"}),
)
# Clocks of two machines differ, so a click can come a little before the one before it.
clicks = st.lists(st.tuples(st.integers(-HOUR, 20 * HOUR), works), max_size=12)


@given(clicks)
@settings(max_examples=cases(60))
def test_an_agents_hours_over_all_contracts_never_exceed_the_hours_clocked(
    day: list[tuple[int, dict[UUID, str]]],
) -> None:
    from pactdesk.apps.workforce.values import beginning, clicked, ending

    going_on: list[Begun] = []
    facts: defaultdict[UUID, list[RecordedFact]] = defaultdict(list)
    clocked_ms, at, last = Fraction(0), NINE, None
    for number, (later, work) in enumerate(day):
        at = Instant(at + later)
        done = clicked(going_on, work, at, last)
        if not done.changes:
            continue
        if done.ended:
            clocked_ms += done.at - done.ended[0].started_at
            last = done.at
        told = [(one.contract, each) for one in done.ended for each in ending("A")]
        told += [(one.contract, each) for one in done.begun for each in beginning("A", one.share)]
        for part, (contract, detail) in enumerate(told):
            fact = Fact.of(
                detail,
                contract_id="c",
                source="desk",
                event_id=f"{number:04}-{part}",
                occurred_at=done.at,
            )
            facts[contract].append(RecordedFact(fact, done.at))
        going_on = list(done.begun)
    together = sum(
        (
            found["A"].inside(EVER)  # type: ignore[arg-type]  # instants are integers
            for each in facts.values()
            if "A" in (found := clocked(each))
        ),
        start=Fraction(0),
    )
    assert together <= clocked_ms


def test_a_day_at_the_desk_becomes_attendance_of_the_contract(
    cast: Cast, facts: Facts, worked: Worked
) -> None:
    from pactdesk.apps.workforce.actions import clock_in, clock_out

    clock_in(cast["agent"], contract=cast.contract_qinghe, at=NINE)
    clock_in(cast["agent"], contract=cast.contract_qinghe, at=Instant(NINE + 5))  # a second click
    clock_in(cast["agent"], contract=cast.contract_baita, at=Instant(NINE + 2 * HOUR))
    clock_out(cast["agent"], at=Instant(NINE + 3 * HOUR))
    clock_out(cast["agent"], at=Instant(NINE + 3 * HOUR + 5))
    assert worked("qinghe", cast["agent"]) == 2 * HOUR
    assert worked("baita", cast["agent"]) == HOUR
    told = [each.fact for each in facts("qinghe")]
    assert [each.kind for each in told].count(FactKind.ATTENDANCE) == 2
    assert {each.kind for each in told} == {FactKind.ATTENDANCE, FactKind.ASSIGNMENT}
    assert not any("agent@" in str(each.measured) for each in told)


def test_two_clicks_at_the_same_moment_are_one(cast: Cast, facts: Facts) -> None:
    from django.db import connections

    from pactdesk.apps.workforce.actions import clock_in

    def click(_: int) -> None:
        try:
            clock_in(cast["agent"], contract=cast.contract_qinghe, at=NINE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(click, range(4)))
    assert len(facts("qinghe")) == 2  # the share and the clock-in


def test_whoever_forgot_to_clock_out_has_no_hours_until_the_lead_says_them(
    cast: Cast, facts: Facts, worked: Worked, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.workforce.actions import clock_in, correct_stint

    clock_in(cast["agent"], contract=cast.contract_qinghe, at=NINE)
    next_day = Instant(NINE + 24 * HOUR)
    clock_in(cast["agent"], contract=cast.contract_qinghe, at=next_day)
    assert worked("qinghe", cast["agent"]) == 0
    [(lost, errand)] = as_superuser.execute(
        "SELECT stint.id, errand.kind FROM workforce_stint AS stint, outbox_errand AS errand"
        " WHERE stint.state = 'lost'"
    ).fetchall()
    assert errand == "workforce.forgotten"
    before = facts("qinghe")
    correct_stint(
        cast["lead"],
        stint=lost,
        times=(NINE, Instant(NINE + 8 * HOUR)),
        reason="门禁记录显示 17:00 离开",
        at=Instant(next_day + HOUR),
    )
    assert worked("qinghe", cast["agent"]) == 8 * HOUR
    after = facts("qinghe")
    assert [each for each in after if each in before] == before, "nothing was edited"
    added = [each.fact for each in after if each not in before]
    assert all(set(each.personal) == {"reason"} for each in added)


def test_hours_that_a_lead_takes_away_or_adds_are_facts_too(cast: Cast, worked: Worked) -> None:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.workforce.actions import add_stint, clock_in, clock_out, correct_stint
    from pactdesk.apps.workforce.models import Stint

    def correct(times: tuple[int, int] | None) -> Fraction:
        told = (Instant(NINE + times[0] * HOUR), Instant(NINE + times[1] * HOUR)) if times else None
        correct_stint(cast["lead"], stint=stint, times=told, reason="核对排班", at=later)
        return worked("qinghe", cast["agent"])

    later = Instant(NINE + 30 * HOUR)
    clock_in(cast["agent"], contract=cast.contract_qinghe, at=NINE)
    clock_out(cast["agent"], at=Instant(NINE + 8 * HOUR))
    with scoped(cast["lead"]):
        stint = Stint.objects.get().pk
    assert correct((0, 6)) == 6 * HOUR
    assert correct((-1, 9)) == 10 * HOUR
    assert correct((10, 12)) == 2 * HOUR
    assert correct(None) == 0
    add_stint(
        cast["lead"],
        contract=cast.contract_qinghe,
        person=cast["agent"],
        times=(NINE, Instant(NINE + HOUR)),
        reason="系统故障，人工登记",
        at=later,
    )
    assert worked("qinghe", cast["agent"]) == HOUR


def test_an_hour_of_another_contract_is_not_given_a_second_time(cast: Cast) -> None:
    from pactdesk.apps.workforce.actions import add_stint, clock_in, clock_out
    from pactdesk.apps.workforce.errors import StintsOverlap

    clock_in(cast["agent"], contract=cast.contract_baita, at=NINE)
    clock_out(cast["agent"], at=Instant(NINE + 2 * HOUR))
    with pytest.raises(StintsOverlap):
        add_stint(
            cast["lead"],
            contract=cast.contract_qinghe,
            person=cast["agent"],
            times=(Instant(NINE + HOUR), Instant(NINE + 3 * HOUR)),
            reason="补记",
            at=Instant(NINE + 9 * HOUR),
        )


@pytest.mark.parametrize("times", [(1, 1), (2, 1), (0, 17), (1, 40)])
def test_times_that_cannot_be_are_refused(cast: Cast, times: tuple[int, int]) -> None:
    from pactdesk.apps.workforce.actions import add_stint
    from pactdesk.apps.workforce.errors import StintTimesWrong

    with pytest.raises(StintTimesWrong):
        add_stint(
            cast["lead"],
            contract=cast.contract_qinghe,
            person=cast["agent"],
            times=(Instant(NINE + times[0] * HOUR), Instant(NINE + times[1] * HOUR)),
            reason="补记",
            at=Instant(NINE + 30 * HOUR),
        )


@pytest.mark.parametrize("name", ["agent", "manager_of_qinghe", "planner", "finance"])
def test_only_a_lead_corrects(cast: Cast, name: str) -> None:
    from pactdesk.apps.parties.errors import NotAllowed
    from pactdesk.apps.workforce.actions import add_stint

    with pytest.raises(NotAllowed):
        add_stint(
            cast[name],
            contract=cast.contract_qinghe,
            person=cast["agent"],
            times=(NINE, Instant(NINE + HOUR)),
            reason="补记",
            at=Instant(NINE + 9 * HOUR),
        )


@pytest.mark.parametrize("name", ["manager_of_qinghe", "qa", "auditor"])
def test_only_agents_and_leads_clock_in(cast: Cast, name: str) -> None:
    from pactdesk.apps.parties.errors import NotAllowed
    from pactdesk.apps.workforce.actions import clock_in

    with pytest.raises(NotAllowed):
        clock_in(cast[name], contract=cast.contract_qinghe, at=NINE)


def test_whoever_left_a_contract_while_at_work_for_it_can_go_on_elsewhere(
    cast: Cast, as_superuser: psycopg.Connection, worked: Worked
) -> None:
    from pactdesk.apps.workforce.actions import clock_in, clock_out

    clock_in(cast["agent"], contract=cast.contract_baita, at=NINE)
    as_superuser.execute(
        "UPDATE parties_contractrole SET ends_at = now() WHERE person_id = %s AND contract_id = %s",
        [cast["agent"], cast.contract_baita],
    )
    clock_in(cast["agent"], contract=cast.contract_qinghe, at=Instant(NINE + HOUR))
    clock_out(cast["agent"], at=Instant(NINE + 2 * HOUR))
    assert worked("qinghe", cast["agent"]) == HOUR
    assert worked("baita", cast["agent"]) == 0
