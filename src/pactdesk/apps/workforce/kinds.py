"""The closed choices of the workforce."""

from __future__ import annotations

from enum import StrEnum

from pactdesk.apps.parties.kinds import Role

CLOCKING = (Role.AGENT, Role.LEAD)
"""Who clocks in and out."""

LEADING = (Role.LEAD, Role.PLANNER)
"""Who makes the roster and sees who is there."""


class StintState(StrEnum):
    """How a time at work stands.

    `LOST`: nobody clocked out, so it counts nothing until the lead says when it ended.
    """

    OPEN = "open"
    ENDED = "ended"
    LOST = "lost"
    VOID = "void"


class ShiftState(StrEnum):
    """How a planned shift stands: who waits for whom, or how it ended."""

    OFFERED = "offered"  # by the lead; the agent answers
    ASKED = "asked"  # by the agent; the lead answers
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class DeviceState(StrEnum):
    """What the lead said of a device."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class Deed(StrEnum):
    """What was done from a device that is not approved."""

    CLOCK = "clock"
    DESK = "desk"
    REPLY = "reply"
