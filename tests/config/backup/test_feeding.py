"""Restoring into servers older than our own programs, and a dump that breaks off."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import psycopg
import pytest

from pactdesk.config.backup.feeding import HEAD, feed, known_to
from pactdesk.config.backup.taking import dump, reading_everything
from pactdesk.config.errors import BackupFailed
from pactdesk.config.roles import OWNER
from tests.support.database import OURS, TestDatabase

pytestmark = pytest.mark.xdist_group("backup")
SETTING = b"SET transaction_timeout = 0;\n"


@pytest.mark.parametrize("version", [140_000, 150_018, 169_999])
def test_what_an_older_server_does_not_know_is_left_out(version: int) -> None:
    assert list(known_to(iter([b"--\n", SETTING, b"SET x = 0;\n"]), version)) == [
        b"--\n",
        b"SET x = 0;\n",
    ]


def test_a_server_that_knows_it_gets_the_script_as_it_is() -> None:
    assert list(known_to(iter([SETTING]), 170_000)) == [SETTING]


def test_rows_that_read_like_the_setting_stay() -> None:
    rows = [b"row\n"] * HEAD + [SETTING]
    assert list(known_to(iter(rows), 150_000)) == rows


@pytest.fixture
def whole(desk: TestDatabase) -> bytes:
    with (
        reading_everything(desk.address(OWNER)) as (_, snapshot),
        dump(desk.address(OWNER), snapshot) as dumped,
    ):
        return dumped.read()


def test_our_programs_really_write_what_is_left_out(whole: bytes) -> None:
    import subprocess

    from pactdesk.config.private_programs import client_program

    script = subprocess.run(
        [client_program("pg_restore"), "--file=-"], input=whole, capture_output=True, check=True
    ).stdout.splitlines(keepends=True)
    assert SETTING in script[:HEAD]


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_of_half_a_dump_nothing_is_kept(
    desk: TestDatabase, empty: str, whole: bytes, kept: float
) -> None:
    with pytest.raises(BackupFailed):
        feed(iter([whole[: int(len(whole) * kept)]]), empty, 180_000)
    assert tables(empty) == 0


def test_of_a_dump_that_breaks_off_while_it_is_read_nothing_is_kept(
    empty: str, whole: bytes
) -> None:
    def broken() -> Iterator[bytes]:
        yield whole[: len(whole) * 9 // 10]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        feed(broken(), empty, 180_000)
    assert tables(empty) == 0


@pytest.fixture
def empty(desk: TestDatabase) -> Iterator[str]:
    """The owner's address of a database without anything."""
    name = f"{OURS}fed_{secrets.token_hex(4)}"
    with psycopg.connect(desk.address("pactdesk_admin"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
        yield psycopg.conninfo.make_conninfo(desk.address(OWNER), dbname=name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def tables(address: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'pactdesk')"
        ).fetchone()
    assert row
    return int(row[0])
