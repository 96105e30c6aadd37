"""The keys outside of the database: where they lie, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

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
from pactdesk.gateways.vault.vault_keys import VaultKeys


def test_a_key_file_is_its_owners_alone_and_is_read_again(tmp_path: Path) -> None:
    keys, path = VaultKeys.generate().rotated(), tmp_path / "vault.json"
    keys.create_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert VaultKeys.from_file(path) == keys
    assert [one.name for one in tmp_path.iterdir()] == ["vault.json"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o666])
def test_a_key_file_that_others_reach_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "vault.json"
    VaultKeys.generate().create_file(path)
    path.chmod(mode)
    with pytest.raises(VaultFileOpen) as refused:
        VaultKeys.from_file(path)
    assert refused.value.mode == f"{mode:04o}"


def test_a_key_file_is_never_overwritten_by_a_new_one(tmp_path: Path) -> None:
    keys, path = VaultKeys.generate(), tmp_path / "vault.json"
    keys.create_file(path)
    with pytest.raises(VaultFileExists):
        VaultKeys.generate().create_file(path)
    assert VaultKeys.from_file(path) == keys


def test_rotation_replaces_the_file_and_keeps_the_old_key(tmp_path: Path) -> None:
    keys, path = VaultKeys.generate(), tmp_path / "vault.json"
    keys.create_file(path)
    VaultKeys.from_file(path).rotated().replace_file(path)
    found = VaultKeys.from_file(path)
    assert found.current != keys.current
    assert found.key(keys.current) == keys.key(keys.current)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(VaultFileNotWritable):
        VaultKeys.generate().create_file(tmp_path / "nowhere" / "vault.json")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VaultFileMissing) as refused:
        VaultKeys.from_file(tmp_path / "vault.json")
    assert refused.value.path == str(tmp_path / "vault.json")


GOOD = VaultKeys.generate()
OTHER = VaultKeys.generate()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        GOOD.to_text().replace("keys/1", "keys/2"),
        GOOD.to_text().replace('{"format"', '{"more": 1, "format"'),
        GOOD.to_text().replace(f'"current": "{GOOD.current}"', '"current": "0"'),
        GOOD.to_text().replace(GOOD.key(GOOD.current).hex(), OTHER.key(OTHER.current).hex()),
        GOOD.to_text().replace(GOOD.key(GOOD.current).hex(), "00"),
        GOOD.to_text()[:-10],
    ],
)
def test_keys_that_are_not_whole_are_refused(text: str) -> None:
    with pytest.raises(VaultKeysUnreadable) as refused:
        VaultKeys.from_text(text, "here")
    assert str(refused.value) == "where='here'"


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vault.json"
    path.write_bytes(b"\xff\xfe")
    path.chmod(0o600)
    with pytest.raises(VaultKeysUnreadable):
        VaultKeys.from_file(path)


def test_the_environment_gives_the_keys_or_their_file(tmp_path: Path) -> None:
    path = tmp_path / "vault.json"
    GOOD.create_file(path)
    text = OTHER.to_text()
    told = {"PACTDESK_VAULT_KEYS_FILE": str(path)}
    assert VaultKeys.from_environment(told) == GOOD
    assert VaultKeys.from_environment({**told, "PACTDESK_VAULT_KEYS": text}) == OTHER
    with pytest.raises(VaultKeysNotGiven):
        VaultKeys.from_environment({"PACTDESK_VAULT_KEYS": ""})


def test_the_current_key_stays_and_an_unknown_one_cannot_go() -> None:
    with pytest.raises(VaultKeyInUse):
        GOOD.without(GOOD.current)
    with pytest.raises(VaultKeyMissing):
        GOOD.without(OTHER.current)
