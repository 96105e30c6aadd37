"""The private PostgreSQL: closed to everybody without a password, and hard to break."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pactdesk.config import private_postgres, private_programs
from pactdesk.config.errors import NoFolderForServer, ServerAccountMissing
from pactdesk.config.private_postgres import (
    ADMIN,
    PrivateServer,
    private_server,
    running,
    server_folder,
    start,
    stop,
)
from pactdesk.config.private_programs import server_account
from pactdesk.config.roles import APP, BACKUP, OWNER, close_schema, make_database, make_roles

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def cache() -> Iterator[Path]:
    """A cache of our own, in a place that the server's account can enter."""
    beside = server_folder(os.environ, "tests").parent
    folder = beside / f"trial {os.getpid()} 试"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    yield folder
    for data in folder.rglob("postmaster.pid"):
        stop(data.parent.parent)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(cache: Path) -> Iterator[PrivateServer]:
    """One that runs, for the tests that only look."""
    with private_server(cache / "looked-at", durable=False) as made:
        yield made


@pytest.fixture
def admin(server: PrivateServer) -> Iterator[psycopg.Connection]:
    """Its administrator."""
    with psycopg.connect(server.address(ADMIN, "postgres"), autocommit=True) as connection:
        yield connection


def as_admin(server: PrivateServer) -> psycopg.Connection:
    """A connection that may do everything."""
    return psycopg.connect(server.address(ADMIN, "postgres"))


def pid_of(folder: Path) -> int:
    """The server's process."""
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def test_nobody_enters_without_the_password(server: PrivateServer) -> None:
    address = f"host=127.0.0.1 port={server.port} user={ADMIN} dbname=postgres"
    for guess in ("", "password=postgres"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(f"{address} {guess}")


def test_it_listens_on_this_machine_only_and_asks_everybody_by_scram(
    admin: psycopg.Connection,
) -> None:
    assert admin.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
    assert admin.execute("SHOW unix_socket_directories").fetchone() == ("",)
    rules = admin.execute("SELECT type, address, auth_method FROM pg_hba_file_rules").fetchall()
    assert rules == [("host", "127.0.0.1", "scram-sha-256")]


def test_only_we_can_read_the_passwords_and_each_server_has_others(
    server: PrivateServer, cache: Path
) -> None:
    file = server.folder / "passwords.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.stat().st_uid == os.geteuid()
    assert not (server.folder / "password.once").exists()
    mine = json.loads(file.read_text())
    assert len(set(mine.values())) == len(mine)
    with private_server(cache / "another", durable=False) as other:
        assert not set(other.passwords.values()) & set(mine.values())


def test_it_runs_as_nobody_mighty_and_root_opens_no_folder(
    server: PrivateServer, admin: psycopg.Connection
) -> None:
    account = server_account()
    runs_as = Path(f"/proc/{pid_of(server.folder)}").stat().st_uid
    assert runs_as == (account.uid if account else os.geteuid())
    assert runs_as != 0
    assert stat.S_IMODE((server.folder / "data").stat().st_mode) == 0o700


def test_it_is_found_again_and_not_started_twice(server: PrivateServer) -> None:
    assert running(server.folder) == server
    assert start(server.folder) == server


def test_stopped_it_is_gone_and_started_again_it_has_its_data(cache: Path) -> None:
    folder = cache / "kept"
    with (
        private_server(folder) as first,
        psycopg.connect(first.address(ADMIN, "postgres")) as connection,
    ):
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    assert running(folder) is None
    stop(folder)
    with (
        private_server(folder) as second,
        psycopg.connect(second.address(ADMIN, "postgres")) as connection,
    ):
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_killed_at_once_with_everything_it_comes_back_with_what_was_committed(
    cache: Path,
) -> None:
    folder = cache / "killed"
    server = start(folder)
    with psycopg.connect(server.address(ADMIN, "postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE told AS SELECT 1 AS number")
        os.kill(pid_of(folder), signal.SIGKILL)
    assert (folder / "data" / "postmaster.pid").exists()
    with (
        private_server(folder) as again,
        psycopg.connect(again.address(ADMIN, "postgres")) as connection,
    ):
        assert connection.execute("SELECT number FROM told").fetchone() == (1,)


def test_a_pid_file_that_names_somebody_elses_process_does_not_stop_it(cache: Path) -> None:
    folder = cache / "reused"
    start(folder, durable=False)
    file = folder / "data" / "postmaster.pid"
    told = file.read_text()
    stop(folder)
    file.write_text(told.replace(told.split()[0], str(os.getppid()), 1))
    with private_server(folder) as server:
        assert running(folder) == server


def test_a_first_start_that_was_killed_half_way_is_begun_anew(cache: Path) -> None:
    folder = cache / "half"
    (folder / "data.fresh").mkdir(parents=True)
    (folder / "data.fresh" / "PG_VERSION").write_text("18")
    with private_server(folder, durable=False) as server:
        assert running(folder) == server


def test_a_port_that_is_taken_meanwhile_is_changed_for_another(
    cache: Path, server: PrivateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = private_postgres._free_port
    ports = iter([server.port])
    monkeypatch.setattr(private_postgres, "_free_port", lambda: next(ports, None) or free())
    with private_server(cache / "contested", durable=False) as other:
        assert other.port != server.port


def test_many_who_start_it_at_once_get_the_same_one(cache: Path) -> None:
    folder = cache / "together"
    program = (
        "import sys; from pathlib import Path;"
        "from pactdesk.config.private_postgres import start;"
        "print(start(Path(sys.argv[1]), durable=False).port)"
    )
    starting = [
        subprocess.Popen([sys.executable, "-c", program, folder], stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    ports = {one.communicate()[0] for one in starting}
    assert len(ports) == 1
    assert ports.pop().strip().isdigit()


def test_programs_that_its_account_cannot_reach_are_copied_once(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_programs, "_can_run", lambda *_: False)
    with private_server(cache / "copied" / "server", durable=False) as server:
        program = Path(f"/proc/{pid_of(server.folder)}/exe").readlink()
    assert program.is_relative_to(cache)
    copies = [file.name for file in (cache / "copied").glob("programs-*")]
    stop(server.folder)
    assert [file.name for file in (cache / "copied").glob("programs-*")] == copies
    assert len(copies) == 1


def test_without_an_account_for_it_root_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_programs, "ACCOUNTS", ("nobody-of-this-name",))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(ServerAccountMissing):
        server_account()


def test_a_folder_that_somebody_else_made_first_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    monkeypatch.setattr(private_postgres, "server_account", lambda: None)
    with pytest.raises(NoFolderForServer):
        server_folder({"PACTDESK_CACHE": str(tmp_path)})


def test_a_path_too_long_for_a_socket_and_no_home_are_no_hindrance(cache: Path) -> None:
    folder = cache / ("long-" * 20) / ("longer-" * 20)
    program = (
        "import sys; from pathlib import Path;"
        "from pactdesk.config.private_postgres import private_server\n"
        "with private_server(Path(sys.argv[1]), durable=False) as server: print(server.port)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, folder],
        env={"PATH": os.defpath, "PGPORT": "1", "PGDATA": "/nowhere", "PGHOST": "nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip().isdigit(), done.stderr


def test_its_data_never_lies_in_the_clone() -> None:
    for environ in ({}, {"HOME": "/nonexistent"}, dict(os.environ)):
        assert not server_folder(environ, "tests").is_relative_to(ROOT)


def test_roles_and_databases_are_made_once_and_put_right_again(
    server: PrivateServer, admin: psycopg.Connection
) -> None:
    address = server.address(ADMIN, "postgres")
    admin.execute(f"CREATE ROLE {APP} SUPERUSER BYPASSRLS")  # by somebody, by hand
    for _ in range(2):
        make_roles(address, server.passwords)
        make_database(address, "desk")
        close_schema(server.address(ADMIN, "desk"))
    mighty = admin.execute(
        "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname ~ '^pactdesk_' AND rolname <> %s"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)",
        [ADMIN],
    )
    # Backups read past the walls; nobody logs in as their role, the owner takes it on.
    assert mighty.fetchall() == [(BACKUP, False)]
    with psycopg.connect(server.address(OWNER, "desk")) as connection:
        connection.execute("CREATE TABLE mine (id int)")
    with (
        psycopg.connect(server.address(APP, "desk")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine_too (id int)")
