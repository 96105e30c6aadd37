"""Scenario files, and small scenarios of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import Channel
from pactdesk.core.measure.interactions import unopened
from pactdesk.core.measure.measuring import measure
from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.scope import Scope
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import TermsUnreadable
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import CalendarNotPublished, WorkCalendar
from pactdesk.messages.catalogue import LANGUAGES, say
from pactdesk.simulate.parts import AgentDay, Demand, Spread
from pactdesk.simulate.run import simulate
from pactdesk.simulate.scenario import Scenario
from pactdesk.simulate.scenario_file import (
    AgentUnknown,
    ChannelUnserved,
    ScenarioFieldMissing,
    ScenarioFieldUnknown,
    ScenarioNameTwice,
    ScenarioValueWrong,
    scenario_from_yaml,
)
from tests.support.laws import cases

USUAL = Scenario()
HOURS = (0.1,) * 8 + (1.0,) * 12 + (0.2,) * 4


@st.composite
def small_scenarios(draw: st.DrawFn) -> Scenario:
    """Few or no agents at work, all channels or one, odd shifts, patient and impatient people."""
    channels = draw(st.lists(st.sampled_from(list(Channel)), unique=True, min_size=1))
    slots = draw(st.integers(1, 4))
    staff = [
        replace(agent, slots=slots, channels=tuple(Channel))
        for agent in USUAL.agents[: draw(st.integers(1, 3))]
    ]
    absent = draw(st.booleans())
    shifts = replace(
        USUAL.shifts,
        hours_a_day=draw(st.sampled_from([0.5, 4, 8])),
        break_after_minutes=draw(st.sampled_from([60, 300])),
        late_share=draw(st.sampled_from([0.0, 0.5, 1.0])),
        absences=(AgentDay("agent-01", 1),) if absent else (),
        forgotten_clock_outs=(AgentDay("agent-01", 2),),
        share_changes=(),
    )
    patience = Spread(draw(st.sampled_from([1.0, 60.0, 4000.0])), 0.8, 7200)
    handling = tuple(
        replace(each, patience=patience if each.patience else None, rated=1.0)
        for each in USUAL.handling
    )
    cases = tuple(
        replace(each, waits=draw(st.sampled_from([0.0, 1.0])), reopened=0.5) for each in USUAL.cases
    )
    demand = tuple(Demand(channel, draw(st.integers(0, 12)), HOURS) for channel in channels)
    return replace(
        USUAL, agents=tuple(staff), shifts=shifts, handling=handling, cases=cases, demand=demand,
        platform=replace(USUAL.platform, probe_every_s=7200),
        recording=replace(USUAL.recording, redelivered_every=draw(st.integers(0, 5))),
    )  # fmt: skip


@settings(max_examples=cases(25))
@given(
    scenario=small_scenarios(),
    seed=st.integers(0, 10**6),
    start=st.sampled_from([date(2026, 9, 30), date(2026, 10, 9), date(2026, 4, 1)]),
    days=st.integers(1, 4),
)
def test_whatever_the_scenario_a_log_can_keep_and_measure_its_facts(
    contract: Contract, china: WorkCalendar, scenario: Scenario, seed: int, start: date, days: int
) -> None:
    period = Period(start, start + timedelta(days=days))
    told: list[RecordedFact] = []
    days_done: list[tuple[int, int]] = []
    for batch in simulate(
        contract, china, period, scenario, seed, progress=lambda *each: days_done.append(each)
    ):
        assert not told or batch.recorded_at > told[-1].recorded_at
        told += [RecordedFact(fact, batch.recorded_at) for fact in batch.facts]
    assert days_done == [(done, days) for done in range(1, days + 1)]
    for each in told:
        each.check()
    once = {each.fact.key: each for each in reversed(told)}
    assert len({(each.fact.key, str(each.fact)) for each in told}) == len(once), "one content"
    assert unopened(once.values()) == ()
    measured = measure(contract, once.values(), china, period)
    assert all(ms <= measured.open_ms for ms in measured.seat_time.by_agent.values())


def test_a_channel_that_the_contract_is_not_about_stays_silent(
    contract: Contract, china: WorkCalendar, three_days: Period, few_customers: Scenario
) -> None:
    (scope,) = contract.of_kind(Scope)
    assert not isinstance(scope.channels, Blank)
    narrow = scope.model_copy(update={"channels": scope.channels[:1]})
    clauses = tuple(narrow if clause is scope else clause for clause in contract.clauses)
    chat_only = contract.model_copy(update={"clauses": clauses})
    channels = {
        fact.measured["channel"]
        for batch in simulate(chat_only, china, three_days, few_customers)
        for fact in batch.facts
        if fact.kind == "interaction.opened"
    }
    assert channels == {"chat"}


def test_no_statement_is_older_than_the_contract(
    contract: Contract, china: WorkCalendar, few_customers: Scenario
) -> None:
    first_days = Period(date(2026, 4, 1), date(2026, 4, 3))
    kinds = {
        fact.kind
        for batch in simulate(contract, china, first_days, few_customers)
        for fact in batch.facts
    }
    assert "probe" in kinds
    assert "statement.issued" not in kinds


def test_a_year_without_calendar_is_refused_before_the_first_fact(
    contract: Contract, china: WorkCalendar
) -> None:
    with pytest.raises(CalendarNotPublished):
        simulate(contract, china, Period.month("2031-10"))


def test_a_file_changes_what_it_names_and_nothing_else() -> None:
    scenario = scenario_from_yaml(
        """
        customers: 90
        shifts: {late_share: 0.5}
        promotions: []
        platform:
          outages: [{open_day: 1, at: "10:00", minutes: 5}]
        """
    )
    assert scenario.customers == 90
    assert scenario.shifts == replace(USUAL.shifts, late_share=0.5)
    assert scenario.promotions == ()
    assert scenario.platform.outages[0].at == "10:00"
    assert scenario.platform.exclusions == USUAL.platform.exclusions
    assert scenario.demand == USUAL.demand


def test_an_empty_file_is_the_default_scenario() -> None:
    assert scenario_from_yaml("") == USUAL


@pytest.mark.parametrize(
    ("text", "error", "where"),
    [
        ("customers: many", ScenarioValueWrong, "customers"),
        ("customers: 0", ScenarioValueWrong, "customers"),
        ("customers: true", ScenarioValueWrong, "customers"),
        ("shifts: {late_share: 1.5}", ScenarioValueWrong, "shifts.late_share"),
        ("shifts: {late_share: .inf}", ScenarioValueWrong, "shifts.late_share"),
        ("shifts: {late_share: .nan}", ScenarioValueWrong, "shifts.late_share"),
        ("shifts: [1]", ScenarioValueWrong, "shifts"),
        ("- 1", ScenarioValueWrong, "."),
        ("promotions: 3", ScenarioValueWrong, "promotions"),
        (
            "demand: [{channel: fax, per_day: 1, by_hour: []}]",
            ScenarioValueWrong,
            "demand.0.channel",
        ),
        (
            "demand: [{channel: chat, per_day: 1, by_hour: [1, 2]}]",
            ScenarioValueWrong,
            "demand.0.by_hour",
        ),
        ("demand: [{channel: chat}]", ScenarioFieldMissing, "demand.0.per_day"),
        (
            'platform: {outages: [{open_day: 1, at: "25:00", minutes: 5}]}',
            ScenarioValueWrong,
            "platform.outages.0.at",
        ),
        ("customer: 5", ScenarioFieldUnknown, "customer"),
        ("shifts: {lateness: 5}", ScenarioFieldUnknown, "shifts.lateness"),
        (
            "shifts: {absences: [{agent: bob, open_day: 1}]}",
            AgentUnknown,
            "shifts.absences",
        ),
        (
            "agents: [{name: a, channels: [chat]}, {name: a, channels: []}]",
            ScenarioNameTwice,
            "agents",
        ),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_where_it_is_wrong(
    text: str, error: type[PactError], where: str
) -> None:
    if error is ScenarioNameTwice:
        text += "\nshifts: {absences: [], forgotten_clock_outs: [], share_changes: []}"
    with pytest.raises(error) as raised:
        scenario_from_yaml(text, "month.yaml")
    assert raised.value.facts["path"] == where
    for language in LANGUAGES:
        assert where in say(raised.value, language)


def test_customers_whom_nobody_serves_are_refused() -> None:
    text = "agents: [{name: a, channels: [chat]}]\n"
    text += "shifts: {absences: [], forgotten_clock_outs: [], share_changes: []}"
    with pytest.raises(ChannelUnserved):
        scenario_from_yaml(text)


def test_a_file_that_is_no_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(TermsUnreadable):
        scenario_from_yaml("a: [", "month.yaml")
