"""Doors as processes, and what a chat window does with them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4

import httpx
from django.conf import settings

from tests.support.hearing import VAULT

ROOT = Path(__file__).resolve().parents[3]
ORIGIN = "https://shop.example.test"
PATIENCE = 60


@dataclass
class Door:
    """A door, and how to reach it."""

    environment: Mapping[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.url, timeout=PATIENCE)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pactdesk.web.live", "--port", str(self.port),
             "--generosity", "1000", "--rights-seconds", "0.2"],
            cwd=ROOT,
            env={**os.environ, **self.environment},
        )  # fmt: skip
        wait_until(self.is_ready)

    def is_ready(self) -> bool:
        assert self.process is None or self.process.poll() is None, "the door has ended"
        try:
            return self.client.get("/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    def stop(self, how: int = signal.SIGTERM) -> int:
        """End it; what it exits with."""
        assert self.process
        self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        self.process = None
        return code

    def open(self, shop: Shop, key: str = "") -> Chat:
        """A new conversation."""
        asked = {"site": shop.key, "key": key or str(uuid4())}
        told = self.client.post("/v1/conversations", json=asked)
        assert told.status_code == 201, told.text
        return Chat(self, UUID(told.json()["conversation"]), told.json()["token"])


@dataclass
class Chat:
    """One side of a conversation."""

    door: Door
    id: UUID
    ticket: str

    def by(self, ticket: str) -> Chat:
        return Chat(self.door, self.id, ticket)

    def request(self, method: str, part: str, **more: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.ticket}", **more.pop("headers", {})}
        address = f"/v1/conversations/{self.id}/{part}"
        return self.door.client.request(method, address, headers=headers, **more)

    def post(self, body: str = "在吗", key: str = "") -> httpx.Response:
        return self.request("POST", "messages", json={"body": body, "key": key or str(uuid4())})

    def said(self, body: str = "在吗", key: str = "") -> Any:
        told = self.post(body, key)
        assert told.status_code == 200, told.text
        return told.json()

    def read(self, after: int = 0) -> Any:
        told = self.request("GET", "messages", params={"after": after})
        assert told.status_code == 200, told.text
        return told.json()

    def stream(self, **more: Any) -> Stream:
        return Stream(self.door, self.ticket, **more)


class Stream:
    """A browser's event stream, read as it comes."""

    def __init__(self, door: Door, ticket: str, last: int | None = None) -> None:
        headers = {} if last is None else {"last-event-id": str(last)}
        self._client = httpx.Client(base_url=door.url, timeout=PATIENCE)
        self._answer = self._client.stream(
            "GET", "/v1/stream", params={"ticket": ticket}, headers=headers
        )

    def __enter__(self) -> Self:
        response = self._answer.__enter__()
        assert response.status_code == 200, response.read()
        self._lines = response.iter_lines()
        assert self.next()[0] == "hello"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._answer.__exit__(kind, error, trace)
        self._client.close()

    def next(self) -> tuple[str, int | None, Any]:
        """(event, id, data) of the next event; StopIteration at the end."""
        name, number, data = "", None, None
        for line in self._lines:
            part, _, value = line.partition(": ")
            if part == "event":
                name = value
            elif part == "id":
                number = int(value)
            elif part == "data":
                data = json.loads(value)
            elif not line and name:
                return name, number, data
        raise StopIteration

    def until(self, wanted: str) -> Any:
        """The data of the next event of that name."""
        while True:
            name, _, data = self.next()
            if name == wanted:
                return data


@dataclass(frozen=True)
class Shop:
    """A merchant's site."""

    key: str
    contract: UUID


def make_shop(by: UUID, contract: UUID) -> Shop:
    """A shop under this contract."""
    from pactdesk.apps.conversations.sites import add_site

    made = add_site(by, contract, "青禾家居", [ORIGIN])
    return Shop(made.public_key, contract)


@contextmanager
def door_on(environment: Mapping[str, str], port: int = 0) -> Iterator[Door]:
    """A door on the database of this environment, ended at the end."""
    door = Door(full(environment), port or free_port())
    try:
        door.start()
        yield door
    finally:
        if door.process is not None:
            door.stop(signal.SIGKILL)
        door.client.close()


def full(environment: Mapping[str, str]) -> dict[str, str]:
    """With the secrets that tests and door share."""
    keys = {"SECRET_KEY": settings.SECRET_KEY, "PACTDESK_VAULT_KEYS": VAULT.to_text()}
    return {**environment, **keys}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(true: Any, patience: float = PATIENCE) -> None:
    """Ask again and again until it is so."""
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until, "it did not become true"
        time.sleep(0.02)
