"""`pactdesk demodesk`: the demo's desk, made the first time and found again afterwards."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from uuid import UUID

from rich.console import Console
from rich.text import Text

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.language import words
from pactdesk.cli.screen import Advance, console, print_json, progress
from pactdesk.config.demo.people import BAITA, PASSWORD, PLAYERS, QINGHE, SHOWN
from pactdesk.config.demo.place import (
    NOTES,
    Place,
    environment,
    free_addresses,
    prepared,
    remember,
    remembered,
)
from pactdesk.config.installation import running_server, use
from pactdesk.config.private_postgres import ADMIN, server_folder
from pactdesk.config.processes import desk_children
from pactdesk.config.roles import OWNER
from pactdesk.config.serving import Child, Desk

LOG = "desk.log"

if TYPE_CHECKING:
    from pactdesk.config.demo.contracts import Agreed


@declared("demodesk")
@option("--name", default="demo", show_default=True)
@as_json_option
def command(name: str, as_json: bool) -> None:
    screen, folder = console(stderr=as_json), server_folder(os.environ, name)
    with running_server(folder) as server:
        place = prepared(folder, server)
        use(environment(place, os.environ, *free_addresses()))
        ids = _made_once(place, os.environ["PAGES_URL"], screen)
        # Making it takes minutes, in which somebody else may have taken a port.
        pages, live = free_addresses()
        environ = environment(place, os.environ, pages, live)
        os.environ.update(environ)
        _open_shops(place, environ["PAGES_URL"], ids)
        children = desk_children(environ, pages=pages, live=live)
        python = (sys.executable, "-m", "pactdesk.config.demo.visitors")
        seen = dict(next(each for each in children if each.name == "live").environ)
        seen["PACTDESK_DEMO_NOTES"] = str(place.note(NOTES))
        visitors = Child("visitors", python, seen)
        with place.note(LOG).open("a", encoding="utf-8") as log:
            tell = (
                partial(print_json, _told(environ, ids))
                if as_json
                else partial(_tell, environ, place, ids, screen)
            )
            _serve([*children, visitors], environ["PAGES_URL"], ids, log, screen, tell)


def _made_once(place: Place, origin: str, screen: Console) -> dict[str, str]:
    from pactdesk.config.demo.contracts import agreed_contracts
    from pactdesk.config.demo.founding import founded
    from pactdesk.config.upgrading import upgrade

    with _said("demodesk.migrating", screen):
        upgrade(place.address(OWNER))
    ids = remembered(place)
    if not ids:
        agreed = agreed_contracts()
        with _said("demodesk.founding", screen):
            ids |= founded(agreed, origin)
            ids |= {
                f"code.{ids[f'contract.{one.client}']}": one.contract.contract_id for one in agreed
            }
        _past(place, agreed, ids, screen)
    else:
        _meanwhile(place, ids, screen)
    return ids


def _open_shops(place: Place, origin: str, ids: dict[str, str]) -> None:
    """The last step: what is remembered from here on was made whole."""
    from pactdesk.config.demo.founding import open_shops_to

    open_shops_to(ids, origin)
    remember(place, ids)


def _past(place: Place, agreed: tuple[Agreed, ...], ids: dict[str, str], screen: Console) -> None:
    from pactdesk.apps.statements.actions import issue
    from pactdesk.config.demo.asking import asked_around
    from pactdesk.config.demo.history import FINISHED, months_until, put_in, seal_before
    from pactdesk.config.demo.inspecting import inspected
    from pactdesk.config.demo.roles import as_worker, forget_letters
    from pactdesk.config.demo.working import at_work
    from pactdesk.core.units.instants import instant_of, local_day, zone_named
    from pactdesk.gateways.keys import SigningKey

    at = datetime.now(UTC)
    now = instant_of(at)
    admin = place.address(ADMIN)
    key = SigningKey.load(Path(os.environ["PACTDESK_SEALING_KEY_FILE"]))
    today = local_day(now, zone_named("Asia/Shanghai"))
    months = months_until(today)
    with as_worker(), _long("demodesk.simulating", screen, len(months) * len(agreed)) as on:
        for done, (one, month) in enumerate(((a, m) for a in agreed for m in months), 1):
            put_in(one, ids, month, now, admin)
            on(done, len(months) * len(agreed))
    with as_worker(), _long("demodesk.sealing", screen) as on:
        for one in agreed:
            seal_before(one, ids, today, key, on)
    with _said("demodesk.issuing", screen):
        finance = UUID(ids["person.finance"])
        for one in agreed:
            issue(
                finance,
                contract=UUID(ids[f"contract.{one.client}"]),
                period=str(FINISHED),
                at=at,
            )
            inspected(one, ids, at)
            asked_around(one.client, ids, at)
            at_work(one.client, ids, at)
        forget_letters(admin)


def _meanwhile(place: Place, ids: dict[str, str], screen: Console) -> None:
    """Fill the gap since the desk last ran, so that the running month has none."""
    from pactdesk.config.demo.catching_up import end_what_was_open, stood_still_since
    from pactdesk.config.demo.contracts import agreed_contracts
    from pactdesk.config.demo.history import months_until, put_in, seal_before
    from pactdesk.config.demo.roles import as_worker
    from pactdesk.core.units.instants import instant_of, local_day, zone_named
    from pactdesk.gateways.keys import SigningKey

    now = instant_of(datetime.now(UTC))
    key = SigningKey.load(Path(os.environ["PACTDESK_SEALING_KEY_FILE"]))
    with as_worker():
        for one in agreed_contracts():
            since = stood_still_since(one, ids, now)
            if since is None:
                continue
            zone = zone_named(one.contract.zone)
            first, today = local_day(since, zone), local_day(now, zone)
            months = [each for each in months_until(today) if each.last_day >= first]
            with _long("demodesk.catching_up", screen, len(months), client=one.client) as on:
                end_what_was_open(one, ids, since, now)
                for done, month in enumerate(months, 1):
                    put_in(one, ids, month, now, place.address(ADMIN), since)
                    on(done, len(months))
            with _long("demodesk.sealing", screen) as on:
                seal_before(one, ids, today, key, on)


def _serve(
    children: list[Child],
    pages: str,
    ids: dict[str, str],
    log: TextIO,
    screen: Console,
    tell: Callable[[], None],
) -> None:
    writing = threading.Lock()

    def forward(name: str, line: str) -> None:
        with writing:
            log.write(f"{name:<8} │ {line}\n")
            log.flush()

    desk = Desk(children, forward=forward)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: desk.ask_to_stop())
    with _said("demodesk.starting", screen):
        desk.start()
    try:
        if os.environ.get("CI") == "true":
            _look(pages, ids, screen)
            return
        tell()
        sys.stdout.flush()  # a pipe keeps it back, and the command stays
        desk.watch()
        screen.print(words("demodesk.stopping"))
    finally:
        desk.stop()


def _look(pages: str, ids: dict[str, str], screen: Console) -> None:
    from pactdesk.config.demo.checking import look_around

    shops = [f"/shop/{ids[name]}/" for name in ("site.qinghe", "site.baita")]
    for shop in shops:
        look_around(pages, None, shop)
    for player in PLAYERS:
        kinds = look_around(pages, player)
        screen.print(words("demodesk.looked", person=player.name, count=len(kinds)))


def _tell(environ: dict[str, str], place: Place, ids: dict[str, str], screen: Console) -> None:
    screen.print()
    screen.print(Text(words("demodesk.ready"), style="bold green"))
    for title, address in _addresses(environ, ids).items():
        screen.print(Text(f"  {title}  ").append(address, "cyan"), soft_wrap=True)
    screen.print()
    screen.print(Text(words("demodesk.password", password=PASSWORD), style="bold"))
    for player in PLAYERS:
        if player.key in SHOWN:
            said = Text(f"  {player.email:<24}", style="cyan").append(f"{player.name}  ", "default")
            screen.print(said.append(words(f"demodesk.who.{player.key}"), "dim"))
    screen.print()
    screen.print(Text(words("demodesk.stays", log=place.note(LOG)), style="dim"), soft_wrap=True)


def _addresses(environ: dict[str, str], ids: dict[str, str]) -> dict[str, str]:
    """What it is → where it is."""
    pages = environ["PAGES_URL"]
    shops = {
        words("demodesk.shop", client=client): f"{pages}/shop/{ids[f'site.{shop}']}/"
        for client, shop in ((QINGHE, "qinghe"), (BAITA, "baita"))
    }
    return {words("demodesk.pages"): f"{pages}/", **shops}


def _told(environ: dict[str, str], ids: dict[str, str]) -> dict[str, object]:
    """The same for programs."""
    people = {player.email: player.name for player in PLAYERS}
    addresses = list(_addresses(environ, ids).values())
    return {"addresses": addresses, "people": people, "password": PASSWORD}


@contextmanager
def _said(key: str, screen: Console) -> Iterator[None]:
    """Tell what takes a while, before and after."""
    screen.print(Text(f"  … {words(key)}", style="dim"))
    yield


@contextmanager
def _long(
    key: str, screen: Console, total: int | None = None, **facts: object
) -> Iterator[Advance]:
    """The same with a bar; whoever reads a file has the line alone."""
    title = words(key, **facts)
    screen.print(Text(f"  … {title}", style="dim"))
    with progress(title, total) as on:
        yield on
