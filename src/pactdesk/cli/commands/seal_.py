"""`pactdesk seal`: each recorded day gets its tree and a signed, chained checkpoint."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.core.facts.checkpoints import SignedCheckpoint, to_checkpoint_record
from pactdesk.core.facts.log import seal_through
from pactdesk.core.units.errors import PactError
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey


def seal(log: FileLog, key: SigningKey, through: date) -> tuple[SignedCheckpoint, ...]:
    """Seals every day up to `through` that is not sealed yet.

    raises  KeyChanged for another key than that of the last checkpoint
    """
    chain = log.checkpoints()
    if chain and chain[-1].body.key_id != key.key_id:
        raise KeyChanged(before=chain[-1].body.key_id, now=key.key_id)
    return seal_through(log, through, key)


def last_day_to_seal(log: FileLog, through: date | None, *, today: date, ahead: bool) -> date:
    """The day asked for, or the last with records; never one that is not over.

    ahead  seals days to come as well: for a log that was simulated into the future
    raises  DayNotOver
    """
    if ahead:
        return through or max(log.days(), default=date.min)
    if through is not None and through >= today:
        raise DayNotOver(day=through.isoformat(), today=today.isoformat())
    return through or min(max(log.days(), default=date.min), today - timedelta(days=1))


class DayNotOver(PactError):
    """`day` is not over (today is `today`); nothing could be recorded on it once sealed."""


class KeyChanged(PactError):
    """The log was sealed with the key `before`; `now` is another."""


@declared("seal")
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--key", type=click.Path(path_type=Path), required=True)
@option("--through", type=click.DateTime(["%Y-%m-%d"]))
@option("--ahead", is_flag=True)
@as_json_option
def command(folder: Path, key: Path, through: datetime | None, ahead: bool, as_json: bool) -> None:
    log = FileLog(folder)
    today = datetime.now(log.zone).date()
    asked = through.date() if through else None
    last = last_day_to_seal(log, asked, today=today, ahead=ahead)
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
