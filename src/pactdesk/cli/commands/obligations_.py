"""`pactdesk obligations`: what each side owes on a day, by when, and what follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pactdesk.calendars.china import load_china
from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in, write_whole
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.views.obligations import obligations_view
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.obligations.obligation import State
from pactdesk.documents.obligations.calendar_file import calendar_file
from pactdesk.gateways.filelog import FileLog


@declared("obligations")
@click.argument("terms", type=click.Path(path_type=Path))
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True)
@option("--ics", type=click.Path(path_type=Path))
@as_json_option
def command(terms: Path, folder: Path, on: Any, ics: Path | None, as_json: bool) -> int:
    contract, log = contract_in(terms), FileLog(folder)
    day = on.date()
    in_force = contract.on(day)
    found = obligations(contract, log.facts(contract.contract_id), load_china(), day)
    if ics is not None:
        write_whole(ics, calendar_file(in_force, found, day, LANGUAGE))
    if as_json:
        print_json([each.to_plain() for each in found])
    else:
        screen = console()
        obligations_view(in_force, found, day, screen)
        if ics is not None:
            screen.print(words("written", file=ics))
    late = any(each.state is State.OVERDUE for each in found)
    return Exit.FAILED if late else Exit.DONE
