"""Filling a draft until it is whole: one transaction, one audit entry each time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.actions import keep_version, refuse_another, state_of, term_of
from pactdesk.apps.contracts.errors import ContractNotDraft
from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of, versions_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.scoping import scoped
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.instants import instant_of, local_day, zone_named


def fill_draft(by: UUID, *, contract: UUID, terms: CoreContract, at: datetime) -> ContractState:
    """The draft's terms with fewer blanks. Without any it is in force, from its first day on.

    returns  its state now
    raises   NotAllowed, ContractUnknown, ContractNotDraft, TermsOfAnother, TermsZoneChanged
    """
    with scoped(by) as scope:
        if not scope.operator:
            raise NotAllowed(action="fill_draft")
        stored = contract_of(scope, contract)
        refuse_another(stored, terms)
        # Two at the same time wait for each other here, and the second may find it in force.
        stored.state = Contract.objects.select_for_update().get(pk=contract).state
        if stored.state != ContractState.DRAFT.value:
            raise ContractNotDraft(code=stored.code)
        latest = versions_of(scope, contract).first()
        number = latest.number + 1 if latest else 1
        stored.starts_on, stored.ends_on = term_of(terms)
        stored.state = state_of(terms).value
        # No draft was ever in force, so its versions do not bound the day from which this one is.
        since = stored.starts_on or local_day(instant_of(at), zone_named(stored.zone))
        version = keep_version(contract, number, terms, since)
        stored.save(update_fields=["state", "starts_on", "ends_on"])
        told: dict[str, str | int | bool | None] = {"number": number, "state": stored.state}
        record(scope, "contracts.fill_draft", subject=version, details=told)
    return ContractState(stored.state)
