"""`pactdesk init`: asks what only the company knows, and makes everything else."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.config.commands.shared import config_option
from pactdesk.config.errors import AnswerMissing
from pactdesk.config.founding import ADMIN_SETTING, ROLE_SETTINGS, Answers, checked, found
from pactdesk.config.installation import ENV_FILE, OWNER_FILE, config_folder, settings_in

DEFAULT_ZONE = "Asia/Shanghai"


@declared("init")
@config_option
@option("--organisation")
@option("--person")
@option("--email")
@option("--pages-url")
@option("--live-url")
@option("--zone")
@option("--mail-from")
@option("--test-mail")
@option("--database", default="pactdesk", show_default=True)
@option("--admin-url")
@option("--private-postgres", is_flag=True)
@option("--yes", is_flag=True)
@as_json_option
def command(  # every answer is also an option
    config: Path | None,
    organisation: str | None,
    person: str | None,
    email: str | None,
    pages_url: str | None,
    live_url: str | None,
    zone: str | None,
    mail_from: str | None,
    test_mail: str | None,
    database: str,
    admin_url: str | None,
    private_postgres: bool,
    yes: bool,
    as_json: bool,
) -> None:
    folder = config_folder(config, os.environ)
    ask = _refuse_to_ask if yes or as_json else _ask
    known = _known(folder)
    pages = pages_url or known.get("PAGES_URL") or ask("pages_url", "")
    answers = Answers(
        organisation=organisation or ask("organisation", ""),
        person=person or ask("person", ""),
        email=email or ask("email", ""),
        pages_url=pages,
        live_url=live_url or known.get("LIVE_URL") or ask("live_url", _live_beside(pages)),
        zone=zone or known.get("PACTDESK_ZONE") or ask("zone", DEFAULT_ZONE),
        smtp_url=os.environ.get("SMTP_URL", known.get("SMTP_URL", ""))
        or ("" if known or yes or as_json else ask("smtp_url", "-").strip("-")),
        mail_from=mail_from or "",
        test_mail=test_mail or "",
        database=database,
        admin_url=admin_url or os.environ.get(ADMIN_SETTING, ""),
        private=private_postgres,
    )
    if not (answers.admin_url or private_postgres or known or _given()):
        answers = Answers(**asdict(answers) | {"admin_url": ask("admin_url", "")})
    _tell(folder, checked(answers), as_json=as_json)


def _tell(folder: Path, answers: Answers, *, as_json: bool) -> None:
    screen = console()
    steps = []
    for step in found(folder, answers, os.environ):
        steps.append(asdict(step))
        if not as_json:
            state = words("init.made" if step.made else "init.there")
            screen.print(f"  {state}  {words(f'init.{step.key}')}  {step.about}", soft_wrap=True)
    if as_json:
        print_json({"config": str(folder), "steps": steps})
        return
    screen.print(words("init.next", config=folder, email=answers.email), soft_wrap=True)


def _ask(key: str, default: str) -> str:
    hidden = key in ("admin_url", "smtp_url")
    said: str = click.prompt(
        words(f"ask.{key}"), default=default or None, hide_input=hidden, show_default=not hidden
    )
    return said.strip()


def _refuse_to_ask(key: str, default: str) -> str:
    if default and default != "-":
        return default
    setting = {"admin_url": ADMIN_SETTING, "smtp_url": "SMTP_URL"}
    raise AnswerMissing(option=setting.get(key) or f"--{key.replace('_', '-')}")


def _known(folder: Path) -> dict[str, str]:
    """What an earlier run wrote down."""
    files = (folder / ENV_FILE, folder / OWNER_FILE)
    return {
        name: value for file in files if file.exists() for name, value in settings_in(file).items()
    }


def _given() -> bool:
    return all(os.environ.get(name) for name in ROLE_SETTINGS)


def _live_beside(pages_url: str) -> str:
    """A name that mostly fits: live.example.com beside desk.example.com.

    >>> _live_beside("https://desk.example.com")
    'https://live.example.com'
    """
    scheme, _, host = pages_url.partition("://")
    _, dot, domain = host.partition(".")
    return f"{scheme}://live.{domain}" if dot else ""
