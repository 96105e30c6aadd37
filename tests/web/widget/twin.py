"""A live door in memory, and a merchant's page at another port that carries the chat window.

It keeps the protocol of `docs/reference/live.md`, and can be told to lose answers, to refuse and
to fall silent, which a real one does not do when a test wants it.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from pactdesk.gateways.pictures.cleaning import clean_picture
from pactdesk.web.widget.bundle import bundle

SITE = "site-of-qinghe"
HOURS = {"zh": "每日 9:00–21:00", "en": "daily 9:00–21:00"}
GREETING = {"zh": "您好，欢迎光临青禾茶铺！有什么可以帮您？", "en": "Welcome! How can we help?"}

# A shop with rules and styles that must not reach into the window.
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/shop.css"></head><body><h1>Tea</h1><p>A shop.</p>
<script src="/widget.js" data-site="{site}" {more} async></script></body></html>"""
STYLE = (
    "* { color: red !important; } button, textarea, p { font-size: 40px !important;"
    " border: 9px solid !important; display: block } h1, p { margin: 1rem }"
)


@dataclass
class Twin:
    """What the door holds, and how it misbehaves.

    lose      of the next messages, so many are kept but never answered
    refuse    the next messages are answered with these (status, sentence)
    silent    nobody answers at all
    """

    door: str = ""
    page: str = ""
    open: bool = True
    opens_at_ms: int | None = None
    state: str = "open"
    lose: int = 0
    silent: bool = False
    refuse: list[tuple[int, str]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    typed: list[float] = field(default_factory=list)
    rated: list[int] = field(default_factory=list)
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    listeners: list[asyncio.Queue[bytes | None]] = field(default_factory=list)
    loop: asyncio.AbstractEventLoop | None = None
    policy: str = ""

    def keep(self, author: str, body: str = "", **more: Any) -> dict[str, Any]:
        """A message, told to who listens."""
        number = len(self.messages) + 1
        name = "小周" if author == "agent" else None
        one = {"id": f"m{number}", "sequence": number, "author": author, "name": name,
               "body": body, "picture": None, "at_ms": int(time.time() * 1000)} | more  # fmt: skip
        self.messages.append(one)
        self.tell("message", one | {"conversation": "c1"}, number)
        return one

    def agent_says(self, body: str, **more: Any) -> None:
        """From the desk."""
        self.keep("agent", body, **more)

    def agent_types(self) -> None:
        """Somebody at the desk writes."""
        self.tell("typing", {"conversation": "c1", "who": "agent", "name": "小周"})

    def becomes(self, state: str) -> None:
        """The conversation's new state."""
        self.state = state
        self.tell("state", {"conversation": "c1", "state": state})

    def tell(self, kind: str, data: object, number: int | None = None) -> None:
        """An event for every stream."""
        head = f"id: {number}\n" if number else ""
        self._put(f"{head}event: {kind}\ndata: {json.dumps(data)}\n\n".encode())

    def hang_up(self) -> None:
        """Ends every stream."""
        self._put(None)

    def _put(self, event: bytes | None) -> None:
        for one in list(self.listeners):
            assert self.loop is not None
            self.loop.call_soon_threadsafe(one.put_nowait, event)


class Door:
    """The door's answers."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin

    def app(self) -> Starlette:
        """At a port of its own."""
        routes = [
            Route("/v1/sites/{key}", self.site),
            Route("/v1/conversations", self.open, methods=["POST"]),
            Route("/v1/conversations/{id}/messages", self.post, methods=["POST"]),
            Route("/v1/conversations/{id}/messages", self.read),
            Route("/v1/conversations/{id}/typing", self.typing, methods=["POST"]),
            Route("/v1/conversations/{id}/rating", self.rating, methods=["POST"]),
            Route("/v1/conversations/{id}/pictures", self.upload, methods=["POST"]),
            Route("/v1/pictures/{id}", self.picture),
            Route("/v1/stream", self.stream),
        ]
        cross = Middleware(
            CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"]
        )
        return Starlette(routes=routes, middleware=[cross])

    async def site(self, _: Request) -> Response:
        twin = self.twin
        if twin.silent:
            return JSONResponse({}, 503)
        return JSONResponse(
            {"merchant": "青禾茶铺", "languages": ["zh", "en"], "open": twin.open,
             "hours_text": HOURS, "opens_at_ms": twin.opens_at_ms,
             "zone": "Asia/Shanghai", "greeting": GREETING}
        )  # fmt: skip

    async def open(self, request: Request) -> Response:
        told = await request.json()
        if self.twin.silent:
            return JSONResponse({}, 503)
        if told["key"] not in self.twin.opened:
            self.twin.opened[told["key"]] = told["site"]
            self.twin.messages.clear()
            self.twin.state = "open"
        return JSONResponse({"conversation": "c1", "code": "251121-A", "token": "t.1"}, 201)

    async def post(self, request: Request) -> Response:
        told, twin = await request.json(), self.twin
        if request.headers.get("authorization") != "Bearer t.1":
            return JSONResponse({"error": "TicketRefused", "sentence": "no"}, 401)
        if twin.silent:
            return JSONResponse({}, 503)
        if twin.refuse:
            status, sentence = twin.refuse.pop(0)
            return JSONResponse({"error": "Refused", "sentence": sentence}, status)
        fresh = told["key"] not in twin.keys
        if fresh:
            twin.keys[told["key"]] = twin.keep("customer", told["body"])
        if twin.lose:
            twin.lose -= 1
            return JSONResponse({}, 503)
        one = twin.keys[told["key"]]
        answer = {name: one[name] for name in ("id", "sequence", "at_ms")}
        return JSONResponse(answer | {"fresh": fresh})

    async def read(self, request: Request) -> Response:
        after = int(request.query_params["after"])
        if self.twin.silent:
            return JSONResponse({}, 503)
        missed = [one for one in self.twin.messages if one["sequence"] > after]
        return JSONResponse(
            {"messages": missed, "state": self.twin.state, "last_sequence": len(self.twin.messages)}
        )

    async def typing(self, _: Request) -> Response:
        self.twin.typed.append(time.monotonic())
        return Response(status_code=204)

    async def rating(self, request: Request) -> Response:
        self.twin.rated.append((await request.json())["score"])
        return Response(status_code=204)

    async def upload(self, request: Request) -> Response:
        async with request.form() as form:
            key, file = form["key"], form["file"]
            assert isinstance(key, str)
            assert not isinstance(file, str)
            shown = clean_picture(await file.read())
        number = f"p{len(self.twin.pictures) + 1}"
        self.twin.pictures[number] = (shown.media_type, shown.content)
        size = {"width": shown.width, "height": shown.height}
        told = {"id": number, **size, "media_type": shown.media_type}
        if key not in self.twin.keys:
            self.twin.keys[key] = self.twin.keep("customer", picture=told)
        return JSONResponse(self.twin.keys[key])

    async def picture(self, request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer t.1"
        kind, content = self.twin.pictures[request.path_params["id"]]
        return Response(content, media_type=kind)

    async def stream(self, _: Request) -> Response:
        twin = self.twin
        if twin.silent:
            return Response(status_code=503)
        twin.loop = asyncio.get_running_loop()
        mine: asyncio.Queue[bytes | None] = asyncio.Queue()
        twin.listeners.append(mine)

        async def events() -> AsyncIterator[bytes]:
            try:
                yield b"event: hello\ndata: {}\n\n"
                while (event := await mine.get()) is not None:
                    yield event
            finally:
                twin.listeners.remove(mine)

        return StreamingResponse(events(), media_type="text/event-stream")


class Shop:
    """The merchant's page, and the pages' script."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin

    def app(self) -> Starlette:
        """At another port."""
        return Starlette(
            routes=[Route("/", self.page), Route("/widget.js", self.script),
                    Route("/shop.css", self.style), Route("/favicon.ico", self.icon)]
        )  # fmt: skip

    async def page(self, request: Request) -> Response:
        asked = request.query_params
        made = PAGE.format(lang=asked.get("lang", "zh-CN"), site=SITE, more=asked.get("more", ""))
        policy = self.twin.policy.format(door=self.twin.door)
        return HTMLResponse(made, headers={"Content-Security-Policy": policy} if policy else {})

    async def script(self, _: Request) -> Response:
        return Response(bundle(self.twin.door).plain, media_type="text/javascript")

    async def style(self, _: Request) -> Response:
        return Response(STYLE, media_type="text/css")

    async def icon(self, _: Request) -> Response:
        return Response(status_code=204)


@contextmanager
def running(twin: Twin) -> Iterator[Twin]:
    """Both, each at a free port, until the end."""
    with served(Door(twin).app()) as door, served(Shop(twin).app()) as page:
        twin.door, twin.page = door, page
        try:
            yield twin
        finally:
            if twin.loop is not None:
                twin.hang_up()


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The application's address, at a free port, until the end."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off")
    config.load()
    server = uvicorn.Server(config)
    ready = threading.Event()

    async def serve() -> None:
        server.lifespan = config.lifespan_class(config)
        await server.startup()
        ready.set()
        await server.main_loop()
        await server.shutdown()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(20)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(20)
