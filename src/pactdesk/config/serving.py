"""Starting and watching the processes of a desk, and stopping them together.

    with Desk(children, forward=print_line) as desk:   # raises ChildCannotStart, AddressTaken
        desk.watch()                                   # until SIGTERM or Ctrl-C: desk.ask_to_stop()

A child that dies is started again, after a pause that doubles while it keeps dying.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import IO, Self

from pactdesk.config.errors import AddressTaken, ChildCannotStart, ChildKeepsDying

Forward = Callable[[str, str], None]
"""What is done with a line that a child wrote: (child's name, line)."""

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 30.0
STEADY_S = 60.0
"""Having run this long, a child's earlier deaths are forgotten."""
MOST_DEATHS = 10
SETTLED_S = 1.5
"""Without an address to ask, a child that lives this long has started."""
START_S, STOP_S = 60.0, 8.0
_LOOK_S = 0.05
_LAST_LINES = 8


@dataclass(frozen=True, slots=True)
class Address:
    """Where a child listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    def answers(self) -> bool:
        """Whether something takes connections there."""
        try:
            with socket.create_connection((self.host, self.port), timeout=1):
                return True
        except OSError:
            return False

    def is_free(self) -> bool:
        """Whether we could listen there."""
        try:
            family = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0][0]
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((self.host, self.port))
        except OSError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Child:
    """A process of the desk.

    environ  all that it is given: a process sees only the secrets that it needs
    listens  where it listens; it has started when that answers
    """

    name: str
    command: Sequence[str]
    environ: Mapping[str, str] = field(repr=False)
    listens: Address | None = None


class Desk:
    """The children, running. All methods but `ask_to_stop` belong to one thread."""

    def __init__(self, children: Sequence[Child], *, forward: Forward) -> None:
        self._running = [Running(child, forward, self) for child in children]
        self.events: SimpleQueue[Running | None] = SimpleQueue()
        self._asked = threading.Event()

    @property
    def pids(self) -> dict[str, int]:
        """Name → process id of each child that runs now."""
        return {each.child.name: each.process.pid for each in self._running if each.process}

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start everybody, and wait until all have started.

        raises  AddressTaken, ChildCannotStart
        """
        for each in self._running:
            address = each.child.listens
            if address and not address.is_free():
                raise AddressTaken(name=each.child.name, address=str(address))
        for each in self._running:
            each.start()
        for each in self._running:
            each.wait_for_start(self._asked)

    def watch(self) -> None:
        """Start again whoever dies, until `ask_to_stop`.

        raises  ChildKeepsDying
        """
        while not self._asked.is_set():
            due = [each.restart_at for each in self._running if each.restart_at]
            pause = max(0.0, min(due) - time.monotonic()) if due else None
            with suppress(Empty):
                died = self.events.get(timeout=pause)
                if died is not None:
                    died.has_died()
            for each in self._running:
                if each.restart_at and time.monotonic() >= each.restart_at:
                    each.start()

    def ask_to_stop(self) -> None:
        """Let `watch` return; from any thread or signal handler."""
        self._asked.set()
        self.events.put(None)

    def stop(self) -> None:
        """Ask all to stop, the last started first, and after some seconds make them."""
        self._asked.set()
        until = time.monotonic() + STOP_S
        for each in reversed(self._running):
            each.signal(signal.SIGTERM)
        for each in self._running:
            each.end(until)


class Running:
    """One child over all its lives."""

    def __init__(self, child: Child, forward: Forward, desk: Desk) -> None:
        self.child = child
        self.process: subprocess.Popen[str] | None = None
        self.restart_at: float | None = None
        self._forward, self._desk = forward, desk
        self._deaths = 0
        self._started_at = 0.0
        self._last: deque[str] = deque(maxlen=_LAST_LINES)
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin a life of the child, in a session of its own: Ctrl-C reaches it through us."""
        self.restart_at, self._started_at = None, time.monotonic()
        leash = [sys.executable, "-m", "pactdesk.config.leash", str(os.getpid())]
        self.process = subprocess.Popen(  # noqa: S603  our own children
            [*leash, *self.child.command],
            env=dict(self.child.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        assert self.process.stdout is not None  # noqa: S101  for mypy: it is a pipe
        for job, args in (
            (self._pass_on, (self.process.stdout,)),
            (self._await_end, (self.process,)),
        ):
            self._threads.append(threading.Thread(target=job, args=args, daemon=True))
            self._threads[-1].start()

    def wait_for_start(self, asked: threading.Event) -> None:
        """Until it answers where it listens; raises ChildCannotStart."""
        until = self._started_at + START_S
        while self._lives() and time.monotonic() < until and not asked.is_set():
            if self._has_started():
                return
            time.sleep(_LOOK_S)
        if not asked.is_set():
            self.end(time.monotonic())
            raise ChildCannotStart(name=self.child.name, said=self._said())

    def has_died(self) -> None:
        """Plan its next life; raises ChildKeepsDying."""
        if self._lives() or self.process is None:
            return
        self._kill_remains()
        self._join()
        code, lived = self.process.returncode, time.monotonic() - self._started_at
        self._deaths = 1 if lived > STEADY_S else self._deaths + 1
        if self._deaths > MOST_DEATHS:
            raise ChildKeepsDying(name=self.child.name, times=self._deaths, said=self._said())
        pause = min(FIRST_PAUSE_S * 2 ** (self._deaths - 1), LONGEST_PAUSE_S)
        self._forward(self.child.name, f"ended with {code}; started again in {pause:g} s")
        self.restart_at = time.monotonic() + pause

    def signal(self, number: signal.Signals) -> None:
        """Tell the child, if it lives."""
        if self.process is not None and self._lives():
            with suppress(ProcessLookupError):
                self.process.send_signal(number)

    def end(self, until: float) -> None:
        """Wait for its end up to `until`, then force it, and everything it started."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, until - time.monotonic()))
        self._kill_remains()
        self.process.wait()
        self._join()

    def _lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _has_started(self) -> bool:
        if self.child.listens:
            return self.child.listens.answers()
        return time.monotonic() - self._started_at > SETTLED_S

    def _kill_remains(self) -> None:
        """Also what the child started: a worker without its parent would hold the port."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def _join(self) -> None:
        """Its last lines are passed on before anything is said about it."""
        for each in self._threads:
            each.join()
        self._threads.clear()

    def _said(self) -> str:
        return " / ".join(self._last) or "-"

    def _pass_on(self, pipe: IO[str]) -> None:
        with pipe:
            for line in pipe:
                self._last.append(line.rstrip())
                self._forward(self.child.name, line.rstrip())

    def _await_end(self, process: subprocess.Popen[str]) -> None:
        process.wait()
        self._desk.events.put(self)
