"""A backup of a desk that works, and what restoring it proves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pactdesk.config.backup.sealed_stream import Secret
from pactdesk.config.backup.taking import take_backup
from pactdesk.config.errors import BackupExists, RestoreNotEmpty
from pactdesk.config.roles import OWNER
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import Channel, InteractionOpened, Party
from pactdesk.core.facts.log import seal_through
from pactdesk.core.units.instants import instant_at
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from tests.support.cast import Cast, make_cast
from tests.support.database import TestDatabase
from tests.support.hearing import VAULT, Heard
from tests.support.logs import worker_process

pytestmark = pytest.mark.xdist_group("backup")
ROOT = Path(__file__).resolve().parents[3]
NAME = "喜鹊飞过青禾"


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    return make_cast(desk)


@pytest.fixture
def signer() -> SigningKey:
    return SigningKey.generate(Party.PROVIDER)


@pytest.fixture
def worked(desk: TestDatabase, cast: Cast, signer: SigningKey) -> TestDatabase:
    """A desk with two sealed days and a message."""
    from pactdesk.apps.conversations.actions import open_conversation, post_message
    from pactdesk.apps.conversations.hands import CUSTOMER
    from pactdesk.apps.walls.scope import within
    from pactdesk.jobs.contracts import job_of

    means = Heard().means(cast.contract_qinghe)
    at = instant_at("2026-11-02T10:00:00+08:00")
    chat = open_conversation(CUSTOMER, channel=Channel.CHAT, at=at, means=means)
    post_message(chat, CUSTOMER, NAME, key="k-1", at=at, means=means)
    with worker_process(desk):
        job = job_of(cast.contract_qinghe)
        with within(job.scope):
            for day in ("2026-11-02", "2026-11-03"):
                job.log.append([opened(job.code, day)], instant_at(f"{day}T12:00:00+08:00"))
            seal_through(job.log, date(2026, 11, 3), signer)
    return desk


def opened(contract: str, day: str) -> Fact:
    return Fact.of(
        InteractionOpened(f"i-{day}", Channel.CHAT),
        contract_id=contract,
        source="desk",
        event_id=f"e-{day}",
        occurred_at=instant_at(f"{day}T11:00:00+08:00"),
    )


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "backup.key"
    file.write_text("ab" * 32 + "\n", encoding="ascii")
    file.chmod(0o600)
    return file


def taken(desk: TestDatabase, folder: Path) -> Path:
    file = folder / "desk.pact"
    take_backup(file, desk.address(OWNER), Secret.key(bytes.fromhex("ab" * 32)))
    return file


def restore(*arguments: str | Path, **environ: str) -> tuple[int, dict[str, Any], str]:
    """As a user runs it; the environment says nothing of a desk."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "PACTDESK_CACHE") if name in os.environ
    }
    done = subprocess.run(
        [sys.executable, "-m", "pactdesk.cli", "restore", "--json", *map(str, arguments)],
        cwd=ROOT,
        env=kept | {"PYTHONPATH": str(ROOT / "src")} | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


def test_a_backup_proves_every_seal_and_opens_messages(
    worked: TestDatabase, signer: SigningKey, tmp_path: Path, key_file: Path
) -> None:
    file = taken(worked, tmp_path)
    assert NAME.encode() not in file.read_bytes()
    vault, trust = tmp_path / "vault.json", tmp_path / "trust.json"
    VAULT.create_file(vault)
    TrustedKeys([signer.public]).save(trust)
    code, told, said = restore(
        *(file, "--check", "--backup-key", key_file, "--vault-keys", vault, "--trust", trust)
    )
    assert (code, said) == (0, "")
    assert told["problems"] == []
    assert (told["days"], told["facts"], told["opened"]) == (2, 2, 1)
    assert told["signatures"] is True
    assert told["rows"] > 20


def test_a_fact_that_was_changed_in_the_database_is_found(
    worked: TestDatabase, as_superuser: psycopg.Connection, tmp_path: Path, key_file: Path
) -> None:
    as_superuser.execute(
        "ALTER TABLE evidence_fact DISABLE TRIGGER USER;"
        "UPDATE evidence_fact SET content = convert_to(replace(convert_from(content, 'UTF8'),"
        " '2026-11-02', '2026-11-09'), 'UTF8') WHERE event_id = 'e-2026-11-02';"
        "ALTER TABLE evidence_fact ENABLE TRIGGER USER"
    )
    code, told, _ = restore(taken(worked, tmp_path), "--check", "--backup-key", key_file)
    assert code == 1
    assert len(told["problems"]) == 1
    assert "2026-11-02" in told["problems"][0]


def test_the_walls_hold_in_a_restored_database(
    worked: TestDatabase, tmp_path: Path, as_superuser: psycopg.Connection
) -> None:
    """Restored beside the one it came from, on the same server."""
    from pactdesk.config.backup.restoring import restore as bring_back
    from pactdesk.config.roles import close_schema, make_database
    from tests.support.database import TestDatabase as Database

    secret = Secret.key(bytes.fromhex("ab" * 32))
    file = taken(worked, tmp_path)
    again = Database(worked.server, f"{worked.name}_again")
    make_database(worked.server.address("pactdesk_admin", "postgres"), again.name)
    try:
        close_schema(again.address("pactdesk_admin"))
        bring_back(file, secret, again.address(OWNER), name="DATABASE_OWNER_URL")
        with psycopg.connect(again.address("pactdesk_app")) as app:
            assert app.execute("SELECT count(*) FROM conversations_message").fetchone() == (0,)
        with psycopg.connect(again.address("pactdesk_admin")) as everybody:
            assert everybody.execute(
                "SELECT (SELECT count(*) FROM conversations_message),"
                " (SELECT count(*) FROM pg_class WHERE relforcerowsecurity)"
            ).fetchone() == (1, forced(as_superuser))
        with pytest.raises(RestoreNotEmpty):
            bring_back(file, secret, again.address(OWNER), name="DATABASE_OWNER_URL")
    finally:
        as_superuser.execute(f'DROP DATABASE "{again.name}" WITH (FORCE)')


def forced(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT count(*) FROM pg_class WHERE relforcerowsecurity").fetchone()
    assert row is not None
    assert row[0] > 10
    count: int = row[0]
    return count


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: content[:-40], "不完整"),
        (lambda content: content[:-1] + bytes([content[-1] ^ 1]), "改动过"),
        (lambda _: b"PK\x03\x04 a zip\n", "不是可读的"),
    ],
)
def test_a_damaged_backup_is_told_and_nothing_is_restored(
    damage: Any, said: str, worked: TestDatabase, tmp_path: Path, key_file: Path
) -> None:
    file = taken(worked, tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    code, told, sentence = restore(file, "--check", "--backup-key", key_file)
    assert (code, told) == (2, {})
    assert said in sentence


def test_a_backup_is_never_overwritten_and_a_failed_one_leaves_nothing(
    desk: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pactdesk.config.errors import BackupFailed

    file = taken(desk, tmp_path)
    with pytest.raises(BackupExists):
        taken(desk, tmp_path)
    failing = tmp_path / "bin"
    failing.mkdir()
    (failing / "pg_dump").write_text("#!/bin/sh\necho PGDMP; echo no space >&2; exit 1\n")
    (failing / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PACTDESK_PG_BIN", str(failing))
    file.unlink()
    with pytest.raises(BackupFailed) as told:
        taken(desk, tmp_path)
    assert told.value.said == "no space"
    assert [each.name for each in tmp_path.iterdir()] == ["bin"]
