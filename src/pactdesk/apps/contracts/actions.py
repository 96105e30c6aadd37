"""Putting contracts and new versions of their terms in: one transaction, one audit entry each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.errors import (
    ClientNotClient,
    ContractCodeTaken,
    TermsMidMonth,
    TermsOfAnother,
    TermsTooLate,
    TermsZoneChanged,
)
from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.models import Contract, SourceDocument, TermsVersion
from pactdesk.apps.contracts.queries import contract_of, versions_of
from pactdesk.apps.contracts.values import Paper, terms_text
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import OrganisationKind
from pactdesk.apps.parties.queries import organisation_of
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.settle.hashes import terms_hash
from pactdesk.core.terms.amendments import is_dated
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.instants import zone_named


def store_contract(
    by: UUID,
    *,
    client: UUID,
    contract: CoreContract,
    at: datetime,
    title: str = "",
    papers: Iterable[Paper] = (),
) -> UUID:
    """Put a contract with `client` in; only the provider's administrators may.

    With blanks it is a draft; complete, it is in force. People get roles in it afterwards.

    title   its own one, unless another is given
    raises  NotAllowed, OrganisationUnknown, ClientNotClient, ContractCodeTaken, ZoneUnknown
    """
    with scoped(by) as scope:
        if not scope.operator or scope.org is None:
            raise NotAllowed(action="store_contract")
        if organisation_of(scope, client).kind != OrganisationKind.CLIENT.value:
            raise ClientNotClient(org=client)
        starts_on, ends_on = term_of(contract)
        made = Contract(
            code=contract.contract_id,
            title=title or contract.title,
            client_org_id=client,
            provider_org_id=scope.org,
            contract_type=contract.contract_type,
            zone=zone_named(contract.zone).key,
            state=state_of(contract).value,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        _insert(made)
        keep_version(made.pk, 1, contract, starts_on or at.date())
        for paper in papers:
            _document(made.pk, paper)
        record(
            scope,
            "contracts.store_contract",
            subject=made.pk,
            details={"code": made.code, "client": str(client)},
        )
    return made.pk


def replace_terms(
    by: UUID, *, contract: UUID, terms: CoreContract, in_force_from: date, note: str = ""
) -> int:
    """New terms from the first day of a month on; what was agreed before stays readable.

    returns  the number of the version
    raises   NotAllowed, ContractUnknown, TermsOfAnother, TermsZoneChanged, TermsMidMonth,
             TermsTooLate, BlanksRemain
    """
    with scoped(by) as scope:
        if not scope.operator:
            raise NotAllowed(action="replace_terms")
        stored = contract_of(scope, contract)
        _refuse_unfit(stored, terms.completed(), in_force_from)
        # Two at the same time wait for each other here.
        Contract.objects.select_for_update().get(pk=contract)
        number = _next_number(scope, contract, in_force_from)
        version = keep_version(contract, number, terms, in_force_from, note)
        _, stored.ends_on = term_of(terms)
        stored.state = ContractState.IN_FORCE.value
        stored.save(update_fields=["state", "ends_on"])
        told: dict[str, str | int | bool | None] = {
            "number": number,
            "from": in_force_from.isoformat(),
        }
        record(scope, "contracts.replace_terms", subject=version, details=told)
    return number


def _refuse_unfit(stored: Contract, terms: CoreContract, in_force_from: date) -> None:
    refuse_another(stored, terms)
    if in_force_from.day != 1:
        raise TermsMidMonth(day=in_force_from.isoformat())


def refuse_another(stored: Contract, terms: CoreContract) -> None:
    """Terms of this contract and no other; raises TermsOfAnother, TermsZoneChanged."""
    if terms.contract_id != stored.code:
        raise TermsOfAnother(expected=stored.code, found=terms.contract_id)
    if terms.zone != stored.zone:
        raise TermsZoneChanged(expected=stored.zone, found=terms.zone)


def _next_number(scope: Scope, contract: UUID, in_force_from: date) -> int:
    latest = versions_of(scope, contract).first()
    if latest is None:
        return 1
    if in_force_from < latest.in_force_from:
        raise TermsTooLate(day=in_force_from.isoformat(), latest=latest.in_force_from.isoformat())
    return latest.number + 1


def _insert(made: Contract) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise ContractCodeTaken(code=made.code) from None


def keep_version(
    contract: UUID, number: int, terms: CoreContract, in_force_from: date, note: str = ""
) -> UUID:
    """One more text of a contract; within somebody's action."""
    version = TermsVersion(
        contract_id=contract,
        number=number,
        terms=terms_text(terms),
        terms_hash=terms_hash(terms),
        in_force_from=in_force_from,
        note=note,
    )
    version.save(force_insert=True)
    return version.pk


def _document(contract: UUID, paper: Paper) -> None:
    SourceDocument(
        id=new_id(),
        contract_id=contract,
        name=paper.name,
        sha256=paper.sha256,
        media_type=paper.media_type,
        content=paper.content,
        view=paper.view,
    ).save(force_insert=True)


def state_of(terms: CoreContract) -> ContractState:
    """Whether such terms can be worked with."""
    return ContractState.DRAFT if terms.blanks() else ContractState.IN_FORCE


def term_of(terms: CoreContract) -> tuple[date | None, date | None]:
    """First and last day, where the paper tells them; the last as amended."""
    if all(is_dated(each) for each in terms.amendments):
        terms = terms.on(date.max)
    period = terms.optional(TermPeriod)
    start, end = (period.start, period.end) if period else (None, None)
    return (
        start if isinstance(start, date) else None,
        end if isinstance(end, date) else None,
    )
