"""A private PostgreSQL for the demo and the tests: started, found again and stopped.

It lies in the cache, never in the clone; listens on 127.0.0.1 only, at a port that was free;
asks everybody for a password (scram-sha-256), each of which is random, made once, and kept in a
file that only we can read. Whatever is killed, the next `start` puts it right.

    with private_server(server_folder(os.environ)) as server:
        psycopg.connect(server.address(ADMIN, "postgres"))
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from pactdesk.config.errors import NoFolderForServer, ServerFailed
from pactdesk.config.private_programs import Account, can_enter, programs, run, server_account
from pactdesk.documents.fonts import caches, checkout

HOST = "127.0.0.1"
ADMIN = "pactdesk_admin"
CLUSTER_NAME = "pactdesk-private"
ROLES = (ADMIN, "pactdesk_owner", "pactdesk_app", "pactdesk_worker")

_SYSTEM_CACHE = Path("/var/cache/pactdesk")
_ATTEMPTS = 5
_PATIENCE_S = 60

_HBA = """\
# Written by pactdesk: a password from everybody, from this machine only.
host all all 127.0.0.1/32 scram-sha-256
"""
_CONF = """
# Written by pactdesk.
cluster_name = 'pactdesk-private'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
max_connections = 200
log_min_messages = warning
"""
# A crash may cost the whole data folder: for tests, which make it anew.
_FORGETFUL = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


@dataclass(frozen=True, slots=True)
class PrivateServer:
    """A server that runs: where, and the password of each role."""

    folder: Path
    port: int
    passwords: Mapping[str, str]

    def address(self, role: str, database: str) -> str:
        """What libpq and psycopg connect with, as `role` to `database`."""
        return make_conninfo(
            host=HOST,
            port=self.port,
            user=role,
            password=self.passwords[role],
            dbname=database,
        )


def server_folder(environ: Mapping[str, str], name: str = "demo") -> Path:
    """The folder of the private server `name`: in the first cache that its account can enter.

    As root the home folder is mostly closed to others; then it is the system's cache.

    raises  NoFolderForServer
    """
    account = server_account()
    candidates = _outside_checkout(caches(environ))
    if not environ.get("PACTDESK_CACHE"):
        candidates += [_SYSTEM_CACHE] if account else []
        candidates.append(Path(tempfile.gettempdir()) / f"pactdesk-{os.geteuid()}")
    for cache in candidates:
        folder = cache / "postgres" / name
        with suppress(OSError):
            _make_folders(folder)
            # In the temporary folder somebody else may have been there before us.
            ours = cache.stat().st_uid == folder.stat().st_uid == os.geteuid()
            if ours and can_enter(folder, account):
                return folder
    raise NoFolderForServer(folders=candidates, account=account.name if account else "")


@contextmanager
def private_server(folder: Path, *, durable: bool = True) -> Iterator[PrivateServer]:
    """The server in `folder`, started if need be and stopped at the end."""
    server = start(folder, durable=durable)
    try:
        yield server
    finally:
        stop(folder)


def start(folder: Path, *, durable: bool = True) -> PrivateServer:
    """The server in `folder`, which is made and started if need be.

    durable  false only for tests: what is written may be lost when the machine dies
    raises   ServerFailed, PostgresMissing, ServerAccountMissing
    """
    account = server_account()
    _make_folders(folder)
    with _locked(folder):
        found = running(folder)
        if found:
            return found
        bin_folder = programs(folder.parent, account)
        if not _data(folder).exists():
            _initialise(folder, bin_folder, account, durable=durable)
        return _started(folder, bin_folder, account)


def running(folder: Path) -> PrivateServer | None:
    """The server in `folder` if it answers now."""
    try:
        lines = (_data(folder) / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        server = PrivateServer(folder=folder, port=int(lines[3]), passwords=_passwords(folder))
        with psycopg.connect(server.address(ADMIN, "postgres"), connect_timeout=5) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
    except (OSError, IndexError, ValueError, psycopg.Error):
        return None
    # A port of a server that died may belong to another one by now.
    return server if row and Path(row[0]).resolve() == _data(folder).resolve() else None


def stop(folder: Path) -> None:
    """Stop the server in `folder`; one that does not run is fine."""
    account = server_account()
    with _locked(folder):
        if not (_data(folder) / "postmaster.pid").exists():
            return
        pg_ctl = programs(folder.parent, account) / "pg_ctl"
        for manner in ("fast", "immediate"):
            with suppress(ServerFailed):
                arguments = ["-D", str(_data(folder)), "-w", "-t", "20", "-m", manner, "stop"]
                run(pg_ctl, arguments, account)
                return


def _initialise(folder: Path, bin_folder: Path, account: Account | None, *, durable: bool) -> None:
    """Into a folder beside, renamed when whole: a killed attempt leaves nothing half-made."""
    fresh = folder / "data.fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    passwords = {role: secrets.token_urlsafe(32) for role in ROLES}
    _write_secretly(folder / "passwords.json", json.dumps(passwords), None)
    _write_secretly(folder / "password.once", passwords[ADMIN], account)
    fresh.mkdir(mode=0o700)
    _give(fresh, account)
    try:
        run(
            bin_folder / "initdb",
            [
                *("-D", str(fresh), "-U", ADMIN, f"--pwfile={folder / 'password.once'}"),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                *([] if durable else ["--no-sync"]),
            ],
            account,
        )
    finally:
        (folder / "password.once").unlink()
    (fresh / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
    with (fresh / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write(_CONF + ("" if durable else _FORGETFUL))
    fresh.rename(_data(folder))


def _started(folder: Path, bin_folder: Path, account: Account | None) -> PrivateServer:
    """A port that is free when we look may be taken a moment later: look again."""
    problem: ServerFailed | None = None
    for _ in range(_ATTEMPTS):
        _drop_foreign_pid(folder)
        options = f"-p {_free_port()}"
        log = str(_data(folder) / "server.log")
        try:
            run(
                bin_folder / "pg_ctl",
                ["-D", str(_data(folder)), "-w", "-t", "60", "-l", log, "-o", options, "start"],
                account,
            )
        except ServerFailed as failed:
            problem = failed
            time.sleep(0.3)
        server = _answering(folder)
        if server:
            return server
    raise problem or ServerFailed(command="postgres", said=_last_line(folder))


def _answering(folder: Path) -> PrivateServer | None:
    """One that recovers after a crash takes a while; one that is not there, no time."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        server = running(folder)
        if server or not _process_lives(folder):
            return server
        time.sleep(0.05)
    return None


def _drop_foreign_pid(folder: Path) -> None:
    """PostgreSQL sees a dead process's pid file for what it is, not one whose number lives on.

    If its workers still ran, the shared memory would tell PostgreSQL: nothing is at risk.
    """
    pid_file = _data(folder) / "postmaster.pid"
    if pid_file.exists() and not _process_lives(folder):
        pid_file.unlink(missing_ok=True)


def _process_lives(folder: Path) -> bool:
    """Whether the process named in the pid file is a server on this data."""
    try:
        text = (_data(folder) / "postmaster.pid").read_text(encoding="utf-8")
        process = Path("/proc", str(int(text.split("\n", 1)[0])))
        if not process.parent.joinpath("self").exists():
            return True  # no Linux: leave the judgement to PostgreSQL
        return os.fsencode(_data(folder)) in (process / "cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return False


def _outside_checkout(folders: Sequence[Path]) -> list[Path]:
    """A clone is copied, cleaned and thrown away; data in it would go with it."""
    root = checkout()
    return [folder for folder in folders if root is None or not folder.is_relative_to(root)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _data(folder: Path) -> Path:
    return folder / "data"


def _passwords(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "passwords.json").read_text(encoding="utf-8"))
    return found


def _last_line(folder: Path) -> str:
    try:
        log = (_data(folder) / "server.log").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return (log.strip().splitlines() or [""])[-1]


def _make_folders(folder: Path) -> None:
    """Others may enter, not list, the folders made here; those that exist stay as they are."""
    if not folder.is_dir():
        _make_folders(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)


def _give(path: Path, account: Account | None) -> None:
    if account:
        os.chown(path, account.uid, account.gid)


def _write_secretly(path: Path, text: str, account: Account | None) -> None:
    path.unlink(missing_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)
    _give(path, account)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time; the kernel frees the lock of a process that dies."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
