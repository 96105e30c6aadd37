"""A company's installation: one folder with its settings and keys, readable by its owner alone.

    pactdesk.env         what the desk runs with; systemd's EnvironmentFile reads it too
    owner.env            the address that may migrate and back up; `serve` never reads it
    vault-keys.json      the keys that wrap the contracts' data keys; not in any backup
    sealing.pem          signs the checkpoints; sealing.public.json goes to the clients

What stands in the real environment wins over the files.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pactdesk.config.errors import ConfigMissing, ConfigOpen, ConfigUnreadable
from pactdesk.config.private_postgres import PrivateServer, running, start, stop
from pactdesk.config.roles import APP, OWNER, WORKER

FOLDER = "PACTDESK_CONFIG"
SYSTEM_FOLDER = Path("/etc/pactdesk")
ENV_FILE, OWNER_FILE = "pactdesk.env", "owner.env"
VAULT_FILE, SEALING_FILE, PUBLIC_FILE = "vault-keys.json", "sealing.pem", "sealing.public.json"

PRIVATE = "PRIVATE_POSTGRES"
"""The setting with the private server's folder: its port changes, so no address is kept."""
PRIVATE_DATABASE = "pactdesk"

_LINE = re.compile(r'([A-Z][A-Z0-9_]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"\'\\]*))\s*')


def config_folder(given: Path | None, environ: Mapping[str, str]) -> Path:
    """The folder that was asked for, else PACTDESK_CONFIG, else the system's, else our own."""
    if given is not None:
        return given.absolute()
    if environ.get(FOLDER):
        return Path(environ[FOLDER]).absolute()
    if SYSTEM_FOLDER.is_dir() or os.geteuid() == 0:
        return SYSTEM_FOLDER
    base = environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "pactdesk"


def settings_in(file: Path) -> dict[str, str]:
    """What an env file says.

    raises  ConfigOpen when others could read it, ConfigUnreadable, ConfigMissing
    """
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigMissing(file=str(file)) from None
    except (OSError, UnicodeDecodeError):
        raise ConfigUnreadable(file=str(file), line=0) from None
    if mode & 0o077:
        raise ConfigOpen(file=str(file), mode=f"{mode:04o}")
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise ConfigUnreadable(file=str(file), line=number)
        name, quoted, plain = match.groups()
        found[name] = plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
    return found


def line_for(name: str, value: str) -> str:
    r"""One setting as it stands in an env file.

    >>> line_for("SMTP_URL", 'smtp://a:"@b')
    'SMTP_URL="smtp://a:\\"@b"'
    """
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}="{escaped}"'


def write_secretly(file: Path, text: str) -> None:
    """A new file for its owner alone, whole or not at all; one that exists stays as it is."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
    finally:
        draft.unlink()


def is_private(environ: Mapping[str, str]) -> bool:
    """Whether the desk's data lie in the private PostgreSQL."""
    return bool(environ.get(PRIVATE))


@contextmanager
def installation(
    folder: Path, environ: Mapping[str, str], *, as_owner: bool = False
) -> Iterator[dict[str, str]]:
    """The whole environment of the installation in `folder`; its private server, if it has one,
    runs inside of the block.

    A folder without files is fine when the environment itself says everything.

    raises  ConfigMissing and what `settings_in` raises
    """
    env_file = folder / ENV_FILE
    told: dict[str, str] = {}
    if env_file.exists() or not environ.get("DATABASE_URL"):
        told |= settings_in(env_file)
    owner_file = folder / OWNER_FILE
    if as_owner and not environ.get("DATABASE_OWNER_URL") and not told.get(PRIVATE):
        told |= settings_in(owner_file)
    found = told | dict(environ)
    with ExitStack() as stack:
        if is_private(found):
            server = stack.enter_context(running_server(Path(found[PRIVATE])))
            found |= private_addresses(server, as_owner=as_owner)
        yield found


def private_addresses(server: PrivateServer, *, as_owner: bool) -> dict[str, str]:
    """The settings that the private server fills in."""
    roles = {"DATABASE_URL": APP, "DATABASE_WORKER_URL": WORKER}
    if as_owner:
        roles["DATABASE_OWNER_URL"] = OWNER
    return {name: server.address(role, PRIVATE_DATABASE) for name, role in roles.items()}


@contextmanager
def running_server(folder: Path) -> Iterator[PrivateServer]:
    """The private server; one that ran before goes on afterwards."""
    ran = running(folder) is not None
    server = start(folder)
    try:
        yield server
    finally:
        if not ran:
            stop(folder)


def use(environ: Mapping[str, str]) -> None:
    """Make it this process's environment, and Django ready in it.

    raises  what the settings raise
    """
    os.environ.update(environ)
    os.environ["DJANGO_SETTINGS_MODULE"] = "pactdesk.config.settings"
    import django  # only now: importing a command must stay light

    django.setup()
