"""Ed25519 verification: the vectors of RFC 8032, and the same verdicts as `cryptography`."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from pactverify.ed25519 import BASE, L, P, decode, verifies

# RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
        "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
        "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
        "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard_hold(public: str, message: str, signature: str) -> None:
    assert verifies(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_a_signature_with_the_order_added_is_refused(
    public: str, message: str, signature: str
) -> None:
    data = bytes.fromhex(signature)
    s = int.from_bytes(data[32:], "little") + L
    other = data[:32] + s.to_bytes(32, "little")
    assert not verifies(bytes.fromhex(public), bytes.fromhex(message), other)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_what_a_key_signed_it_verifies(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    assert verifies(key.public_key().public_bytes_raw(), message, key.sign(message))


@given(st.binary(min_size=32, max_size=32), st.integers(0, 511), st.integers(0, 255))
def test_with_one_bit_changed_both_say_the_same(seed: bytes, bit: int, key_bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), bytearray(key.sign(b"message"))
    signature[bit // 8] ^= 1 << bit % 8
    assert verifies(public, b"message", bytes(signature)) == _theirs(public, bytes(signature))
    other = bytearray(public)
    other[key_bit // 8] ^= 1 << key_bit % 8
    assert not verifies(bytes(other), b"message", key.sign(b"message"))


@pytest.mark.parametrize(
    "encoded",
    [
        P.to_bytes(32, "little"),  # y = 0, written as p
        (2**255 - 1).to_bytes(32, "little"),
        (1 | 1 << 255).to_bytes(32, "little"),  # x = 0 with its sign bit set
        (2).to_bytes(32, "little"),  # no x belongs to this y
    ],
)
def test_points_that_are_not_written_in_their_one_form_are_refused(encoded: bytes) -> None:
    assert decode(encoded) is None
    assert not verifies(encoded, b"", bytes(64))


def test_keys_and_signatures_of_another_length_are_refused() -> None:
    public, message, signature = (bytes.fromhex(each) for each in VECTORS[1])
    assert decode(BASE) is not None
    assert not verifies(public, message, signature[:-1])
    assert not verifies(public, message, signature + b"\0")
    assert not verifies(public[:-1], message, signature)


def _theirs(public: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, b"message")
    except (InvalidSignature, ValueError):
        return False
    return True
