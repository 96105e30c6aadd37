"""The desk's processes are started, watched, started again and stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from pactdesk.config import serving
from pactdesk.config.errors import AddressTaken, ChildCannotStart, ChildKeepsDying
from pactdesk.config.processes import desk_children
from pactdesk.config.serving import Address, Child, Desk

LISTENER = (
    "import socket, sys; s = socket.create_server(('127.0.0.1', int(sys.argv[1])));"
    "print('listening', flush=True)\nwhile True: s.accept()[0].close()"
)


def free_address() -> Address:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Address("127.0.0.1", probe.getsockname()[1])


def listener(name: str, address: Address) -> Child:
    command = (sys.executable, "-c", LISTENER, str(address.port))
    return Child(name, command, dict(os.environ), address)


def saying(name: str, code: str) -> Child:
    return Child(name, (sys.executable, "-c", code), dict(os.environ))


def eventually(holds: Callable[[], bool]) -> None:
    """Waits until it holds; the whole test run's patience is the limit."""
    for _ in range(2000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to hold")


@contextmanager
def watched(desk: Desk) -> Iterator[None]:
    watcher = threading.Thread(target=desk.watch)
    watcher.start()
    try:
        yield
    finally:
        desk.ask_to_stop()
        watcher.join()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_child_that_is_killed_is_started_again() -> None:
    address, lines = free_address(), list[tuple[str, str]]()
    forward = lambda name, line: lines.append((name, line))  # noqa: E731
    with Desk([listener("door", address)], forward=forward) as desk, watched(desk):
        first = desk.pids["door"]
        os.kill(first, signal.SIGKILL)
        eventually(lambda: desk.pids["door"] != first and address.answers())
        eventually(lambda: lines.count(("door", "listening")) == 2)
    assert gone(first)


def test_all_stop_with_the_desk_and_whatever_they_started_with_them() -> None:
    address = free_address()
    with Desk([listener("one", address)], forward=lambda *_: None) as desk:
        pid = desk.pids["one"]
    assert gone(pid)
    assert address.is_free()


def test_a_child_that_will_not_stop_is_made_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "STOP_S", 0.3)
    address = free_address()
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + LISTENER
    child = Child("deaf", (sys.executable, "-c", deaf, str(address.port)), os.environ, address)
    with Desk([child], forward=lambda *_: None) as desk:
        pid = desk.pids["deaf"]
    assert gone(pid)


def test_a_child_that_cannot_start_stops_the_others_and_says_its_last_words() -> None:
    address = free_address()
    children = [listener("fine", address), saying("broken", "print('no key'); raise SystemExit(3)")]
    with pytest.raises(ChildCannotStart) as told, Desk(children, forward=lambda *_: None):
        pass
    assert (told.value.name, told.value.said) == ("broken", "no key")
    assert address.is_free()


def test_one_that_keeps_dying_ends_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(serving, "MOST_DEATHS", 2)
    monkeypatch.setattr(serving, "SETTLED_S", 0.0)
    brief = saying("brief", "import sys; sys.stdin.read()")
    with Desk([brief], forward=lambda *_: None) as desk, pytest.raises(ChildKeepsDying):
        desk.watch()


def test_a_taken_address_is_told_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = Address("127.0.0.1", other.getsockname()[1])
        desk = Desk([listener("door", taken)], forward=lambda *_: None)
        with pytest.raises(AddressTaken):
            desk.start()
    assert desk.pids == {}


def test_no_child_outlives_a_desk_that_is_killed() -> None:
    address = free_address()
    code = (
        "import sys; from pactdesk.config.serving import *\n"
        "child = Child('one', (sys.executable, '-c', sys.argv[1], sys.argv[2]),"
        " dict(os.environ), Address('127.0.0.1', int(sys.argv[2])))\n"
        "desk = Desk([child], forward=lambda *_: None); desk.start()\n"
        "print(desk.pids['one'], flush=True); desk.watch()"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code, LISTENER, str(address.port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    child = int(starter.stdout.readline())
    starter.kill()
    starter.communicate()
    eventually(lambda: gone(child) and address.is_free())


def test_each_process_sees_only_the_secrets_that_it_needs() -> None:
    environ = {
        "SECRET_KEY": "s",
        "DATABASE_URL": "a",
        "DATABASE_WORKER_URL": "w",
        "DATABASE_OWNER_URL": "o",
        "PACTDESK_SEALING_KEY_FILE": "k",
        "SMTP_URL": "m",
    }
    address = Address("127.0.0.1", 1)
    seen = {one.name: one.environ for one in desk_children(environ, pages=address, live=address)}
    pages_see = {"SECRET_KEY", "DATABASE_URL"}
    assert seen["pages"].keys() & environ.keys() == pages_see
    assert seen["live"].keys() & environ.keys() == pages_see
    assert seen["worker"].keys() & environ.keys() == {
        *("SECRET_KEY", "DATABASE_WORKER_URL", "PACTDESK_SEALING_KEY_FILE", "SMTP_URL")
    }
