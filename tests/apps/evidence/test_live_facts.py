"""One fact in one statement, at the database's own time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactdesk.apps.evidence.actions import seal_days
from pactdesk.apps.evidence.errors import KeyNotStorable, TextNotStorable
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.sql import APPEND_FACT
from pactdesk.apps.evidence.values import append_values
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import SET_SCOPE, within
from pactdesk.core.facts.chain import LogOfAnotherContract
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact, content_of
from pactdesk.core.facts.fields import FactFieldMissing
from pactdesk.core.facts.index import LogIndex
from pactdesk.core.units.instants import Instant, instant_of, local_day
from pactdesk.gateways.keys import SigningKey
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.laws import cases
from tests.support.logs import worker_process

MakeFact = Callable[..., Fact]
Append = Callable[[Fact], tuple[str, int]]
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def door(desk: TestDatabase, qinghe: PostgresFactLog) -> Iterator[Append]:
    """A connection of the live door's kind, in the scope of one contract."""
    with psycopg.connect(desk.address("pactdesk_app")) as connection:

        def append(fact: Fact) -> tuple[str, int]:
            with connection.transaction():
                connection.execute(SET_SCOPE, [of(qinghe.contract).to_text()])
                values = append_values(qinghe.contract, "c", fact)
                row = connection.execute(APPEND_FACT, values).fetchone()
            assert row is not None
            return (row[0], row[1])

        yield append


def test_a_fact_is_recorded_at_the_databases_time(
    door: Append, qinghe: PostgresFactLog, fact: MakeFact
) -> None:
    before = instant_of(datetime.now(UTC))
    outcome, at = door(fact("e-1"))
    assert outcome == "added"
    assert before <= at <= instant_of(datetime.now(UTC))
    with within(of(qinghe.contract)):
        assert [(each.fact, each.recorded_at) for each in qinghe.facts("c")] == [(fact("e-1"), at)]


def test_a_repetition_has_no_effect_and_says_so(
    door: Append, fact: MakeFact, as_superuser: psycopg.Connection
) -> None:
    first = door(fact("e-1"))
    assert door(fact("e-1")) == ("duplicate", first[1])
    assert as_superuser.execute("SELECT count(*) FROM evidence_fact").fetchone() == (1,)


def test_a_repetition_of_what_was_recorded_for_the_future_keeps_the_earlier_time(
    door: Append, qinghe: PostgresFactLog, fact: MakeFact
) -> None:
    ahead = instant_of(datetime.now(UTC) + timedelta(hours=1))
    with within(of(qinghe.contract)):
        qinghe.append([fact("e-1")], ahead)
    outcome, at = door(fact("e-1"))
    assert outcome == "duplicate"
    assert at < ahead
    with within(of(qinghe.contract)):
        assert [each.recorded_at for each in qinghe.facts("c")] == [at]


@settings(
    max_examples=cases(20),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=st.lists(st.tuples(st.integers(0, 2), st.sampled_from("ab")), max_size=8))
def test_the_database_judges_single_facts_as_the_core_does(
    desk: TestDatabase, fact: MakeFact, told: list[tuple[int, str]]
) -> None:
    index, contract = LogIndex(SHANGHAI), new_id()
    with psycopg.connect(desk.address("pactdesk_app")) as connection:
        connection.execute(SET_SCOPE, [of(contract).to_text()])
        for event, content in told:
            one = fact(f"e-{event}", content)
            row = connection.execute(APPEND_FACT, append_values(contract, "c", one)).fetchone()
            assert row is not None
            outcome = index.add(one.key, content_of(one), Instant(row[1]))
            assert row[0] == outcome.value
            assert index.recorded_at(one.key, content_of(one)) == row[1]
        connection.rollback()


def test_nothing_enters_today_once_it_is_sealed(
    door: Append,
    qinghe: PostgresFactLog,
    fact: MakeFact,
    signer: SigningKey,
    desk: TestDatabase,
) -> None:
    _, at = door(fact("e-1"))
    tomorrow = local_day(Instant(at), SHANGHAI) + timedelta(days=1)
    with worker_process(desk):
        seal_days(of(qinghe.contract), qinghe, tomorrow, signer)
    with pytest.raises(psycopg.Error) as refused:
        door(fact("e-2"))
    assert refused.value.sqlstate == "PD001"
    assert door(fact("e-1")) == ("duplicate", at)


def test_a_fact_that_no_log_would_keep_never_reaches_the_database(fact: MakeFact) -> None:
    contract = new_id()
    bad = fact("e-1")
    object.__setattr__(bad, "measured", {})
    for wrong, error in (
        (fact("e-1", contract_id="d"), LogOfAnotherContract),
        (bad, FactFieldMissing),
        (fact("e" * 401), KeyNotStorable),
        (fact("e\0"), KeyNotStorable),
    ):
        with pytest.raises(error):
            append_values(contract, "c", wrong)


def test_a_batch_refuses_what_postgres_cannot_keep_and_takes_the_rest(
    qinghe: PostgresFactLog, fact: MakeFact
) -> None:
    longest = fact("界" * 400, source="源" * 200)
    with within(of(qinghe.contract)):
        report = qinghe.append_now([fact("e\0"), longest, fact("e-1", source="s" * 201)])
        assert report.added == 1
        assert [each.event_id for each in report.refused] == ["e\0", "e-1"]
        assert [each.fact for each in qinghe.facts("c")] == [longest]
        text = PersonalField("chat", "e-2", "name", "00" * 16, "a\0")
        with pytest.raises(TextNotStorable):
            qinghe.append_now([fact("e-2", personal={"name": text.commitment})], [text])
        assert len(list(qinghe.facts("c"))) == 1
