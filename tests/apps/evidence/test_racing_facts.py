"""Several at once: no fact is lost, doubled or slipped under a seal, and no day is sealed twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from time import sleep

import psycopg
import pytest

from pactdesk.apps.evidence.actions import seal_days
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.sql import APPEND_FACT
from pactdesk.apps.evidence.values import append_values
from pactdesk.apps.walls.scope import SET_SCOPE, within
from pactdesk.core.facts.chain import check_chain, check_day
from pactdesk.core.facts.checkpoints import SignedCheckpoint
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.log import AppendReport, DayAlreadySealed
from pactdesk.core.units.instants import Instant, instant_at
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from tests.support.database import TestDatabase
from tests.support.evidence import at_once, of
from tests.support.logs import worker_process

MakeFact = Callable[..., Fact]
FIRST = instant_at("2026-09-01T09:00:00+08:00")
DAY = date(2026, 9, 1)


def appended(log: PostgresFactLog, facts: list[Fact], at: Instant | None = None) -> AppendReport:
    with within(of(log.contract)):
        return log.append(facts, at) if at is not None else log.append_now(facts)


def test_the_same_facts_from_many_sides_are_added_once(
    qinghe: PostgresFactLog, fact: MakeFact
) -> None:
    facts = [fact(f"e-{n}") for n in range(40)]
    orders = [facts, facts[::-1], facts[20:] + facts[:20], facts]
    reports = at_once(*(partial(appended, qinghe, order) for order in orders))
    assert all(isinstance(each, AppendReport) for each in reports), reports
    assert sum(each.added for each in reports if isinstance(each, AppendReport)) == 40
    with within(of(qinghe.contract)):
        assert sorted(each.fact.event_id for each in qinghe.facts("c")) == sorted(
            each.event_id for each in facts
        )


def test_two_contents_at_the_same_moment_are_a_conflict_for_one_of_them(
    qinghe: PostgresFactLog, fact: MakeFact, desk: TestDatabase
) -> None:
    def one(content: str) -> str:
        with psycopg.connect(desk.address("pactdesk_app")) as connection:
            connection.execute(SET_SCOPE, [of(qinghe.contract).to_text()])
            values = append_values(qinghe.contract, "c", fact("e-1", content))
            row = connection.execute(APPEND_FACT, values).fetchone()
            assert row is not None
            sleep(0.01)
            return str(row[0])

    outcomes = at_once(*(partial(one, content) for content in ("a", "b", "b", "c")))
    told = Counter(map(str, outcomes))
    # The second "b" repeats the first, unless another content came between them.
    assert told["added"] == 1
    assert told["conflict"] in (2, 3)
    assert told["duplicate"] == 3 - told["conflict"]
    with within(of(qinghe.contract)):
        assert not list(qinghe.facts("c"))
        assert len(qinghe.conflicts()[0].versions) == 3


def test_a_day_is_sealed_once_however_many_try(
    qinghe: PostgresFactLog, fact: MakeFact, signer: SigningKey, desk: TestDatabase
) -> None:
    appended(qinghe, [fact("e-1")], FIRST)
    through = DAY + timedelta(days=4)

    def seal() -> tuple[SignedCheckpoint, ...]:
        return seal_days(of(qinghe.contract), qinghe, through, signer)

    with worker_process(desk):
        made = at_once(seal, seal, seal)
    assert all(isinstance(each, tuple) for each in made), made
    assert sorted(len(each) for each in made if isinstance(each, tuple)) == [0, 0, 5]
    with within(of(qinghe.contract)):
        check_chain("c", qinghe.checkpoints(), TrustedKeys([signer.public]))


@pytest.mark.parametrize("fact_first", [True, False])
def test_a_fact_is_in_the_seal_or_refused_never_under_it(
    qinghe: PostgresFactLog,
    fact: MakeFact,
    signer: SigningKey,
    desk: TestDatabase,
    *,
    fact_first: bool,
) -> None:
    appended(qinghe, [fact("e-0")], FIRST)

    def add() -> int:
        sleep(0 if fact_first else 0.05)
        with within(of(qinghe.contract)):
            added = qinghe.append([fact("e-1")], FIRST).added
            sleep(0.1)
        return added

    def seal() -> int:
        sleep(0.05 if fact_first else 0)
        with within(of(qinghe.contract)):
            made = seal_days(of(qinghe.contract), qinghe, DAY, signer)
            sleep(0.1)
        return len(made)

    with worker_process(desk):
        added, made = at_once(add, seal)
    assert made == 1
    assert added == 1 if fact_first else isinstance(added, DayAlreadySealed)
    with within(of(qinghe.contract)):
        [signed] = qinghe.checkpoints()
        assert signed.body.day_size == 1 + fact_first
        check_day(signed.body, qinghe.day_records(DAY))


def test_the_database_refuses_a_row_in_a_sealed_day_whoever_writes_it(
    qinghe: PostgresFactLog, fact: MakeFact, signer: SigningKey, desk: TestDatabase
) -> None:
    appended(qinghe, [fact("e-1")], FIRST)
    with worker_process(desk):
        seal_days(of(qinghe.contract), qinghe, DAY, signer)
    row = append_values(qinghe.contract, "c", fact("e-2"))
    with psycopg.connect(desk.address("pactdesk_app")) as connection:
        connection.execute(SET_SCOPE, [of(qinghe.contract).to_text()])
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(
                "INSERT INTO evidence_fact (id, contract_id, source, event_id, kind,"
                " occurred_at_ms, content, recorded_at_ms) VALUES (%s,%s,%s,%s,%s,%s,%s,%s)",
                [*row, FIRST],
            )
        connection.rollback()
    assert refused.value.sqlstate == "PD001"
