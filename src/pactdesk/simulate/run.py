"""One contract, one scenario, one seed: the facts of a period, as a log would take them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from simpy import Environment

from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.scope import Scope
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.core.worktime.grid import DayGrid
from pactdesk.simulate.arrivals import customers_of
from pactdesk.simulate.desk import Desk, Seat
from pactdesk.simulate.ledger import earlier_statement, starts_at
from pactdesk.simulate.parts import Demand
from pactdesk.simulate.people import agent_month
from pactdesk.simulate.record import Batch, Recorder
from pactdesk.simulate.scenario import Scenario
from pactdesk.simulate.scenario_file import checked
from pactdesk.simulate.system import exclusion, outage, probes
from pactdesk.simulate.world import World

Progress = Callable[[int, int], None]
"""Called after each simulated day of the period with the days done and the days in all."""


class RecordedDay(NamedTuple):
    """What a log takes in on one local day, ready for `FactLog.record`."""

    day: date
    facts: tuple[RecordedFact, ...]
    personal: tuple[PersonalField, ...]


def simulate(
    contract: Contract,
    calendar: WorkCalendar,
    period: Period,
    scenario: Scenario | None = None,
    seed: int = 7,
    progress: Progress | None = None,
) -> Iterator[Batch]:
    """The facts of `period` under `contract`, in batches in the order of recording.

    Nothing happens after the period: what is open then stays open, and an instalment that
    falls later is not paid. Facts are still recorded for some days, because some come late.
    The same arguments give the same bytes on every machine.

    scenario  the default one when absent; channels that the contract's scope lacks stay silent
    progress  told after each day of the period
    raises    what `checked` raises, ClauseMissing, BlankLeft, CalendarNotPublished: all before
              the first batch
    """
    world = _world(contract, calendar, period, checked(scenario or Scenario()), seed)
    _start(world)
    return _batches(world, progress)


def by_day(batches: Iterable[Batch], contract: Contract) -> Iterator[RecordedDay]:
    """The batches of each local day together: one write to the log instead of thousands."""
    zone = zone_named(contract.zone)
    for day, group in groupby(batches, key=lambda batch: local_day(batch.recorded_at, zone)):
        kept = tuple(group)
        yield RecordedDay(
            day,
            tuple(RecordedFact(fact, each.recorded_at) for each in kept for fact in each.facts),
            tuple(personal for each in kept for personal in each.personal),
        )


def _world(
    contract: Contract, calendar: WorkCalendar, period: Period, scenario: Scenario, seed: int
) -> World:
    world = World(
        env=Environment(),
        contract=contract,
        calendar=calendar,
        period=period,
        scenario=scenario,
        seed=seed,
        grid=DayGrid.build(
            opening_hours(contract.one(ServiceHours), contract.zone),
            calendar,
            period.start,
            period.last_day,
        ),
        zone=zone_named(contract.zone),
        recorder=Recorder(
            contract_id=contract.contract_id, seed=seed, recording=scenario.recording
        ),
    )
    # The clock must start with the oldest statement, which only the world can date.
    world.env = Environment(initial_time=starts_at(world))
    return world


def _start(world: World) -> None:
    """Every process of the period; the order decides who acts first within a millisecond."""
    env, scenario = world.env, world.scenario
    seats = tuple(
        Seat(number=number, agent=agent, slots=agent.slots)
        for number, agent in enumerate(scenario.agents)
    )
    desk = Desk(env, seats)
    for earlier in scenario.earlier_statements:
        env.process(earlier_statement(world, earlier))
    env.process(probes(world))
    for incident in scenario.platform.outages:
        env.process(outage(world, desk, incident))
    for excluded in scenario.platform.exclusions:
        env.process(exclusion(world, excluded))
    for seat in seats:
        env.process(agent_month(world, desk, seat))
    for demand in _demanded(world):
        env.process(customers_of(world, desk, demand))


def _demanded(world: World) -> Iterator[Demand]:
    """The channels that the contract is about; all when it does not say."""
    scope = world.contract.optional(Scope)
    if scope is None or isinstance(scope.channels, Blank):
        yield from world.scenario.demand
        return
    agreed = {channel.value for channel in scope.channels}
    yield from (each for each in world.scenario.demand if each.channel.value in agreed)


def _batches(world: World, progress: Progress | None) -> Iterator[Batch]:
    first = day_start(world.period.start, world.zone)
    if world.now < first:
        world.env.run(until=first)
        yield from world.recorder.batches_before(first)
    for done, day in enumerate(world.period, start=1):
        end: Instant = day_start(day + timedelta(days=1), world.zone)
        world.env.run(until=end)
        yield from world.recorder.batches_before(end)
        if progress is not None:
            progress(done, len(world.period))
    yield from world.recorder.batches_before()
