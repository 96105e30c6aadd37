"""What posting does to conversations: decided here, once, for the pages and for the live door.

Whoever posts runs `sql.HOLD` and `sql.KNOWN` with the values given here, hands the rows to
`planned`, runs `sql.KEEP`, and writes the plan's facts, all in one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from pactdesk.apps.conversations.errors import (
    ConversationNotInState,
    ConversationUnknown,
    IdempotencyKeyUnusable,
    MessageEmpty,
    MessageNotUnicode,
    MessageTooLong,
)
from pactdesk.apps.conversations.hands import Hand
from pactdesk.apps.conversations.kinds import AuthorKind, State
from pactdesk.apps.conversations.models import LONGEST_KEY
from pactdesk.apps.conversations.values import Held, caused_by_message, ends_wait, fact_of
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.fact import Fact
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant

VERB = "conversations.post"
LONGEST_MESSAGE = 20_000

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Post:
    """A message on its way in.

    locked  its text, encrypted for the row `id`
    """

    id: UUID
    conversation: UUID
    by: Hand
    locked: bytes
    key: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that is kept; not `fresh` if it was before."""

    id: UUID
    sequence: int
    fresh: bool
    at_ms: int = field(default=0, compare=False)


@dataclass(slots=True)
class Plan:
    """What is to be written, and what each post is answered.

    outcomes  by the post's place: Posted, or why it is not kept
    moved     conversations as they stand afterwards
    before    conversation → its last sequence before these posts
    kept      posts that are new, with their sequence
    facts     what they cause, in order
    states_changed  whether a conversation is in another state than before
    """

    outcomes: list[Posted | PactError] = field(default_factory=list)
    moved: dict[UUID, Held] = field(default_factory=dict)
    before: dict[UUID, int] = field(default_factory=dict)
    kept: list[tuple[Post, int]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    states_changed: bool = False

    def values(self, scope: Scope, contract: UUID) -> list[Any]:
        """The values of `sql.KEEP`."""
        stands, posts = list(self.moved.values()), [post for post, _ in self.kept]
        sequences = _array(sequence for _, sequence in self.kept)
        conversations = _array(post.conversation for post in posts)
        return [
            _array(one.id for one in stands),
            _array(one.last_sequence for one in stands),
            _array(one.first_asked_at_ms for one in stands),
            _array(one.first_reply_at_ms for one in stands),
            _array(one.state for one in stands),
            _array(one.wait_reason for one in stands),
            *(scope.person, scope.org, contract, VERB),
            *(_array(new_id() for _ in posts), conversations, sequences),
            contract,
            _array(post.id for post in posts),
            conversations,
            sequences,
            _array(post.by.kind.value for post in posts),
            _array(post.by.person for post in posts),
            _array(f'"\\\\x{post.locked.hex()}"' for post in posts),
            [post.key for post in posts],
            _array(post.at for post in posts),
        ]


def hold_values(posts: Iterable[Post], contract: UUID) -> list[Any]:
    """The values of `sql.HOLD`."""
    return [_array(sorted({post.conversation for post in posts})), contract]


def known_values(posts: Sequence[Post], contract: UUID) -> list[Any]:
    """The values of `sql.KNOWN`."""
    return [_array(post.conversation for post in posts), [post.key for post in posts], contract]


def planned(
    posts: Sequence[Post], held: Iterable[Row], known: Iterable[Row], contract_code: str
) -> Plan:
    """What these posts do to conversations that stand as `held`, one after the other.

    known  rows of `sql.KNOWN`
    """
    plan = Plan()
    standing = {one.id: one for one in (Held(*row) for row in held)}
    plan.before = {one.id: one.last_sequence for one in standing.values()}
    named: defaultdict[tuple[UUID, str], Posted | None] = defaultdict(lambda: None)
    for conversation, key, number, sequence, at in known:
        named[conversation, key] = Posted(number, sequence, fresh=False, at_ms=at)
    for post in posts:
        name = (post.conversation, post.key)
        one, before = standing.get(post.conversation), named[name]
        if before is not None:
            plan.outcomes.append(before)
        elif one is None:
            plan.outcomes.append(ConversationUnknown(conversation=post.conversation))
        elif one.state == State.CLOSED:
            refused = ConversationNotInState(code=one.code, state=State(one.state), action=VERB)
            plan.outcomes.append(refused)
        else:
            moved = _moved(one, post)
            plan.states_changed |= moved.state != one.state
            standing[one.id] = plan.moved[one.id] = moved
            plan.kept.append((post, moved.last_sequence))
            told = [
                fact_of(each, contract_code, post.at) for each in caused_by_message(one, post.by)
            ]
            plan.facts += told
            kept = Posted(post.id, moved.last_sequence, fresh=True, at_ms=post.at)
            plan.outcomes.append(kept)
            named[name] = replace(kept, fresh=False)
    return plan


def check_message(body: str, key: str) -> None:
    """Raises MessageEmpty, MessageTooLong, MessageNotUnicode or IdempotencyKeyUnusable."""
    if not body.strip():
        raise MessageEmpty()
    if len(body) > LONGEST_MESSAGE:
        raise MessageTooLong(length=len(body), longest=LONGEST_MESSAGE)
    if not _is_unicode(body):
        raise MessageNotUnicode()
    check_key(key)


def check_key(key: str) -> None:
    """Raises IdempotencyKeyUnusable."""
    if not 0 < len(key) <= LONGEST_KEY or "\x00" in key or not _is_unicode(key):
        raise IdempotencyKeyUnusable(longest=LONGEST_KEY)


def _moved(held: Held, post: Post) -> Held:
    """The conversation after the message."""
    asked, replied = held.first_asked_at_ms, held.first_reply_at_ms
    kind = post.by.kind
    if kind is AuthorKind.CUSTOMER and asked is None:
        asked = post.at
    elif kind is AuthorKind.AGENT and asked and not replied:
        replied = post.at
    moved = replace(
        held,
        first_asked_at_ms=asked,
        first_reply_at_ms=replied,
        last_sequence=held.last_sequence + 1,
    )
    return replace(moved, state=State.OPEN, wait_reason=None) if ends_wait(held, post.by) else moved


def _array(values: Iterable[object]) -> str:
    """PostgreSQL's array of ids, numbers or our own words, which need no quotes.

    As text: to find out what they are takes the driver several times as long.
    """
    return f"{{{','.join('NULL' if one is None else str(one) for one in values)}}}"


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= each <= "\udfff" for each in text)
