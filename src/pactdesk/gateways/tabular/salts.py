"""Salts for personal fields: unguessable for others, the same at every import.

A salt is an HMAC of the field's place under a key that only the keeper of the log has. With
random salts, importing a file again would commit to other values and contest every fact.
"""

from __future__ import annotations

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.units.errors import PactError

_DOMAIN = b"pactdesk salt\n"
KEY_SIZE = 32


class SaltKeyMissing(PactError):
    """The mapping `file` has personal fields, and no key for their salts was given."""


class SaltKeyUnreadable(PactError):
    """The file `path` is not a key for salts, or cannot be read or made."""


def salt_hex(key: bytes, *, source: str, event_id: str, field: str) -> str:
    """The salt of one field of one fact."""
    place = canonical_json([source, event_id, field])
    return hmac.new(key, _DOMAIN + place, sha256).hexdigest()


def salt_key(path: Path) -> bytes:
    """The key in the file `path`, which is made at first use, readable by its owner alone.

    Keep it outside the log's folder: whoever has the log and this key can guess a text from its
    commitment, also after the text was erased. It leaves with the last text that must be kept.

    raises  SaltKeyUnreadable
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _existing(path)
    except OSError:
        raise SaltKeyUnreadable(path=str(path)) from None
    key = secrets.token_bytes(KEY_SIZE)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
    return key


def _existing(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise SaltKeyUnreadable(path=str(path)) from None
    if len(key) != KEY_SIZE:
        raise SaltKeyUnreadable(path=str(path))
    return key
