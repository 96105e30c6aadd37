"""What a click on the clock does to times at work: pure, so that its laws can be tried out."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Assignment, Attendance, AttendanceEvent
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.instants import Instant

SOURCE = "desk"
LONGEST_HOURS = 16
LONGEST_MS = LONGEST_HOURS * 3_600_000
"""Nobody works longer at a stretch: whoever seems to has forgotten to clock out."""

Work = Mapping[UUID, str]
"""Contract → share of the agent's time: "1", or parts that make at most one."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A time at work that goes on."""

    contract: UUID
    share: str
    started_at: Instant


@dataclass(frozen=True, slots=True)
class Clicked:
    """What a click does: which end now, which are lost, and what begins, all at `at`."""

    at: Instant
    ended: tuple[Begun, ...]
    lost: tuple[Begun, ...]
    begun: tuple[Begun, ...]

    @property
    def changes(self) -> bool:
        """Whether anything happens; a second click does nothing."""
        return bool(self.ended or self.lost or self.begun)


def clicked(
    going_on: Sequence[Begun], work: Work, at: Instant, after: Instant | None = None
) -> Clicked:
    """From `at` on the agent works for `work`, and for nothing else; {} is clocking out.

    after  when the agent last clocked out. Clocks of two machines differ: nothing begins before
           what was before it ended, nor ends before it began
    """
    at = max(at, after or at, *(each.started_at for each in going_on))
    lost = tuple(each for each in going_on if is_forgotten(each.started_at, at))
    kept = [each for each in going_on if each not in lost]
    if kept and not lost and {each.contract: each.share for each in kept} == dict(work):
        return Clicked(at, (), (), ())
    begun = tuple(Begun(contract, share, at) for contract, share in sorted(work.items()))
    return Clicked(at, tuple(kept), lost, begun)


def is_forgotten(started_at: Instant, now: Instant) -> bool:
    """Whether somebody who is still clocked in must have left long ago."""
    return now - started_at > LONGEST_MS


def ending(agent: str) -> list[Measured]:
    """The facts of clocking out."""
    return [Attendance(agent, AttendanceEvent.CLOCK_OUT)]


def beginning(agent: str, share: str) -> list[Measured]:
    """The facts of clocking in; the share is told each time, for another one may have held."""
    return [Assignment(agent, share), Attendance(agent, AttendanceEvent.CLOCK_IN)]


def agent_code(person: UUID) -> str:
    """What facts call an agent: never a name.

    >>> agent_code(UUID("019aa3f2-8c00-7000-8000-000000000001"))
    'A-AAAAAAAB'
    """
    return f"A-{b32encode(person.bytes[-5:]).decode()}"


def shared(shares: Iterable[str]) -> Fraction:
    """All of them together."""
    return sum((exact_value(each) for each in shares), start=Fraction(0))
