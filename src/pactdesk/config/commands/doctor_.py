"""`pactdesk doctor`: what is wrong, and how to mend it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json
from pactdesk.config.commands.shared import config_option
from pactdesk.config.founding import send_test_mail
from pactdesk.config.installation import (
    ENV_FILE,
    OWNER_FILE,
    config_folder,
    installation,
    is_private,
    settings_in,
    use,
)
from pactdesk.messages.catalogue import say

if TYPE_CHECKING:
    from pactdesk.config.doctor import Line

_MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "bad": ("✗", "red")}


@declared("doctor")
@config_option
@option("--test-mail")
@as_json_option
def command(config: Path | None, test_mail: str | None, as_json: bool) -> int:
    folder = config_folder(config, os.environ)
    with installation(folder, os.environ, as_owner=_has_owner(folder)) as environ:
        use(environ | {"PACTDESK_PROCESS": "worker"})
        from pactdesk.config.doctor import look_over  # after `use`

        lines = []
        for line in look_over(environ, folder):
            lines.append(line)
            if not as_json:
                _show(line)
        if test_mail:
            send_test_mail(environ.get("SMTP_URL", ""), environ.get("MAIL_FROM", ""), test_mail)
    worst = {line.state for line in lines}
    if as_json:
        print_json([_plain(line) for line in lines])
    return Exit.FAILED if "bad" in worst else Exit.DONE


def _has_owner(folder: Path) -> bool:
    """The owner's file may be out of reach for whoever runs this; then less is looked at."""
    if os.access(folder / OWNER_FILE, os.R_OK):
        return True
    env = folder / ENV_FILE
    return env.exists() and is_private(settings_in(env))


def _show(line: Line) -> None:
    mark, colour = _MARKS[line.state]
    screen = console()
    screen.print(f"[{colour}]{mark}[/] {words(f'doctor.{line.key}')}  {line.about}", soft_wrap=True)
    if line.problem is not None:
        screen.print(f"  {say(line.problem, LANGUAGE)}", soft_wrap=True, markup=False)


def _plain(line: Line) -> dict[str, str]:
    mend = say(line.problem, LANGUAGE) if line.problem is not None else ""
    return {"check": line.key, "state": str(line.state), "about": line.about, "mend": mend}
