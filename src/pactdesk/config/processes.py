"""The three processes of a desk, each with no more of the environment than it needs."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from pactdesk.config.errors import SettingWrong
from pactdesk.config.serving import Address, Child

PAGES_LISTEN, LIVE_LISTEN, WORKER_LISTEN = "PAGES_LISTEN", "LIVE_LISTEN", "WORKER_LISTEN"
DEFAULT_LISTEN: Mapping[str, str] = {
    PAGES_LISTEN: "127.0.0.1:8000",
    LIVE_LISTEN: "127.0.0.1:8001",
    WORKER_LISTEN: "127.0.0.1:8002",
}

THREADS = 8
"""Of the pages: each waits for the database most of the time."""

_OWNER = frozenset({"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"})
_WORKERS = frozenset({"DATABASE_WORKER_URL", "PACTDESK_SEALING_KEY_FILE", "SMTP_URL"})


def desk_children(
    environ: Mapping[str, str], *, pages: Address, live: Address, worker: Address | None = None
) -> list[Child]:
    """Pages, live door and worker. Nobody gets the owner's address, and only the worker that
    of jobs, the sealing key and the mail server's password.

    worker  where it tells how it does; nowhere without
    """
    python = sys.executable
    shared = {name: value for name, value in environ.items() if name not in _OWNER}
    shared["DJANGO_SETTINGS_MODULE"] = "pactdesk.config.settings"
    shared["PYTHONUNBUFFERED"] = "1"
    seen = {name: value for name, value in shared.items() if name not in _WORKERS}
    jobs = {name: value for name, value in shared.items() if name != "DATABASE_URL"}
    granian = (
        *(python, "-m", "granian", "pactdesk.config.wsgi:application", "--interface", "wsgi"),
        *("--host", pages.host, "--port", str(pages.port), "--no-ws", "--http", "1"),
        # One process: the counts for Prometheus are kept in its memory.
        *("--workers", "1", "--blocking-threads", str(THREADS), "--respawn-failed-workers"),
        *("--workers-kill-timeout", "5s", "--log-level", "warning"),
    )
    return [
        Child("pages", granian, seen, pages),
        Child(
            "live",
            (python, "-m", "pactdesk.web.live", "--host", live.host, "--port", str(live.port)),
            seen,
            live,
        ),
        Child(
            "worker",
            (python, "-m", "pactdesk.jobs", *(("--listen", str(worker)) if worker else ())),
            jobs | {"PACTDESK_PROCESS": "worker"},
            worker,
        ),
    ]


def listen_address(name: str, text: str) -> Address:
    """`host:port`; raises SettingWrong.

    >>> listen_address("LIVE_LISTEN", "127.0.0.1:8001").port
    8001
    """
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingWrong(name=name, given=text, expected="127.0.0.1:8000")
    return Address(host.strip("[]"), int(port))
