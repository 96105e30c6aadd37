"""Evidence of another contract is not there, and nobody changes any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import LiteralString

import psycopg
import pytest
from django.db import ProgrammingError
from psycopg.errors import ForeignKeyViolation, InsufficientPrivilege, UniqueViolation
from psycopg.sql import SQL, Composed, Identifier

from pactdesk.apps.evidence.actions import erase_texts, seal_days
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.sql import ADD_CHECKPOINT
from pactdesk.apps.parties.scoping import ENTER_SCOPE, scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import SET_SCOPE, within
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact
from pactdesk.core.units.instants import Instant, instant_at
from pactdesk.gateways.keys import SigningKey
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.logs import state, worker_process

MakeFact = Callable[..., Fact]

TEXT = PersonalField("chat", "e-1", "name", "00" * 16, "张三")
FIRST = instant_at("2026-09-01T09:00:00+08:00")
EMPTY = ((), (), (), (), ())
TABLES = ("evidence_fact", "evidence_conflict", "evidence_checkpoint", "evidence_personal")


def on(statement: LiteralString, table: str) -> Composed:
    """The statement, on this table."""
    return SQL(statement).format(Identifier(table))


@pytest.fixture
def sealed(
    qinghe: PostgresFactLog, fact: MakeFact, signer: SigningKey, desk: TestDatabase
) -> PostgresFactLog:
    """A row in each table: a sealed fact with a text, and one with two contents."""
    facts = [
        fact("e-1", personal={"name": TEXT.commitment}), fact("e-2"), fact("e-2", "other"),
    ]  # fmt: skip
    with worker_process(desk):
        with within(of(qinghe.contract)):
            qinghe.append(facts, FIRST, [TEXT])
        seal_days(of(qinghe.contract), qinghe, date(2026, 9, 1), signer)
    return qinghe


def test_the_evidence_of_another_contract_is_not_there(cast: Cast, sealed: PostgresFactLog) -> None:
    with scoped(cast["manager_of_baita"]):
        assert state(sealed) == EMPTY
        assert sealed.personal_fields() == []
    with scoped(cast["manager_of_qinghe"]):
        assert [each.fact.event_id for each in sealed.facts("c")] == ["e-1"]
        assert len(sealed.checkpoints()) == len(sealed.conflicts()) == 1
        assert sealed.personal_fields() == [TEXT]


def test_without_a_scope_nothing_is_there(sealed: PostgresFactLog) -> None:
    assert state(sealed) == EMPTY


@pytest.mark.parametrize("table", TABLES)
def test_no_query_reaches_past_the_wall(
    cast: Cast, sealed: PostgresFactLog, as_app: psycopg.Connection, table: str
) -> None:
    for name, there in (("manager_of_qinghe", True), ("manager_of_baita", False)):
        as_app.execute(ENTER_SCOPE, [cast[name]])
        found = as_app.execute(on("SELECT count(*) FROM {}", table)).fetchone()
        assert found is not None
        assert bool(found[0]) is there


def test_a_fact_of_another_contract_is_refused(
    cast: Cast, qinghe: PostgresFactLog, fact: MakeFact
) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        scoped(cast["manager_of_baita"]),
    ):
        qinghe.append([fact("e-1")], FIRST)
    with pytest.raises(ProgrammingError, match="row-level security"):
        qinghe.append_now([fact("e-1")])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", ["pactdesk_app", "pactdesk_worker"])
def test_no_role_changes_evidence(
    sealed: PostgresFactLog, desk: TestDatabase, role: str, table: str
) -> None:
    may_erase = (role, table) == ("pactdesk_worker", "evidence_personal")
    for change in ("UPDATE {} SET contract_id = contract_id", "DELETE FROM {}"):
        with psycopg.connect(desk.address(role)) as connection:
            connection.execute(SET_SCOPE, [of(sealed.contract).to_text()])
            if may_erase and change.startswith("DELETE"):
                assert connection.execute(on(change, table)).rowcount == 1
            else:
                with pytest.raises(InsufficientPrivilege):
                    connection.execute(on(change, table))
            connection.rollback()


def test_the_owner_of_the_tables_changes_nothing_either(
    sealed: PostgresFactLog, as_owner: psycopg.Connection
) -> None:
    as_owner.execute(SET_SCOPE, [of(sealed.contract).to_text()])
    for table in TABLES:
        assert as_owner.execute(on("DELETE FROM {}", table)).rowcount == 0


def test_the_pages_do_not_seal(qinghe: PostgresFactLog, fact: MakeFact, signer: SigningKey) -> None:
    with within(of(qinghe.contract)):
        qinghe.append([fact("e-1")], FIRST)
    with pytest.raises(ProgrammingError, match="permission denied"):
        seal_days(of(qinghe.contract), qinghe, date(2026, 9, 1), signer)


def test_sealing_and_erasing_are_told_to_the_audit_and_seals_leave_an_errand(
    sealed: PostgresFactLog, desk: TestDatabase, as_superuser: psycopg.Connection
) -> None:
    with worker_process(desk):
        assert erase_texts(of(sealed.contract), sealed, [TEXT.key]) == 1
    told = as_superuser.execute("SELECT verb, contract_id FROM audit_entry ORDER BY verb")
    assert told.fetchall() == [
        ("evidence.erase_texts", sealed.contract), ("evidence.seal_days", sealed.contract),
    ]  # fmt: skip
    left = as_superuser.execute("SELECT kind, payload ->> 'through' FROM outbox_errand").fetchall()
    assert left == [("evidence.show_checkpoint", "2026-09-01")]
    assert as_superuser.execute("SELECT 1 FROM evidence_personal").fetchall() == []


@pytest.mark.parametrize(
    ("number", "digest", "previous", "refused"),
    [
        (2, "b" * 64, "c" * 64, ForeignKeyViolation),
        (1, "b" * 64, None, UniqueViolation),
    ],
)
def test_the_database_itself_keeps_the_chain_whole(
    sealed: PostgresFactLog,
    desk: TestDatabase,
    number: int,
    digest: str,
    previous: str | None,
    refused: type[psycopg.Error],
) -> None:
    day = date(2026, 9, 2)
    row = [new_id(), sealed.contract, day, number, digest, previous, Instant(0), b"{}"]
    with psycopg.connect(desk.address("pactdesk_worker")) as worker:
        worker.execute(SET_SCOPE, [of(sealed.contract).to_text()])
        with pytest.raises(refused):
            worker.execute(ADD_CHECKPOINT, row)
        worker.rollback()
