"""An encrypted stream in a file, in chunks, so that no size needs memory.

    line of JSON (format, how the key is made, salt) ‖ chunks: length (4 bytes) ‖ AES-256-GCM

Each file has a key of its own (HKDF of the secret with a random salt); a chunk's nonce is its
number and whether it is the last, and every chunk is bound to the first line. So a chunk that is
changed, moved, missing or of another file does not open, and neither does a file that was cut.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pactdesk.config.errors import (
    BackupChanged,
    BackupCut,
    BackupKeyWrong,
    BackupUnreadable,
)

FORMAT = "pactdesk.backup/1"
CHUNK = 1 << 20
_SALT_SIZE = 32
_TAG_SIZE = 16
_LONGEST_HEAD = 4096
_INFO = b"pactdesk backup\n"
# 128 MB and about half a second for each guess.
_SCRYPT: Mapping[str, int] = {"n": 2**17, "r": 8, "p": 1}
_MOST_SCRYPT: Mapping[str, int] = {"n": 2**20, "r": 16, "p": 4}


@dataclass(frozen=True, slots=True)
class Secret:
    """What locks a backup: a key of 32 random bytes, or a passphrase."""

    kind: str
    value: bytes

    @classmethod
    def key(cls, value: bytes) -> Secret:
        """A random key, out of a file."""
        return cls("key", value)

    @classmethod
    def passphrase(cls, text: str) -> Secret:
        """Something that people can keep in their heads or on paper."""
        return cls("passphrase", text.encode())

    def __repr__(self) -> str:
        """Never printed."""
        return f"Secret({self.kind})"


def lock(plain: Iterable[bytes], out: IO[bytes], secret: Secret) -> None:
    """Write everything in `plain`, encrypted, to `out`."""
    head: dict[str, Any] = {
        "format": FORMAT,
        "secret": secret.kind,
        "salt": os.urandom(_SALT_SIZE).hex(),
    }
    if secret.kind == "passphrase":
        head["scrypt"] = dict(_SCRYPT)
    line = json.dumps(head, sort_keys=True).encode() + b"\n"
    cipher, bound = AESGCM(_key(head, secret)), sha256(line).digest()
    out.write(line)
    for number, (chunk, is_last) in enumerate(_with_end(_rechunked(plain))):
        locked = cipher.encrypt(_nonce(number, is_last=is_last), chunk, bound)
        out.write(len(locked).to_bytes(4, "big") + locked)


def unlock(file: IO[bytes], secret: Secret, name: str) -> Iterator[bytes]:
    """What `lock` was given. Until the last piece is out, nothing is sure to be complete.

    name    of the file, for sentences
    raises  BackupUnreadable, BackupKeyWrong, BackupChanged, BackupCut
    """
    line = file.readline(_LONGEST_HEAD)
    head = _head(line, name)
    if head["secret"] != secret.kind:
        raise BackupKeyWrong(file=name, needed=head["secret"])
    cipher, bound = AESGCM(_key(head, secret)), sha256(line).digest()
    number = 0
    while True:
        locked = _next(file, name, number)
        for is_last in (False, True):
            try:
                yield cipher.decrypt(_nonce(number, is_last=is_last), locked, bound)
                break
            except InvalidTag:
                continue
        else:
            if number == 0:
                raise BackupKeyWrong(file=name, needed=head["secret"])
            raise BackupChanged(file=name, place=file.tell())
        if is_last:
            if file.read(1):
                raise BackupChanged(file=name, place=file.tell())
            return
        number += 1


def _next(file: IO[bytes], name: str, number: int) -> bytes:
    size = file.read(4)
    length = int.from_bytes(size, "big")
    if len(size) < 4:
        raise BackupCut(file=name, chunks=number)
    if not _TAG_SIZE <= length <= CHUNK + _TAG_SIZE:
        raise BackupChanged(file=name, place=file.tell())
    locked = file.read(length)
    if len(locked) < length:
        raise BackupCut(file=name, chunks=number)
    return locked


def _head(line: bytes, name: str) -> dict[str, Any]:
    try:
        head = json.loads(line)
        known = head["format"] == FORMAT and head["secret"] in ("key", "passphrase")
        bytes.fromhex(head["salt"])
        costs = head.get("scrypt", _SCRYPT)
        # Nobody makes us work for hours with a file of theirs.
        known = known and all(0 < costs[each] <= most for each, most in _MOST_SCRYPT.items())
    except (ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise BackupUnreadable(file=name)
    found: dict[str, Any] = head
    return found


def _key(head: Mapping[str, Any], secret: Secret) -> bytes:
    salt, value = bytes.fromhex(head["salt"]), secret.value
    if secret.kind == "passphrase":
        costs = head["scrypt"]
        value = Scrypt(salt=salt, length=32, n=costs["n"], r=costs["r"], p=costs["p"]).derive(value)
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=_INFO).derive(value)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


def _rechunked(plain: Iterable[bytes]) -> Iterator[bytes]:
    kept = bytearray()
    for piece in plain:
        kept += piece
        while len(kept) >= CHUNK:
            yield bytes(kept[:CHUNK])
            del kept[:CHUNK]
    yield bytes(kept)


def _with_end(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    held = next(chunks)
    for chunk in chunks:
        yield held, False
        held = chunk
    yield held, True
