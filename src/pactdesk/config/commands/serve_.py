"""`pactdesk serve`: pages, live door and worker, watched until Ctrl-C or SIGTERM."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.language import words
from pactdesk.config import refusals
from pactdesk.config.commands.shared import config_option
from pactdesk.config.installation import config_folder, installation, use
from pactdesk.config.processes import (
    DEFAULT_LISTEN,
    LIVE_LISTEN,
    PAGES_LISTEN,
    WORKER_LISTEN,
    desk_children,
    listen_address,
)
from pactdesk.config.serving import Address, Desk

_WRITING = threading.Lock()


@declared("serve")
@config_option
@option("--pages", metavar="HOST:PORT")
@option("--live", metavar="HOST:PORT")
@option("--worker", metavar="HOST:PORT")
@option("--private-postgres", is_flag=True)
@as_json_option
def command(
    config: Path | None,
    pages: str | None,
    live: str | None,
    worker: str | None,
    private_postgres: bool,
    as_json: bool,
) -> None:
    folder = config_folder(config, os.environ)
    with installation(folder, os.environ) as environ:
        addresses = {PAGES_LISTEN: pages, LIVE_LISTEN: live, WORKER_LISTEN: worker}
        listens = {
            name: listen_address(name, given or environ.get(name) or DEFAULT_LISTEN[name])
            for name, given in addresses.items()
        }
        children = desk_children(
            environ,
            pages=listens[PAGES_LISTEN],
            live=listens[LIVE_LISTEN],
            worker=listens[WORKER_LISTEN],
        )
        _check(environ, private_allowed=private_postgres, listening=list(listens.values()))
        plain = sys.stdout.isatty() and not as_json
        forward = _print_plain if plain else _print_json
        desk = Desk(children, forward=forward)
        _stop_on_signals(desk)
        with desk:
            forward("serve", words("serve.runs", pages=environ["PAGES_URL"]))
            desk.watch()
            forward("serve", words("serve.stops"))


def _check(environ: dict[str, str], *, private_allowed: bool, listening: list[Address]) -> None:
    """Whatever must not be served, refused before anything starts."""
    refusals.check_settings(environ)
    refusals.check_database(environ, private_allowed=private_allowed)
    use(environ)
    from django.conf import settings  # after `use`

    from pactdesk.config.upgrading import check_standing, standing

    for address in listening:
        refusals.check_debug(debug=settings.DEBUG, listening=address)
    check_standing(standing())


def _stop_on_signals(desk: Desk) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        desk.ask_to_stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def _print_plain(name: str, line: str) -> None:
    with _WRITING:
        click.echo(f"{name:<6} │ {line}")


def _print_json(name: str, line: str) -> None:
    """A child's JSON stays JSON, with its process; anything else becomes a message."""
    told = _as_json(line)
    with _WRITING:
        click.echo(json.dumps({**told, "process": name}, ensure_ascii=False))


def _as_json(line: str) -> Mapping[str, object]:
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if isinstance(told, dict):
        return told
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"time": now, "level": "info", "message": line}
