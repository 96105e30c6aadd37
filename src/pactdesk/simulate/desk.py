"""The desk: who waits, who is free, and who takes whom."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simpy import Environment, Event

from pactdesk.core.facts.kinds import Channel
from pactdesk.simulate.parts import Agent


@dataclass(slots=True)
class Seat:
    """An agent's place. `present` while taking contacts; `busy` slots of `slots` are taken.

    slots      for this contract today: an agent who is half on another has half of them
    taken_at   when the last contact was taken; who has waited longest is next
    """

    number: int
    agent: Agent
    slots: int
    present: bool = False
    busy: int = 0
    taken_at: int = 0
    emptied: Event | None = None

    def room_for(self, channel: Channel, slots: int | None) -> bool:
        """Whether a contact fits; one that takes the whole agent needs an idle one."""
        if not (self.present and self.slots) or channel not in self.agent.channels:
            return False
        return self.busy == 0 if slots is None else self.busy + slots <= self.slots


@dataclass(order=True, slots=True)
class Work:
    """Something that waits for an agent, in the order in which it is taken."""

    urgency: int
    asked_at: int
    number: int
    channel: Channel = field(compare=False)
    slots: int | None = field(compare=False)
    taken: Event = field(compare=False)
    taking: int = field(default=0, compare=False)


def seat_of(work: Work) -> Seat:
    """Who took it; only once it is taken."""
    seat: Any = work.taken.value
    return seat  # type: ignore[no-any-return]  # `match` succeeds the event with a Seat


class Desk:
    """Queue and seats. `taken` of a work succeeds with the seat that takes it."""

    def __init__(self, env: Environment, seats: tuple[Seat, ...]) -> None:
        self._env = env
        self.seats = seats
        self.platform_up = True
        self._waiting: list[Work] = []
        self._asked = 0

    def ask(self, channel: Channel, slots: int | None, urgency: int) -> Work:
        """Join the queue."""
        self._asked += 1
        work = Work(
            urgency=urgency,
            asked_at=int(self._env.now),
            number=self._asked,
            channel=channel,
            slots=slots,
            taken=self._env.event(),
        )
        insort(self._waiting, work)
        self.match()
        return work

    def withdraw(self, work: Work) -> None:
        """Leave the queue."""
        self._waiting.remove(work)

    def release(self, seat: Seat, work: Work) -> None:
        """The seat is done with it."""
        seat.busy -= work.taking
        if seat.busy == 0 and seat.emptied is not None:
            seat.emptied.succeed()
            seat.emptied = None
        self.match()

    def match(self) -> None:
        """Everyone who can be taken is taken, the most urgent first."""
        for work, seat in list(self._matches()):
            self._waiting.remove(work)
            work.taken.succeed(seat)

    def _matches(self) -> Iterator[tuple[Work, Seat]]:
        for work in self._waiting:
            if not self.platform_up and work.channel is not Channel.PHONE:
                continue
            free = [seat for seat in self.seats if seat.room_for(work.channel, work.slots)]
            if free:
                seat = min(free, key=lambda each: (each.busy, each.taken_at, each.number))
                work.taking = seat.slots if work.slots is None else work.slots
                seat.busy += work.taking
                seat.taken_at = int(self._env.now)
                yield work, seat
