"""One interaction's facts as a timeline, and its messages."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from zoneinfo import ZoneInfo

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import (
    Actor,
    Clock,
    ClockEvent,
    InteractionAbandoned,
    InteractionClassified,
    InteractionClosed,
    InteractionOpened,
    Rating,
)
from pactdesk.core.facts.replies import is_automatic_reply
from pactdesk.core.units.instants import Instant, local_day
from pactdesk.web.portal.said import local, say, say_if_known, second_text, time_taken
from pactdesk.web.ui.values import Event

_ICONS = {
    ClockEvent.ACTIVATE: ("clock", "info"),
    ClockEvent.PAUSE: ("pause", ""),
    ClockEvent.RESUME: ("clock", "info"),
    ClockEvent.FULFIL: ("check", "good"),
    ClockEvent.BREACH: ("late", "bad"),
    ClockEvent.PROGRESS: ("check", "good"),
}


def timeline(facts: Iterable[RecordedFact], zone: ZoneInfo) -> tuple[Event, ...]:
    """Every fact in the order in which it happened, with the time since the one before."""
    ordered = sorted(facts, key=lambda each: (each.fact.occurred_at, each.fact.key))
    if not ordered:
        return ()
    first = _event(ordered[0], zone, None)
    return (first, *(_event(after, zone, before) for before, after in pairwise(ordered)))


def _event(recorded: RecordedFact, zone: ZoneInfo, before: RecordedFact | None) -> Event:
    at = recorded.fact.occurred_at
    who, what, icon, tone = _said(recorded)
    if local_day(at, zone) != local_day(recorded.recorded_at, zone):
        what = f"{what} · {say('interaction.recorded', at=second_text(recorded.recorded_at, zone))}"
    gap = ""
    if before is not None and at > before.fact.occurred_at:
        took = time_taken(Instant(at - before.fact.occurred_at))
        gap = say("interaction.after", time=took)
    return Event(second_text(at, zone), local(at, zone).isoformat(), who, what, icon, tone, gap)


def _said(recorded: RecordedFact) -> tuple[str, str, str, str]:
    """(who, what, icon, tone)"""
    match recorded.fact.detail:
        case InteractionOpened() as opened:
            channel = say(f"channel.{opened.channel}")
            return _who(Actor.CUSTOMER), say("interaction.opened", channel=channel), "chat", ""
        case InteractionClassified() as called:
            about = say(f"interaction.about.{called.case_type}")
            return _who(Actor.AGENT), say("interaction.classified", about=about), "info", ""
        case InteractionClosed():
            return _who(None), say("interaction.closed"), "lock", ""
        case InteractionAbandoned():
            return _who(Actor.CUSTOMER), say("interaction.abandoned"), "offline", "bad"
        case Rating() as rating:
            said = say("interaction.rating", score=rating.score, scale=rating.scale)
            return _who(Actor.CUSTOMER), said, "star", ""
        case Clock() as clock:
            if is_automatic_reply(clock):
                return _who(clock.actor), say("interaction.automatic"), "chat", ""
            icon, tone = _ICONS[clock.event]
            said = say(f"interaction.clock.{clock.metric}.{clock.event}")
            # What was waited for is told when the wait begins.
            if clock.reason and clock.event is not ClockEvent.RESUME:
                reason = say_if_known(f"reason_of.{clock.reason}", clock.reason)
                said = f"{said} · {say('interaction.reason', reason=reason)}"
            return _who(clock.actor), said, icon, tone
        case other:
            return _who(None), str(other.kind), "info", ""


def _who(actor: Actor | None) -> str:
    return say(f"interaction.who.{actor or 'unknown'}")
