"""Requests and answers of the door: as little as it needs between the server and its work."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qs

import msgspec
from psycopg import OperationalError
from starlette.types import Receive, Scope, Send

from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import Language, say
from pactdesk.web.live.errors import (
    BodyTooLarge,
    BodyTooSlow,
    BodyUnreadable,
    DoorBusy,
    DoorFailed,
    MethodRefused,
    TooOften,
)
from pactdesk.web.live.metrics import Metrics
from pactdesk.web.live.status import status_of

T = TypeVar("T")
log = logging.getLogger("pactdesk.live")

LONGEST_BODY = 128 * 1024
BODY_SECONDS = 60.0
_JSON = (b"content-type", b"application/json")
# Whoever may call is told by tickets and the Origin, not by cookies: nothing is sent along that a
# strange page could misuse, so its browser may as well read why it was refused.
_CORS = ((b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", b"retry-after"))
_PREFLIGHT = (  # beside _CORS, which every answer carries
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers",
     b"authorization, content-type, accept-language, last-event-id"),
    (b"access-control-max-age", b"7200"),
)  # fmt: skip
_PLAIN = (*_CORS, (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
_write = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back, whole."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()


def told(what: object, status: int = 200) -> Answer:
    """An answer in JSON."""
    return Answer(status, _write(what), (_JSON,))


NOTHING = Answer(204)


class Call:
    """One request."""

    __slots__ = ("_headers", "method", "path", "receive", "scope", "send")

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self.receive, self.send = scope, receive, send
        self.method: str = scope["method"]
        self.path: Mapping[str, Any] = scope.get("path_params", {})
        self._headers: dict[bytes, bytes] | None = None

    def header(self, name: bytes) -> str:
        """The header with that name in small letters; "" without one."""
        if self._headers is None:
            self._headers = dict(self.scope["headers"])
        return self._headers.get(name, b"").decode("latin-1")

    def query(self, name: str) -> str:
        """A value of the address; "" without one."""
        found = parse_qs(self.scope["query_string"].decode("latin-1")).get(name)
        return found[0] if found else ""

    @property
    def bearer(self) -> str:
        """The ticket in the header; "" without one."""
        kind, _, text = self.header(b"authorization").partition(" ")
        return text.strip() if kind.lower() == "bearer" else ""

    @property
    def address(self) -> str:
        """Where it comes from."""
        client = self.scope.get("client")
        return client[0] if client else ""

    @property
    def language(self) -> Language:
        """English only if it is asked for before Chinese."""
        wanted = self.header(b"accept-language").lower()
        english, chinese = wanted.find("en"), wanted.find("zh")
        return "en" if english >= 0 and (chinese < 0 or english < chinese) else "zh"

    async def body(self, longest: int = LONGEST_BODY, seconds: float = BODY_SECONDS) -> bytes:
        """All of it; raises BodyTooLarge, BodyTooSlow."""
        return b"".join([part async for part in self.parts(longest, seconds)])

    async def parts(self, longest: int, seconds: float = BODY_SECONDS) -> AsyncGenerator[bytes]:
        """The body as it comes; raises BodyTooLarge, BodyTooSlow, BodyUnreadable."""
        until = time.monotonic() + seconds
        size, more = 0, True
        while more:
            try:
                async with asyncio.timeout(until - time.monotonic()):
                    event = await self.receive()
            except TimeoutError:
                raise BodyTooSlow(seconds=int(seconds)) from None
            if event["type"] == "http.disconnect":
                raise BodyUnreadable(problem="disconnect")
            part, more = event.get("body", b""), event.get("more_body", False)
            size += len(part)
            if size > longest:
                raise BodyTooLarge(longest=longest)
            yield part

    async def read(self, decoder: msgspec.json.Decoder[T]) -> T:
        """The body, as what `decoder` reads; raises BodyUnreadable, BodyTooLarge."""
        data = await self.body()
        try:
            return decoder.decode(data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
            raise BodyUnreadable(problem=str(problem)) from None

    async def answer(self, answer: Answer) -> None:
        """Send it."""
        length = (b"content-length", b"%d" % len(answer.body))
        headers = [*answer.headers, *_PLAIN, length]
        if answer.status == 204:
            headers.pop()
        start = {"type": "http.response.start", "status": answer.status, "headers": headers}
        await self.send(start)
        await self.send({"type": "http.response.body", "body": answer.body})


Handler = Callable[[Call], Awaitable[Answer | None]]


class Endpoint:
    """What there is at one path; a Starlette route takes it as it is.

    handlers  method → what answers; None when it has answered by itself
    """

    def __init__(self, metrics: Metrics, **handlers: Handler) -> None:
        self.metrics, self.handlers = metrics, handlers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever goes wrong."""
        call = Call(scope, receive, send)
        answer = await self._answer(call)
        if answer is not None:
            with suppress(OSError, RuntimeError):  # whoever asked may have hung up
                await call.answer(answer)

    async def _answer(self, call: Call) -> Answer | None:
        handler = self.handlers.get(call.method)
        if handler is None and call.method == "OPTIONS":
            return Answer(204, headers=_PREFLIGHT)
        try:
            if handler is None:
                raise MethodRefused(path=call.scope["path"], method=call.method)
            return await handler(call)
        except PactError as problem:
            return self.refusal(problem, call.language)
        except OperationalError:
            return self.refusal(DoorBusy(seconds=1), call.language)
        except Exception:
            log.exception("a request failed")
            return self.refusal(DoorFailed(), call.language)

    def refusal(self, problem: PactError, language: Language) -> Answer:
        """The answer that says what went wrong, and what to do."""
        name = type(problem).__name__
        self.metrics.refused.labels(name).inc()
        said = {"error": name, "sentence": say(problem, language)}
        answer = told(said, status_of(problem))
        if isinstance(problem, DoorBusy | TooOften):
            wait = (b"retry-after", str(problem.seconds).encode())
            return Answer(answer.status, answer.body, (*answer.headers, wait))
        return answer
