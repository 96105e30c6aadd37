"""What is done to conversations: each one transaction, one audit entry, the facts it causes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from pactdesk.apps.audit.actions import record
from pactdesk.apps.conversations.errors import (
    ConversationNotInState,
    ConversationUnknown,
    IdempotencyKeyUnusable,
    MessageEmpty,
    MessageNotUnicode,
    MessageTooLong,
)
from pactdesk.apps.conversations.hands import Hand, acting
from pactdesk.apps.conversations.keys import content_keys, ensure_content_key
from pactdesk.apps.conversations.kinds import AuthorKind, State, WaitReason
from pactdesk.apps.conversations.models import LONGEST_KEY, Conversation
from pactdesk.apps.conversations.sql import POST_MESSAGE
from pactdesk.apps.conversations.values import (
    BODY,
    caused_by_message,
    clock,
    code_of,
    ends_wait,
    opening,
)
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import (
    CaseType,
    Channel,
    ClockEvent,
    ClockMetric,
    InteractionClosed,
    Rating,
)
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.data_keys import Place
from pactdesk.gateways.vault.vault_keys import VaultKeys

SOURCE = "desk"
LONGEST_MESSAGE = 20_000

RecordFacts = Callable[[Sequence[Fact]], None]
"""Writes facts into the contract's log, in the transaction that is open."""

_GOING_ON = (State.OPEN, State.WAITING, State.RESOLVED)


@dataclass(frozen=True, slots=True)
class Means:
    """What the actions of one contract need from outside.

    contract_code  what facts call the contract (its code in the terms)
    """

    contract: UUID
    contract_code: str
    vault: VaultKeys
    record_facts: RecordFacts


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that is kept; not `fresh` if it was before."""

    id: UUID
    sequence: int
    fresh: bool


def open_conversation(
    by: Hand,
    *,
    channel: Channel,
    at: Instant,
    means: Means,
    case_type: CaseType | None = None,
    customer: str | None = None,
) -> UUID:
    """A customer came; the clocks start with their first message.

    customer  a pseudonym, never a name or a number that someone could dial
    raises    NotAllowed
    """
    with acting(by, means.contract, "conversations.open") as scope:
        ensure_content_key(means.contract, means.vault)
        number = new_id()
        made = Conversation.objects.create(
            id=number,
            contract_id=means.contract,
            code=code_of(number),
            channel=channel,
            case_type=case_type,
            customer=customer,
            state=State.OPEN,
            opened_at_ms=at,
        )
        _tell(scope, made, "conversations.open", [opening(made)], at, means)
        return made.id


def post_message(
    conversation: UUID, by: Hand, body: str, *, key: str, at: Instant, means: Means
) -> Posted:
    """Keep a message, once for each `key`, the sender's own name for it.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed, and what `check_message` does
    """
    check_message(body, key)
    with acting(by, means.contract, "conversations.post") as scope:
        posted = _post(conversation, by, body, key, at, means)
        if posted.fresh:
            held = _held(conversation, means)
            details = caused_by_message(held, by)
            _note_message(held, by, at)
            _tell(scope, held, "conversations.post", details, at, means, sequence=posted.sequence)
        return posted


def set_wait(
    conversation: UUID, by: Hand, reason: WaitReason, *, at: Instant, means: Means
) -> None:
    """Rest the resolution clock, for a reason; the first response has to come all the same.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.set_wait"
    with acting(by, means.contract, verb) as scope:
        held = _held(conversation, means, verb, State.OPEN)
        held.state, held.wait_reason = State.WAITING, reason
        rested = clock(held, ClockMetric.RESOLUTION, ClockEvent.PAUSE, by, reason.value)
        _tell(scope, held, verb, [rested], at, means, reason=reason.value)


def end_wait(conversation: UUID, by: Hand, *, at: Instant, means: Means) -> None:
    """Let the resolution clock run on.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.end_wait"
    with acting(by, means.contract, verb) as scope:
        held = _held(conversation, means, verb, State.WAITING)
        held.state, held.wait_reason = State.OPEN, None
        runs = clock(held, ClockMetric.RESOLUTION, ClockEvent.RESUME, by)
        _tell(scope, held, verb, [runs], at, means)


def resolve(conversation: UUID, by: Hand, *, at: Instant, means: Means) -> None:
    """What the customer asked for is done.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.resolve"
    with acting(by, means.contract, verb) as scope:
        held = _held(conversation, means, verb, State.OPEN, State.WAITING)
        held.state, held.wait_reason = State.RESOLVED, None
        done = clock(held, ClockMetric.RESOLUTION, ClockEvent.FULFIL, by)
        _tell(scope, held, verb, [done], at, means)


def reopen(conversation: UUID, by: Hand, *, at: Instant, means: Means) -> None:
    """It was not done after all: the resolution clock runs on where it stood.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.reopen"
    with acting(by, means.contract, verb) as scope:
        held = _held(conversation, means, verb, State.RESOLVED)
        held.state = State.OPEN
        again = clock(held, ClockMetric.RESOLUTION, ClockEvent.ACTIVATE, by, "reopened")
        _tell(scope, held, verb, [again], at, means)


def close(conversation: UUID, by: Hand, *, at: Instant, means: Means) -> None:
    """Over for both sides; nothing is posted any more.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.close"
    with acting(by, means.contract, verb) as scope:
        held = _held(conversation, means, verb, *_GOING_ON)
        held.state, held.wait_reason, held.closed_at_ms = State.CLOSED, None, at
        _tell(scope, held, verb, [InteractionClosed(held.code)], at, means)


def rate(
    conversation: UUID, by: Hand, *, score: int, scale: int, at: Instant, means: Means
) -> None:
    """The customer gave `score` of `scale` points; also after the end.

    raises  ConversationUnknown, NotAllowed (an agent's hand), FactMalformed
    """
    verb = "conversations.rate"
    with acting(by, means.contract, verb) as scope:
        if by.kind is AuthorKind.AGENT:
            raise NotAllowed(action=verb)
        held = _held(conversation, means)
        _tell(scope, held, verb, [Rating(held.code, score, scale)], at, means)


def check_message(body: str, key: str) -> None:
    """Raises MessageEmpty, MessageTooLong, MessageNotUnicode or IdempotencyKeyUnusable."""
    if not body.strip():
        raise MessageEmpty()
    if len(body) > LONGEST_MESSAGE:
        raise MessageTooLong(length=len(body), longest=LONGEST_MESSAGE)
    if not _is_unicode(body):
        raise MessageNotUnicode()
    if not 0 < len(key) <= LONGEST_KEY or "\x00" in key or not _is_unicode(key):
        raise IdempotencyKeyUnusable(longest=LONGEST_KEY)


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)


def _post(conversation: UUID, by: Hand, body: str, key: str, at: Instant, means: Means) -> Posted:
    number = new_id()
    locked = content_keys(means.contract, means.vault).encrypt(body.encode(), Place(number, BODY))
    values = [number, means.contract, conversation, by.kind.value, by.person, locked, key, at]
    with connection.cursor() as cursor:
        cursor.execute(POST_MESSAGE, values)
        found = cursor.fetchone()
    if found is None:
        _held(conversation, means, "conversations.post", *_GOING_ON)
        raise ConversationUnknown(conversation=conversation)
    return Posted(*found)


def _note_message(held: Conversation, by: Hand, at: Instant) -> None:
    """What the conversation remembers of a message, once its facts are made."""
    if by.kind is AuthorKind.CUSTOMER and held.first_asked_at_ms is None:
        held.first_asked_at_ms = at
    elif by.kind is AuthorKind.AGENT and held.first_asked_at_ms and not held.first_reply_at_ms:
        held.first_reply_at_ms = at
    if ends_wait(held, by):
        held.state, held.wait_reason = State.OPEN, None


def _held(conversation: UUID, means: Means, action: str = "", *states: State) -> Conversation:
    """The conversation, ours alone until the transaction ends; in one of `states`, if told."""
    rows = Conversation.objects.select_for_update(no_key=True)
    held = rows.filter(id=conversation, contract_id=means.contract).first()
    if held is None:
        raise ConversationUnknown(conversation=conversation)
    if states and held.state not in states:
        raise ConversationNotInState(code=held.code, state=held.state, action=action)
    return held


def _tell(
    scope: Scope,
    held: Conversation,
    verb: str,
    details: Sequence[Measured],
    at: Instant,
    means: Means,
    **told: str | int,
) -> None:
    """Save the row, audit it, and write its facts down."""
    held.save()
    record(scope, verb, subject=held.id, contract=means.contract, details=told)
    facts = [
        # Ids made later sort later: of one millisecond, facts stand in the order they were made.
        Fact.of(
            each,
            contract_id=means.contract_code,
            source=SOURCE,
            event_id=str(new_id()),
            occurred_at=at,
        )
        for each in details
    ]
    if facts:
        means.record_facts(facts)
