"""The platform: probes around the clock, outages, probes that are missing, exclusions."""

from __future__ import annotations

from collections.abc import Iterable

from pactdesk.core.facts.kinds import Exclusion, Probe
from pactdesk.core.units.instants import Instant, Milliseconds, day_start, iso_text
from pactdesk.simulate.desk import Desk
from pactdesk.simulate.parts import ExcludedTime, Incident
from pactdesk.simulate.world import Process, World

_HOUR_MS = 3_600_000


def is_down(world: World, at: Instant) -> bool:
    """Whether the platform is out at `at`."""
    return _lies_in(world, world.scenario.platform.outages, at)


def probes(world: World) -> Process:
    """A probe at every step from the first midnight on, except where they are missing."""
    platform = world.scenario.platform
    step = platform.probe_every_s * 1000
    end = day_start(world.period.end, world.zone)
    for at in range(day_start(world.period.start, world.zone), end, step):
        yield world.until(at)
        if _lies_in(world, platform.missing_probes, world.now):
            continue
        world.recorder.note(
            Probe(
                target=platform.target,
                up=not is_down(world, world.now),
                covers_ms=Milliseconds(step),
            ),
            source="probe",
            event_id=f"{platform.target}/{iso_text(world.now)}",
            at=world.now,
        )


def outage(world: World, desk: Desk, incident: Incident) -> Process:
    """While the platform is out nobody takes anything that is written."""
    span = world.span(incident)
    if span is None:
        return
    yield world.until(span[0])
    desk.platform_up = False
    yield world.until(span[1])
    desk.platform_up = not is_down(world, world.now)  # another outage may have begun
    desk.match()


def exclusion(world: World, excluded: ExcludedTime) -> Process:
    """Who approves does so some time after it is over."""
    span = world.span(excluded.when)
    if span is None:
        return
    start, end = span
    yield world.until(end + excluded.approved_after_hours * _HOUR_MS)
    world.recorder.note(
        Exclusion(
            start=start,
            end=end,
            clauses=(),
            cause=excluded.cause,
            approved_by=excluded.approved_by,
        ),
        source="ledger",
        event_id=f"exclusion/{iso_text(start)}/{excluded.cause}",
        at=world.now,
    )


def _lies_in(world: World, incidents: Iterable[Incident], at: Instant) -> bool:
    spans = (world.span(incident) for incident in incidents)
    return any(span is not None and span[0] <= at < span[1] for span in spans)
