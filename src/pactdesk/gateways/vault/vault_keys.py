"""Key-encryption keys: the few keys that wrap all others, kept where the database is not.

They come from a file that only its owner can reach, or from the environment, as JSON:

    {"format": "pactdesk.vault-keys/1", "current": id, "keys": {id: 64 hex digits, …}}

New data keys are wrapped with the current one; the others open what was wrapped before.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pactdesk.gateways.vault.box import new_key
from pactdesk.gateways.vault.errors import (
    VaultFileExists,
    VaultFileMissing,
    VaultFileNotWritable,
    VaultFileOpen,
    VaultKeyInUse,
    VaultKeyMissing,
    VaultKeysNotGiven,
    VaultKeysUnreadable,
)

FORMAT = "pactdesk.vault-keys/1"
IN_ENVIRONMENT = "PACTDESK_VAULT_KEYS"
FILE_IN_ENVIRONMENT = "PACTDESK_VAULT_KEYS_FILE"
KEY_ID_SIZE = 8

_ID_DOMAIN = b"pactdesk vault key id\n"
_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """Key id (16 hex digits) → key; `current` is the one that wraps. Never printed."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def generate(cls) -> VaultKeys:
        """One new random key."""
        key = new_key()
        return cls(key_id_of(key), {key_id_of(key): key})

    @classmethod
    def from_text(cls, text: str, where: str) -> VaultKeys:
        """The keys that `to_text` wrote; `where` is for the message.

        raises  VaultKeysUnreadable
        """
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            raise VaultKeysUnreadable(where=where) from None
        match said:
            case {"format": str(form), "current": str(current), "keys": dict(listed), **rest} if (
                form == FORMAT and not rest and current in listed
            ):
                return cls(current, {one: _key(one, listed[one], where) for one in listed})
        raise VaultKeysUnreadable(where=where)

    @classmethod
    def from_file(cls, path: Path) -> VaultKeys:
        """The keys in a file that nobody but its owner can reach.

        raises  VaultFileMissing, VaultFileOpen, VaultKeysUnreadable
        """
        try:
            with path.open(encoding="utf-8") as file:
                # Of the open file, not of the name: that could be another one by now.
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                if mode & 0o077:
                    raise VaultFileOpen(path=str(path), mode=f"{mode:04o}")
                text = file.read()
        except OSError:
            raise VaultFileMissing(path=str(path)) from None
        except UnicodeDecodeError:
            raise VaultKeysUnreadable(where=str(path)) from None
        return cls.from_text(text, str(path))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> VaultKeys:
        """The keys in PACTDESK_VAULT_KEYS, else in the file that PACTDESK_VAULT_KEYS_FILE names.

        raises  VaultKeysNotGiven and what `from_text` and `from_file` raise
        """
        if text := environment.get(IN_ENVIRONMENT):
            return cls.from_text(text, IN_ENVIRONMENT)
        if path := environment.get(FILE_IN_ENVIRONMENT):
            return cls.from_file(Path(path))
        raise VaultKeysNotGiven(text=IN_ENVIRONMENT, file=FILE_IN_ENVIRONMENT)

    def key(self, key_id: str) -> bytes:
        """The key with this id; raises VaultKeyMissing."""
        if key_id not in self.keys:
            raise VaultKeyMissing(key_id=key_id, known=", ".join(sorted(self.keys)))
        return self.keys[key_id]

    def rotated(self) -> VaultKeys:
        """With a new current key; the old ones still open."""
        newer = VaultKeys.generate()
        return VaultKeys(newer.current, {**self.keys, **newer.keys})

    def without(self, key_id: str) -> VaultKeys:
        """Without an old key, once nothing is wrapped with it any more.

        raises  VaultKeyInUse, VaultKeyMissing
        """
        if key_id == self.current:
            raise VaultKeyInUse(key_id=key_id)
        self.key(key_id)
        return VaultKeys(
            self.current, {one: key for one, key in self.keys.items() if one != key_id}
        )

    def to_text(self) -> str:
        """The secret itself, for a file or a variable."""
        listed = {one: key.hex() for one, key in self.keys.items()}
        return json.dumps({"format": FORMAT, "current": self.current, "keys": listed}) + "\n"

    def create_file(self, path: Path) -> None:
        """Write a new file; raises VaultFileExists, VaultFileNotWritable."""
        if path.exists():
            raise VaultFileExists(path=str(path))
        self.replace_file(path)

    def replace_file(self, path: Path) -> None:
        """Write the file whole or not at all, for its owner alone; one that root replaces keeps
        its owner, who must go on reading it. Raises VaultFileNotWritable."""
        draft = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                if os.geteuid() == 0 and path.exists():
                    os.fchown(handle, path.stat().st_uid, path.stat().st_gid)
                file.write(self.to_text())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError:
            raise VaultFileNotWritable(path=str(path)) from None
        finally:
            draft.unlink(missing_ok=True)


def key_id_of(key: bytes) -> str:
    """The first 16 hex digits of a hash of the key, which is random and cannot be guessed."""
    return sha256(_ID_DOMAIN + key).hexdigest()[: 2 * KEY_ID_SIZE]


def _key(key_id: str, text: object, where: str) -> bytes:
    if not isinstance(text, str) or not _KEY.fullmatch(text):
        raise VaultKeysUnreadable(where=where)
    key = bytes.fromhex(text)
    if key_id_of(key) != key_id:
        raise VaultKeysUnreadable(where=where)
    return key
