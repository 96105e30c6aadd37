"""What `pactdesk serve` does not start with. Each refusal says how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

from pactdesk.config.errors import (
    DebugInTheOpen,
    DemoNotServed,
    PrivatePostgresNotAllowed,
    RoleTooPowerful,
    SealingKeyForDemo,
    SecretKeyWeak,
    SettingMissing,
    SettingWrong,
)
from pactdesk.config.inspection import connected, is_private_server, powers
from pactdesk.config.installation import is_private
from pactdesk.config.serving import Address
from pactdesk.gateways.keys import SigningKey
from pactdesk.gateways.vault.vault_keys import VaultKeys

SHORTEST_SECRET, FEWEST_CHARACTERS = 50, 10
NEEDED = (
    *("SECRET_KEY", "DATABASE_URL", "DATABASE_WORKER_URL", "ALLOWED_HOSTS"),
    *("PAGES_URL", "LIVE_URL", "PACTDESK_SEALING_KEY_FILE"),
)
RUNTIME = ("DATABASE_URL", "DATABASE_WORKER_URL")
PRIVATE_OPTION = "--private-postgres"

_FROM_EXAMPLES = ("django-insecure-", "changeme", "change-me", "secret")


def check_settings(environ: Mapping[str, str]) -> None:
    """Everything is said, nothing is a demo's, and the keys open.

    raises  DemoNotServed, SettingMissing, SettingWrong, SecretKeyWeak, SealingKeyForDemo,
            KeyUnreadable, and what the vault's keys raise
    """
    mode = environ.get("PACTDESK_MODE", "production")
    if mode != "production":
        raise DemoNotServed(mode=mode)
    for name in NEEDED:
        if not environ.get(name):
            raise SettingMissing(name=name)
    check_secret_key(environ["SECRET_KEY"])
    for name in ("PAGES_URL", "LIVE_URL"):
        if not environ[name].startswith("https://"):
            raise SettingWrong(name=name, given=environ[name], expected="https://…")
    VaultKeys.from_environment(environ)
    path = environ["PACTDESK_SEALING_KEY_FILE"]
    if SigningKey.load(Path(path)).demo:
        raise SealingKeyForDemo(path=path)


def check_secret_key(key: str) -> None:
    """Long, varied, and from no example; raises SettingWrong, SecretKeyWeak."""
    if len(key) < SHORTEST_SECRET:
        raise SettingWrong(name="SECRET_KEY", given="***", expected=f"≥ {SHORTEST_SECRET}")
    if len(set(key)) < FEWEST_CHARACTERS or key.lower().startswith(_FROM_EXAMPLES):
        raise SecretKeyWeak()


def check_debug(*, debug: bool, listening: Address) -> None:
    """Debugging pages show settings and rows; raises DebugInTheOpen."""
    if debug and not is_loopback(listening.host):
        raise DebugInTheOpen(address=str(listening))


def check_database(environ: Mapping[str, str], *, private_allowed: bool) -> None:
    """The runtime roles stand behind the walls, and the server is one for real data.

    raises  DatabaseUnreachable, RoleTooPowerful, PrivatePostgresNotAllowed
    """
    for name in RUNTIME:
        with connected(name, environ[name]) as connection:
            private = is_private(environ) or is_private_server(connection)
            if private and not private_allowed:
                raise PrivatePostgresNotAllowed(option=PRIVATE_OPTION)
            held = powers(connection)
            if held.reasons:
                raise RoleTooPowerful(name=name, role=held.role, why=held.reasons)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
