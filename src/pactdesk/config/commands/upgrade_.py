"""`pactdesk upgrade`: the database is brought up to this version, and never below its own."""

from __future__ import annotations

from pathlib import Path

from pactdesk.cli.app import as_json_option, declared
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.config.commands.shared import config_option, opened
from pactdesk.config.errors import SettingMissing


@declared("upgrade")
@config_option
@as_json_option
def command(config: Path | None, as_json: bool) -> None:
    with opened(config, as_owner=True) as environ:
        from pactdesk.config.upgrading import upgrade

        if not environ.get("DATABASE_OWNER_URL"):
            raise SettingMissing(name="DATABASE_OWNER_URL")
        applied = upgrade(environ["DATABASE_OWNER_URL"])
    if as_json:
        print_json({"applied": applied})
    elif applied:
        console().print(words("upgrade.done", count=len(applied), last=applied[-1]))
    else:
        console().print(words("upgrade.nothing"))
