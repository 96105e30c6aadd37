"""Ed25519 keys: a party's own, and the public ones it trusts."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from pactdesk.core.facts.chain import TrustedKey
from pactdesk.core.facts.kinds import Party
from pactdesk.core.units.errors import PactError

_SEED_DOMAIN = b"pactdesk demo key\n"
_PUBLIC_KEY = re.compile(r"[0-9a-f]{64}")


class KeyExists(PactError):
    """There is a file `path` already; a private key is never overwritten."""


class KeyNotWritable(PactError):
    """The key file `path` cannot be written."""


class KeyUnreadable(PactError):
    """The file `path` is not a private key that Pactdesk wrote."""


class KeyIsForDemo(PactError):
    """A key of `party` from a known seed was asked for as a real one; all could sign with it."""


class TrustUnreadable(PactError):
    """The trusted keys in `path` cannot be used; `where` names the place."""


class SigningKey:
    """A private key; a `Signer` for checkpoints."""

    def __init__(self, private: Ed25519PrivateKey, *, party: Party, demo: bool) -> None:
        self._private = private
        self.party = party
        self.demo = demo

    @classmethod
    def generate(cls, party: Party, *, demo: bool = False) -> SigningKey:
        """A new random key."""
        return cls(Ed25519PrivateKey.generate(), party=party, demo=demo)

    @classmethod
    def from_seed(cls, seed: str, party: Party, *, demo: bool) -> SigningKey:
        """The same key for the same seed and party; only for demonstrations.

        raises  KeyIsForDemo unless `demo`
        """
        if not demo:
            raise KeyIsForDemo(party=party.value)
        secret = sha256(_SEED_DOMAIN + f"{party}\n{seed}".encode()).digest()
        return cls(Ed25519PrivateKey.from_private_bytes(secret), party=party, demo=True)

    @classmethod
    def load(cls, path: Path) -> SigningKey:
        """The key in a file that `save` wrote.

        raises  KeyUnreadable
        """
        try:
            head, mark, pem = path.read_text(encoding="utf-8").partition("-----BEGIN")
            private = load_pem_private_key((mark + pem).encode(), password=None)
            about = json.loads(head)
            party, demo = Party(about["party"]), about["demo"]
        except (OSError, ValueError, TypeError, KeyError):
            raise KeyUnreadable(path=str(path)) from None
        if not isinstance(private, Ed25519PrivateKey) or not isinstance(demo, bool):
            raise KeyUnreadable(path=str(path))
        return cls(private, party=party, demo=demo)

    def save(self, path: Path) -> None:
        """Write the key, readable by its owner alone; not encrypted.

        A line before the PEM says whose key it is and whether it is one for demonstrations, so
        that a demo key cannot become a real one by being loaded from a file.

        raises  KeyExists, KeyNotWritable
        """
        pem = self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        head = json.dumps({"party": self.party.value, "demo": self.demo}) + "\n"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise KeyExists(path=str(path)) from None
        except OSError:
            raise KeyNotWritable(path=str(path)) from None
        with os.fdopen(handle, "wb") as file:
            file.write(head.encode() + pem)

    @property
    def key_id(self) -> str:
        """The first 16 hex digits of SHA-256 of the public key."""
        return key_id_of(self._public)

    @property
    def public(self) -> TrustedKey:
        """What the other party is given."""
        return TrustedKey(self.key_id, self._public.hex(), self.party, self.demo)

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature, 64 bytes."""
        return self._private.sign(message)

    @property
    def _public(self) -> bytes:
        return self._private.public_key().public_bytes_raw()


class TrustedKeys:
    """The keys of a trust file; a `Trust` for checking chains."""

    def __init__(self, keys: Iterable[TrustedKey]) -> None:
        self.keys = tuple(keys)
        self._by_id = {key.key_id: key for key in self.keys}

    @classmethod
    def load(cls, path: Path) -> TrustedKeys:
        """The keys in a file such as `save` writes.

        raises  TrustUnreadable
        """
        try:
            listed = json.loads(path.read_text(encoding="utf-8"))["keys"]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            raise TrustUnreadable(path=str(path), where="keys") from None
        keys: list[TrustedKey] = []
        for number, each in enumerate(listed if isinstance(listed, list) else [None]):
            key = _trusted_key(each)
            if key is None or key.key_id in {known.key_id for known in keys}:
                raise TrustUnreadable(path=str(path), where=f"keys[{number}]")
            keys.append(key)
        return cls(keys)

    def save(self, path: Path) -> None:
        """Write the file that `--trust` takes; raises KeyNotWritable."""
        record = {"keys": [asdict(key) for key in self.keys]}
        try:
            path.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        except OSError:
            raise KeyNotWritable(path=str(path)) from None

    def key(self, key_id: str) -> TrustedKey | None:
        """The trusted key with this id."""
        return self._by_id.get(key_id)

    def verifies(self, key: TrustedKey, message: bytes, signature: bytes) -> bool:
        """Whether `signature` over `message` was made with `key`."""
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public_hex))
            public.verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def key_id_of(public: bytes) -> str:
    """The id of a public key of 32 bytes."""
    return sha256(public).hexdigest()[:16]


def _trusted_key(record: object) -> TrustedKey | None:
    match record:
        case {
            "key_id": str(key_id),
            "public_hex": str(public_hex),
            "party": "provider" | "client" as party,
            "demo": bool(demo),
            **rest,
        } if not rest and _PUBLIC_KEY.fullmatch(public_hex):
            if key_id == key_id_of(bytes.fromhex(public_hex)):
                return TrustedKey(key_id, public_hex, Party(party), demo)
    return None
