"""A new vault key while the desk runs: what was locked opens, and in the end with it alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pactdesk.config.errors import NothingToDrop, VaultElsewhere, VaultJustRotated
from pactdesk.core.facts.kinds import Channel
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.errors import VaultFileMissing
from pactdesk.gateways.vault.rereading import vault_of
from pactdesk.gateways.vault.vault_keys import FILE_IN_ENVIRONMENT, IN_ENVIRONMENT, VaultKeys
from tests.support.cast import Cast, make_cast
from tests.support.database import TestDatabase
from tests.support.hearing import VAULT, Heard
from tests.support.logs import worker_process

if TYPE_CHECKING:
    from pactdesk.config.rotating import Rotated

AT = Instant(1_795_000_000_000)
LATER = 9e9


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    return make_cast(desk)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    VAULT.create_file(tmp_path / "vault-keys.json")
    return tmp_path / "vault-keys.json"


@pytest.fixture
def locked(desk: TestDatabase, cast: Cast) -> Iterator[None]:
    """A message of one contract, and somebody's second factor; then the worker's process."""
    from pactdesk.apps.conversations.actions import open_conversation, post_message
    from pactdesk.apps.conversations.hands import CUSTOMER
    from pactdesk.apps.parties.second_factor import begin_second_factor

    means = Heard().means(cast.contract_qinghe)
    chat = open_conversation(CUSTOMER, channel=Channel.CHAT, at=AT, means=means)
    post_message(chat, CUSTOMER, "你好", key="k-1", at=AT, means=means)
    begin_second_factor(cast["lead"], VAULT)
    with worker_process(desk):
        yield


def opened(cast: Cast, vault: VaultKeys) -> int:
    """How many of the contract's data keys open."""
    from pactdesk.apps.conversations.keys import content_keys
    from pactdesk.apps.walls.scope import Scope, within

    with within(Scope(contracts={cast.contract_qinghe: frozenset()})):
        return len(content_keys(cast.contract_qinghe, vault).keys)


def alone(vault: VaultKeys) -> VaultKeys:
    """Only the current key."""
    return VaultKeys(vault.current, {vault.current: vault.keys[vault.current]})


def dropped(file: Path) -> Rotated:
    from pactdesk.config.rotating import drop_old_keys

    return drop_old_keys(file, now=LATER)


@pytest.mark.usefixtures("locked")
def test_after_a_rotation_everything_opens_with_the_new_key_alone(cast: Cast, file: Path) -> None:
    from pactdesk.apps.parties.second_factor import relock_second_factors
    from pactdesk.config.rotating import rotate_vault

    done = rotate_vault(file)
    newer = VaultKeys.from_file(file)
    assert (done.current, done.old) == (newer.current, (VAULT.current,))
    assert (done.keys, done.secrets) == (1, 1)
    assert newer.keys.keys() == {VAULT.current, newer.current}
    assert opened(cast, alone(newer)) == 1
    assert relock_second_factors(alone(newer)) == 1
    gone = dropped(file)
    assert VaultKeys.from_file(file) == alone(newer)
    assert gone.keys == 0
    with pytest.raises(NothingToDrop):
        dropped(file)


@pytest.mark.usefixtures("locked")
def test_a_rotation_that_broke_off_is_finished_before_an_old_key_goes(
    cast: Cast, file: Path
) -> None:
    VAULT.rotated().replace_file(file)  # and nothing was wrapped anew
    assert dropped(file).keys == 1
    assert opened(cast, VaultKeys.from_file(file)) == 1


@pytest.mark.usefixtures("locked")
def test_an_old_key_stays_while_requests_may_hold_it(file: Path) -> None:
    from pactdesk.config.rotating import drop_old_keys, rotate_vault

    rotate_vault(file)
    before = file.read_bytes()
    with pytest.raises(VaultJustRotated):
        drop_old_keys(file)
    assert file.read_bytes() == before


def test_keys_in_a_variable_are_rotated_nowhere(file: Path) -> None:
    from pactdesk.config.rotating import vault_file

    assert vault_file({FILE_IN_ENVIRONMENT: str(file)}) == file
    for environ in ({}, {IN_ENVIRONMENT: "{}", FILE_IN_ENVIRONMENT: str(file)}):
        with pytest.raises(VaultElsewhere):
            vault_file(environ)


def test_a_process_that_runs_on_sees_the_new_key_at_once(file: Path) -> None:
    ask = vault_of({FILE_IN_ENVIRONMENT: str(file)})
    assert ask() == VAULT
    newer = VAULT.rotated()
    newer.replace_file(file)
    assert ask() == newer
    file.chmod(0o644)
    os.utime(file, (1, 1))
    assert ask() == newer, "a file that cannot be taken is as if it were not there"
    file.unlink()
    assert ask() == newer


def test_a_process_does_not_start_without_its_keys(tmp_path: Path) -> None:
    with pytest.raises(VaultFileMissing):
        vault_of({FILE_IN_ENVIRONMENT: str(tmp_path / "none")})


def test_keys_in_a_variable_are_those_of_the_start(file: Path) -> None:
    assert vault_of({IN_ENVIRONMENT: VAULT.to_text()})() == VAULT
