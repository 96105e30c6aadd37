"""Pictures at the door: sent as multipart, shown as nothing but pictures.

Rare and heavy, where messages are many and light: so they are decoded and written in two threads
of their own, by the same Django actions as on the pages, and rung for through the database.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils import timezone
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.routing import Route

from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.conversations.actions import Means
from pactdesk.apps.conversations.hands import CUSTOMER, agent
from pactdesk.apps.conversations.picture_errors import PictureUnknown
from pactdesk.apps.conversations.picture_models import Picture
from pactdesk.apps.conversations.pictures import (
    PostedPicture,
    content_of,
    picture_of,
    post_picture,
)
from pactdesk.apps.conversations.queries import conversation_of
from pactdesk.apps.conversations.recording import into_log
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.pictures.cleaning import MOST_BYTES, clean_picture
from pactdesk.gateways.pictures.errors import PictureMissing
from pactdesk.web.live.contracts import Memory
from pactdesk.web.live.errors import BodyUnreadable, DoorBusy, TooOften
from pactdesk.web.live.http import Answer, Call, Endpoint, told
from pactdesk.web.live.metrics import Metrics
from pactdesk.web.live.tickets import Purpose, Ticket, TicketRefused
from pactdesk.web.picture_answers import PICTURE_HEADERS
from pactdesk.web.privacy import note_shown, sees_personal_data

T = TypeVar("T")

Admit = Callable[[Call], Awaitable[Ticket]]
"""Whose request it is; raises what the door refuses with (ticket, origin, too often)."""

THREADS = 2
UPLOADS = 8
READERS, ARRIVING_AT_ONCE = 64, 3
"""Pictures that arrive at once, in all and with one ticket; a slow line takes up to a minute."""
# Beside the file: its key, and the marks between the parts.
_BESIDE = 16 * 1024


class Pictures:
    """What the door does with pictures."""

    def __init__(self, memory: Memory, admit: Admit) -> None:
        self.memory, self.admit = memory, admit
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pictures")
        self._uploads = asyncio.Semaphore(UPLOADS)
        self._readers = asyncio.Semaphore(READERS)
        self._arriving: Counter[str] = Counter()

    def routes(self, metrics: Metrics) -> list[Route]:
        """To put beside the door's others."""
        return [
            Route(
                "/v1/conversations/{conversation:uuid}/pictures", Endpoint(metrics, POST=self.post)
            ),
            Route("/v1/pictures/{picture:uuid}", Endpoint(metrics, GET=self.show)),
        ]

    async def post(self, call: Call) -> Answer:
        """`POST /v1/conversations/{id}/pictures`: a message with its picture."""
        ticket, conversation = await self.admit(call), UUID(str(call.path["conversation"]))
        if ticket.purpose is Purpose.CUSTOMER and ticket.subject != conversation:
            raise TicketRefused()
        arriving = str(ticket.subject)
        if self._arriving[arriving] >= ARRIVING_AT_ONCE:
            raise TooOften(seconds=5)
        self._arriving[arriving] += 1
        try:
            async with self._readers:
                form = await _read(call)
        finally:
            self._arriving[arriving] -= 1
            self._arriving += Counter()  # forgets those who have none
        # Whoever sends slowly holds up nobody's picture that is here: they wait apart.
        async with self._uploads:
            sent, key = await _told(form)
            code = await self._code(ticket)
            kept = await self._apart(
                partial(_post, ticket, conversation, sent, key, code, self.memory)
            )
        return told(_message(kept, ticket, conversation))

    async def show(self, call: Call) -> Answer | None:
        """`GET /v1/pictures/{id}`: the picture's bytes."""
        ticket = await self.admit(call)
        picture, content = await self._apart(
            partial(_shown, ticket, UUID(str(call.path["picture"])), self.memory)
        )
        headers = {**PICTURE_HEADERS, "Content-Type": picture.media_type}
        headers |= {"Content-Length": str(len(content)), "Access-Control-Allow-Origin": "*"}
        plain = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await call.send({"type": "http.response.start", "status": 200, "headers": plain})
        await call.send({"type": "http.response.body", "body": content})
        return None

    async def _code(self, ticket: Ticket) -> str:
        """What facts call the customer's contract; an agent's is looked up with theirs."""
        if ticket.contract is None:
            return ""
        return (await self.memory.contracts.get(ticket.contract)).code

    async def _apart(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _alone, work)

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _alone(work: Callable[[], T]) -> T:
    """Django keeps a connection for each thread; between two pictures it is not needed."""
    try:
        return work()
    except DatabaseError:
        raise DoorBusy(seconds=1) from None
    finally:
        connection.close()


async def _read(call: Call) -> FormData:
    """What arrives, large files on disk; raises BodyTooLarge, BodyTooSlow, BodyUnreadable."""
    headers = Headers(raw=call.scope["headers"])
    if not headers.get("content-type", "").startswith("multipart/form-data"):
        raise BodyUnreadable(problem="multipart/form-data")
    try:
        return await MultiPartParser(
            headers,
            call.parts(MOST_BYTES + _BESIDE),
            max_files=1,
            max_fields=4,
            max_part_size=1024,
        ).parse()
    except (MultiPartException, KeyError, ValueError) as problem:
        raise BodyUnreadable(problem=str(problem)) from None


async def _told(form: FormData) -> tuple[bytes, str]:
    """The file and its key; raises PictureMissing."""
    file, key = form.get("file"), form.get("key")
    try:
        if not isinstance(file, UploadFile):
            raise PictureMissing()
        return await file.read(), key if isinstance(key, str) else ""
    finally:
        await form.close()


def _post(
    ticket: Ticket, conversation: UUID, sent: bytes, key: str, code: str, memory: Memory
) -> PostedPicture:
    shown = clean_picture(sent)
    at = Instant(time.time_ns() // 1_000_000)
    if ticket.purpose is Purpose.CUSTOMER and ticket.contract is not None:
        means = Means(ticket.contract, code, memory.vault, into_log(ticket.contract, code))
        return post_picture(conversation, CUSTOMER, shown, key=key, at=at, means=means)
    with scoped(ticket.subject) as scope:
        contract = conversation_of(scope, conversation).contract_id
        code = contract_of(scope, contract).code
        means = Means(contract, code, memory.vault, into_log(contract, code))
        by = agent(ticket.subject)
        return post_picture(conversation, by, shown, key=key, at=at, means=means)


def _shown(ticket: Ticket, picture: UUID, memory: Memory) -> tuple[Picture, bytes]:
    if ticket.purpose is Purpose.CUSTOMER and ticket.contract is not None:
        customer = Scope(
            contracts={ticket.contract: frozenset()}, conversations=frozenset({ticket.subject})
        )
        with within(customer) as scope:
            found = picture_of(scope, picture)
            return found, content_of(found, memory.vault)
    with scoped(ticket.subject) as scope:
        found = picture_of(scope, picture)
        # Whoever only checks the conversations has the pages for it, as for what is written.
        if not sees_personal_data(scope, found.contract_id):
            raise PictureUnknown(picture=picture)
        at, where = timezone.now(), found.conversation_id
        note_shown(scope, contract=found.contract_id, conversation=where, at=at)
        return found, content_of(found, memory.vault)


def plain_picture(picture: Picture | None) -> dict[str, object] | None:
    """As messages tell it."""
    if picture is None:
        return None
    size = {"width": picture.width, "height": picture.height}
    return {"id": picture.id, **size, "media_type": picture.media_type}


def _message(kept: PostedPicture, ticket: Ticket, conversation: UUID) -> dict[str, object]:
    return {
        "id": kept.posted.id,
        "conversation": conversation,
        "sequence": kept.posted.sequence,
        "fresh": kept.posted.fresh,
        "author": ticket.purpose.value,
        "body": "",
        "picture": plain_picture(kept.picture),
        "at_ms": kept.at,
    }
