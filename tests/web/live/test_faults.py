"""`kill -9` in the middle of 2,000 sends: each answered message once, in order, with its facts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.web.live.doors import ROOT, Chat, Door, door_on, full
from tests.web.live.faults import Customers, FragileDesk, check_everything, fragile_desk

pytestmark = pytest.mark.xdist_group("live-door-faults")


@pytest.fixture(scope="module")
def server() -> Iterator[FragileDesk]:
    """Its server, for all tests here."""
    with fragile_desk() as made:
        yield made


@pytest.fixture
def fragile(server: FragileDesk) -> Iterator[FragileDesk]:
    """A desk on which nothing was written yet."""
    yield server
    server.empty()


@pytest.fixture
def frail(fragile: FragileDesk) -> Iterator[Door]:
    """A door on it."""
    with door_on(fragile.database.environment()) as made:
        yield made


def chats_of(door: Door, fragile: FragileDesk, count: int = 8) -> list[Chat]:
    return [door.open(fragile.shop) for _ in range(count)]


def test_the_door_is_killed_again_and_again(frail: Door, fragile: FragileDesk) -> None:
    with Customers(frail, chats_of(frail, fragile)) as customers:
        for count in (300, 1000):
            customers.wait_for(count)
            frail.stop(signal.SIGKILL)
            frail.start()
    assert customers.retries
    check_everything(fragile, customers)


def test_postgresql_is_killed_again_and_again(frail: Door, fragile: FragileDesk) -> None:
    with (
        Customers(frail, chats_of(frail, fragile)) as customers,
        customers.chats[0].stream() as stream,
    ):
        for count in (300, 1000):
            customers.wait_for(count)
            fragile.kill()
        customers.wait_for(customers.sends)
        mine = sum(chat == customers.chats[0].id for chat, _ in customers.answered.values())
        told = [stream.until("message")["sequence"] for _ in range(mine)]
    assert told == list(range(1, mine + 1))
    assert customers.retries
    check_everything(fragile, customers)


PAGES = """
import django, os, sys, time
django.setup()
from uuid import UUID
from pactdesk.apps.conversations.actions import Means, post_message
from pactdesk.apps.conversations.hands import agent
from pactdesk.apps.conversations.recording import into_log
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.vault_keys import VaultKeys
contract, code, person, *chats = sys.argv[1:]
means = Means(UUID(contract), code, VaultKeys.from_environment(os.environ),
              into_log(UUID(contract), code))
for number in range(20):
    for chat in chats:
        at = Instant(time.time_ns() // 1_000_000)
        key = f"pages-{number}-{chat}"
        post_message(UUID(chat), agent(UUID(person)), "您好", key=key, at=at, means=means)
        print(key, flush=True)
"""


def test_pages_that_act_on_the_same_conversations_are_killed(
    frail: Door, fragile: FragileDesk
) -> None:
    chats = chats_of(frail, fragile)
    [(code,)] = fragile.rows(
        f"SELECT code FROM contracts_contract WHERE id = '{fragile.shop.contract}'"  # noqa: S608
    )
    told = [str(fragile.shop.contract), code, str(fragile.agent), *(str(one.id) for one in chats)]
    command = [sys.executable, "-c", PAGES, *told]
    environment = {**os.environ, **full(fragile.database.environment())}
    for chat in chats:  # asked before the agent answers, so that each answer is the first
        chat.said("在吗", f"first-{chat.id}")
    with Customers(frail, chats, sends=1_000) as customers:
        pages = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        assert pages.stdout
        for _ in range(50):
            pages.stdout.readline()
        pages.kill()
        pages.communicate()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    check_everything(fragile, customers, others=20 * len(chats) + len(chats))
