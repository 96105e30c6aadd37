"""The wall of the database holds by itself around statements, and so do the queries without it."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError
from psycopg.errors import InsufficientPrivilege

from pactdesk.apps.parties.scoping import ENTER_SCOPE, scoped
from pactdesk.apps.statements.actions import answer_objection, confirm, object_to_line
from pactdesk.apps.statements.models import Confirmation, Objection, Standing, Statement
from pactdesk.apps.statements.queries import (
    confirmations_of,
    objections_of,
    statements_visible_to,
)
from tests.support.cast import PEOPLE, Cast
from tests.support.october import AT

READERS = {"lead", "finance", "manager_of_baita"}
"""Of 白塔's contract."""


def objected(cast: Cast, statement: UUID) -> UUID:
    return object_to_line(
        cast["manager_of_baita"], statement=statement, line=2, reason="数据有误", at=AT
    )


@pytest.mark.parametrize("name", PEOPLE)
def test_the_wall_and_the_filters_let_the_same_rows_by_each_without_the_other(
    cast: Cast, statement: UUID, name: str
) -> None:
    confirm(cast["lead"], statement=statement, at=AT)
    objected(cast, statement)
    expected = {statement} if name in READERS else set()
    with scoped(cast[name]) as scope:
        assert {one.pk for one in Statement.objects.all()} == expected
        assert {one.pk for one in statements_visible_to(scope)} == expected
        assert {one.statement_id for one in Confirmation.objects.all()} == expected
        assert {one.statement_id for one in Objection.objects.all()} == expected
        assert Standing.objects.count() == 0
    assert {one.pk for one in statements_visible_to(scope).using("unwalled")} == expected
    filtered = objections_of(scope, statement).using("unwalled")
    assert {one.statement_id for one in filtered} == expected
    filtered_too = confirmations_of(scope, statement).using("unwalled")
    assert {one.statement_id for one in filtered_too} == expected


@pytest.mark.parametrize(
    ("name", "party", "person"),
    [
        ("manager_of_baita", "provider", "manager_of_baita"),
        ("lead", "client", "lead"),
        ("lead", "provider", "finance"),
        ("agent", "provider", "agent"),
    ],
)
def test_nobody_confirms_for_another_party_or_person_past_the_actions(
    cast: Cast, statement: UUID, name: str, party: str, person: str
) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), scoped(cast[name]):
        Confirmation(
            contract_id=cast.contract_baita,
            statement_id=statement,
            party=party,
            person_id=cast[person],
            at=AT,
            plain_hash="0" * 64,
        ).save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE statements_statement SET total_fen = 1",
        "UPDATE statements_statement SET plain = ''",
        "UPDATE statements_objection SET reason = ''",
        "UPDATE statements_confirmation SET party = 'client'",
        "DELETE FROM statements_statement",
        "DELETE FROM statements_objection",
        "DELETE FROM statements_confirmation",
    ],
)
def test_what_was_issued_and_said_stays(
    cast: Cast, statement: UUID, as_app: psycopg.Connection, change: str
) -> None:
    as_app.execute(ENTER_SCOPE, [cast["manager_of_baita"]])
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(change.encode())
    as_app.rollback()


def test_an_answer_that_was_given_is_not_changed_past_the_actions(
    cast: Cast, statement: UUID, as_app: psycopg.Connection
) -> None:
    mine = objected(cast, statement)
    answer_objection(cast["lead"], objection=mine, answer="核对无误", accepted=False, at=AT)
    with as_app.transaction():
        as_app.execute(ENTER_SCOPE, [cast["lead"]])
        assert as_app.execute("UPDATE statements_objection SET answer = 'x'").rowcount == 0
