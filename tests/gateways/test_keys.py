"""Keys keep their party and their demo flag, and trust is exact."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pactdesk.core.facts.chain import TrustedKey
from pactdesk.core.facts.kinds import Party
from pactdesk.gateways.keys import (
    KeyExists,
    KeyIsForDemo,
    KeyNotWritable,
    KeyUnreadable,
    SigningKey,
    TrustedKeys,
    TrustUnreadable,
)


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize("party", Party)
def test_a_key_comes_back_from_its_file_as_it_was(tmp_path: Path, party: Party, demo: bool) -> None:
    key = SigningKey.generate(party, demo=demo)
    path = tmp_path / "key.pem"
    key.save(path)
    again = SigningKey.load(path)
    assert again.public == key.public
    assert (again.party, again.demo) == (party, demo)
    assert again.sign(b"x") == key.sign(b"x")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_private_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    SigningKey.generate(Party.CLIENT).save(path)
    before = path.read_bytes()
    with pytest.raises(KeyExists):
        SigningKey.generate(Party.CLIENT).save(path)
    assert path.read_bytes() == before


def test_a_key_from_a_seed_is_always_the_same_and_always_a_demo_key() -> None:
    one = SigningKey.from_seed("x", Party.PROVIDER, demo=True)
    assert one.public == SigningKey.from_seed("x", Party.PROVIDER, demo=True).public
    assert one.key_id != SigningKey.from_seed("x", Party.CLIENT, demo=True).key_id
    assert one.demo
    with pytest.raises(KeyIsForDemo):
        SigningKey.from_seed("x", Party.PROVIDER, demo=False)


def test_random_keys_differ() -> None:
    assert SigningKey.generate(Party.CLIENT).key_id != SigningKey.generate(Party.CLIENT).key_id


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    rsa = generate_private_key(public_exponent=65537, key_size=2048)
    pem = rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    good = tmp_path / "good.pem"
    SigningKey.generate(Party.CLIENT).save(good)
    head, _, body = good.read_text().partition("\n")
    for number, text in enumerate(
        [
            "",
            body,
            head,
            f"{head}\n{pem}",
            '{"party": "auditor", "demo": false}\n' + body,
            '{"party": "client", "demo": 0}\n' + body,
            '{"party": "client"}\n' + body,
            "[]\n" + body,
        ]
    ):
        path = tmp_path / f"{number}.pem"
        path.write_text(text)
        with pytest.raises(KeyUnreadable):
            SigningKey.load(path)
    with pytest.raises(KeyUnreadable):
        SigningKey.load(tmp_path / "nowhere.pem")


def test_the_trusted_keys_come_back_from_their_file(tmp_path: Path) -> None:
    keys = TrustedKeys(
        [SigningKey.generate(Party.CLIENT).public, SigningKey.generate(Party.PROVIDER).public]
    )
    keys.save(tmp_path / "keys.json")
    assert TrustedKeys.load(tmp_path / "keys.json").keys == keys.keys


def test_a_signature_holds_for_its_key_and_message_only() -> None:
    key = SigningKey.generate(Party.PROVIDER)
    trust = TrustedKeys([key.public])
    signature = key.sign(b"message")
    assert trust.verifies(key.public, b"message", signature)
    assert not trust.verifies(key.public, b"Message", signature)
    assert not trust.verifies(key.public, b"message", signature[:-1])
    assert not trust.verifies(SigningKey.generate(Party.PROVIDER).public, b"message", signature)
    assert trust.key(key.key_id) == key.public
    assert trust.key("0" * 16) is None


def test_a_trust_file_with_a_fault_is_refused_at_its_place(tmp_path: Path) -> None:
    good = SigningKey.generate(Party.PROVIDER).public
    path = tmp_path / "keys.json"

    def where(keys: object) -> object:
        path.write_text(json.dumps(keys))
        with pytest.raises(TrustUnreadable) as unreadable:
            TrustedKeys.load(path)
        return unreadable.value.facts["where"]

    entry = asdict(good)
    wrong: list[object] = [
        asdict(replace(good, key_id="0" * 16)),
        asdict(replace(good, public_hex=good.public_hex.upper())),
        {**entry, "party": "auditor"},
        {**entry, "demo": 0},
        {**entry, "name": "x"},
        {"key_id": good.key_id},
        "x",
        entry,
    ]
    for each in wrong:
        assert where({"keys": [entry, each]}) == "keys[1]"
    others: list[object] = [[], {}, "x", None]
    for other in others:
        assert where(other) == "keys"
    assert where({"keys": {}}) == "keys[0]"
    with pytest.raises(TrustUnreadable):
        TrustedKeys.load(tmp_path / "nowhere.json")


def test_a_public_key_that_is_no_point_verifies_nothing() -> None:
    public = "02" + "00" * 31
    key = TrustedKey(sha256(bytes.fromhex(public)).hexdigest()[:16], public, Party.CLIENT, False)
    assert not TrustedKeys([key]).verifies(key, b"", bytes(64))


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    key = SigningKey.generate(Party.CLIENT)
    with pytest.raises(KeyNotWritable):
        key.save(tmp_path / "nowhere" / "key.pem")
    with pytest.raises(KeyNotWritable):
        TrustedKeys([key.public]).save(tmp_path)
