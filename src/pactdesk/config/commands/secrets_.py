"""Where a backup's secret comes from: a key file, a variable, or a hidden question."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import click

from pactdesk.cli.language import words
from pactdesk.config.backup.sealed_stream import Secret
from pactdesk.config.errors import BackupKeyUnreadable
from pactdesk.config.installation import write_secretly

PASSPHRASE = "PACTDESK_BACKUP_PASSPHRASE"  # noqa: S105  the name of the variable
SHORTEST = 12

_KEY = re.compile(r"[0-9a-f]{64}")


def secret_from(key_file: Path | None, *, make: bool = False) -> Secret:
    """The secret of a backup.

    make    write a new random key when the file is not there, and ask a passphrase twice
    raises  BackupKeyUnreadable
    """
    if key_file is not None:
        if make and not key_file.exists():
            write_secretly(key_file, os.urandom(32).hex() + "\n")
        return Secret.key(_key_in(key_file))
    text = os.environ.get(PASSPHRASE) or click.prompt(
        words("backup.passphrase"), hide_input=True, confirmation_prompt=make
    )
    if make and len(text) < SHORTEST:
        raise click.BadParameter(words("backup.too_short", least=SHORTEST), param_hint=PASSPHRASE)
    return Secret.passphrase(text)


def _key_in(file: Path) -> bytes:
    try:
        mode, text = stat.S_IMODE(file.stat().st_mode), file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise BackupKeyUnreadable(file=str(file)) from None
    if mode & 0o077 or not _KEY.fullmatch(text):
        raise BackupKeyUnreadable(file=str(file))
    return bytes.fromhex(text)
