"""A locked box: AES-256-GCM with the key's id in front.

    version (1 byte) ‖ key id ‖ nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes)

What stands before the nonce is authenticated too, with the place that the box belongs to. The
nonce is random: one key may lock 2**32 boxes (NIST SP 800-38D, 8.3), which at one a second is
136 years; whoever writes more rotates the key.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_SIZE = 32
_NONCE_SIZE = 12
_TAG_SIZE = 16
_VERSION = b"\x01"


class BoxMalformed(ValueError):
    """Too short, or of another version. Callers say it in their own words."""


class BoxRefused(ValueError):
    """Wrong key, wrong place, or changed. Callers say it in their own words."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return os.urandom(KEY_SIZE)


def lock(content: bytes, *, key: bytes, key_id: bytes, place: bytes) -> bytes:
    """The box that holds `content` and opens only at `place`."""
    head, nonce = _VERSION + key_id, os.urandom(_NONCE_SIZE)
    return head + nonce + AESGCM(key).encrypt(nonce, content, head + place)


def key_id_in(box: bytes, size: int) -> bytes:
    """The id, of `size` bytes, of the key that locked `box`; raises BoxMalformed."""
    if len(box) < 1 + size + _NONCE_SIZE + _TAG_SIZE or box[:1] != _VERSION:
        raise BoxMalformed(len(box))
    return box[1 : 1 + size]


def unlock(box: bytes, *, key: bytes, key_id: bytes, place: bytes) -> bytes:
    """What `box` holds; raises BoxRefused."""
    start = 1 + len(key_id)
    head, nonce, locked = box[:start], box[start : start + _NONCE_SIZE], box[start + _NONCE_SIZE :]
    try:
        return AESGCM(key).decrypt(nonce, locked, head + place)
    except InvalidTag:
        raise BoxRefused from None
