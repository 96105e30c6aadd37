"""A case after the first talk: waits with reasons, a second look, solution, reopening, rating."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from simpy import Event

from pactdesk.core.facts.kinds import Actor, ClockEvent, ClockMetric, Rating
from pactdesk.simulate.case import Case
from pactdesk.simulate.desk import seat_of
from pactdesk.simulate.limits import Factors
from pactdesk.simulate.parts import Wait
from pactdesk.simulate.world import Process

_RESOLUTION = ClockMetric.RESOLUTION


def after_first_contact(case: Case) -> Process:
    """To the closing, perhaps back again, and to the customer's rating."""
    yield from _solve(case)
    yield from _close(case)
    case.world.env.process(_rate(case))
    if case.solved and case.chance.happens(case.habits.reopened):
        yield from _reopen(case)


def _solve(case: Case) -> Process:
    """Waits and second looks, then the solution, or none."""
    scenario, chance, habits = case.world.scenario, case.chance, case.habits
    if chance.happens(habits.slow):
        yield case.world.env.timeout(chance.length_ms(scenario.resolution.slow))
        yield from _follow_up(case)
    if scenario.waits and chance.happens(habits.waits):
        answered = yield from _wait(case, _reason(case))
        if not answered:
            return
        yield from _follow_up(case)
    if not chance.happens(habits.unresolved):
        _solved(case)


def _reason(case: Case) -> Wait:
    waits = case.world.scenario.waits
    return waits[case.chance.weighted([wait.weight for wait in waits])]


def _wait(case: Case, wait: Wait) -> Generator[Event, Any, bool]:
    """The clock stands still until somebody else acts; returns whether anybody did."""
    case.clock(
        _RESOLUTION,
        ClockEvent.PAUSE,
        Actor.AGENT,
        reason=wait.reason,
        proof=case.proof_number("note"),
    )
    if case.chance.happens(wait.silent):
        yield case.world.env.timeout(case.chance.length_ms(case.world.scenario.resolution.silence))
        return False
    yield case.world.env.timeout(case.chance.length_ms(wait.lasts))
    case.clock(
        _RESOLUTION,
        ClockEvent.RESUME,
        wait.actor,
        reason=wait.reason,
        proof=case.proof_number(wait.proof),
    )
    return True


def _follow_up(case: Case) -> Process:
    """An agent takes the case up again, when nobody more urgent waits."""
    resolution = case.world.scenario.resolution
    work = case.ask(resolution.follow_up_urgency)
    yield work.taken
    seat = seat_of(work)
    base_ms = case.chance.length_ms(resolution.follow_up)
    yield case.world.env.timeout(case.work_ms(base_ms, seat))
    case.desk.release(seat, work)


def _solved(case: Case) -> None:
    case.solved = True
    case.clock(_RESOLUTION, ClockEvent.FULFIL, Actor.AGENT)


def _close(case: Case) -> Process:
    yield case.world.env.timeout(case.chance.length_ms(case.world.scenario.resolution.closes_after))
    case.close()


def _reopen(case: Case) -> Process:
    """The customer comes back: the clock runs on until it is solved again."""
    resolution = case.world.scenario.resolution
    yield case.world.env.timeout(case.chance.length_ms(resolution.comes_back))
    case.clock(_RESOLUTION, ClockEvent.ACTIVATE, Actor.CUSTOMER, reason="reopened")
    yield from _follow_up(case)
    _solved(case)
    yield from _close(case)


def _rate(case: Case) -> Process:
    """Some customers rate, a few of them again later."""
    chance, ratings = case.world.chance("rating", case.id), case.world.scenario.ratings
    if not chance.happens(case.handling.rated):
        return
    weights = _weights(case)
    yield case.world.env.timeout(chance.length_ms(ratings.given_after))
    _rated(case, 1 + chance.weighted(weights))
    if chance.happens(ratings.changed):
        yield case.world.env.timeout(chance.length_ms(ratings.changed_after))
        _rated(case, 1 + chance.weighted(weights))


def _weights(case: Case) -> Factors:
    ratings = case.world.scenario.ratings
    if not case.solved:
        return ratings.when_unresolved
    slow = case.waited_ms > ratings.slow_after_s * 1000
    return ratings.when_slow if slow else ratings.when_fast


def _rated(case: Case, score: int) -> None:
    scale = len(case.world.scenario.ratings.when_fast)
    case.note(
        Rating(interaction=case.id, score=score, scale=scale), source="survey", may_be_late=True
    )
