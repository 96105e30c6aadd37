"""An encrypted backup opens whole and unchanged, or not at all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.config.backup import sealed_stream
from pactdesk.config.backup.sealed_stream import Secret, lock, unlock
from pactdesk.config.errors import BackupChanged, BackupCut, BackupKeyWrong, BackupUnreadable

KEY = Secret.key(b"k" * 32)
PIECES = st.lists(st.binary(max_size=60), max_size=8)
REFUSED = (BackupChanged, BackupCut, BackupKeyWrong, BackupUnreadable)


@pytest.fixture(autouse=True, scope="module")
def small_chunks() -> object:
    """So that a few bytes are many chunks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_stream, "CHUNK", 16)
        yield


def locked(pieces: list[bytes], secret: Secret = KEY) -> bytes:
    out = io.BytesIO()
    lock(pieces, out, secret)
    return out.getvalue()


def opened(content: bytes, secret: Secret = KEY) -> bytes:
    return b"".join(unlock(io.BytesIO(content), secret, "a.pact"))


@given(PIECES)
def test_what_was_locked_comes_out(pieces: list[bytes]) -> None:
    assert opened(locked(pieces)) == b"".join(pieces)


@given(PIECES, st.data())
def test_one_changed_byte_is_refused(pieces: list[bytes], data: st.DataObject) -> None:
    content = bytearray(locked(pieces))
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(REFUSED):
        opened(bytes(content))


@given(PIECES, st.data())
def test_a_cut_file_is_refused_wherever_it_is_cut(pieces: list[bytes], data: st.DataObject) -> None:
    content = locked(pieces)
    with pytest.raises(REFUSED):
        opened(content[: data.draw(st.integers(0, len(content) - 1))])


@given(PIECES, st.binary(min_size=1, max_size=40))
def test_nothing_can_be_put_behind_the_end(pieces: list[bytes], more: bytes) -> None:
    with pytest.raises(REFUSED):
        opened(locked(pieces) + more)


def test_chunks_cannot_change_places_or_come_from_another_file() -> None:
    one, other = locked([b"a" * 16, b"b" * 16, b"c"]), locked([b"x" * 16, b"y" * 16, b"z"])
    head, rest = one.split(b"\n", 1)
    size = 4 + 16 + 16
    swapped = head + b"\n" + rest[size : 2 * size] + rest[:size] + rest[2 * size :]
    mixed = head + b"\n" + rest[:size] + other.split(b"\n", 1)[1][size:]
    for content in (swapped, mixed):
        with pytest.raises(REFUSED):
            opened(content)


def test_another_key_or_another_kind_of_secret_does_not_open_it() -> None:
    for secret in (Secret.key(b"o" * 32), Secret.passphrase("k" * 32)):
        with pytest.raises(BackupKeyWrong):
            opened(locked([b"text"]), secret)


def test_a_passphrase_opens_what_it_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_stream, "_SCRYPT", {"n": 2**10, "r": 8, "p": 1})
    content = locked([b"text"], Secret.passphrase("correct horse"))
    assert opened(content, Secret.passphrase("correct horse")) == b"text"
    with pytest.raises(BackupKeyWrong):
        opened(content, Secret.passphrase("wrong horse"))


def test_a_file_cannot_make_us_work_for_hours() -> None:
    content = locked([b"text"]).replace(
        b'"key"', b'"passphrase", "scrypt": {"n": 1099511627776, "r": 8, "p": 1}'
    )
    with pytest.raises(BackupUnreadable):
        opened(content, Secret.passphrase("any"))


def test_a_secret_is_never_printed() -> None:
    assert "k" * 32 not in repr(KEY)
