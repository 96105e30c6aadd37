"""How often something may be tried in vain."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.apps.parties.attempts import (
    OF_ACCOUNT,
    OF_ADDRESS,
    OF_MAILS,
    Allowance,
    Tally,
    attempt_key,
    charge,
    clear_old_attempts,
    forget,
    forgive,
)
from pactdesk.apps.parties.entering import account_key, forget_attempts_with, prove_password
from pactdesk.apps.parties.errors import LogInRefused, TooManyAttempts
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.visitors import PASSWORD, email_of, give_password

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
ALLOWANCES = st.sampled_from([OF_ACCOUNT, OF_ADDRESS, OF_MAILS])
PAUSES = st.lists(st.timedeltas(timedelta(), timedelta(hours=2)), max_size=40)


def after(allowance: Allowance, pauses: list[timedelta]) -> Tally:
    """Failures one after another; what comes during a block is not made."""
    tally, at = Tally(0, NOW), NOW
    for pause in pauses:
        at += pause
        if not tally.wait(at):
            tally = tally.with_one_more(allowance, at)
    return tally


@given(ALLOWANCES, PAUSES)
def test_no_block_is_longer_than_the_longest(allowance: Allowance, pauses: list[timedelta]) -> None:
    tally = after(allowance, pauses)
    assert tally.wait(tally.last_at) <= allowance.longest_delay


@given(ALLOWANCES, st.integers(1, 100))
def test_the_delay_never_shrinks_with_more_failures(allowance: Allowance, failures: int) -> None:
    assert allowance.delay(failures) <= allowance.delay(failures + 1)
    assert (allowance.delay(failures) == timedelta()) == (failures < allowance.free)


@given(ALLOWANCES, PAUSES)
def test_whoever_waits_long_enough_starts_from_the_beginning(
    allowance: Allowance, pauses: list[timedelta]
) -> None:
    tally = after(allowance, pauses)
    later = tally.last_at + allowance.forgets_one_in * (tally.failures + 1)
    assert tally.with_one_more(allowance, later).failures == 1


@given(st.integers(0, 60))
def test_a_day_of_guessing_is_less_than_a_hundred_and_fifty_passwords(seconds: int) -> None:
    """However the guesses are spread: after the free ones, one in a quarter of an hour."""
    tally, at, made = Tally(0, NOW), NOW, 0
    while at < NOW + timedelta(days=1):
        if not tally.wait(at):
            tally, made = tally.with_one_more(OF_ACCOUNT, at), made + 1
        at += max(tally.wait(at), timedelta(seconds=seconds or 1))
    assert made < 150


def try_in(email: str, password: str, at: datetime, address: str = "a", device: str = "") -> None:
    request = RequestFactory().post("/")
    prove_password(request, email=email, password=password, address=address, device=device, at=at)


def fail(email: str, at: datetime, times: int, address: str = "a", device: str = "") -> None:
    for _ in range(times):
        with pytest.raises(LogInRefused):
            try_in(email, "wrong", at, address, device)


@pytest.fixture
def cast(cast: Cast, desk: TestDatabase) -> Cast:
    give_password(desk, cast, "agent", "operator")
    return cast


def test_after_five_failures_the_right_password_waits_too(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    fail(email_of("agent"), NOW, 5)
    with pytest.raises(TooManyAttempts) as refused:
        try_in(email_of("agent"), PASSWORD, NOW + timedelta(seconds=1))
    assert refused.value.seconds == 29
    try_in(email_of("agent"), PASSWORD, NOW + timedelta(seconds=30))
    verbs = Counter(row[0] for row in as_superuser.execute("SELECT verb FROM audit_entry"))
    assert verbs == {"parties.log_in_failed": 5, "parties.log_in_blocked": 1}


def test_a_success_takes_the_failures_back(cast: Cast) -> None:
    for _ in range(3):
        fail(email_of("agent"), NOW, 4)
        try_in(email_of("agent"), PASSWORD, NOW)


def test_an_unknown_address_is_blocked_just_the_same(cast: Cast) -> None:
    fail("nobody@example.test", NOW, 5)
    with pytest.raises(TooManyAttempts):
        try_in("nobody@example.test", PASSWORD, NOW)


def test_one_network_address_cannot_try_all_accounts(cast: Cast) -> None:
    for number in range(29):
        fail(f"{number}@example.test", NOW, 1, address="b")
    try_in(email_of("agent"), PASSWORD, NOW, address="b")
    fail("30@example.test", NOW, 1, address="b")
    with pytest.raises(TooManyAttempts):
        try_in(email_of("agent"), PASSWORD, NOW, address="b")
    try_in(email_of("agent"), PASSWORD, NOW, address="c")


def test_a_house_with_many_addresses_is_one(cast: Cast) -> None:
    for number in range(30):
        fail(f"{number}@example.test", NOW, 1, address=f"2001:db8:1:2::{number:x}")
    with pytest.raises(TooManyAttempts):
        try_in(email_of("agent"), PASSWORD, NOW, address="2001:db8:1:2:ffff::1")
    try_in(email_of("agent"), PASSWORD, NOW, address="2001:db8:1:3::1")


def test_strangers_cannot_lock_out_the_only_administrator(cast: Cast) -> None:
    """A browser that they used before is counted apart, and the block ends when it said."""
    at = NOW
    for _ in range(30):
        with pytest.raises((LogInRefused, TooManyAttempts)):
            try_in(email_of("operator"), "wrong", at, address=str(at))
        at += timedelta(minutes=1)
    with pytest.raises(TooManyAttempts) as refused:
        try_in(email_of("operator"), PASSWORD, at, address="home")
    assert refused.value.seconds <= 15 * 60
    try_in(email_of("operator"), PASSWORD, at, address="home", device="known before")


def test_also_a_known_browser_has_only_so_many_tries(cast: Cast) -> None:
    fail(email_of("agent"), NOW, 5, device="known before")
    with pytest.raises(TooManyAttempts):
        try_in(email_of("agent"), PASSWORD, NOW, device="known before")
    try_in(email_of("agent"), PASSWORD, NOW)


def test_who_showed_that_the_account_is_theirs_starts_anew(cast: Cast) -> None:
    fail(email_of("agent"), NOW, 5)
    assert forget_attempts_with(email_of("agent"))
    assert not forget_attempts_with(email_of("agent"))
    try_in(email_of("agent"), PASSWORD, NOW)


def test_twenty_at_once_count_twenty(desk: TestDatabase) -> None:
    """Racing processes: exactly the free ones, and the first that is followed by a delay."""
    key, made, refused = attempt_key("account", "x"), [], []

    def attempt() -> None:
        try:
            charge({key: OF_ACCOUNT}, NOW)
            made.append(1)
        except TooManyAttempts:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (5, 15)


def test_nobody_sees_what_was_tried_with_another_key(
    desk: TestDatabase, as_app: psycopg.Connection
) -> None:
    key = account_key("a@example.test")
    charge({key: OF_ACCOUNT}, NOW)
    assert as_app.execute("SELECT 1 FROM parties_attempts").fetchall() == []
    as_app.execute("SELECT set_config('pactdesk.attempts', %s, true)", ["0" * 64])
    assert as_app.execute("SELECT 1 FROM parties_attempts").fetchall() == []
    as_app.execute("SELECT set_config('pactdesk.attempts', %s, true)", [key])
    assert as_app.execute("SELECT failures FROM parties_attempts").fetchall() == [(1,)]


def test_forgiving_one_key_leaves_the_others_failures(desk: TestDatabase) -> None:
    keys = {attempt_key("account", "x"): OF_ACCOUNT, attempt_key("address", "y"): OF_ADDRESS}
    account, address = keys
    for _ in range(3):
        charge(keys, NOW)
    forgive(keys, all_of=account)
    charge({address: OF_ADDRESS}, NOW)
    assert forget(account)
    assert forget(address)


def test_old_attempts_are_swept(desk: TestDatabase, as_superuser: psycopg.Connection) -> None:
    charge({attempt_key("account", "old"): OF_ACCOUNT}, NOW - timedelta(days=3))
    charge({attempt_key("account", "new"): OF_ACCOUNT}, NOW)
    with psycopg.connect(desk.address("pactdesk_worker")) as worker:
        deleted = worker.execute(
            "DELETE FROM parties_attempts WHERE last_at < %s", [NOW - timedelta(days=2)]
        )
        assert deleted.rowcount == 1
    # The pages' role sees nothing to sweep.
    assert clear_old_attempts(NOW + timedelta(days=1)) == 0
