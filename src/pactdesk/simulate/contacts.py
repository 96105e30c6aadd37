"""A contact from the customer's first step to the end of the first talk."""

from __future__ import annotations

from pactdesk.core.facts.kinds import Actor, CaseType, Channel, ClockEvent, InteractionAbandoned
from pactdesk.core.units.instants import iso_text
from pactdesk.simulate.case import Case
from pactdesk.simulate.cases import after_first_contact
from pactdesk.simulate.customers import customer
from pactdesk.simulate.desk import Desk, Work, seat_of
from pactdesk.simulate.parts import Handling
from pactdesk.simulate.world import Process, World

_CASE_TYPES = (CaseType.CONSULT, CaseType.COMPLAINT, CaseType.SUGGESTION)


def contact(world: World, desk: Desk, handling: Handling, number: int) -> Process:
    """Queue, be taken or leave, talk; then the case goes its way.

    number  of the contact within its channel and day, for its name
    """
    case = _case(world, desk, handling, number)
    case.open()
    is_open = world.grid.is_open(world.now)
    if case.channel is Channel.PHONE and not is_open:
        yield world.env.timeout(case.chance.length_ms(world.scenario.closed_announcement))
        _leave(case)
        return
    if case.channel is not Channel.PHONE:
        world.env.process(_automatic_reply(case))
    work = case.ask(handling.urgency)
    if not work.taken.triggered:
        patience_ms = _patience_ms(case, handling, is_open)
        if patience_ms is None:
            yield work.taken
        else:
            yield work.taken | world.env.timeout(patience_ms)
    if not work.taken.triggered:
        desk.withdraw(work)
        _leave(case)
        return
    yield from _talk(case, work)
    yield from after_first_contact(case)


def _case(world: World, desk: Desk, handling: Handling, number: int) -> Case:
    day = iso_text(world.now, world.zone)[:10].replace("-", "")
    name = f"{handling.channel.value}-{day}-{number:04d}"
    chance = world.chance("case", name)
    return Case(
        world=world,
        desk=desk,
        id=name,
        customer=customer(world.seed, chance.between(1, world.scenario.customers)),
        channel=handling.channel,
        case_type=_CASE_TYPES[chance.weighted(handling.case_mix)],
        chance=chance,
        opened_at=world.now,
    )


def _patience_ms(case: Case, handling: Handling, is_open: bool) -> int | None:
    """How long the customer queues; None: until taken. Nobody holds a line past closing time."""
    if handling.patience is None:
        return None
    if not is_open and case.chance.happens(handling.stays):
        return None
    patience_ms = case.chance.length_ms(handling.patience)
    if case.channel is Channel.PHONE:
        announcement_ms = case.chance.length_ms(case.world.scenario.closed_announcement)
        left_ms = case.world.closes_at() - case.world.now
        return min(patience_ms, left_ms + announcement_ms)
    return patience_ms


def _leave(case: Case) -> None:
    case.left = True
    case.note(InteractionAbandoned(interaction=case.id))


def _automatic_reply(case: Case) -> Process:
    """The system greets whoever is not answered at once; that is no first response."""
    greeting = case.world.scenario.automatic_reply
    greets = case.chance.happens(greeting.share)
    after_ms = case.chance.length_ms(greeting.after)
    if not greets:
        return
    yield case.world.env.timeout(after_ms)
    if not case.left and case.replied_at is None:
        case.clock(case.first_metric, ClockEvent.FULFIL, Actor.SYSTEM)


def _talk(case: Case, work: Work) -> Process:
    """The agent's first words, then the work; the seat is free afterwards."""
    world, seat = case.world, seat_of(work)
    others = 0 if work.slots is None else seat.busy - work.taking
    slower = 1 + world.scenario.shifts.slower_per_contact * others
    yield world.env.timeout(case.chance.length_ms(case.handling.reply, slower * seat.agent.pace))
    case.replied_at = world.now
    case.clock(case.first_metric, ClockEvent.FULFIL, Actor.AGENT)
    yield world.env.timeout(case.work_ms(case.chance.length_ms(case.handling.work), seat))
    case.desk.release(seat, work)
