"""What a lead sees of their people's work: who is there, what is unclear, one day's times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contracts_visible_to
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.queries import people_visible_to
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.kinds import StintState
from pactdesk.apps.workforce.models import Stint, StintCorrection
from pactdesk.apps.workforce.queries import (
    agents_of,
    corrections_in,
    led_by,
    stints_in,
    stints_led_by,
)
from pactdesk.apps.workforce.values import is_forgotten
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named
from pactdesk.web.workforce.words import clock_text, day_text, hours_text, say, span_text

_DAY = timedelta(days=1)
MOST_CORRECTIONS = 20


@dataclass(frozen=True, slots=True)
class Present:
    """One time of one person on the day."""

    stint: UUID
    name: str
    times: str
    hours: str
    share: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A time whose end nobody knows; `said` is what the agent says."""

    stint: UUID
    name: str
    began: str
    said: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, in words."""

    at: str
    name: str
    by: str
    was: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True)
class TeamOf:
    """One contract's people."""

    contract: UUID
    title: str
    there: int
    agents: int
    present: tuple[Present, ...]
    unclear: tuple[Unclear, ...]
    corrections: tuple[Corrected, ...]
    hours: str
    may_correct: bool


def teams_of(scope: Scope, day: date, now: Instant) -> tuple[TeamOf, ...]:
    """Of every contract that the person leads or plans, by code."""
    led = set(led_by(scope))
    contracts = [one for one in contracts_visible_to(scope) if one.pk in led]
    names = {one.pk: one.name for one in people_visible_to(scope)}
    return tuple(_team(scope, one, names, day, now) for one in contracts)


def _team(
    scope: Scope, contract: Contract, names: Mapping[UUID, str], day: date, now: Instant
) -> TeamOf:
    zone = zone_named(contract.zone)
    since, until = day_start(day, zone), day_start(day + _DAY, zone)
    stints = list(stints_in(scope, contract.pk, since, until))
    counting = [each for each in stints if not _is_unclear(each, now)]
    present = tuple(_present(each, contract, names, now) for each in counting)
    total = sum(
        (
            exact_value(each.share)
            * max(0, min(each.ended_at_ms or now, until) - max(each.started_at_ms, since))
            for each in counting
        ),
        start=Fraction(0),
    )
    open_ones = stints_led_by(scope).filter(contract_id=contract.pk, state=StintState.OPEN)
    lost = stints_led_by(scope).filter(contract_id=contract.pk, state=StintState.LOST)
    forgotten = [each for each in open_ones if _is_unclear(each, now)]
    return TeamOf(
        contract=contract.pk,
        title=contract.title,
        there=len({each.person_id for each in open_ones if not _is_unclear(each, now)}),
        agents=len(agents_of(scope, contract.pk)),
        present=present,
        unclear=tuple(_unclear(each, contract, names) for each in (*forgotten, *lost)),
        corrections=corrected_words(
            corrections_in(scope, contract.pk)[:MOST_CORRECTIONS], contract, names
        ),
        hours=hours_text(total),
        may_correct=Role.LEAD.value in scope.roles(contract.pk),
    )


def _is_unclear(stint: Stint, now: Instant) -> bool:
    if stint.state == StintState.LOST:
        return True
    return stint.state == StintState.OPEN and is_forgotten(Instant(stint.started_at_ms), now)


def _present(stint: Stint, contract: Contract, names: Mapping[UUID, str], now: Instant) -> Present:
    zone = zone_named(contract.zone)
    start = Instant(stint.started_at_ms)
    end = None if stint.ended_at_ms is None else Instant(stint.ended_at_ms)
    return Present(
        stint=stint.pk,
        name=name_of(stint.person_id, names),
        times=span_text(start, end, zone),
        hours=hours_text(exact_value(stint.share) * ((end or now) - start)),
        share="" if stint.share == "1" else stint.share,
        state=say("state.open" if end is None else "state.ended"),
        tone="good" if end is None else "",
    )


def _unclear(stint: Stint, contract: Contract, names: Mapping[UUID, str]) -> Unclear:
    zone = zone_named(contract.zone)
    start = Instant(stint.started_at_ms)
    day = local_day(start, zone)
    said = stint.said_ended_ms
    return Unclear(
        stint.pk,
        name_of(stint.person_id, names),
        f"{day_text(day)} {clock_text(start, zone)}",
        "" if said is None else clock_text(Instant(said), zone, day),
    )


def corrected_words(
    corrections: Iterable[StintCorrection], contract: Contract, names: Mapping[UUID, str]
) -> tuple[Corrected, ...]:
    """Each in words, on the contract's clocks."""
    zone = zone_named(contract.zone)

    def span(start: int | None, end: int | None) -> str:
        if start is None:
            return say("nothing")
        day = day_text(local_day(Instant(start), zone))
        return f"{day} {span_text(Instant(start), None if end is None else Instant(end), zone)}"

    return tuple(
        Corrected(
            at=f"{each.recorded_at.astimezone(zone):%Y-%m-%d %H:%M}",
            name=name_of(each.person_id, names),
            by=name_of(each.by_id, names),
            was=span(each.was_start_ms, each.was_end_ms),
            now=span(each.now_start_ms, each.now_end_ms),
            reason=each.reason,
        )
        for each in corrections
    )


def name_of(person: UUID, names: Mapping[UUID, str]) -> str:
    """Their name, where it is known."""
    return names.get(person) or say("somebody")
