"""The agents: shifts inside the service hours, breaks, attendance, shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pactdesk.core.facts.kinds import Assignment, Attendance, AttendanceEvent
from pactdesk.core.units.exact import exact_text, exact_value
from pactdesk.core.units.instants import Instant
from pactdesk.simulate.chance import Chance
from pactdesk.simulate.desk import Desk, Seat
from pactdesk.simulate.parts import AgentDay, Shifts
from pactdesk.simulate.world import Process, World

Stretch = tuple[Instant, Instant]

_MINUTE = 60_000


def agent_month(world: World, desk: Desk, seat: Seat) -> Process:
    """One agent's days: clock in, be there, finish the last contact, clock out."""
    chance = world.chance("attendance", seat.agent.name)
    shifts = world.scenario.shifts
    for number, day in enumerate(world.open_days, start=1):
        today = AgentDay(seat.agent.name, number)
        planned = list(stretches(world, seat, day))
        if planned:
            yield world.until(planned[0][0] - 1000 * shifts.early_s)
            _change_share(world, seat, number)
        if today in shifts.absences:
            continue
        for index, (start, end) in enumerate(planned):
            yield world.until(start + _arrival_offset_ms(chance, shifts))
            if world.now >= end:
                continue  # the last contact before the break lasted through this stretch
            _attend(world, seat, AttendanceEvent.CLOCK_IN, f"{day.isoformat()}/{2 * index}")
            yield world.until(start)
            seat.present = True
            desk.match()
            yield world.until(end)
            seat.present = False
            if seat.busy:
                seat.emptied = world.env.event()
                yield seat.emptied
            yield world.env.timeout(chance.length_ms(shifts.overtime))
            goes_home = index == len(planned) - 1
            if not (goes_home and today in shifts.forgotten_clock_outs):
                number_out = f"{day.isoformat()}/{2 * index + 1}"
                _attend(world, seat, AttendanceEvent.CLOCK_OUT, number_out)


def stretches(world: World, seat: Seat, day: date) -> Iterator[Stretch]:
    """When the agent should be there on `day`: open time from the agent's start, less the break."""
    shifts, opened = world.scenario.shifts, world.hours_of(day)
    left_ms = round(shifts.hours_a_day * 60) * _MINUTE
    starts_at = opened[0][0] + seat.agent.starts_after_minutes * _MINUTE
    for start, end in opened:
        for begin, finish in _with_break(max(start, starts_at), end, seat.number, shifts):
            finish = min(finish, begin + left_ms)
            if begin < finish:
                left_ms -= finish - begin
                yield Instant(begin), Instant(finish)


def _with_break(start: int, end: int, number: int, shifts: Shifts) -> Iterator[tuple[int, int]]:
    """A long stretch in two parts; the agents go one after the other, so somebody stays."""
    if end - start <= shifts.break_after_minutes * _MINUTE or not shifts.break_minutes:
        yield start, end
        return
    turns = max(1, shifts.break_after_minutes // max(1, shifts.relief_minutes) // 2)
    earliest = start + shifts.break_after_minutes * _MINUTE // 2
    leaves_at = earliest + number % turns * shifts.relief_minutes * _MINUTE
    yield start, leaves_at
    yield leaves_at + shifts.break_minutes * _MINUTE, end


def _arrival_offset_ms(chance: Chance, shifts: Shifts) -> int:
    """Milliseconds after the start of a stretch; before it, negative."""
    if chance.happens(shifts.late_share):
        return chance.length_ms(shifts.late)
    return -1000 * chance.between(0, shifts.early_s)


def _attend(world: World, seat: Seat, event: AttendanceEvent, number: str) -> None:
    name = seat.agent.name
    world.recorder.note(
        Attendance(agent=name, event=event),
        source="attendance",
        event_id=f"{name}/{number}",
        at=world.now,
        may_be_late=True,
    )


def _change_share(world: World, seat: Seat, number: int) -> None:
    for change in world.scenario.shifts.share_changes:
        if (change.agent, change.open_day) == (seat.agent.name, number):
            share = exact_value(change.share)
            # Half an agent still takes one contact at a time.
            seat.slots = max(1, int(seat.agent.slots * share)) if share else 0
            world.recorder.note(
                Assignment(agent=seat.agent.name, share=exact_text(share)),
                source="roster",
                event_id=f"{seat.agent.name}/share/{world.now}",
                at=world.now,
            )
