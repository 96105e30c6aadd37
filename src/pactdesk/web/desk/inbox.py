"""The inbox: conversations of all contracts that a person serves, the most urgent first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contracts_visible_to
from pactdesk.apps.conversations.happened import facts_of, interaction_of
from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.conversations.kinds import AuthorKind, State
from pactdesk.apps.conversations.models import Conversation, Message
from pactdesk.apps.conversations.queries import conversations_visible_to
from pactdesk.apps.conversations.values import text_of
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.kinds import CaseType
from pactdesk.core.measure.deadlines import Deadline, Promise
from pactdesk.core.units.instants import Instant, iso_text, local_time, zone_named
from pactdesk.web.desk.clocks import (
    ContractClocks,
    clocks_of,
    is_pending,
    say,
    urgency,
)
from pactdesk.web.desk.means import vault
from pactdesk.web.ui.values import Clock

SERVING = (Role.AGENT, Role.LEAD)
MOST = 300
"""Rows in one list; what goes on beyond that is told, and found by its code."""

EXCERPT = 80

_MARK = re.compile(r"c-([0-9a-f]{4})[0-9a-f]{4,}")
_MANY = 999


class Show(StrEnum):
    """Which conversations the list shows."""

    ALL = "all"
    MINE = "mine"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader wants to see: `contract` of one merchant only, `code` of a search."""

    show: Show = Show.ALL
    contract: UUID | None = None
    code: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Wish:
        """From an address; what makes no sense is as if it were not there."""
        told = asked.get("show", "")
        try:
            contract = UUID(asked.get("contract", ""))
        except ValueError:
            contract = None
        show = Show(told) if told in set(Show) else Show.ALL
        return cls(show, contract, asked.get("q", "").strip()[:40])

    def address(self, view: str = "desk:inbox", *args: object, **other: str) -> str:
        """The address of a view with this wish, or with parts of it changed."""
        said = {
            "show": "" if self.show is Show.ALL else self.show.value,
            "contract": str(self.contract or ""),
            "q": self.code,
        }
        kept = {name: value for name, value in (said | other).items() if value}
        return reverse(view, args=args) + (f"?{urlencode(kept)}" if kept else "")


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation of the list; `clock` of its most urgent promise."""

    conversation: Conversation
    url: str
    merchant: str
    customer: str
    words: str
    by_us: bool
    last_at: str
    last_iso: str
    clock: Clock | None
    is_overdue: bool
    order: tuple[int, int]
    is_open_here: bool = False

    @property
    def about(self) -> str:
        """What it is about, where that is out of the ordinary."""
        told = self.conversation.case_type
        return say(f"about.{told}") if told and told != CaseType.CONSULT else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter with how many conversations it has."""

    label: str
    url: str
    count: int | None
    is_chosen: bool

    @property
    def count_text(self) -> str:
        """As it fits into a tab."""
        return f"{_MANY}+" if self.count and self.count > _MANY else str(self.count or "")


@dataclass(frozen=True, slots=True)
class Inbox:
    """The list with its filters; `more` conversations did not fit."""

    wish: Wish
    rows: tuple[Row, ...]
    choices: tuple[Choice, ...]
    merchants: tuple[Choice, ...]
    more: int
    now: Instant

    @property
    def overdue(self) -> int:
        """How many are late and still wait for somebody."""
        return sum(row.is_overdue for row in self.rows)


def customer_text(conversation: Conversation) -> str:
    """What they are called; others are told apart by a part of their mark, or of the code."""
    told = conversation.customer or ""
    marked = _MARK.fullmatch(told)
    if told and not marked:
        return told
    return say("customer_marked", mark=marked[1] if marked else conversation.code[-4:])


def served(scope: Scope) -> list[UUID]:
    """The contracts whose customers the person serves."""
    roles = {role.value for role in SERVING}
    return [contract for contract, held in scope.contracts.items() if held & roles]


def conversations_served(scope: Scope) -> QuerySet[Conversation]:
    """Of those contracts; whether the person wrote in one stands in `is_mine`."""
    own = Message.objects.filter(conversation=OuterRef("pk"), author_id=scope.person)
    rows = conversations_visible_to(scope).filter(contract_id__in=served(scope))
    return rows.annotate(is_mine=Exists(own))


def inbox_of(scope: Scope, wish: Wish, now: Instant, here: UUID | None = None) -> Inbox:
    """The list as the person wishes it; `here` is the conversation that is open beside it."""
    contracts = {one.id: one for one in contracts_visible_to(scope).filter(id__in=served(scope))}
    every = conversations_served(scope)
    if wish.contract:
        every = every.filter(contract_id=wish.contract)
    alive = list(every.exclude(state=State.CLOSED)[: 4 * MOST])
    closed = every.filter(state=State.CLOSED)
    wanted = _wanted(wish, every, alive, closed)
    rows = rows_of(scope, wanted, contracts, wish, now, here)
    return Inbox(
        wish=wish,
        rows=tuple(rows[:MOST]),
        choices=tuple(_choices(wish, alive)),
        merchants=tuple(_merchants(wish, contracts)),
        more=max(len(rows) - MOST, 0),
        now=now,
    )


def _wanted(
    wish: Wish,
    every: QuerySet[Conversation],
    alive: list[Conversation],
    closed: QuerySet[Conversation],
) -> list[Conversation]:
    if wish.code:
        return list(every.filter(code__icontains=wish.code).order_by("-opened_at_ms")[:MOST])
    if wish.show is Show.CLOSED:
        return list(closed.order_by("-closed_at_ms")[:MOST])
    return [one for one in alive if _shows(wish.show, one)]


def _shows(show: Show, one: Conversation) -> bool:
    match show:
        case Show.ALL:
            return one.state in (State.OPEN, State.WAITING)
        case Show.MINE:
            return one.state != State.CLOSED and bool(getattr(one, "is_mine", False))
        case Show.WAITING:
            return one.state == State.WAITING
        case Show.RESOLVED:
            return one.state == State.RESOLVED
        case Show.CLOSED:
            return one.state == State.CLOSED


def _choices(wish: Wish, alive: list[Conversation]) -> list[Choice]:
    """How many are closed is not told: they only grow, and nobody works them off."""
    counts = Counter(show for show in Show for one in alive if _shows(show, one))
    return [
        Choice(
            say(f"show.{show}"),
            wish.address(show="" if show is Show.ALL else show.value, q=""),
            counts[show],
            show is wish.show and not wish.code,
        )
        for show in Show
    ]


def _merchants(wish: Wish, contracts: Mapping[UUID, Contract]) -> list[Choice]:
    if len(contracts) < 2:
        return []
    named = sorted(contracts.values(), key=lambda one: one.client_org.name)
    every = Choice(say("every_merchant"), wish.address(contract=""), None, wish.contract is None)
    return [every] + [
        Choice(
            one.client_org.name, wish.address(contract=str(one.id)), None, wish.contract == one.id
        )
        for one in named
    ]


def rows_of(
    scope: Scope,
    conversations: Sequence[Conversation],
    contracts: Mapping[UUID, Contract],
    wish: Wish,
    now: Instant,
    here: UUID | None = None,
) -> list[Row]:
    """Rows with last words and clocks, the most urgent first: a few queries, however many."""
    clocks = clocks_of(scope, contracts.values(), now)
    facts = facts_of([one for one in conversations if one.contract_id in clocks])
    last = last_messages(scope, conversations)
    rows = []
    for one in conversations:
        contract = contracts.get(one.contract_id)
        if contract is None:
            continue
        told = interaction_of(facts.get(one.id, ()))
        of_contract = clocks.get(one.contract_id)
        deadlines = of_contract.deadlines(told, now) if of_contract and told else []
        words, by_us, at = last.get(one.id, ("", False, Instant(one.opened_at_ms)))
        rows.append(
            Row(
                conversation=one,
                url=wish.address("desk:conversation", one.id),
                merchant=contract.client_org.name,
                customer=customer_text(one),
                words=words,
                by_us=by_us,
                last_at=f"{local_time(at, zone_named(contract.zone)):%m-%d %H:%M}",
                last_iso=iso_text(at),
                clock=_clock(deadlines, of_contract, one, now),
                is_overdue=any(each.due_at and each.state is Promise.BROKEN for each in deadlines),
                order=_order(deadlines, one, at),
                is_open_here=one.id == here,
            )
        )
    # What is over stands as the database gave it: the latest first.
    if wish.show is Show.CLOSED or wish.code:
        return rows
    return sorted(rows, key=lambda row: (row.order, str(row.conversation.id)))


def _order(deadlines: list[Deadline], one: Conversation, at: Instant) -> tuple[int, int]:
    if one.state in (State.RESOLVED, State.CLOSED):
        return (4, -at)
    most_urgent = min(map(urgency, deadlines), default=(3, 0))
    return most_urgent if most_urgent[0] < 3 else (3, -at)


def _clock(
    deadlines: list[Deadline],
    clocks: ContractClocks | None,
    one: Conversation,
    now: Instant,
) -> Clock | None:
    """Of the most urgent promise; once nothing is pending, of one that was broken, else kept."""
    if clocks is None or not deadlines:
        return None
    pending = [each for each in deadlines if is_pending(each)]
    broken = [each for each in deadlines if each.state is Promise.BROKEN]
    shown = min(pending, key=urgency) if pending else (broken or deadlines)[-1]
    return clocks.face(shown, now, one)


def last_messages(
    scope: Scope, conversations: Sequence[Conversation]
) -> dict[UUID, tuple[str, bool, Instant]]:
    """Conversation → the beginning of its last message, whether it is ours, and when."""
    rows = Message.objects.filter(
        conversation_id__in=[one.id for one in conversations],
        contract_id__in=list(scope.contracts),
        sequence=F("conversation__last_sequence"),
    )
    found = {row.conversation_id: row for row in rows}
    keys = {
        contract: content_keys(contract, vault())
        for contract in {row.contract_id for row in found.values()}
    }
    return {
        conversation: (
            " ".join(text_of(row, keys[row.contract_id]).split())[:EXCERPT] or say("picture"),
            row.author_kind != AuthorKind.CUSTOMER,
            Instant(row.occurred_at_ms),
        )
        for conversation, row in found.items()
    }
