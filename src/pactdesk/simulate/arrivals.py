"""When customers come: a Poisson process whose rate follows hour, weekday and day kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pactdesk.core.facts.kinds import Channel
from pactdesk.core.units.instants import Instant
from pactdesk.core.worktime.calendars import DayKind
from pactdesk.core.worktime.wallclock import wall_instant
from pactdesk.simulate.chance import Chance, added_up
from pactdesk.simulate.contacts import contact
from pactdesk.simulate.desk import Desk
from pactdesk.simulate.parts import Demand
from pactdesk.simulate.system import is_down
from pactdesk.simulate.world import Process, World

_HOURS = range(24)
_HOUR_MS = 3_600_000


def customers_of(world: World, desk: Desk, demand: Demand) -> Process:
    """Everyone who comes through one channel, day after day."""
    handling = next(h for h in world.scenario.handling if h.channel is demand.channel)
    for day in world.period:
        for number, at in enumerate(arrivals(world, demand, day), start=1):
            yield world.until(at)
            world.env.process(contact(world, desk, handling, number))


def arrivals(world: World, demand: Demand, day: date) -> Iterator[Instant]:
    """The instants of one local day, in order.

    The rate is constant within an hour, and what is exponential has no memory; so each hour
    begins anew.
    """
    chance = world.chance("arrivals", demand.channel.value, day.isoformat())
    expected = demand.per_day * day_factor(world, demand, day)
    weight = added_up(demand.by_hour)
    for hour in _HOURS:
        start = wall_instant(day, 60 * hour, world.zone)
        end = wall_instant(day, 60 * (hour + 1), world.zone)
        per_hour = expected * demand.by_hour[hour] / weight if weight else 0
        if per_hour <= 0:
            continue
        at = start + chance.gap() / per_hour * _HOUR_MS
        while at < end:
            if gets_through(world, demand.channel, Instant(int(at)), chance):
                yield Instant(int(at))
            at += chance.gap() / per_hour * _HOUR_MS


def gets_through(world: World, channel: Channel, at: Instant, chance: Chance) -> bool:
    """In an outage most of those who would write cannot; the telephone works."""
    if channel is Channel.PHONE or not is_down(world, at):
        return True
    return chance.happens(world.scenario.platform.arrivals_in_outage)


def day_factor(world: World, demand: Demand, day: date) -> float:
    """How much more or less than on an ordinary day."""
    known = world.calendar.is_published(day.year)
    kind = world.calendar.kind_of(day) if known else DayKind.ORDINARY
    if kind is DayKind.HOLIDAY:
        factor = demand.on_holidays
    elif kind is DayKind.MAKE_UP:
        factor = demand.on_make_up_days
    else:
        factor = demand.by_weekday[day.weekday()]
    for promotion in world.scenario.promotions:
        if world.open_day(promotion.open_day) == day:
            factor *= promotion.factor
    return factor
