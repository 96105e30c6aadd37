"""Where the demo's desk lies, and the environment that its processes get.

Everything is in the private server's own folder, outside of the clone: data, secrets, passwords.
Deleting the folder forgets the demo; running it again finds the same desk.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from pactdesk.config.installation import write_secretly
from pactdesk.config.private_postgres import ADMIN, PrivateServer
from pactdesk.config.roles import (
    APP,
    DATABASE_ROLES,
    OWNER,
    WORKER,
    close_schema,
    make_database,
    make_roles,
)
from pactdesk.config.serving import Address
from pactdesk.core.facts.kinds import Party
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from pactdesk.gateways.vault.vault_keys import FILE_IN_ENVIRONMENT, VaultKeys

DATABASE, NOTES = "demo", "demo.json"
SEED = "pactdesk demo: provider"
"""Anybody can make this key: the verifier and the paper say that it is one for demonstration."""

PAGES_PORT, LIVE_PORT = 8000, 8001
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """The demo's folder and its server, which runs."""

    folder: Path
    server: PrivateServer

    @property
    def keys(self) -> Path:
        """What the other party trusts."""
        return self.folder / "keys.json"

    def note(self, name: str) -> Path:
        """A file that remembers something about the data in the database."""
        return self.folder / name

    def address(self, role: str) -> str:
        """The demo's database, as `role`."""
        return self.server.address(role, DATABASE)


def prepared(folder: Path, server: PrivateServer) -> Place:
    """Roles, an empty database and the secrets: what is there already stays."""
    place = Place(folder / "desk", server)
    place.folder.mkdir(mode=0o700, exist_ok=True)
    admin = server.address(ADMIN, "postgres")
    if not _notes(place).exists():
        # What an interrupted run left half made.
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    make_roles(admin, {role: server.passwords[role] for role in DATABASE_ROLES})
    make_database(admin, DATABASE)
    close_schema(place.address(ADMIN))
    if not _vault(place).exists():
        VaultKeys.generate().create_file(_vault(place))
    if not _sealing(place).exists():
        SigningKey.from_seed(SEED, Party.PROVIDER, demo=True).save(_sealing(place))
    TrustedKeys([SigningKey.load(_sealing(place)).public]).save(place.keys)
    if not _secret(place).exists():
        write_secretly(_secret(place), secrets.token_urlsafe(48))
    return place


def environment(
    place: Place, environ: Mapping[str, str], pages: Address, live: Address
) -> dict[str, str]:
    """All that the demo's processes are told."""
    return {
        **environ,
        "PACTDESK_MODE": "demo",
        "DATABASE_URL": place.address(APP),
        "DATABASE_WORKER_URL": place.address(WORKER),
        "DATABASE_OWNER_URL": place.address(OWNER),
        "SECRET_KEY": _secret(place).read_text(encoding="utf-8"),
        "PAGES_URL": f"http://{pages}",
        "LIVE_URL": f"http://{live}",
        FILE_IN_ENVIRONMENT: str(_vault(place)),
        "PACTDESK_SEALING_KEY_FILE": str(_sealing(place)),
        "PACTDESK_TRUSTED_KEYS_FILE": str(place.keys),
        "LOG_LEVEL": "WARNING",
    }


def free_addresses(host: str = "127.0.0.1") -> tuple[Address, Address]:
    """Where pages and live door listen: the usual ports, or the next that are free."""
    pages = free_address(host, PAGES_PORT)
    return pages, free_address(host, max(LIVE_PORT, pages.port + 1))


def remembered(place: Place) -> dict[str, str]:
    """The ids of a demo that was made whole; empty before."""
    return json.loads(_notes(place).read_text("utf-8")) if _notes(place).exists() else {}


def remember(place: Place, ids: Mapping[str, str]) -> None:
    """From now on the demo is made."""
    draft = _notes(place).with_suffix(".draft")
    draft.write_text(json.dumps(dict(ids), ensure_ascii=False, indent=1), encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(_notes(place))


def free_address(host: str, port: int) -> Address:
    """This port, or the next that is free."""
    tried = (Address(host, number) for number in range(port, port + _TRIES))
    return next(address for address in tried if address.is_free())


def _notes(place: Place) -> Path:
    return place.folder / NOTES


def _vault(place: Place) -> Path:
    return place.folder / "vault-keys.json"


def _sealing(place: Place) -> Path:
    return place.folder / "sealing.pem"


def _secret(place: Place) -> Path:
    return place.folder / "secret-key"
