"""Stored contracts: who puts them in, which terms are in force when, and who sees what."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from pactdesk.apps.contracts.actions import replace_terms, store_contract
from pactdesk.apps.contracts.errors import (
    ClientNotClient,
    ContractCodeTaken,
    ContractUnknown,
    TermsMidMonth,
    TermsNotYet,
    TermsOfAnother,
    TermsTooLate,
    TermsZoneChanged,
)
from pactdesk.apps.contracts.models import Contract, SourceDocument, TermsVersion
from pactdesk.apps.contracts.queries import (
    contract_of,
    contracts_visible_to,
    documents_of,
    every_contract,
    terms_of,
    version_of,
    versions_of,
    zone_of,
)
from pactdesk.apps.contracts.values import Paper
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.scoping import ENTER_SCOPE, scoped
from pactdesk.core.settle.hashes import terms_hash
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.terms.contract import BlanksRemain
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from tests.support.cast import PEOPLE, Cast
from tests.support.contracts import sample_terms, service_terms
from tests.support.database import TestDatabase
from tests.support.evidence import at_once
from tests.support.logs import worker_process

AT = datetime(2026, 11, 1, tzinfo=UTC)
IN_QINGHE = {name for name, (_, _, held) in PEOPLE.items() if "qinghe" in held}
IN_BAITA = {name for name, (_, _, held) in PEOPLE.items() if "baita" in held}


def another(**changes: object) -> CoreContract:
    """The service terms, told otherwise."""
    return contract_from_plain({**contract_to_plain(service_terms()), **changes})


def dearer(amount: str) -> CoreContract:
    """The service terms at another fee."""
    plain = contract_to_plain(service_terms())
    clauses = [
        {**each, "amount": amount} if each["kind"] == "fee_fixed" else each
        for each in plain["clauses"]
    ]
    return contract_from_plain({**plain, "clauses": clauses})


def fee(terms: CoreContract) -> str:
    return str(terms.one(FixedFee).amount)


def test_a_stored_contract_is_the_terms_byte_for_byte_with_its_papers(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    terms = another(contract_id="NEW-1")
    paper = Paper("合同.docx", "application/octet-stream", b"paper")
    made = store_contract(
        cast["operator"], client=cast.baita, contract=terms, at=AT, papers=[paper]
    )
    with scoped(cast["operator"]) as scope:
        row = contract_of(scope, made)
        assert (row.code, row.state, row.client_org.name, row.provider_org.name) == (
            "NEW-1", "in_force", "baita", "provider",
        )  # fmt: skip
        assert (row.starts_on, row.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
        assert terms_of(scope, made) == terms
        assert version_of(scope, made).terms_hash == terms_hash(terms)
        assert zone_of(scope, made).key == "Asia/Shanghai"
        [kept] = documents_of(scope, made)
        assert (bytes(kept.content), kept.sha256) == (b"paper", paper.sha256)
    told = as_superuser.execute("SELECT verb, subject_id FROM audit_entry").fetchall()
    assert told == [("contracts.store_contract", made)]


def test_terms_are_read_once_for_each_text(cast: Cast) -> None:
    with scoped(cast["lead"]) as scope:
        once = terms_of(scope, cast.contract_qinghe)
        assert terms_of(scope, cast.contract_qinghe) is once
        assert once == sample_terms()


def test_a_contract_with_blanks_is_a_draft(cast: Cast) -> None:
    plain = contract_to_plain(another(contract_id="NEW-2"))
    for clause in plain["clauses"]:
        if clause["kind"] == "period":
            clause["start"] = {"blank": "____年__月__日"}
    draft = contract_from_plain(plain)
    made = store_contract(cast["operator"], client=cast.baita, contract=draft, at=AT)
    with scoped(cast["operator"]) as scope:
        row = contract_of(scope, made)
        assert (row.state, row.starts_on) == ("draft", None)
    with pytest.raises(BlanksRemain):
        replace_terms(cast["operator"], contract=made, terms=draft, in_force_from=date(2026, 12, 1))
    whole = another(contract_id="NEW-2")
    replace_terms(cast["operator"], contract=made, terms=whole, in_force_from=date(2026, 12, 1))
    with scoped(cast["operator"]) as scope:
        assert contract_of(scope, made).state == "in_force"


@pytest.mark.parametrize("name", PEOPLE)
def test_who_puts_contracts_in(cast: Cast, name: str) -> None:
    terms = another(contract_id="NEW-3")
    if name == "operator":
        store_contract(cast[name], client=cast.baita, contract=terms, at=AT)
        replace_terms(
            cast[name],
            contract=cast.contract_baita,
            terms=dearer("20000.00"),
            in_force_from=date(2026, 12, 1),
        )
        return
    with pytest.raises(NotAllowed):
        store_contract(cast[name], client=cast.baita, contract=terms, at=AT)
    with pytest.raises(NotAllowed):
        replace_terms(
            cast[name],
            contract=cast.contract_baita,
            terms=dearer("20000.00"),
            in_force_from=date(2026, 12, 1),
        )


def test_a_code_is_given_once_and_only_clients_have_contracts(cast: Cast) -> None:
    with pytest.raises(ContractCodeTaken):
        store_contract(cast["operator"], client=cast.baita, contract=service_terms(), at=AT)
    for org in (cast.provider, cast.auditor_office):
        with pytest.raises(ClientNotClient):
            store_contract(
                cast["operator"], client=org, contract=another(contract_id="NEW-4"), at=AT
            )


def test_new_terms_hold_from_their_day_on_and_the_old_ones_before_it(cast: Cast) -> None:
    for amount, day in (("20000.00", date(2026, 11, 1)), ("22000.00", date(2026, 12, 1))):
        replace_terms(
            cast["operator"],
            contract=cast.contract_baita,
            terms=dearer(amount),
            in_force_from=day,
            note="调价",
        )
    with scoped(cast["manager_of_baita"]) as scope:
        on = {
            day: fee(terms_of(scope, cast.contract_baita, day))
            for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30))
        }
        assert list(on.values()) == ["18000.00", "20000.00", "20000.00"]
        assert fee(terms_of(scope, cast.contract_baita)) == "22000.00"
        assert [one.number for one in versions_of(scope, cast.contract_baita)] == [3, 2, 1]
        with pytest.raises(TermsNotYet):
            terms_of(scope, cast.contract_baita, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("changes", "day", "refusal"),
    [
        ({"contract_id": "other"}, date(2026, 12, 1), TermsOfAnother),
        ({"zone": "Asia/Tokyo"}, date(2026, 12, 1), TermsZoneChanged),
        ({}, date(2026, 12, 15), TermsMidMonth),
        ({}, date(2025, 12, 1), TermsTooLate),
    ],
)
def test_terms_that_do_not_fit_are_refused(
    cast: Cast, changes: dict[str, str], day: date, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        replace_terms(
            cast["operator"],
            contract=cast.contract_baita,
            terms=another(**changes),
            in_force_from=day,
        )


def test_racing_replacements_get_different_numbers(cast: Cast) -> None:
    def one(amount: str) -> int:
        return replace_terms(
            cast["operator"],
            contract=cast.contract_baita,
            terms=dearer(amount),
            in_force_from=date(2026, 12, 1),
        )

    outcomes = at_once(lambda: one("20000.00"), lambda: one("21000.00"))
    assert sorted(map(str, outcomes)) == ["2", "3"]


@pytest.mark.parametrize("name", PEOPLE)
def test_the_wall_and_the_filters_let_the_same_contracts_by(cast: Cast, name: str) -> None:
    expected: set[UUID] = set()
    if name in IN_QINGHE or name == "operator":
        expected.add(cast.contract_qinghe)
    if name in IN_BAITA or name == "operator":
        expected.add(cast.contract_baita)
    with scoped(cast[name]) as scope:
        assert {one.pk for one in Contract.objects.all()} == expected
        assert {one.pk for one in contracts_visible_to(scope)} == expected
        assert {one.contract_id for one in TermsVersion.objects.all()} == expected
    assert {one.pk for one in contracts_visible_to(scope).using("unwalled")} == expected
    for contract in (cast.contract_qinghe, cast.contract_baita):
        versions = versions_of(scope, contract).using("unwalled")
        assert {one.contract_id for one in versions} == expected & {contract}
        documents = documents_of(scope, contract).using("unwalled")
        assert not documents.exists()
        SourceDocument.objects.using("unwalled").create(
            contract_id=contract, name="x", sha256="0" * 64, media_type="x/y", content=b"x"
        )
        assert documents.exists() is (contract in expected)


def test_what_is_not_there_is_unknown(cast: Cast) -> None:
    with scoped(cast["manager_of_qinghe"]) as scope:
        for ask in (contract_of, terms_of, zone_of):
            with pytest.raises(ContractUnknown):
                ask(scope, cast.contract_baita)


def test_jobs_see_the_list_of_contracts_and_nothing_behind_it(
    cast: Cast, desk: TestDatabase
) -> None:
    with worker_process(desk):
        assert [one.pk for one in every_contract()] == [cast.contract_baita, cast.contract_qinghe]
        assert not TermsVersion.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE contracts_termsversion SET terms = '{}'",
        "DELETE FROM contracts_termsversion",
        "UPDATE contracts_contract SET code = 'x'",
        "DELETE FROM contracts_sourcedocument",
    ],
)
def test_what_was_agreed_is_not_changed(
    cast: Cast, as_app: psycopg.Connection, change: str
) -> None:
    as_app.execute(ENTER_SCOPE, [cast["operator"]])
    with pytest.raises(InsufficientPrivilege):
        as_app.execute(change.encode())
    as_app.rollback()
