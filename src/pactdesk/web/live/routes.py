"""What the door answers at which path; told to others in docs/reference/live.md."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from psycopg import Error
from starlette.routing import BaseRoute, Route

from pactdesk.apps.conversations.errors import ConversationUnknown
from pactdesk.apps.conversations.hands import CUSTOMER, Hand, agent
from pactdesk.apps.conversations.posting import Post, check_message
from pactdesk.apps.conversations.values import BODY, code_of
from pactdesk.apps.parties.attempts import network_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.kinds import CaseType
from pactdesk.gateways.vault.data_keys import Place
from pactdesk.web.live.contracts import Remembered, SiteSeen
from pactdesk.web.live.database import transaction
from pactdesk.web.live.door import Door, uuid_in
from pactdesk.web.live.errors import (
    BodyUnreadable,
    DoorPathUnknown,
    OpeningKeyShort,
    OriginRefused,
    TooOften,
)
from pactdesk.web.live.http import NOTHING, Answer, Call, told
from pactdesk.web.live.pictures import Pictures
from pactdesk.web.live.reading import readable
from pactdesk.web.live.tickets import Purpose, Ticket, TicketRefused, customer_token, ticket_of

SHORTEST_OPENING_KEY = 20
MOST_STREAMS = 40
"""Streams of one person or conversation: many tabs, not enough to use up the door's lines."""
SHOP_SECONDS = 2.0
"""So long a shop is not looked at again, however many visitors it has."""
LONGEST_REPLAY_MS = 24 * 60 * 60 * 1000
"""An agent who was away longer opens the page anew; nobody is told all there ever was."""
_PASSED_ON = (b"x-forwarded-for", b"x-real-ip", b"forwarded")
_LARGEST, _MOST_DIGITS = 2**53, 16


class OpeningBody(msgspec.Struct):
    """`POST /v1/conversations`."""

    site: Annotated[str, msgspec.Meta(max_length=40)]
    key: Annotated[str, msgspec.Meta(max_length=200)]
    case_type: Literal["consult", "complaint", "suggestion"] | None = None


class MessageBody(msgspec.Struct):
    """`POST …/messages`."""

    body: str
    key: str


class RatingBody(msgspec.Struct):
    """`POST …/rating`."""

    score: Annotated[int, msgspec.Meta(ge=0, le=100)]
    key: str
    scale: Annotated[int, msgspec.Meta(ge=1, le=100)] = 5


_OPENING = msgspec.json.Decoder(OpeningBody)
_MESSAGE = msgspec.json.Decoder(MessageBody)
_RATING = msgspec.json.Decoder(RatingBody)


class Handlers:
    """The answers of one door."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.streaming: Counter[UUID] = Counter()
        self.shops: Remembered[SiteSeen, dict[str, object]] = Remembered(
            door.threads.shop, SHOP_SECONDS
        )

    async def site(self, call: Call) -> Answer:
        """What a chat window shows before anybody wrote."""
        self.door.looks.take(network_of(call.address))
        site = await self.door.memory.sites.get(str(call.path["key"]))
        self._check_origin(call, site.origins)
        return told(await self.shops.get(site))

    async def open(self, call: Call) -> Answer:
        """A customer's conversation, and the token to it."""
        asked = await call.read(_OPENING)
        if len(asked.key) < SHORTEST_OPENING_KEY:
            raise OpeningKeyShort(shortest=SHORTEST_OPENING_KEY)
        self.door.openings.take(network_of(call.address))
        site = await self.door.memory.sites.get(asked.site)
        self._check_origin(call, site.origins)
        self.door.sites.take(asked.site)
        means = await self.door.memory.contracts.get(site.contract)
        case_type = CaseType(asked.case_type) if asked.case_type else None
        made = await self.door.threads.open_conversation(site, means.code, asked.key, case_type)
        if not means.keys.keys:  # the contract's first conversation made its first key
            self.door.memory.contracts.forget(site.contract)
        token = customer_token(made, site.contract, asked.site)
        return told({"conversation": made, "code": code_of(made), "token": token}, 201)

    async def post(self, call: Call) -> Answer:
        """A message; answered when it is durable."""
        conversation = uuid_in(call, "conversation")
        asked = await call.read(_MESSAGE)
        check_message(asked.body, asked.key)
        by, contract = await self.hand(call, conversation)
        means = await self.door.memory.contracts.get(contract)
        number = new_id()
        locked = means.keys.encrypt(asked.body.encode(), Place(number, BODY))
        post = Post(number, conversation, by, locked, asked.key, self.door.now())
        name = await self.door.reading.name_of(contract, by.kind, by.person)
        try:
            posted = await self.door.batches.post(contract, post, asked.body, name or "")
        except NotAllowed:
            self.door.metrics.messages.labels("refused").inc()
            await self._check_seen(by, contract, conversation)
            raise
        except Exception:
            self.door.metrics.messages.labels("refused").inc()
            raise
        self.door.metrics.messages.labels("kept" if posted.fresh else "known").inc()
        return told(posted)

    async def read(self, call: Call) -> Answer:
        """A conversation's messages after one."""
        conversation = uuid_in(call, "conversation")
        ticket = await self.ticket(call, conversation)
        scope = await self.scope(ticket)
        page = await self.door.reading.page(scope, conversation, _number(call.query("after")))
        mine = "customer" if ticket.purpose is Purpose.CUSTOMER else "agent"
        unread = (one.sequence for one in page.messages if one.author != mine)
        standing = page.standing
        said: dict[str, object] = {
            "messages": page.messages,
            "code": standing.code,
            "state": standing.state,
            "wait_reason": standing.wait_reason,
            "closed_at_ms": standing.closed_at_ms,
            "last_sequence": page.last_sequence,
            "first_unread": next(unread, None),
        }
        if ticket.purpose is Purpose.CUSTOMER and ticket.contract:
            said["token"] = customer_token(conversation, ticket.contract, ticket.site)
        return told(said)

    async def typing(self, call: Call) -> Answer:
        """Tell the other side that somebody writes."""
        conversation = uuid_in(call, "conversation")
        ticket = await self.ticket(call, conversation)
        if ticket.purpose is Purpose.CUSTOMER and ticket.contract:
            self.door.hub.typing(ticket.contract, conversation, "customer", None)
            return NOTHING
        contract = await self.door.reading.contract_of(ticket.subject, conversation)
        if contract not in readable(await self.door.reading.scope_of(ticket.subject)):
            raise ConversationUnknown(conversation=conversation)
        name = await self.door.reading.name_of(contract, "agent", ticket.subject)
        self.door.hub.typing(contract, conversation, "agent", name)
        return NOTHING

    async def rate(self, call: Call) -> Answer:
        """A customer's rating."""
        conversation = uuid_in(call, "conversation")
        ticket = await self.ticket(call, conversation)
        asked = await call.read(_RATING)
        if ticket.purpose is not Purpose.CUSTOMER or ticket.contract is None:
            raise NotAllowed(action="conversations.rate")
        means = await self.door.memory.contracts.get(ticket.contract)
        await self.door.threads.rate(
            ticket.contract, means.code, conversation, asked.score, asked.scale, asked.key
        )
        return NOTHING

    async def stream(self, call: Call) -> Answer | None:
        """Events, until somebody hangs up."""
        ticket = await self.ticket(call, text=call.query("ticket"))
        scope = await self.scope(ticket)
        last = call.header(b"last-event-id")
        if self.streaming[ticket.subject] >= MOST_STREAMS:
            raise TooOften(seconds=60)
        self.streaming[ticket.subject] += 1
        try:
            # Whoever logged out gets no other ticket, so must not go on listening with this one.
            left = (ticket.expires_ms - self.door.now()) / 1000
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._listen(call, ticket, scope, last)
            return None
        finally:
            self.streaming[ticket.subject] -= 1
            self.streaming += Counter()  # forgets those who have none

    async def _listen(self, call: Call, ticket: Ticket, scope: Scope, last: str) -> None:
        if ticket.purpose is Purpose.CUSTOMER:
            after = _number(last or call.query("after"))
            await self.door.streams.customer(call, scope, ticket.subject, after)
            return
        said = last or call.query("since")
        earliest = self.door.now() - LONGEST_REPLAY_MS
        since = max(_number(said), earliest) if said else None
        await self.door.streams.agent(call, scope, since)

    async def alive(self, call: Call) -> Answer:  # noqa: ARG002  every handler is given the call
        """That the process answers."""
        return told({"live": True})

    async def ready(self, call: Call) -> Answer:  # noqa: ARG002  every handler is given the call
        """That it can work."""
        try:
            async with self.door.database.connection() as one, transaction(one):
                await one.execute("SELECT pactdesk.scope_conversations()")
        except Error:
            return told({"ready": False}, 503)
        return told({"ready": True})

    async def metrics(self, call: Call) -> Answer:
        """Prometheus' text; for whoever asks here directly, not through a proxy."""
        if any(call.header(name) for name in _PASSED_ON):
            raise DoorPathUnknown(path=call.scope["path"])
        kind = (b"content-type", b"text/plain; version=0.0.4; charset=utf-8")
        return Answer(200, self.door.metrics.text(), (kind,))

    async def ticket(self, call: Call, conversation: UUID | None = None, text: str = "") -> Ticket:
        """Who asks; a customer only about their own conversation.

        raises  TicketRefused, TicketExpired, OriginRefused, TooOften
        """
        ticket = ticket_of(text or call.bearer, Purpose.AGENT, Purpose.CUSTOMER)
        self.door.tickets.take(str(ticket.subject))
        if ticket.purpose is Purpose.AGENT:
            self._check_origin(call, frozenset())
            return ticket
        if ticket.contract is None or conversation not in (None, ticket.subject):
            raise TicketRefused()
        if call.header(b"origin") and ticket.site:
            self._check_origin(call, (await self.door.memory.sites.get(ticket.site)).origins)
        return ticket

    async def admit(self, call: Call) -> Ticket:
        """As `ticket`, for pictures, which may be asked for where no header can be sent."""
        return await self.ticket(call, text=call.bearer or call.query("token"))

    async def scope(self, ticket: Ticket) -> Scope:
        """Whose rows they may see now; raises NotAdmitted."""
        if ticket.purpose is Purpose.CUSTOMER and ticket.contract:
            return Scope(
                contracts={ticket.contract: frozenset()},
                conversations=frozenset({ticket.subject}),
            )
        return await self.door.reading.scope_of(ticket.subject)

    async def hand(self, call: Call, conversation: UUID) -> tuple[Hand, UUID]:
        """By whose hand, and under which contract."""
        ticket = await self.ticket(call, conversation)
        if ticket.purpose is Purpose.CUSTOMER and ticket.contract:
            return CUSTOMER, ticket.contract
        contract = await self.door.reading.contract_of(ticket.subject, conversation)
        return agent(ticket.subject), contract

    async def _check_seen(self, by: Hand, contract: UUID, conversation: UUID) -> None:
        """Somebody without a part in the contract is not told that there is such a conversation.

        raises  ConversationUnknown, NotAdmitted
        """
        if by.person and contract not in (await self.door.reading.scope_of(by.person)).contracts:
            raise ConversationUnknown(conversation=conversation)

    def _check_origin(self, call: Call, origins: frozenset[str]) -> None:
        """Programs tell no origin; browsers tell the truth about it. Raises OriginRefused."""
        origin = call.header(b"origin")
        if origin and origin not in origins and origin != self.door.pages_origin:
            raise OriginRefused(origin=origin)


def routes_of(door: Door) -> list[BaseRoute]:
    """All paths, the busiest first."""
    does, at = Handlers(door), "/v1/conversations/{conversation:uuid}"
    pictures = Pictures(door.memory, does.admit)
    return [
        Route(f"{at}/messages", door.endpoint(POST=does.post, GET=does.read)),
        Route(f"{at}/typing", door.endpoint(POST=does.typing)),
        Route("/v1/stream", door.endpoint(GET=does.stream)),
        Route("/v1/conversations", door.endpoint(POST=does.open)),
        Route("/v1/sites/{key}", door.endpoint(GET=does.site)),
        Route(f"{at}/rating", door.endpoint(POST=does.rate)),
        *pictures.routes(door.metrics),
        Route("/health/live", door.endpoint(GET=does.alive)),
        Route("/health/ready", door.endpoint(GET=does.ready)),
        Route("/metrics", door.endpoint(GET=does.metrics)),
    ]


def _number(text: str) -> int:
    """A sequence or an instant in the address; 0 without one; raises BodyUnreadable."""
    if not text:
        return 0
    if len(text) > _MOST_DIGITS or not (text.isascii() and text.isdigit()) or int(text) > _LARGEST:
        raise BodyUnreadable(problem=text[:40])
    return int(text)
