"""The cast: the same people, by name, in every test of the desk.

One provider (心语客服) works for two merchants (青禾 and 白塔), under one contract with each,
of two types; `tests/support/contracts.py` has their terms.
They are put in past all walls, so that a test of the walls does not lean on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import psycopg

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.settle.hashes import terms_hash
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.terms.text import contract_to_plain
from tests.support.contracts import sample_terms, service_terms
from tests.support.database import TestDatabase

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of organisations, contracts and people."""

    provider: UUID
    qinghe: UUID
    baita: UUID
    auditor_office: UUID
    contract_qinghe: UUID
    contract_baita: UUID
    people: dict[str, UUID]

    def __getitem__(self, name: str) -> UUID:
        """The person called `name`."""
        return self.people[name]


# name: (organisation, administrator, {contract: roles})
PEOPLE: dict[str, tuple[str, bool, dict[str, tuple[Role, ...]]]] = {
    "operator": ("provider", True, {}),
    "lead": ("provider", False, {"qinghe": (Role.LEAD,), "baita": (Role.LEAD,)}),
    "agent": ("provider", False, {"qinghe": (Role.AGENT,), "baita": (Role.AGENT,)}),
    "agent_of_qinghe": ("provider", False, {"qinghe": (Role.AGENT,)}),
    "qa": ("provider", False, {"qinghe": (Role.QA,)}),
    "planner": ("provider", False, {"qinghe": (Role.PLANNER,)}),
    "finance": ("provider", False, {"qinghe": (Role.FINANCE,), "baita": (Role.FINANCE,)}),
    "manager_of_qinghe": ("qinghe", False, {"qinghe": (Role.CLIENT_MANAGER,)}),
    "manager_of_baita": ("baita", False, {"baita": (Role.CLIENT_MANAGER,)}),
    "administrator_of_qinghe": ("qinghe", True, {"qinghe": (Role.ADMIN,)}),
    "auditor": ("auditor_office", False, {"qinghe": (Role.THIRD_PARTY,)}),
}


def make_cast(
    database: TestDatabase, terms: Mapping[str, Callable[[], CoreContract]] | None = None
) -> Cast:
    """Put everybody into the database; `terms` stand in the contracts instead of `TERMS`."""
    orgs = {name: new_id() for name in ("provider", "qinghe", "baita", "auditor_office")}
    kinds = {"provider": "provider", "auditor_office": "third_party"}
    contracts = {name: new_id() for name in ("qinghe", "baita")}
    people = {name: new_id() for name in PEOPLE}
    with psycopg.connect(database.address("pactdesk_admin")) as connection:
        for name, org in orgs.items():
            connection.execute(
                "INSERT INTO parties_organisation (id, kind, name) VALUES (%s, %s, %s)",
                [org, kinds.get(name, "client"), name],
            )
        for name, contract in contracts.items():
            _put_contract(connection, name, contract, orgs, (terms or TERMS)[name]())
        for name, person in people.items():
            _put(connection, name, person, orgs, contracts)
    return Cast(
        provider=orgs["provider"],
        qinghe=orgs["qinghe"],
        baita=orgs["baita"],
        auditor_office=orgs["auditor_office"],
        contract_qinghe=contracts["qinghe"],
        contract_baita=contracts["baita"],
        people=people,
    )


TERMS = {"qinghe": sample_terms, "baita": service_terms}


def _put_contract(
    connection: psycopg.Connection,
    name: str,
    contract: UUID,
    orgs: dict[str, UUID],
    terms: CoreContract,
) -> None:
    text, digest = _written(terms)
    period = terms.one(TermPeriod)
    connection.execute(
        "INSERT INTO contracts_contract (id, code, title, client_org_id, provider_org_id,"
        " contract_type, zone, state, starts_on, ends_on)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, 'in_force', %s, %s)",
        [
            contract,
            terms.contract_id,
            terms.title,
            orgs[name],
            orgs["provider"],
            terms.contract_type,
            terms.zone,
            period.start,
            period.end,
        ],
    )
    connection.execute(
        "INSERT INTO contracts_termsversion"
        " (id, contract_id, number, terms, terms_hash, in_force_from, note)"
        " VALUES (%s, %s, 1, %s, %s, %s, '')",
        [new_id(), contract, text, digest, period.start],
    )


def _written(terms: CoreContract) -> tuple[str, str]:
    kept = _WRITTEN.get(terms.contract_id)
    if kept is None or kept[0] != terms:
        text = canonical_json(contract_to_plain(terms)).decode()
        _WRITTEN[terms.contract_id] = (terms, text, terms_hash(terms))
    _, text, digest = _WRITTEN[terms.contract_id]
    return text, digest


# Written once for all tests of a process: the long contract takes a while.
_WRITTEN: dict[str, tuple[CoreContract, str, str]] = {}


def _put(
    connection: psycopg.Connection,
    name: str,
    person: UUID,
    orgs: dict[str, UUID],
    contracts: dict[str, UUID],
) -> None:
    org, is_administrator, roles = PEOPLE[name]
    connection.execute(
        "INSERT INTO parties_person (id, email, name, password, is_active)"
        " VALUES (%s, %s, %s, '!', true)",
        [person, f"{name}@example.test", name],
    )
    connection.execute(
        "INSERT INTO parties_membership (id, person_id, org_id, is_administrator, started_at)"
        " VALUES (%s, %s, %s, %s, %s)",
        [new_id(), person, orgs[org], is_administrator, SINCE],
    )
    for contract, held in roles.items():
        for role in held:
            connection.execute(
                "INSERT INTO parties_contractrole"
                " (id, contract_id, org_id, person_id, role, starts_at)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [new_id(), contracts[contract], orgs[org], person, role, SINCE],
            )
