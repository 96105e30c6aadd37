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
