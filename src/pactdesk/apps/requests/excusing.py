"""Time that an answer came too late by, as the exclusion that the provider may propose for it."""

from __future__ import annotations

from pactdesk.apps.requests.errors import NotLate
from pactdesk.apps.requests.models import Request
from pactdesk.apps.requests.values import lost_time
from pactdesk.core.facts.kinds import Exclusion
from pactdesk.core.facts.names import Party

CLIENT_CAUSED = "client_caused"


def may_be_excused(asked: Request) -> bool:
    """Whether the client kept the provider waiting beyond the time that the answer had."""
    return asked.asked_by == Party.PROVIDER.value and lost_time(asked) is not None


def excused(asked: Request) -> Exclusion:
    """From the last instant in time to the answer, of all levels; nothing until both agree.

    raises  NotLate
    """
    lost = lost_time(asked)
    if lost is None or not may_be_excused(asked):
        raise NotLate(code=asked.code)
    return Exclusion(lost.start, lost.end, (), CLIENT_CAUSED, ())
