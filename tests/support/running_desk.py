"""A desk that runs: its pages and its live door as processes of their own, on free ports.

    with running_desk(database, door=True) as site:
        browser.goto(site.pages + "/desk/")

The processes are those of `pactdesk serve` (granian, and the door's own server), against the
test's database; bodies are readable with `tests.support.chats.VAULT`. What they print stands in
`site.log`. They are ended by their own process ids, however the test ends.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import httpx
from django.conf import settings

from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.chats import VAULT
from tests.support.database import ROOT, TestDatabase
from tests.support.visitors import logged_in

T = TypeVar("T")

HOST = "127.0.0.1"
LONGEST_START_S = 60.0
LONGEST_END_S = 10.0


@dataclass
class RunningDesk:
    """Where it is found; `environment` is what its processes were started with."""

    pages: str
    live: str
    environment: dict[str, str]
    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start the pages or the door, and wait until it answers."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                _command(name, self.port_of(name)),
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A group of their own: granian's worker must die with its parent.
                start_new_session=True,
            )
        self._wait_for(name)

    def kill(self, name: str) -> None:
        """End one at once, as if its machine had lost it."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(LONGEST_END_S)

    def log(self, name: str) -> str:
        """What the process printed."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def session_of(self, name: str) -> Any:
        """The cookies of somebody of the cast who has logged in, for `context.add_cookies`.

        Their password must have been given (`give_password`). Its hash is the tests' quick one,
        which the running pages do not take: so they come in here, and go on there.
        """
        client = aside(lambda: logged_in(name))
        return [
            {"name": one, "value": held.value, "url": self.pages}
            for one, held in client.cookies.items()
        ]

    def port_of(self, name: str) -> int:
        """Where the process listens."""
        return int({"pages": self.pages, "live": self.live}[name].rpartition(":")[2])

    def _wait_for(self, name: str) -> None:
        until = time.monotonic() + LONGEST_START_S
        while time.monotonic() < until:
            assert self.processes[name].poll() is None, self.log(name)
            try:
                httpx.get(f"http://{HOST}:{self.port_of(name)}/healthz", timeout=5)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"{name} does not answer: {self.log(name)}")


def _command(name: str, port: int) -> list[str]:
    python = sys.executable
    if name == "live":
        return [python, "-m", "pactdesk.web.live", "--host", HOST, "--port", str(port)]
    return [
        *(python, "-m", "granian", "pactdesk.config.wsgi:application", "--interface", "wsgi"),
        *("--host", HOST, "--port", str(port), "--no-ws", "--http", "1"),
        *("--workers", "1", "--blocking-threads", "4", "--log-level", "warning"),
    ]


@contextmanager
def running_desk(
    database: TestDatabase, *, door: bool = True, **more: str
) -> Iterator[RunningDesk]:
    """The pages, and the live door unless told otherwise, on the test's database.

    more  what its processes are told besides
    """
    with ExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="desk-")))
        pages, live = (f"http://{HOST}:{port}" for port in free_ports(2))
        environment = {
            **os.environ,
            **database.environment(),
            # This process's own, so that a session begun here is good there.
            "SECRET_KEY": settings.SECRET_KEY,
            IN_ENVIRONMENT: VAULT.to_text(),
            "PAGES_URL": pages,
            "LIVE_URL": live,
            "PYTHONUNBUFFERED": "1",
            **more,
        }
        site = RunningDesk(pages, live, environment, folder)
        try:
            site.start("pages")
            if door:
                site.start("live")
            yield site
        finally:
            for process in site.processes.values():
                process.terminate()
            for process in site.processes.values():
                try:
                    process.wait(LONGEST_END_S)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait(LONGEST_END_S)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at; held together, so that none comes twice."""
    with ExitStack() as held:
        sockets = [held.enter_context(closing(socket.socket())) for _ in range(count)]
        for one in sockets:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in sockets]


def aside(work: Callable[[], T]) -> T:
    """Do something with Django's database while Playwright holds this thread's event loop."""

    def done() -> T:
        from django.db import connections

        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        return other.submit(done).result()
