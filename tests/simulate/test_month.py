"""October 2026 as the demo shows it: everything that a real month brings is in the facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.kinds import (
    Actor,
    Assignment,
    Attendance,
    AttendanceEvent,
    Channel,
    Clock,
    ClockEvent,
    ClockMetric,
    Exclusion,
    InteractionAbandoned,
    InteractionOpened,
    Probe,
    Rating,
    Verdict,
)
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.core.measure.measuring import Measured, measure
from pactdesk.core.settle.ledger import EarlierStatement, late_stretches, ledger
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.simulate.record import Batch
from pactdesk.simulate.run import by_day, simulate
from pactdesk.simulate.scenario import Scenario

OCTOBER = Period.month("2026-10")
ZONE = zone_named("Asia/Shanghai")
DAY_MS = 86_400_000

Detailed = tuple[Fact, object]


@pytest.fixture(scope="module")
def log(contract: Contract, october: tuple[Batch, ...]) -> MemoryFactLog:
    log = MemoryFactLog(contract.contract_id, ZONE)
    for day in by_day(october, contract):
        report = log.record(day.facts, day.personal)
        assert (report.conflicts, report.refused) == ((), ())
    return log


@pytest.fixture(scope="module")
def facts(contract: Contract, log: MemoryFactLog) -> tuple[RecordedFact, ...]:
    return tuple(log.facts(contract.contract_id))


@pytest.fixture(scope="module")
def details(facts: tuple[RecordedFact, ...]) -> tuple[Detailed, ...]:
    """Every fact once, with its measured part, in order of time."""
    ordered = sorted((each.fact for each in facts), key=lambda fact: (fact.occurred_at, *fact.key))
    return tuple((fact, fact.detail) for fact in ordered)


@pytest.fixture(scope="module")
def measured(contract: Contract, china: WorkCalendar, facts: tuple[RecordedFact, ...]) -> Measured:
    return measure(contract, facts, china, OCTOBER)


@pytest.fixture(scope="module")
def earlier(
    contract: Contract, china: WorkCalendar, facts: tuple[RecordedFact, ...]
) -> tuple[EarlierStatement, ...]:
    return ledger(facts, contract, china, OCTOBER)


def test_a_log_takes_every_batch_in_the_order_in_which_it_comes(
    october: tuple[Batch, ...],
) -> None:
    times = [batch.recorded_at for batch in october]
    assert times == sorted(set(times))
    assert all(batch.facts for batch in october)


def test_a_day_at_a_time_is_the_same_log_as_a_batch_at_a_time(
    contract: Contract, china: WorkCalendar, three_days: Period, few_customers: Scenario
) -> None:
    by_batch = MemoryFactLog(contract.contract_id, ZONE)
    daily = MemoryFactLog(contract.contract_id, ZONE)
    batches = tuple(simulate(contract, china, three_days, few_customers))
    for batch in batches:
        by_batch.append(batch.facts, batch.recorded_at, batch.personal)
    for day in by_day(batches, contract):
        assert {local_day(each.recorded_at, ZONE) for each in day.facts} == {day.day}
        daily.record(day.facts, day.personal)
    assert by_batch.days() == daily.days()
    for each in daily.days():
        assert by_batch.day_records(each) == daily.day_records(each)
    assert set(by_batch.personal_fields()) == set(daily.personal_fields())


def test_nothing_is_recorded_before_it_happened_and_nothing_happens_after_the_month(
    facts: tuple[RecordedFact, ...],
) -> None:
    assert all(each.recorded_at >= each.fact.occurred_at for each in facts)
    assert all(local_day(each.fact.occurred_at, ZONE) < OCTOBER.end for each in facts)


def test_most_facts_come_within_minutes_and_a_few_days_late(
    facts: tuple[RecordedFact, ...],
) -> None:
    delays = [each.recorded_at - each.fact.occurred_at for each in facts]
    late = [delay for delay in delays if delay > DAY_MS]
    assert 1 <= len(late) <= 20
    assert sum(delay <= 300_000 for delay in delays) + len(late) == len(delays)


def test_something_is_delivered_twice(october: tuple[Batch, ...]) -> None:
    times = Counter(fact.key for batch in october for fact in batch.facts)
    twice = [key for key, count in times.items() if count > 1]
    assert 1 <= len(twice) <= 10


def test_every_interaction_begins_with_its_opening(details: tuple[Detailed, ...]) -> None:
    opened: set[str] = set()
    for _, detail in details:
        name = getattr(detail, "interaction", None)
        if isinstance(detail, InteractionOpened):
            assert name not in opened
            opened.add(detail.interaction)
        elif name is not None:
            assert name in opened
    assert 2_500 <= len(opened) <= 4_000


def test_a_clock_is_never_stopped_before_it_runs(details: tuple[Detailed, ...]) -> None:
    state: dict[tuple[str, ClockMetric], str] = defaultdict(lambda: "none")
    allowed = {
        ClockEvent.ACTIVATE: {"none", "fulfilled"},
        ClockEvent.PAUSE: {"runs"},
        ClockEvent.RESUME: {"paused"},
        ClockEvent.FULFIL: {"runs"},
    }
    after = {
        ClockEvent.ACTIVATE: "runs",
        ClockEvent.PAUSE: "paused",
        ClockEvent.RESUME: "runs",
        ClockEvent.FULFIL: "fulfilled",
    }
    for fact, detail in details:
        if isinstance(detail, Clock) and detail.actor is not Actor.SYSTEM:
            which = (detail.interaction, detail.metric)
            assert state[which] in allowed[detail.event], fact
            state[which] = after[detail.event]


def test_nobody_is_answered_after_leaving(details: tuple[Detailed, ...]) -> None:
    left: set[str] = set()
    for _, detail in details:
        if isinstance(detail, InteractionAbandoned):
            left.add(detail.interaction)
        elif isinstance(detail, Clock):
            assert detail.interaction not in left
    assert left


def test_automatic_replies_are_there_and_are_no_first_response(
    details: tuple[Detailed, ...], measured: Measured
) -> None:
    replies: dict[Actor | None, int] = Counter(
        detail.actor
        for _, detail in details
        if isinstance(detail, Clock)
        and detail.metric is ClockMetric.FIRST_RESPONSE
        and detail.event is ClockEvent.FULFIL
    )
    assert replies[Actor.SYSTEM] > 500
    assert measured.level("level-response").denominator <= replies[Actor.AGENT] + 5


def test_waits_have_a_reason_a_proof_and_somebody_who_ends_them(
    details: tuple[Detailed, ...],
) -> None:
    pauses = [d for _, d in details if isinstance(d, Clock) and d.event is ClockEvent.PAUSE]
    resumes = [d for _, d in details if isinstance(d, Clock) and d.event is ClockEvent.RESUME]
    reasons = {pause.reason for pause in pauses}
    assert reasons == {"waiting_customer", "waiting_logistics", "waiting_client"}
    assert all(pause.proof for pause in pauses)
    assert {resume.actor for resume in resumes} == {Actor.CUSTOMER, Actor.THIRD_PARTY}
    assert len(resumes) < len(pauses), "some customers never answer"


def test_cases_are_reopened(details: tuple[Detailed, ...]) -> None:
    reopened = [d for _, d in details if isinstance(d, Clock) and d.reason == "reopened"]
    assert len(reopened) > 20


def test_customers_come_on_holidays_and_at_night_and_most_on_the_promotion_day(
    details: tuple[Detailed, ...],
) -> None:
    days = Counter(
        local_day(fact.occurred_at, ZONE)
        for fact, detail in details
        if isinstance(detail, InteractionOpened)
    )
    assert days[date(2026, 10, 3)] > 0
    assert days[date(2026, 10, 10)] > 100, "the make-up Saturday is worked"
    assert days[date(2026, 10, 17)] < days[date(2026, 10, 10)] / 2, "an ordinary one is not"
    assert max(days, key=lambda day: (days[day], day)) == date(2026, 10, 22)


def test_there_is_an_outage_a_gap_of_probes_and_nothing_else_missing(
    details: tuple[Detailed, ...],
) -> None:
    probes = [(fact.occurred_at, d) for fact, d in details if isinstance(d, Probe)]
    down = [at for at, probe in probes if not probe.up]
    assert len(down) == 19, "95 minutes"
    assert down[-1] - down[0] == 18 * 300_000
    steps = Counter(later - at for (at, _), (later, _) in pairwise(probes))
    assert steps == {300_000: len(probes) - 2, 2_700_000: 1}
    assert len(probes) == 31 * 288 - 8


def test_one_exclusion_is_approved_by_both_parties_and_one_is_not(
    details: tuple[Detailed, ...], measured: Measured
) -> None:
    told = [d for _, d in details if isinstance(d, Exclusion)]
    assert [each.is_approved for each in told] == [True, False]
    assert measured.level("level-availability").excluded == {"exclusion_ms": 5_400_000}


def test_one_clock_out_is_forgotten_and_listed(measured: Measured) -> None:
    ((agent, _),) = measured.seat_time.unpaired
    assert agent == "agent-03"


def test_an_agent_belongs_half_to_another_contract_for_a_week(
    details: tuple[Detailed, ...],
) -> None:
    shares = [d.share for _, d in details if isinstance(d, Assignment)]
    assert shares == ["1/2", "1"]


@pytest.mark.requirement("E11")
def test_no_agent_has_more_seat_time_than_was_clocked(
    details: tuple[Detailed, ...], measured: Measured
) -> None:
    clocked: dict[str, int] = defaultdict(int)
    since: dict[str, Instant] = {}
    for fact, detail in details:
        if isinstance(detail, Attendance):
            if detail.event is AttendanceEvent.CLOCK_IN:
                since[detail.agent] = fact.occurred_at
            elif detail.agent in since:
                clocked[detail.agent] += fact.occurred_at - since.pop(detail.agent)
    assert len(measured.seat_time.by_agent) == 6
    for agent, ms in measured.seat_time.by_agent.items():
        assert Fraction(0) < ms <= clocked[agent]
        assert ms <= measured.open_ms


def test_some_conversations_are_open_at_the_end_of_the_month(measured: Measured) -> None:
    assert measured.level("level-solved").carried > 5


def test_some_customers_rate_twice(details: tuple[Detailed, ...]) -> None:
    ratings = Counter(d.interaction for _, d in details if isinstance(d, Rating))
    assert 5 <= sum(count == 2 for count in ratings.values()) <= 60
    assert set(ratings.values()) == {1, 2}


def test_a_caller_has_a_number_beside_the_facts_and_a_pseudonym_in_them(
    october: tuple[Batch, ...], log: MemoryFactLog
) -> None:
    openings = {
        fact.key: fact.detail
        for batch in october
        for fact in batch.facts
        if fact.kind == "interaction.opened"
    }
    fields: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in log.personal_fields():
        fields[each.key].add(each.field)
    assert set(fields) == set(openings)
    for key, detail in openings.items():
        assert isinstance(detail, InteractionOpened)
        is_call = detail.channel is Channel.PHONE
        assert fields[key] == {"name", "phone" if is_call else "message"}
        assert detail.customer is not None
        assert detail.customer.startswith("c-")


def test_september_was_missed_too_and_is_partly_unpaid_in_october(
    earlier: tuple[EarlierStatement, ...],
) -> None:
    august, september = earlier
    assert (august.statement, september.statement) == (
        "CS-2026-001-2026-08",
        "CS-2026-001-2026-09",
    )
    assert set(august.verdicts.values()) == {Verdict.MET}
    missed = [clause for clause, how in september.verdicts.items() if how is Verdict.MISSED]
    assert missed == ["level-response"]
    assert august.due_on is not None
    assert all(day <= august.due_on for day, _ in august.paid)
    assert september.due_on == date(2026, 10, 21)
    late = late_stretches(
        september, first=OCTOBER.start, last=OCTOBER.last_day, counts_payment_day=True
    )
    assert [(each.first.day, each.last.day) for each in late] == [(22, 26), (27, 31)]


def test_the_month_is_a_realistic_one(measured: Measured) -> None:
    response = measured.level("level-response").value
    mean = measured.level("level-response-mean").value
    assert response is not None
    assert mean is not None
    assert Fraction("0.80") < response < Fraction("0.90"), "missed, as a busy desk does"
    assert 15 < mean < 30
    assert (measured.level("level-resolution").value or 0) > Fraction("0.85")
    assert 0 < len(measured.level("level-complaint").missed) < 20
