"""One clock of one interaction, folded from its events up to a cut-off.

The events are Zendesk's: activate, pause, resume, fulfil. A clock that is activated again after
it was fulfilled (a reopening) runs on where it stood; the time between did not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pactdesk.core.facts.kinds import Actor, Clock, ClockEvent, ClockMetric
from pactdesk.core.measure.intervals import Interval, Intervals
from pactdesk.core.units.instants import Instant

TimedClock = tuple[Instant, Clock]
"""When it happened, and what."""


@dataclass(frozen=True, slots=True)
class ClockRun:
    """When the clock ran, seen from a cut-off.

    running       intervals in which it ran; the last ends at the cut-off if it still runs
    activated_at  the first activation
    fulfilled_at  the fulfilment that still holds; None while open
    """

    activated_at: Instant
    running: Intervals
    fulfilled_at: Instant | None


def clock_run(events: Sequence[TimedClock], cutoff: Instant) -> ClockRun | None:
    """The run of one clock from its events in time order; None before its activation."""
    running: list[Interval] = []
    activated_at: Instant | None = None
    since: Instant | None = None
    fulfilled_at: Instant | None = None
    for at, clock in events:
        if at >= cutoff:
            break
        match clock.event:
            case ClockEvent.ACTIVATE if _starts(clock.metric, fulfilled_at, since):
                activated_at = at if activated_at is None else activated_at
                since, fulfilled_at = at, None
            case ClockEvent.RESUME if activated_at is not None and fulfilled_at is None:
                since = at if since is None else since
            case ClockEvent.PAUSE if since is not None:
                running.append((since, at))
                since = None
            case ClockEvent.FULFIL if activated_at is not None and _fulfils(clock, fulfilled_at):
                if since is not None:
                    running.append((since, at))
                since, fulfilled_at = None, at
            case _:
                pass  # a second start, a pause of a stopped clock, a breach notice: no effect
    if activated_at is None:
        return None
    if since is not None:
        running.append((since, cutoff))
    return ClockRun(activated_at, tuple(running), fulfilled_at)


def _starts(metric: ClockMetric, fulfilled_at: Instant | None, since: Instant | None) -> bool:
    """A first response is given once; only a resolution can be reopened."""
    reopens = metric is ClockMetric.RESOLUTION
    return since is None and (fulfilled_at is None or reopens)


def _fulfils(clock: Clock, fulfilled_at: Instant | None) -> bool:
    """An automatic reply is no first response; only a person's is."""
    automatic = clock.metric is ClockMetric.FIRST_RESPONSE and clock.actor is not Actor.AGENT
    return fulfilled_at is None and not automatic
