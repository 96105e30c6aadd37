"""One clock, against a watcher who looks at it every millisecond."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.facts.kinds import Actor, Clock, ClockEvent, ClockMetric
from pactdesk.core.measure.clock import ClockRun, TimedClock, clock_run
from pactdesk.core.units.instants import Instant

TICKS = 30


@dataclass
class Watched:
    """What the watcher noted."""

    ran: set[int]
    activated_at: int | None = None
    fulfilled_at: int | None = None


def watch(events: list[TimedClock], cutoff: int) -> Watched:
    """Lets the milliseconds pass; the clock is idle, running, stopped or done."""
    seen, state = Watched(set()), "idle"
    for now in range(cutoff):
        for at, clock in events:
            if at == now:
                state = after(state, clock)
                if state == "running" and seen.activated_at is None:
                    seen.activated_at = now
                if state != "done":
                    seen.fulfilled_at = None
                elif seen.fulfilled_at is None:
                    seen.fulfilled_at = now
        if state == "running":
            seen.ran.add(now)
    return seen


def after(state: str, clock: Clock) -> str:
    """The page's rules as a table of states."""
    by_a_person = clock.metric is not ClockMetric.FIRST_RESPONSE or clock.actor is Actor.AGENT
    reopens = clock.metric is ClockMetric.RESOLUTION
    table = {
        ("idle", ClockEvent.ACTIVATE): "running",
        ("stopped", ClockEvent.ACTIVATE): "running",
        ("done", ClockEvent.ACTIVATE): "running" if reopens else "done",
        ("running", ClockEvent.PAUSE): "stopped",
        ("stopped", ClockEvent.RESUME): "running",
        ("running", ClockEvent.FULFIL): "done" if by_a_person else "running",
        ("stopped", ClockEvent.FULFIL): "done" if by_a_person else "stopped",
    }
    return table.get((state, clock.event), state)


@st.composite
def histories(draw: st.DrawFn, metric: ClockMetric | None = None) -> list[TimedClock]:
    """Any events in time order, sensible or not."""
    of = metric or draw(st.sampled_from(ClockMetric))
    times = sorted(draw(st.lists(st.integers(0, TICKS), max_size=12)))
    history: list[TimedClock] = []
    for at in times:
        event = draw(st.sampled_from(ClockEvent))
        actor = draw(st.sampled_from([*Actor, None]))
        reason = "waiting" if event is ClockEvent.PAUSE else None
        history.append((Instant(at), Clock("i", of, event, reason, actor)))
    return history


@given(histories(), st.integers(0, TICKS + 5))
def test_the_clock_runs_exactly_when_a_watcher_sees_it_run(
    history: list[TimedClock], cutoff: int
) -> None:
    run, seen = clock_run(history, Instant(cutoff)), watch(history, cutoff)
    if seen.activated_at is None:
        assert run is None
        return
    assert run is not None
    ran = [at for start, end in run.running for at in range(start, end)]
    assert sorted(set(ran)) == sorted(ran) == sorted(seen.ran)
    assert (run.activated_at, run.fulfilled_at) == (seen.activated_at, seen.fulfilled_at)


@given(histories(), st.integers(0, TICKS), st.integers(0, TICKS))
def test_nothing_that_happens_later_changes_what_had_happened(
    history: list[TimedClock], one: int, other: int
) -> None:
    early, late = sorted((one, other))
    known = [(at, clock) for at, clock in history if at < early]
    assert clock_run(history, Instant(early)) == clock_run(known, Instant(early))
    before = ran_until(clock_run(history, Instant(early)), early)
    assert before == ran_until(clock_run(history, Instant(late)), early)


def ran_until(run: ClockRun | None, end: int) -> set[int]:
    if run is None:
        return set()
    return {at for start, stop in run.running for at in range(start, stop) if at < end}


@given(histories(), st.integers(0, TICKS))
def test_a_breach_notice_moves_no_clock(history: list[TimedClock], cutoff: int) -> None:
    without = [(at, clock) for at, clock in history if clock.event is not ClockEvent.BREACH]
    assert clock_run(history, Instant(cutoff)) == clock_run(without, Instant(cutoff))


@pytest.mark.requirement("B8")
@given(histories(ClockMetric.FIRST_RESPONSE))
def test_only_a_person_gives_a_first_response(history: list[TimedClock]) -> None:
    run = clock_run(history, Instant(TICKS + 1))
    if run is not None and run.fulfilled_at is not None:
        assert any(
            at == run.fulfilled_at
            and clock.event is ClockEvent.FULFIL
            and clock.actor is Actor.AGENT
            for at, clock in history
        )
