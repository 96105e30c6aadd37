"""Founding the demo: organisations, people, contracts and shops, each by its own action."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from pactdesk.apps.contracts.actions import store_contract
from pactdesk.apps.conversations.models import Site
from pactdesk.apps.conversations.sites import add_site
from pactdesk.apps.parties.actions import (
    add_organisation,
    found_provider,
    invite_person,
    set_role,
)
from pactdesk.apps.parties.kinds import OrganisationKind
from pactdesk.apps.parties.models import Membership, Person
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.config.demo.contracts import Agreed
from pactdesk.config.demo.people import (
    ADMINISTRATOR,
    BAITA,
    OFFICE,
    PASSWORD,
    PLAYERS,
    PROVIDER,
    QINGHE,
)

SINCE = datetime(2026, 1, 1, tzinfo=UTC)

Ids = dict[str, str]
"""`person.lead`, `contract.青禾…`, `site.qinghe` → id; what later runs go by."""


def founded(agreed: tuple[Agreed, ...], origin: str) -> Ids:
    """Everybody and everything that the demo begins with."""
    admin = found_provider(
        name=PROVIDER, email=ADMINISTRATOR.email, person_name=ADMINISTRATOR.name, at=SINCE
    )
    with scoped(admin):
        provider = Membership.objects.get(person_id=admin).org_id
    orgs = {PROVIDER: provider}
    for name in (QINGHE, BAITA):
        orgs[name] = add_organisation(admin, kind=OrganisationKind.CLIENT, name=name)
    orgs[OFFICE] = add_organisation(admin, kind=OrganisationKind.THIRD_PARTY, name=OFFICE)
    contracts = {
        each.client: store_contract(
            admin, client=orgs[each.client], contract=each.contract, at=SINCE, papers=each.papers
        )
        for each in agreed
    }
    people = _people(admin, orgs, contracts)
    ids = {f"contract.{name}": str(one) for name, one in contracts.items()}
    ids |= {f"person.{key}": str(one) for key, one in people.items()}
    for each in agreed:
        site = add_site(people["lead"], contracts[each.client], each.client, [origin])
        ids |= {f"site.{each.shop}": site.public_key, f"site_id.{each.shop}": str(site.pk)}
    return ids


def open_shops_to(ids: Ids, origin: str) -> None:
    """This run's pages may be at another port than the last one's."""
    with within(Scope(operator=True)):
        Site.objects.update(origins=[origin])
    ids["origin"] = origin


def _people(admin: UUID, orgs: dict[str, UUID], contracts: dict[str, UUID]) -> dict[str, UUID]:
    people = {ADMINISTRATOR.key: admin}
    inviting: dict[str, UUID] = {}  # a client's people are invited by its own administrator
    for player in PLAYERS[1:]:
        people[player.key] = invite_person(
            inviting.get(player.org, admin),
            org=orgs[player.org],
            email=player.email,
            name=player.name,
            at=SINCE,
            is_administrator=player.is_administrator,
        )
        if player.is_administrator:
            inviting.setdefault(player.org, people[player.key])
    for player in PLAYERS:
        for client, roles in player.roles.items():
            for role in roles:
                who, where = people[player.key], contracts[client]
                set_role(admin, person=who, contract=where, role=role, at=SINCE)
    # In the place of the link that a letter would have brought.
    hashed = _hashed()
    for one in people.values():
        with within(Scope(person=one)):
            Person.objects.filter(pk=one).update(password=hashed)
    return people


def _hashed() -> str:
    """Once for all: making it takes time, that is its point."""
    person = Person()
    person.set_password(PASSWORD)
    return person.password
