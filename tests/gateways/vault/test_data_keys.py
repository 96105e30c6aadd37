"""What is locked for one place of one contract opens there, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.units.errors import PactError
from pactdesk.gateways.vault.data_keys import (
    ContractKeys,
    Place,
    Purpose,
    WrappedKey,
    new_data_key,
    open_keys,
    rewrapped,
    vault_key_of,
)
from pactdesk.gateways.vault.errors import (
    CiphertextMalformed,
    CiphertextRefused,
    ContractWithoutDataKey,
    DataKeyMissing,
    DataKeyRefused,
    VaultKeyMissing,
)
from pactdesk.gateways.vault.vault_keys import VaultKeys

CONTENT = Purpose.CONTENT
VAULT = VaultKeys.generate()
CONTRACT = uuid4()
WRAPPED = new_data_key(new_id(), CONTRACT, CONTENT, VAULT)
KEYS = open_keys(CONTRACT, CONTENT, [WRAPPED], VAULT)

places = st.builds(Place, row=st.uuids(), column=st.sampled_from(["body", "note"]))


@given(st.binary(max_size=200), places)
def test_what_was_encrypted_is_read_again(content: bytes, place: Place) -> None:
    assert KEYS.decrypt(KEYS.encrypt(content, place), place) == content


@given(st.binary(max_size=40), places, st.data())
def test_a_changed_bit_anywhere_is_refused(
    content: bytes, place: Place, data: st.DataObject
) -> None:
    whole = bytearray(KEYS.encrypt(content, place))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((CiphertextMalformed, DataKeyMissing, CiphertextRefused)):
        KEYS.decrypt(bytes(whole), place)


def test_each_changed_byte_is_refused() -> None:
    place = Place(uuid4(), "body")
    whole = KEYS.encrypt("订单号 20261109".encode(), place)
    for at in range(len(whole)):
        changed = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        with pytest.raises((CiphertextMalformed, DataKeyMissing, CiphertextRefused)):
            KEYS.decrypt(changed, place)


@given(st.binary(max_size=40), st.integers(1, 100))
def test_a_ciphertext_that_was_cut_is_refused(content: bytes, less: int) -> None:
    place = Place(CONTRACT, "body")
    whole = KEYS.encrypt(content, place)
    with pytest.raises((CiphertextMalformed, CiphertextRefused)):
        KEYS.decrypt(whole[: max(0, len(whole) - less)], place)


@given(st.binary(max_size=40), places, places)
def test_a_ciphertext_put_into_another_row_or_column_is_refused(
    content: bytes, one: Place, other: Place
) -> None:
    assume(one != other)
    with pytest.raises(CiphertextRefused):
        KEYS.decrypt(KEYS.encrypt(content, one), other)


def test_another_contract_cannot_read_it_even_with_the_same_key() -> None:
    place = Place(uuid4(), "body")
    locked = KEYS.encrypt(b"secret", place)
    other = uuid4()
    with pytest.raises(CiphertextRefused):
        ContractKeys(other, KEYS.keys).decrypt(locked, place)
    own = open_keys(other, CONTENT, [new_data_key(new_id(), other, CONTENT, VAULT)], VAULT)
    with pytest.raises(DataKeyMissing):
        own.decrypt(locked, place)


@given(st.binary(min_size=8, max_size=80))
def test_the_same_text_never_looks_the_same_and_never_shows(content: bytes) -> None:
    place = Place(CONTRACT, "body")
    one, other = KEYS.encrypt(content, place), KEYS.encrypt(content, place)
    assert one != other
    assert content not in one


def test_with_a_new_data_key_old_texts_stay_readable() -> None:
    place = Place(uuid4(), "body")
    before = KEYS.encrypt(b"before", place)
    newer = new_data_key(new_id(), CONTRACT, CONTENT, VAULT)
    both = open_keys(CONTRACT, CONTENT, [newer, WRAPPED], VAULT)
    assert both.current == newer.key_id
    assert both.decrypt(before, place) == b"before"
    with pytest.raises(DataKeyMissing):
        KEYS.decrypt(both.encrypt(b"after", place), place)


def test_with_a_new_vault_key_nothing_is_lost_and_the_old_one_can_go() -> None:
    place = Place(uuid4(), "body")
    before = KEYS.encrypt(b"before", place)
    rotated = VAULT.rotated()
    assert open_keys(CONTRACT, CONTENT, [WRAPPED], rotated) == KEYS

    again = rewrapped(WRAPPED, rotated)
    assert vault_key_of(again) == rotated.current
    only_new = rotated.without(VAULT.current)
    assert open_keys(CONTRACT, CONTENT, [again], only_new).decrypt(before, place) == b"before"
    with pytest.raises(VaultKeyMissing):
        open_keys(CONTRACT, CONTENT, [WRAPPED], only_new)


@pytest.mark.parametrize(
    "moved",
    [
        replace(WRAPPED, contract=UUID(int=1)),
        replace(WRAPPED, purpose=Purpose.SEARCH),
        replace(WRAPPED, key_id=UUID(int=2)),
        replace(WRAPPED, wrapped=WRAPPED.wrapped[:-1] + bytes([WRAPPED.wrapped[-1] ^ 1])),
        replace(WRAPPED, wrapped=b""),
    ],
    ids=["contract", "purpose", "key id", "changed", "empty"],
)
def test_a_wrapped_key_serves_only_where_it_was_made_for(moved: WrappedKey) -> None:
    with pytest.raises(DataKeyRefused):
        open_keys(moved.contract, moved.purpose, [moved], VAULT)


def test_a_stranger_with_other_vault_keys_opens_nothing() -> None:
    with pytest.raises(VaultKeyMissing):
        open_keys(CONTRACT, CONTENT, [WRAPPED], VaultKeys.generate())


def test_a_wrong_key_under_the_right_id_opens_nothing() -> None:
    wrong = VaultKeys(VAULT.current, {VAULT.current: bytes(32)})
    with pytest.raises(DataKeyRefused):
        open_keys(CONTRACT, CONTENT, [WRAPPED], wrong)


def test_without_a_data_key_nothing_is_written() -> None:
    none = open_keys(CONTRACT, Purpose.SEARCH, [WRAPPED], VAULT)
    with pytest.raises(ContractWithoutDataKey):
        none.encrypt(b"", Place(CONTRACT, "body"))


def test_no_key_shows_when_printed() -> None:
    shown = repr((VAULT, KEYS))
    secrets = [*VAULT.keys.values(), *KEYS.keys.values()]
    assert not any(one.hex() in shown or repr(one) in shown for one in secrets)


def test_no_error_tells_a_text() -> None:
    place = Place(uuid4(), "body")
    locked = KEYS.encrypt(b"a secret", place)
    with pytest.raises(PactError) as refused:
        KEYS.decrypt(locked, Place(uuid4(), "body"))
    assert "secret" not in str(refused.value)
