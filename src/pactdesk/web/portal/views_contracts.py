"""Contracts: the list, and one with its terms, people, hours and paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import documents_of, terms_of, versions_of
from pactdesk.apps.parties.queries import roles_visible_to
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.units.instants import zone_named
from pactdesk.documents.explain.held import held_on
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import contract_read_by, contracts_read_by, for_readers
from pactdesk.web.portal.clauses import amendments_of, findings_of, parts_of
from pactdesk.web.portal.files import attachment
from pactdesk.web.portal.hours import hours_shown
from pactdesk.web.portal.said import local, say, say_if_known
from pactdesk.web.portal.standings import MonthCounts, counts_of
from pactdesk.web.portal.tabs import tabs_of, trail


@dataclass(frozen=True, slots=True)
class ContractCard:
    """A contract in the list, and how its month stands."""

    contract: Contract
    type: str
    term: str
    month: MonthCounts | None


@dataclass(frozen=True, slots=True)
class SomebodyOfSide:
    """A person with their roles."""

    name: str
    org: str
    roles: tuple[str, ...]


@for_readers
def contracts(request: PersonRequest) -> HttpResponse:
    """Those that the visitor has a part in."""
    cards = [_card(request.scope, one) for one in contracts_read_by(request.scope)]
    return render(request, "portal/contracts.html", {"cards": cards})


@for_readers
def contract(request: PersonRequest, contract: UUID) -> HttpResponse:
    """One: its clauses beside the paper's own words."""
    scope = request.scope
    found = contract_read_by(scope, contract)
    terms = terms_of(scope, contract)
    today = local(timezone.now(), zone_named(found.zone)).date()
    in_force = held_on(terms, today)
    shown = {
        "contract": found,
        "tabs": tabs_of(found, "contract", request.scope),
        "trail": trail(),
        "type": type_text(found),
        "term": term_text(found),
        "parts": parts_of(in_force),
        "amendments": amendments_of(terms),
        "blanks": len(terms.blanks()),
        "findings": findings_of(terms),
        "hours": hours_shown(in_force, today),
        "people": people_of(scope, contract),
        "versions": versions_of(scope, contract),
        "documents": documents_of(scope, contract),
    }
    return render(request, "portal/contract.html", shown)


@for_readers
def document(request: PersonRequest, contract: UUID, document: UUID) -> HttpResponse:
    """The paper, as it was handed in."""
    contract_read_by(request.scope, contract)
    found = documents_of(request.scope, contract).filter(id=document).first()
    if found is None:
        raise Http404
    return attachment(bytes(found.content), found.name, found.media_type)


def type_text(contract: Contract) -> str:
    """What kind of contract it is."""
    return say_if_known(f"type.{contract.contract_type}", contract.contract_type)


def term_text(contract: Contract) -> str:
    """First to last day."""
    if contract.starts_on is None or contract.ends_on is None:
        return say("contract.term_open")
    return f"{contract.starts_on.isoformat()} – {contract.ends_on.isoformat()}"


def people_of(scope: Scope, contract: UUID) -> tuple[SomebodyOfSide, ...]:
    """Who has which role now, by organisation and name."""
    now = timezone.now()
    held: dict[UUID, tuple[str, str, list[str]]] = {}
    rows = roles_visible_to(scope).filter(contract_id=contract).select_related("person", "org")
    for role in rows:
        if role.starts_at <= now and (role.ends_at is None or role.ends_at > now):
            entry = held.setdefault(role.person_id, (role.person.name, role.org.name, []))
            entry[2].append(say(f"role.{role.role}"))
    found = (SomebodyOfSide(name, org, tuple(roles)) for name, org, roles in held.values())
    return tuple(sorted(found, key=lambda each: (each.org, each.name)))


def _card(scope: Scope, contract: Contract) -> ContractCard:
    today: date = local(timezone.now(), zone_named(contract.zone)).date()
    return ContractCard(
        contract, type_text(contract), term_text(contract), counts_of(scope, contract, today)
    )
