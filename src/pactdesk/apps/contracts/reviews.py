"""Looking a reading through: marks kept as the contract's own record, a draft filled from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pactdesk.apps.audit.actions import record as record_entry
from pactdesk.apps.contracts.actions import keep_version, state_of, term_of
from pactdesk.apps.contracts.errors import (
    ContractNotDraft,
    ContractUnknown,
    ReviewNotKept,
    ReviewOutdated,
)
from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.models import Contract, Review, TermsVersion
from pactdesk.apps.contracts.queries import contract_of, reviews_of, versions_of
from pactdesk.apps.contracts.values import to_terms
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.terms.filling import filled
from pactdesk.core.units.instants import instant_of, local_day, zone_named

MARKS = ("answers", "corrections", "absent", "confirmed")
"""What a reviewer writes, besides the `document` that was looked at."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Where looking a contract through stands.

    number  of the last review; 0 before the first
    base    the terms that are looked at
    record  all marks so far, as core/terms/filling takes them
    terms   the base with the marks put in: the newest terms
    """

    number: int
    base: TermsVersion
    record: dict[str, Any]
    terms: CoreContract


def may_review(scope: Scope, contract: Contract) -> bool:
    """The provider's administrators, and its contract officers in this contract."""
    is_officer = Role.CONTRACT_OFFICER.value in scope.roles(contract.pk)
    return scope.operator or (is_officer and scope.org == contract.provider_org_id)


def reviewed(scope: Scope, contract: UUID) -> Reviewed:
    """The marks begin anew with terms that came from elsewhere; raises ContractUnknown."""
    newest = versions_of(scope, contract).first()
    if newest is None:
        raise ContractUnknown(contract=contract)
    last = reviews_of(scope, contract).select_related("base").first()
    number = last.number if last else 0
    if last is None or last.result_id != newest.pk:
        return Reviewed(number, newest, {}, to_terms(newest))
    return Reviewed(number, last.base, json.loads(last.record), to_terms(newest))


def with_answers(before: Reviewed, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The marks so far, and answers to blanks of the terms that stand with them.

    What a mark made blank was read on paper: to fill it is to correct the reading.
    """
    open_on_paper = dict(to_terms(before.base).blanks())
    told = {mark: dict(before.record.get(mark, {})) for mark in ("answers", "corrections")}
    for path, value in answers.items():
        told["answers" if path in open_on_paper else "corrections"][path] = value
    absent = [path for path in before.record.get("absent", []) if path not in answers]
    return {**before.record, **told, "absent": absent}


def keep_review(
    by: UUID, *, contract: UUID, record: Mapping[str, Any], after: int, at: datetime
) -> ContractState:
    """The marks as they are now; where terms follow from them, they are the draft's new ones.

    record   answers, corrections, absent, confirmed: all that stand, not only what changed
    after    the number of the review that was shown, so that nobody's marks are lost
    returns  the contract's state now: without blanks it is in force
    raises   NotAllowed, ContractUnknown, ReviewOutdated, ReviewNotKept, ContractNotDraft, and
             what `filled` raises for a mark that cannot stand
    """
    with scoped(by) as scope:
        stored = contract_of(scope, contract)
        if not may_review(scope, stored):
            raise NotAllowed(action="keep_review")
        # Two at the same time wait for each other here, and the second sees the first's marks.
        stored.state = Contract.objects.select_for_update().get(pk=contract).state
        before = reviewed(scope, contract)
        if before.number != after:
            raise ReviewOutdated(code=stored.code, number=before.number)
        terms = filled(to_terms(before.base), _checked(record), stored.code)
        newest = versions_of(scope, contract)[0]
        result = newest.pk
        if terms != before.terms:
            result = _new_draft(stored, newest.number + 1, terms, at)
        review = Review(
            contract_id=contract,
            number=before.number + 1,
            record=canonical_json(dict(record)).decode(),
            base=before.base,
            result_id=result,
            by_id=by,
        )
        review.save(force_insert=True)
        told = {mark: len(record.get(mark) or ()) for mark in MARKS}
        record_entry(
            scope,
            "contracts.keep_review",
            subject=review.pk,
            details={"number": review.number, "state": stored.state, **told},
        )
    return ContractState(stored.state)


def _checked(record: Mapping[str, Any]) -> dict[str, Any]:
    """Clauses are neither added nor struck out here, nor is the contract called otherwise."""
    unknown = set(record) - {*MARKS, "document"}
    if unknown:
        raise ReviewNotKept(found=", ".join(sorted(map(str, unknown))))
    return dict(record)


def _new_draft(stored: Contract, number: int, terms: CoreContract, at: datetime) -> UUID:
    """A version of its own; without blanks the contract is in force, from its first day on."""
    if stored.state != ContractState.DRAFT.value:
        raise ContractNotDraft(code=stored.code)
    stored.starts_on, stored.ends_on = term_of(terms)
    stored.state = state_of(terms).value
    # No draft was ever in force, so its versions do not bound the day from which this one is.
    since = stored.starts_on or local_day(instant_of(at), zone_named(stored.zone))
    version = keep_version(stored.pk, number, terms, since)
    stored.save(update_fields=["state", "starts_on", "ends_on"])
    return version
