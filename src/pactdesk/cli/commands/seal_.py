"""`pactdesk seal`: each recorded day gets its tree and a signed, chained checkpoint."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.core.facts.checkpoints import SignedCheckpoint, to_checkpoint_record
from pactdesk.core.facts.log import seal_through
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey


def seal(log: FileLog, key: SigningKey, through: date) -> tuple[SignedCheckpoint, ...]:
    """Seals every day up to `through` that is not sealed yet."""
    return seal_through(log, through, key)


@declared("seal")
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--key", type=click.Path(path_type=Path), required=True)
@option("--through", type=click.DateTime(["%Y-%m-%d"]))
@as_json_option
def command(folder: Path, key: Path, through: datetime | None, as_json: bool) -> None:
    log = FileLog(folder)
    last = through.date() if through else max(log.days(), default=date.min)
    sealed = seal(log, SigningKey.load(key), last)
    if as_json:
        print_json([to_checkpoint_record(each) for each in sealed])
        return
    screen = console()
    if not sealed:
        screen.print(words("seal.nothing", day=last.isoformat()))
        return
    facts = sum(each.body.day_size for each in sealed)
    first, end = sealed[0].body.day, sealed[-1].body
    screen.print(
        words(
            "seal.done", days=len(sealed), facts=facts, first=first, last=end.day, root=end.log_root
        )
    )
