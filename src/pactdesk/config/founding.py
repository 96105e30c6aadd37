"""Founding a desk, step by step; each step finds out whether it is done already.

Run again after a failure it goes on where it stopped; run again after success it changes
nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from pactdesk.cli.files import OutputRefused
from pactdesk.config import installation as place
from pactdesk.config.addresses import address_of, with_database
from pactdesk.config.database import connection_settings
from pactdesk.config.errors import (
    DatabaseUnreachable,
    MailTestFailed,
    SettingMissing,
    SettingsDiffer,
    SettingWrong,
)
from pactdesk.config.inspection import connected
from pactdesk.config.private_postgres import ADMIN, server_folder
from pactdesk.config.roles import (
    APP,
    DATABASE_ROLES,
    OWNER,
    WORKER,
    close_schema,
    make_database,
    make_roles,
)
from pactdesk.core.facts.kinds import Party
from pactdesk.core.units.instants import zone_named
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from pactdesk.gateways.mail.errors import LetterDelayed
from pactdesk.gateways.mail.letter import Letter
from pactdesk.gateways.mail.smtp import send, smtp_server
from pactdesk.gateways.vault.vault_keys import FILE_IN_ENVIRONMENT, VaultKeys
from pactdesk.messages.catalogue import LANGUAGES, text

ADMIN_SETTING = "DATABASE_ADMIN_URL"
ROLE_SETTINGS: Mapping[str, str] = {
    "DATABASE_URL": APP,
    "DATABASE_WORKER_URL": WORKER,
    "DATABASE_OWNER_URL": OWNER,
}
_SECRET_BYTES = 48


@dataclass(frozen=True, slots=True)
class Answers:
    """What a company decides. Secrets come from the environment or a hidden prompt only."""

    organisation: str
    person: str
    email: str
    pages_url: str
    live_url: str
    zone: str
    mail_from: str = ""
    smtp_url: str = field(default="", repr=False)
    test_mail: str = ""
    database: str = "pactdesk"
    admin_url: str = field(default="", repr=False)
    private: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whether it was done now, or was there; `about` is shown."""

    key: str
    made: bool
    about: str = ""


def found(folder: Path, answers: Answers, environ: Mapping[str, str]) -> Iterator[Step]:
    """Do every step that is not done.

    raises  what each step raises; those before it remain
    """
    yield from settings_written(folder, answers, environ)
    yield from keys_made(folder)
    with ExitStack() as stack:
        yield _database(folder, answers, environ, stack)
        found = stack.enter_context(place.installation(folder, environ, as_owner=True))
        place.use(found)
        yield _migrated(found)
        yield _provider(answers)
    if answers.test_mail:
        yield _mailed(answers, found, folder / place.ENV_FILE)


def settings_written(folder: Path, answers: Answers, environ: Mapping[str, str]) -> Iterator[Step]:
    """The two env files, each once."""
    _folder(folder)
    addresses = {} if answers.private else _addresses(answers, environ)
    env_file, owner_file = folder / place.ENV_FILE, folder / place.OWNER_FILE
    _refuse_other_settings(env_file, answers)
    if not answers.private:
        # First, for without it a half-made installation could not be taken up again.
        owner = {"DATABASE_OWNER_URL": addresses.get("DATABASE_OWNER_URL", "")}
        yield _written(owner_file, owner)
    else:
        folder_of_server = str(server_folder(environ, "installation"))
        addresses = {place.PRIVATE: folder_of_server}
    runtime = {name: one for name, one in addresses.items() if name != "DATABASE_OWNER_URL"}
    yield _written(env_file, {**_settings(folder, answers), **runtime})


def keys_made(folder: Path) -> Iterator[Step]:
    """The vault's keys and the sealing key, each once."""
    vault = folder / place.VAULT_FILE
    if not vault.exists():
        VaultKeys.generate().create_file(vault)
        yield Step("vault", made=True, about=str(vault))
    else:
        VaultKeys.from_file(vault)
        yield Step("vault", made=False, about=str(vault))
    sealing, public = folder / place.SEALING_FILE, folder / place.PUBLIC_FILE
    made = not sealing.exists()
    if made:
        SigningKey.generate(Party.PROVIDER).save(sealing)
    key = SigningKey.load(sealing)
    if not public.exists():
        TrustedKeys([key.public]).save(public)
    yield Step("sealing", made=made, about=f"{sealing} ({key.key_id})")


def send_test_mail(smtp_url: str, mail_from: str, to: str) -> None:
    """One letter, to see that letters leave; raises SmtpAddressWrong, LetterDelayed, …"""
    subject = " · ".join(text("operations", "test_mail.subject", each) for each in LANGUAGES)
    body = "\n\n".join(text("operations", "test_mail.body", each) for each in LANGUAGES)
    letter = Letter(to=to, subject=subject, text=body + "\n", key=secrets.token_hex(16))
    send(smtp_server("SMTP_URL", smtp_url), letter, mail_from)


def checked(answers: Answers) -> Answers:
    """The answers, if they can be; raises SettingWrong, ZoneUnknown, SmtpAddressWrong."""
    zone_named(answers.zone)
    for name, url in (("PAGES_URL", answers.pages_url), ("LIVE_URL", answers.live_url)):
        if urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
            raise SettingWrong(name=name, given=url, expected="https://desk.example.com")
    if answers.smtp_url:
        smtp_server("SMTP_URL", answers.smtp_url)
    return answers


def _settings(folder: Path, answers: Answers) -> dict[str, str]:
    host = urlsplit(answers.pages_url).hostname or ""
    return {
        "PACTDESK_MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(_SECRET_BYTES),
        "PAGES_URL": answers.pages_url.rstrip("/"),
        "LIVE_URL": answers.live_url.rstrip("/"),
        "ALLOWED_HOSTS": host,
        "PACTDESK_ZONE": answers.zone,
        "PAGES_LISTEN": "127.0.0.1:8000",
        "LIVE_LISTEN": "127.0.0.1:8001",
        "SMTP_URL": answers.smtp_url,
        "MAIL_FROM": answers.mail_from or f"Pactdesk <pactdesk@{host}>",
        FILE_IN_ENVIRONMENT: str(folder / place.VAULT_FILE),
        "PACTDESK_SEALING_KEY_FILE": str(folder / place.SEALING_FILE),
        "PACTDESK_TRUSTED_KEYS_FILE": str(folder / place.PUBLIC_FILE),
    }


def _addresses(answers: Answers, environ: Mapping[str, str]) -> dict[str, str]:
    """Those that the environment gives, else new ones with random passwords."""
    if all(environ.get(name) for name in ROLE_SETTINGS):
        return {name: environ[name] for name in ROLE_SETTINGS}
    if not answers.admin_url:
        return {}
    return {
        name: address_of(
            answers.admin_url,
            role=role,
            password=secrets.token_urlsafe(32),
            database=answers.database,
        )
        for name, role in ROLE_SETTINGS.items()
    }


def _written(file: Path, settings: Mapping[str, str]) -> Step:
    if file.exists():
        place.settings_in(file)
        return Step("settings", made=False, about=str(file))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        if name in settings and not settings[name]:
            raise SettingMissing(name=ADMIN_SETTING)
    lines = [place.line_for(name, value) for name, value in settings.items()]
    try:
        place.write_secretly(file, "\n".join(lines) + "\n")
    except OSError as problem:
        raise OutputRefused(file=str(file), problem=problem.strerror or str(problem)) from None
    return Step("settings", made=True, about=str(file))


def _refuse_other_settings(file: Path, answers: Answers) -> None:
    """What is written stays; but nobody shall believe that the desk goes by the new answers."""
    if not file.exists():
        return
    written = place.settings_in(file)
    given = {
        "PAGES_URL": answers.pages_url.rstrip("/"),
        "LIVE_URL": answers.live_url.rstrip("/"),
        "PACTDESK_ZONE": answers.zone,
        "SMTP_URL": answers.smtp_url,
        "MAIL_FROM": answers.mail_from,
    }
    for name, value in given.items():
        if value and name in written and value != written[name]:
            raise SettingsDiffer(name=name, file=str(file))


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputRefused(file=str(folder), problem=problem.strerror or str(problem)) from None


def _database(folder: Path, answers: Answers, environ: Mapping[str, str], stack: ExitStack) -> Step:
    """The roles and their database; nothing when all of them get in already."""
    env = place.settings_in(folder / place.ENV_FILE)
    if place.is_private(env):
        server = stack.enter_context(place.running_server(Path(env[place.PRIVATE])))
        addresses = place.private_addresses(server, as_owner=True)
        admin, passwords = server.address(ADMIN, "postgres"), server.passwords
        database = place.PRIVATE_DATABASE
    else:
        addresses = env | place.settings_in(folder / place.OWNER_FILE) | dict(environ)
        addresses = {name: addresses[name] for name in ROLE_SETTINGS}
        admin = answers.admin_url
        parts = {name: connection_settings(name, addresses[name]) for name in ROLE_SETTINGS}
        passwords = {role: parts[name]["PASSWORD"] for name, role in ROLE_SETTINGS.items()}
        database = parts["DATABASE_URL"]["NAME"]
    refused = _who_is_refused(addresses)
    if refused is None:
        return Step("database", made=False, about=database)
    if not admin:
        raise refused
    with connected(ADMIN_SETTING, admin):
        make_roles(admin, {role: passwords[role] for role in DATABASE_ROLES})
        make_database(admin, database)
        close_schema(with_database(admin, database))
    refused = _who_is_refused(addresses)
    if refused is not None:
        raise refused
    return Step("database", made=True, about=database)


def _who_is_refused(addresses: Mapping[str, str]) -> DatabaseUnreachable | None:
    for name, address in addresses.items():
        try:
            with connected(name, address):
                pass
        except DatabaseUnreachable as problem:
            return problem
    return None


def _migrated(environ: Mapping[str, str]) -> Step:
    from pactdesk.config.upgrading import upgrade  # needs Django, which is ready only now

    applied = upgrade(environ["DATABASE_OWNER_URL"])
    return Step("tables", made=bool(applied), about=applied[-1] if applied else "")


def _provider(answers: Answers) -> Step:
    from pactdesk.apps.parties.actions import found_provider  # as above
    from pactdesk.apps.parties.errors import ProviderExists

    try:
        found_provider(
            name=answers.organisation,
            email=answers.email,
            person_name=answers.person,
            at=datetime.now(UTC),
        )
    except ProviderExists:
        return Step("provider", made=False)
    return Step("provider", made=True, about=f"{answers.organisation}, {answers.email}")


def _mailed(answers: Answers, environ: Mapping[str, str], file: Path) -> Step:
    try:
        send_test_mail(environ.get("SMTP_URL", ""), environ.get("MAIL_FROM", ""), answers.test_mail)
    except LetterDelayed as delayed:
        # Nobody tries this one again.
        raise MailTestFailed(problem=delayed.answer, file=str(file)) from None
    return Step("mail", made=True, about=answers.test_mail)
