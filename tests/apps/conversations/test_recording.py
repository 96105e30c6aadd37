"""The facts of a conversation stand in the contract's log, with its messages or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import psycopg
import pytest

from pactdesk.apps.conversations.actions import Means, open_conversation, post_message
from pactdesk.apps.conversations.hands import CUSTOMER
from pactdesk.apps.conversations.recording import into_log
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.core.facts.chain import LogOfAnotherContract
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import Channel
from pactdesk.core.units.instants import Instant
from tests.support.hearing import CODE, Heard

AT = Instant(1_793_600_000_000)


def facts_in_log(means: Means) -> list[Fact]:
    log = PostgresFactLog(means.contract, CODE, ZoneInfo("Asia/Shanghai"))
    with within(Scope(contracts={means.contract: frozenset()})):
        return [each.fact for each in log.facts(CODE)]


def test_the_log_has_what_the_actions_told_and_each_fact_once(heard: Heard, qinghe: Means) -> None:
    write = into_log(qinghe.contract, CODE)

    def both(facts: Sequence[Fact]) -> None:
        heard.hear(facts)
        write(facts)

    means = replace(qinghe, record_facts=both)
    number = open_conversation(CUSTOMER, channel=Channel.CHAT, at=AT, means=means)
    for _ in range(2):
        post_message(number, CUSTOMER, "在吗", key="k", at=AT, means=means)
    assert len(heard.facts) == 3
    assert facts_in_log(means) == heard.facts


def test_facts_that_the_log_refuses_undo_the_action(
    qinghe: Means, as_superuser: psycopg.Connection
) -> None:
    means = replace(qinghe, record_facts=into_log(qinghe.contract, "another"))
    with pytest.raises(LogOfAnotherContract):
        open_conversation(CUSTOMER, channel=Channel.CHAT, at=AT, means=means)
    assert facts_in_log(qinghe) == []
    for table in ("conversations_conversation", "conversations_contentkey", "audit_entry"):
        rows = as_superuser.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  three names
        assert rows.fetchone() == (0,)
