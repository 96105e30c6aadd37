"""A draft is looked through: the marks are the contract's own record, and its terms follow them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from pactdesk.apps.contracts.actions import store_contract
from pactdesk.apps.contracts.drafts import fill_draft
from pactdesk.apps.contracts.errors import (
    ContractNotDraft,
    ContractUnknown,
    ReviewNotKept,
    ReviewOutdated,
)
from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.queries import contract_of, reviews_of, terms_of, versions_of
from pactdesk.apps.contracts.reviews import keep_review, reviewed
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.scoping import ENTER_SCOPE, scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.terms.filling import AnswerWithoutBlank, filled
from tests.apps.contracts.test_drafts import AT, START, draft
from tests.support.cast import PEOPLE, SINCE, Cast

MONEY = "fee-1.amount"
LATE = "late-fee-1.rate_per_day"


@pytest.fixture
def stored(cast: Cast) -> UUID:
    return store_contract(cast["operator"], client=cast.baita, contract=draft(), at=AT)


def kept(cast: Cast, contract: UUID, after: int, **record: Any) -> ContractState:
    return kept_by(cast["operator"], contract, after, record)


def kept_by(by: UUID, contract: UUID, after: int, record: Mapping[str, Any]) -> ContractState:
    return keep_review(by, contract=contract, record=record, after=after, at=AT)


def make_officer(superuser: psycopg.Connection, cast: Cast, name: str, contract: UUID) -> None:
    org = {"finance": cast.provider, "manager_of_baita": cast.baita}[name]
    superuser.execute(
        "INSERT INTO parties_contractrole (id, contract_id, org_id, person_id, role, starts_at)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        [new_id(), contract, org, cast[name], Role.CONTRACT_OFFICER.value, SINCE],
    )
    superuser.commit()


def test_what_is_answered_corrected_and_confirmed_becomes_the_draft(
    cast: Cast, stored: UUID, as_superuser: psycopg.Connection
) -> None:
    state = kept(cast, stored, 0, answers={MONEY: "5000.00"}, confirmed=["payment-1.cycle"])
    assert state is ContractState.DRAFT
    with scoped(cast["operator"]) as scope:
        assert terms_of(scope, stored) == filled(draft(), {"answers": {MONEY: "5000.00"}})
        assert reviewed(scope, stored).record["confirmed"] == ["payment-1.cycle"]
    # All marks come each time: the second is put on the first reading, not on the first marks.
    again = {MONEY: "6000.00", START: "2026-09-15"}
    assert kept(cast, stored, 1, answers=again) is ContractState.IN_FORCE
    with scoped(cast["operator"]) as scope:
        assert terms_of(scope, stored) == filled(draft(), {"answers": again})
        assert [one.number for one in reviews_of(scope, stored)] == [2, 1]
        assert contract_of(scope, stored).starts_on is not None
    told = as_superuser.execute(
        "SELECT details FROM audit_entry WHERE verb = 'contracts.keep_review' ORDER BY id"
    ).fetchall()
    assert [one["answers"] for (one,) in told] == [1, 2]
    assert [one["state"] for (one,) in told] == ["draft", "in_force"]


def test_marks_that_change_no_term_make_no_version(cast: Cast, stored: UUID) -> None:
    kept(cast, stored, 0, confirmed=["payment-1.cycle"])
    kept(cast, stored, 1, confirmed=["payment-1.cycle", "dispute-1.venue"])
    with scoped(cast["operator"]) as scope:
        assert [one.number for one in versions_of(scope, stored)] == [1]


def test_a_mark_taken_back_leaves_the_reading_as_it_was(cast: Cast, stored: UUID) -> None:
    kept(cast, stored, 0, answers={MONEY: "5000.00"})
    kept(cast, stored, 1)
    with scoped(cast["operator"]) as scope:
        assert terms_of(scope, stored) == draft()


def test_terms_from_elsewhere_begin_the_marks_anew(cast: Cast, stored: UUID) -> None:
    kept(cast, stored, 0, answers={MONEY: "5000.00"}, confirmed=["payment-1.cycle"])
    other = filled(draft(), {"answers": {MONEY: "7000.00"}})
    fill_draft(cast["operator"], contract=stored, terms=other, at=AT)
    with scoped(cast["operator"]) as scope:
        now = reviewed(scope, stored)
        assert (now.number, now.record, now.terms) == (1, {}, other)


def test_nobodys_marks_are_lost_to_somebody_who_looked_earlier(cast: Cast, stored: UUID) -> None:
    kept(cast, stored, 0, answers={MONEY: "5000.00"})
    with pytest.raises(ReviewOutdated):
        kept(cast, stored, 0, answers={MONEY: "6000.00"})


@pytest.mark.parametrize(
    ("record", "refusal"),
    [
        ({"answers": {"fee-1.tax": "1"}}, AnswerWithoutBlank),
        ({"add": []}, ReviewNotKept),
        ({"contract_id": "OTHER"}, ReviewNotKept),
    ],
)
def test_a_mark_that_cannot_stand_keeps_everything_out(
    cast: Cast, stored: UUID, record: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        kept(cast, stored, 0, **record)
    with scoped(cast["operator"]) as scope:
        assert not reviews_of(scope, stored).exists()


def test_what_is_in_force_is_confirmed_but_not_changed(cast: Cast, stored: UUID) -> None:
    whole = {MONEY: "1.00", START: "2026-09-15"}
    kept(cast, stored, 0, answers=whole)
    kept(cast, stored, 1, answers=whole, confirmed=["payment-1.cycle"])
    with pytest.raises(ContractNotDraft):
        kept(cast, stored, 2, answers={**whole, MONEY: "2.00"})


@pytest.mark.parametrize("name", sorted(PEOPLE.keys() - {"operator"}))
def test_only_the_provider_looks_through(cast: Cast, stored: UUID, name: str) -> None:
    with pytest.raises((NotAllowed, ContractUnknown)):
        kept_by(cast[name], stored, 0, {})


def test_the_providers_contract_officer_looks_through_and_the_clients_does_not(
    cast: Cast, stored: UUID, as_superuser: psycopg.Connection, as_app: psycopg.Connection
) -> None:
    for name in ("finance", "manager_of_baita"):
        make_officer(as_superuser, cast, name, stored)
    kept_by(cast["finance"], stored, 0, {"answers": {MONEY: "5000.00", START: "2026-09-15"}})
    with pytest.raises(NotAllowed):
        kept_by(cast["manager_of_baita"], stored, 1, {})
    with scoped(cast["manager_of_baita"]) as scope:
        [one] = reviews_of(scope, stored)
        assert (one.by.name, one.result.number) == ("finance", 2)
    # Nor by the database's own word, and nobody in another's name.
    for name, by in (("manager_of_baita", "manager_of_baita"), ("finance", "operator")):
        as_app.execute(ENTER_SCOPE, [cast[name]])
        with pytest.raises(InsufficientPrivilege):
            as_app.execute(
                "INSERT INTO contracts_review (id, contract_id, number, record, base_id,"
                " result_id, by_id) VALUES (%s, %s, 2, '{}', %s, %s, %s)",
                [new_id(), stored, one.base_id, one.result_id, cast[by]],
            )
        as_app.rollback()


@pytest.mark.parametrize("statement", ["UPDATE contracts_review SET record = '{}'",
                                       "DELETE FROM contracts_review"])  # fmt: skip
def test_no_mark_is_changed_or_removed(
    cast: Cast, stored: UUID, as_app: psycopg.Connection, statement: str
) -> None:
    kept(cast, stored, 0, confirmed=["payment-1.cycle"])
    as_app.execute(ENTER_SCOPE, [cast["operator"]])
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(statement.encode())
    as_app.rollback()


def test_a_review_is_dated_by_the_database(cast: Cast, stored: UUID) -> None:
    kept(cast, stored, 0, confirmed=["payment-1.cycle"])
    with scoped(cast["operator"]) as scope:
        [one] = reviews_of(scope, stored)
        assert one.recorded_at <= datetime.now(UTC)
