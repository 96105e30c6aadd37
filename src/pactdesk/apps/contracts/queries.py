"""Reading contracts: each query limits itself to the scope, as the database does once more."""

from __future__ import annotations

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from pactdesk.apps.contracts.errors import ContractUnknown, TermsNotYet
from pactdesk.apps.contracts.models import Contract, Review, SourceDocument, TermsVersion
from pactdesk.apps.contracts.values import to_terms
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.instants import zone_named


def contracts_visible_to(scope: Scope) -> QuerySet[Contract]:
    """Those that the person has a role in; the provider's administrators see all. By code."""
    contracts = Contract.objects.order_by("code")
    contracts = contracts.select_related("client_org", "provider_org")
    return contracts if scope.operator else contracts.filter(id__in=list(scope.contracts))


def contract_of(scope: Scope, contract: UUID) -> Contract:
    """One of them; raises ContractUnknown."""
    found = contracts_visible_to(scope).filter(id=contract).first()
    if found is None:
        raise ContractUnknown(contract=contract)
    return found


def every_contract() -> QuerySet[Contract]:
    """Of the whole installation: for jobs, whose role sees the list; pages see their scope's."""
    return Contract.objects.order_by("code")


def versions_of(scope: Scope, contract: UUID) -> QuerySet[TermsVersion]:
    """All texts that the contract ever had, the newest first."""
    versions = TermsVersion.objects.filter(contract_id=contract, contract__in=_seen(scope))
    return versions.order_by("-number")


def version_of(scope: Scope, contract: UUID, on: date | None = None) -> TermsVersion:
    """The version in force on `on`; without a day the newest.

    raises  ContractUnknown, TermsNotYet
    """
    versions = versions_of(scope, contract)
    found = (versions if on is None else versions.filter(in_force_from__lte=on)).first()
    if found is not None:
        return found
    first = versions.last()
    if first is None or on is None:
        raise ContractUnknown(contract=contract)
    raise TermsNotYet(day=on.isoformat(), first=first.in_force_from.isoformat())


def terms_of(scope: Scope, contract: UUID, on: date | None = None) -> CoreContract:
    """The terms in force on `on`; without a day the newest. Read once for each text.

    raises  ContractUnknown, TermsNotYet
    """
    return to_terms(version_of(scope, contract, on))


def zone_of(scope: Scope, contract: UUID) -> ZoneInfo:
    """The zone that decides its days; raises ContractUnknown."""
    return zone_named(contract_of(scope, contract).zone)


def documents_of(scope: Scope, contract: UUID) -> QuerySet[SourceDocument]:
    """The papers that the terms were read from; their bytes only when they are asked for."""
    documents = SourceDocument.objects.filter(contract_id=contract, contract__in=_seen(scope))
    return documents.order_by("id").defer("content")


def reviews_of(scope: Scope, contract: UUID) -> QuerySet[Review]:
    """Who looked the paper through, the newest first."""
    reviews = Review.objects.filter(contract_id=contract, contract__in=_seen(scope))
    return reviews.order_by("-number").select_related("by")


def _seen(scope: Scope) -> QuerySet[Contract]:
    visible = Q() if scope.operator else Q(id__in=list(scope.contracts))
    return Contract.objects.filter(visible)
