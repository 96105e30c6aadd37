"""Telling answers of people from those of machines."""

from __future__ import annotations

from pactdesk.core.facts.kinds import Actor, Clock, ClockEvent, ClockMetric


def is_automatic_reply(told: Clock) -> bool:
    """Whether a machine answered: that is no first response."""
    answered = told.metric is ClockMetric.FIRST_RESPONSE and told.event is ClockEvent.FULFIL
    return answered and told.actor is Actor.SYSTEM
