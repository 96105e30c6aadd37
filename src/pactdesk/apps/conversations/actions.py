"""What is done to conversations: each one transaction, one audit entry, the facts it causes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from pactdesk.apps.audit.actions import record
from pactdesk.apps.conversations.errors import ConversationNotInState, ConversationUnknown
from pactdesk.apps.conversations.hands import Hand, acting
from pactdesk.apps.conversations.keys import content_keys, ensure_content_key
from pactdesk.apps.conversations.kinds import AuthorKind, State, WaitReason
from pactdesk.apps.conversations.models import Conversation
from pactdesk.apps.conversations.posting import (
    Plan,
    Post,
    Posted,
    check_key,
    check_message,
    hold_values,
    known_values,
    planned,
)
from pactdesk.apps.conversations.sql import HOLD, KEEP, KNOWN
from pactdesk.apps.conversations.values import BODY, clock, code_of, fact_of, opening
from pactdesk.apps.conversations.waking import wake
from pactdesk.apps.evidence.models import FactRow
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
    InteractionClassified,
    InteractionClosed,
    Rating,
)
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.data_keys import Place
from pactdesk.gateways.vault.vault_keys import VaultKeys

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
class Opening:
    """Where a browser opened a conversation, and by what secret name: twice, it is still one.

    site  the shop
    key   SHA-256, in hex, of what the browser made up; who knows it is that customer
    """

    site: UUID
    key: str


def open_conversation(
    by: Hand,
    *,
    channel: Channel,
    at: Instant,
    means: Means,
    case_type: CaseType | None = None,
    customer: str | None = None,
    opening_of: Opening | None = None,
) -> UUID:
    """A customer came; the clocks start with their first message.

    customer    a pseudonym, never a name or a number that someone could dial
    opening_of  the same one again answers the same conversation
    raises      NotAllowed
    """
    number, verb = new_id(), "conversations.open"
    # To find what was opened before, one has to see more than what is opened now.
    limit = None if opening_of else number
    with acting(by, means.contract, verb, limit) as scope:
        known = _opened(opening_of)
        if known:
            return known
        ensure_content_key(means.contract, means.vault)
        made = Conversation(
            id=number,
            contract_id=means.contract,
            code=code_of(number),
            channel=channel,
            case_type=case_type,
            customer=customer,
            state=State.OPEN,
            opened_at_ms=at,
            site_id=opening_of.site if opening_of else None,
            opening_key=opening_of.key if opening_of else None,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:  # two at the same time
            known = _opened(opening_of)
            if known is None:
                raise
            return known
        _tell(scope, made, verb, [opening(made)], at, means)
        return made.id


def post_message(
    conversation: UUID, by: Hand, body: str, *, key: str, at: Instant, means: Means
) -> Posted:
    """Keep a message, once for each `key`, the sender's own name for it.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed, and what `check_message` does
    """
    check_message(body, key)
    with acting(by, means.contract, "conversations.post", conversation) as scope:
        number = new_id()
        place = Place(number, BODY)
        locked = content_keys(means.contract, means.vault).encrypt(body.encode(), place)
        plan = _posted(Post(number, conversation, by, locked, key, at), scope, means)
        [outcome] = plan.outcomes
        if not isinstance(outcome, Posted):
            raise outcome
        if plan.facts:
            means.record_facts(plan.facts)
        if outcome.fresh:
            wake(means.contract)
        return outcome


def set_wait(
    conversation: UUID, by: Hand, reason: WaitReason, *, at: Instant, means: Means
) -> None:
    """Rest the resolution clock, for a reason; the first response has to come all the same.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.set_wait"
    with acting(by, means.contract, verb, conversation) as scope:
        held = _held(conversation, means, verb, State.OPEN)
        held.state, held.wait_reason = State.WAITING, reason
        rested = clock(held.code, ClockMetric.RESOLUTION, ClockEvent.PAUSE, by, reason.value)
        _tell(scope, held, verb, [rested], at, means, reason=reason.value)


def end_wait(conversation: UUID, by: Hand, *, at: Instant, means: Means) -> None:
    """Let the resolution clock run on.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.end_wait"
    with acting(by, means.contract, verb, conversation) as scope:
        held = _held(conversation, means, verb, State.WAITING)
        held.state, held.wait_reason = State.OPEN, None
        runs = clock(held.code, ClockMetric.RESOLUTION, ClockEvent.RESUME, by)
        _tell(scope, held, verb, [runs], at, means)


def tell_progress(conversation: UUID, by: Hand, *, at: Instant, means: Means) -> None:
    """The customer was told of clear progress (明确进展); the resolution clock runs on.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.tell_progress"
    with acting(by, means.contract, verb, conversation) as scope:
        held = _held(conversation, means, verb, State.OPEN)
        told = clock(held.code, ClockMetric.RESOLUTION, ClockEvent.PROGRESS, by)
        _tell(scope, held, verb, [told], at, means)


def classify(
    conversation: UUID, by: Hand, case_type: CaseType, *, at: Instant, means: Means
) -> None:
    """Say what it is about, which decides the levels that look at it; the same again is nothing.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed (a customer's hand)
    """
    verb = "conversations.classify"
    with acting(by, means.contract, verb, conversation) as scope:
        if by.kind is AuthorKind.CUSTOMER:
            raise NotAllowed(action=verb)
        held = _held(conversation, means, verb, *_GOING_ON)
        before = held.case_type or ""
        if before == case_type:
            return
        held.case_type = case_type
        told = InteractionClassified(held.code, case_type)
        _tell(scope, held, verb, [told], at, means, before=before, after=case_type.value)


def resolve(conversation: UUID, by: Hand, *, at: Instant, means: Means) -> None:
    """What the customer asked for is done.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.resolve"
    with acting(by, means.contract, verb, conversation) as scope:
        held = _held(conversation, means, verb, State.OPEN, State.WAITING)
        held.state, held.wait_reason = State.RESOLVED, None
        done = clock(held.code, ClockMetric.RESOLUTION, ClockEvent.FULFIL, by)
        _tell(scope, held, verb, [done], at, means)


def reopen(conversation: UUID, by: Hand, *, at: Instant, means: Means) -> None:
    """It was not done after all: the resolution clock runs on where it stood.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.reopen"
    with acting(by, means.contract, verb, conversation) as scope:
        held = _held(conversation, means, verb, State.RESOLVED)
        held.state = State.OPEN
        again = clock(held.code, ClockMetric.RESOLUTION, ClockEvent.ACTIVATE, by, "reopened")
        _tell(scope, held, verb, [again], at, means)


def close(conversation: UUID, by: Hand, *, at: Instant, means: Means) -> None:
    """Over for both sides; nothing is posted any more.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed
    """
    verb = "conversations.close"
    with acting(by, means.contract, verb, conversation) as scope:
        held = _held(conversation, means, verb, *_GOING_ON)
        held.state, held.wait_reason, held.closed_at_ms = State.CLOSED, None, at
        _tell(scope, held, verb, [InteractionClosed(held.code)], at, means)


def rate(
    conversation: UUID,
    by: Hand,
    *,
    score: int,
    scale: int,
    at: Instant,
    means: Means,
    key: str | None = None,
) -> None:
    """The customer gave `score` of `scale` points; also after the end; once for each `key`.

    raises  ConversationUnknown, NotAllowed (an agent's hand), FactMalformed, IdempotencyKeyUnusable
    """
    verb = "conversations.rate"
    if key is not None:
        check_key(key)
    with acting(by, means.contract, verb, conversation) as scope:
        if by.kind is AuthorKind.AGENT:
            raise NotAllowed(action=verb)
        held = _held(conversation, means)
        rating = fact_of(Rating(held.code, score, scale), means.contract_code, at)
        if key is not None:
            rating = replace(rating, event_id=_rating_id(held, key))
            if _is_known(rating, means):
                return
        _tell(scope, held, verb, [], at, means)
        means.record_facts([rating])


def _rating_id(held: Conversation, key: str) -> str:
    return f"{held.code}-rating-{sha256(key.encode()).hexdigest()[:32]}"


def _is_known(fact: Fact, means: Means) -> bool:
    same = FactRow.objects.filter(contract_id=means.contract, source=fact.source)
    return same.filter(event_id=fact.event_id).exists()


def _opened(opening_of: Opening | None) -> UUID | None:
    if opening_of is None:
        return None
    same = Conversation.objects.filter(site_id=opening_of.site, opening_key=opening_of.key)
    return same.values_list("id", flat=True).first()


def _posted(post: Post, scope: Scope, means: Means) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute(HOLD, hold_values([post], means.contract))
        held = cursor.fetchall()
        cursor.execute(KNOWN, known_values([post], means.contract))
        plan = planned([post], held, cursor.fetchall(), means.contract_code)
        if plan.kept:
            cursor.execute(KEEP, plan.values(scope, means.contract))
    return plan


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
    """Save the row, audit it, write its facts down, and wake whoever watches."""
    held.save()
    record(scope, verb, subject=held.id, contract=means.contract, details=told)
    facts = [fact_of(each, means.contract_code, at) for each in details]
    if facts:
        means.record_facts(facts)
    wake(means.contract)
