"""A draft is filled step by step, and in force from its own first day when it is whole."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest

from pactdesk.apps.contracts.actions import store_contract
from pactdesk.apps.contracts.drafts import fill_draft
from pactdesk.apps.contracts.errors import ContractNotDraft, ContractUnknown, TermsOfAnother
from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.queries import contract_of, terms_of, versions_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.scoping import scoped
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from tests.support.cast import PEOPLE, Cast
from tests.support.contracts import service_terms

AT = datetime(2026, 11, 20, 17, tzinfo=UTC)  # the 21st in Shanghai
START, MONEY = "period-1.start", "fee-1.amount"


def draft() -> CoreContract:
    """The service terms, with two blanks."""
    plain = contract_to_plain(service_terms())
    plain["contract_id"] = "NEW-1"
    for clause in plain["clauses"]:
        field = {"period": "start", "fee_fixed": "amount"}.get(clause["kind"])
        if field:
            clause["id"] = f"{'period' if field == 'start' else 'fee'}-1"
            clause[field] = {"blank": "____"}
    return contract_from_plain(plain)


def answered(terms: CoreContract, **answers: Any) -> CoreContract:
    return filled(terms, {"answers": {k.replace("__", "-1."): v for k, v in answers.items()}})


@pytest.fixture
def stored(cast: Cast) -> UUID:
    return store_contract(cast["operator"], client=cast.baita, contract=draft(), at=AT)


def test_a_draft_stays_one_until_its_last_blank_is_filled(
    cast: Cast, stored: UUID, as_superuser: psycopg.Connection
) -> None:
    by = cast["operator"]
    half = answered(draft(), fee__amount="5000.00")
    assert fill_draft(by, contract=stored, terms=half, at=AT) is ContractState.DRAFT
    whole = answered(half, period__start="2026-09-15")
    assert fill_draft(by, contract=stored, terms=whole, at=AT) is ContractState.IN_FORCE
    with scoped(by) as scope:
        row = contract_of(scope, stored)
        assert (row.state, row.starts_on) == ("in_force", date(2026, 9, 15))
        # From its own first day on, though the draft was put in later, and in mid-month.
        assert terms_of(scope, stored, date(2026, 9, 15)) == whole
        assert [one.number for one in versions_of(scope, stored)] == [3, 2, 1]
    told = as_superuser.execute("SELECT verb FROM audit_entry ORDER BY id").fetchall()
    assert told[1:] == [("contracts.fill_draft",)] * 2


def test_what_is_in_force_is_no_draft_any_more(cast: Cast, stored: UUID) -> None:
    by, whole = (
        cast["operator"],
        answered(draft(), fee__amount="1.00", period__start="2026-09-15"),
    )
    fill_draft(by, contract=stored, terms=whole, at=AT)
    with pytest.raises(ContractNotDraft):
        fill_draft(by, contract=stored, terms=whole, at=AT)


def test_terms_of_another_contract_fill_nothing(cast: Cast, stored: UUID) -> None:
    with pytest.raises(TermsOfAnother):
        fill_draft(cast["operator"], contract=stored, terms=service_terms(), at=AT)


@pytest.mark.parametrize("name", sorted(PEOPLE.keys() - {"operator"}))
def test_only_the_providers_administrators_fill(cast: Cast, stored: UUID, name: str) -> None:
    with pytest.raises((NotAllowed, ContractUnknown)):
        fill_draft(cast[name], contract=stored, terms=draft(), at=AT)
