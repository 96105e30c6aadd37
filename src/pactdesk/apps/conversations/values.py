"""Rows to core values: what happened in a conversation, as facts are told; a message's text."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from pactdesk.apps.conversations.hands import Hand
from pactdesk.apps.conversations.kinds import AuthorKind, State, WaitReason
from pactdesk.apps.conversations.models import Conversation, Message
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import (
    CaseType,
    Channel,
    Clock,
    ClockEvent,
    ClockMetric,
    InteractionOpened,
)
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.data_keys import ContractKeys, Place

BODY = "body_ciphertext"
SOURCE = "desk"


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation's row as far as messages change it; see `models.Conversation`."""

    id: UUID
    code: str
    state: str
    wait_reason: str | None
    first_asked_at_ms: int | None
    first_reply_at_ms: int | None
    last_sequence: int


def code_of(conversation: UUID) -> str:
    """What people call it: its day (UTC) and eight letters or digits of its id.

    >>> code_of(UUID("019aa3f2-8c00-7000-8000-000000000001"))
    '251121-AAAAAAAB'
    """
    day = datetime.fromtimestamp((conversation.int >> 80) / 1000, UTC)
    return f"{day:%y%m%d}-{b32encode(conversation.bytes[-5:]).decode()}"


def opening(conversation: Conversation) -> InteractionOpened:
    """That the customer came."""
    case_type = CaseType(conversation.case_type) if conversation.case_type else None
    channel = Channel(conversation.channel)
    return InteractionOpened(conversation.code, channel, case_type, conversation.customer)


def caused_by_message(conversation: Held, by: Hand) -> list[Measured]:
    """What a message does to the clocks of a conversation as it stood before.

    The customer's first starts both clocks: a chat in which nobody asked needs no answer. An
    agent's first one afterwards is the first response; an automatic one is told too, as the
    system's, and whoever measures does not count it. A customer's ends a wait for the customer.
    """
    asked, replied = conversation.first_asked_at_ms, conversation.first_reply_at_ms
    if by.kind is AuthorKind.CUSTOMER and asked is None:
        started = (ClockMetric.FIRST_RESPONSE, ClockMetric.RESOLUTION)
        return [clock(conversation.code, each, ClockEvent.ACTIVATE, by) for each in started]
    if ends_wait(conversation, by):
        return [clock(conversation.code, ClockMetric.RESOLUTION, ClockEvent.RESUME, by)]
    if by.kind is not AuthorKind.CUSTOMER and asked is not None and replied is None:
        return [clock(conversation.code, ClockMetric.FIRST_RESPONSE, ClockEvent.FULFIL, by)]
    return []


def ends_wait(conversation: Held, by: Hand) -> bool:
    """Whether a message by this hand is what the agent waits for."""
    waits_for_customer = conversation.wait_reason == WaitReason.CUSTOMER
    return (
        conversation.state == State.WAITING
        and waits_for_customer
        and by.kind is AuthorKind.CUSTOMER
    )


def clock(
    code: str,
    metric: ClockMetric,
    event: ClockEvent,
    by: Hand,
    reason: str | None = None,
) -> Clock:
    """That something happened to a clock of the conversation called `code`."""
    return Clock(code, metric, event, reason, by.actor)


def fact_of(detail: Measured, contract_code: str, at: Instant) -> Fact:
    """The fact that `detail` happened at the desk.

    Ids made later sort later: of one millisecond, facts stand in the order they were made.
    """
    return Fact.of(
        detail,
        contract_id=contract_code,
        source=SOURCE,
        event_id=str(new_id()),
        occurred_at=at,
    )


def text_of(message: Message, keys: ContractKeys) -> str:
    """The message's text.

    raises  CiphertextMalformed, DataKeyMissing, CiphertextRefused
    """
    return keys.decrypt(bytes(message.body_ciphertext), Place(message.id, BODY)).decode()
