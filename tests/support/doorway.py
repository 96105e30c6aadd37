"""The live door asked in this process: no server, so that a wall can be taken away from it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from starlette.routing import Route

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.web.live.door import DoorApp

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Answered:
    """What came back; of a stream, what came first."""

    status: int
    body: bytes


class Opening(NamedTuple):
    """A method at a path of the door, as its route writes it."""

    method: str
    path: str

    def filled(self, told: Mapping[str, str]) -> str:
        """The path with its places filled in."""
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda place: told[place[1]], self.path)


def openings(app: DoorApp) -> list[Opening]:
    """Every method at every path that its routes answer."""
    return [
        Opening(method, route.path)
        for route in app.routes
        if isinstance(route, Route)
        for method in vars(route.endpoint)["handlers"]
    ]


def paths(app: DoorApp) -> set[str]:
    """Every path, as its route writes it."""
    return {route.path for route in app.routes if isinstance(route, Route)}


async def ask(
    app: DoorApp,
    method: str,
    path: str,
    *,
    ticket: str = "",
    query: Mapping[str, str] | None = None,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answered:
    """One request; whoever asks hangs up when the first part of the answer's body is there."""
    told = {"content-type": "application/json", **(headers or {})}
    told |= {"authorization": f"Bearer {ticket}"} if ticket else {}
    scope: dict[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": urlencode(query or {}).encode(),
        "headers": [(name.encode(), value.encode()) for name, value in told.items()],
        "client": ("192.0.2.1", 1),
        "server": ("door", 80),
    }
    sent: list[dict[str, Any]] = []
    left = asyncio.Event()
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": body, "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if message["type"] == "http.response.body":
            left.set()

    await app(scope, receive, send)
    return Answered(sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:]))
