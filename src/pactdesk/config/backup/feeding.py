"""A dump into a database of any version: pg_restore writes a script, psql runs it.

pg_restore alone would not do: ours is newer than most servers, and begins with a setting that
those before 17 do not know and stop at.
"""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from pactdesk.config.backup.taking import last_lines, without_password
from pactdesk.config.errors import BackupFailed
from pactdesk.config.private_programs import client_program

SINCE: tuple[tuple[bytes, int], ...] = ((b"SET transaction_timeout = 0;\n", 170_000),)
"""Lines of the script's head, and the server version that knows them."""
HEAD = 60
"""Lines of the script that are looked at. What follows is the owner's own."""


def feed(dump: Iterator[bytes], owner_address: str, version: int) -> None:
    """Everything or nothing: one transaction.

    version  of the server, as its server_version_num says it: 150018
    raises   BackupFailed; whatever `dump` raises
    """
    address, environ = without_password(owner_address)
    script = [str(client_program("pg_restore")), "--no-owner", "--exit-on-error", "--file=-"]
    run = [
        *(str(client_program("psql")), "--no-psqlrc", "--quiet", "--no-password"),
        *("--single-transaction", "--set=ON_ERROR_STOP=1", f"--dbname={address}"),
    ]
    with tempfile.TemporaryFile() as wrote, tempfile.TemporaryFile() as ran:
        writer = subprocess.Popen(  # noqa: S603  pg_restore with our own arguments
            script, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=wrote
        )
        runner = subprocess.Popen(  # noqa: S603  psql with our own arguments
            run, env=environ, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=ran
        )
        assert writer.stdin  # noqa: S101  for mypy: it is a pipe
        assert writer.stdout  # noqa: S101  for mypy: it is a pipe
        assert runner.stdin  # noqa: S101  for mypy: it is a pipe
        passing = threading.Thread(target=_pass_on, args=(writer, runner, version))
        passing.start()
        try:
            _pour(dump, writer.stdin)
        except BaseException:
            # First psql, or it would take the end of half a script for the end.
            runner.kill()
            writer.kill()
            raise
        finally:
            passing.join()
            writer.wait()
            runner.wait()
        if runner.returncode != 0:
            raise BackupFailed(program="psql", said=last_lines(ran))
        if writer.returncode != 0:
            raise BackupFailed(program="pg_restore", said=last_lines(wrote))


def known_to(lines: Iterator[bytes], version: int) -> Iterator[bytes]:
    r"""The script without what a server of this version does not know.

    >>> list(known_to(iter([b"SET transaction_timeout = 0;\n", b"SELECT 1;\n"]), 150018))
    [b'SELECT 1;\n']
    """
    unknown = {line for line, since in SINCE if version < since}
    for number, line in enumerate(lines):
        if number >= HEAD or line not in unknown:
            yield line


def _pass_on(
    writer: subprocess.Popen[bytes], runner: subprocess.Popen[bytes], version: int
) -> None:
    """Line by line. Of a writer that failed psql gets no end, so that nothing is kept."""
    assert writer.stdout  # noqa: S101  for mypy: it is a pipe
    assert runner.stdin  # noqa: S101  for mypy: it is a pipe
    with suppress(BrokenPipeError):
        with writer.stdout:
            runner.stdin.writelines(known_to(writer.stdout, version))
            runner.stdin.flush()
        if writer.wait() != 0:
            runner.kill()
    with suppress(BrokenPipeError):
        runner.stdin.close()


def _pour(dump: Iterator[bytes], into: IO[bytes]) -> None:
    # One that failed stops reading; what it said is told by the caller.
    with suppress(BrokenPipeError), into:
        for piece in dump:
            into.write(piece)
