"""Sums that both parties agreed on: in a dispute, for another remedy, in place of what terms say.

Such a sum is told as a loss that both stand behind, and the compensation clause bills it in the
month in which they agreed. Where the contract has none for that side, their agreement is a
supplementary one (补充协议) that adds it; a job enters it into the terms.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.actions import keep_version
from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of, terms_of, versions_of
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.statements.hands import log_of, tell
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.names import Party
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.terms.amendments import Amendment, Change, ChangeOp
from pactdesk.core.terms.clauses.compensation import AGREED_SUM, Compensation
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.instants import instant_of, local_day, zone_named

ENTER_AGREEMENT = "statements.enter_agreement"


def tell_agreed_sum(
    scope: Scope,
    contract: Contract,
    *,
    claim: str,
    claimant: Party,
    fen: int,
    reason: str,
    at: datetime,
) -> None:
    """`claimant` gets `fen`, as both agreed at `at`; in the transaction that is open.

    claim   names the agreement: "dispute/…", "remedy/…"
    reason  what both read, and what stays sealed
    """
    told = LossShown(claim, claimant, fen, "1", "1", "1", reason, tuple(Party))
    fact = Fact.of(
        told,
        contract_id=contract.code,
        source=SOURCE,
        event_id=f"agreed/{claim}",
        occurred_at=instant_of(at),
    )
    tell(contract, [fact])
    on = local_day(instant_of(at), zone_named(contract.zone))
    if not has_clause(terms_of(scope, contract.pk, on).on(on), claimant):
        payload = {"claimant": claimant.value, "on": on.isoformat(), "title": reason[:200]}
        leave_errand(scope, ENTER_AGREEMENT, payload, contract=contract.pk)


def has_clause(terms: Terms, claimant: Party) -> bool:
    """Whether a clause bills what was agreed for that side."""
    return any(each.claimant == claimant.value for each in terms.of_kind(Compensation))


def enter_agreement(
    scope: Scope, contract: UUID, *, claimant: Party, on: date, title: str
) -> int | None:
    """The terms with the clause that both agreed to, from the month of `on`; done once.

    Terms that were signed already and begin later get it, too: a text with a higher number holds
    from its day on.

    returns  the number of the version; None where the clause was there already
    raises   ContractUnknown, TermsNotYet
    """
    stored = contract_of(scope, contract)
    log_of(stored).hold()
    first = max(on.replace(day=1), stored.starts_on or date.min)
    begins = max(first, on)
    if has_clause(terms_of(scope, contract, begins).on(begins), claimant):
        return None
    newest = versions_of(scope, contract).first()
    if newest is None:
        raise ContractUnknown(contract=contract)
    later = versions_of(scope, contract).filter(in_force_from__gt=begins)
    days = sorted({first, *later.values_list("in_force_from", flat=True)})
    texts = [_with_clause_from(scope, contract, claimant, day, on, title) for day in days]
    made = [
        keep_version(contract, newest.number + place, terms, day, title)
        for place, (day, terms) in enumerate(zip(days, texts, strict=True), start=1)
    ]
    number = newest.number + 1
    told: dict[str, str | int | bool | None] = {"number": number, "party": claimant.value}
    verb = "statements.enter_agreement"
    record(scope, verb, subject=made[0], contract=contract, details=told)
    return number


def _with_clause_from(
    scope: Scope, contract: UUID, claimant: Party, day: date, on: date, title: str
) -> Terms:
    """The text that holds from `day`, with the clause."""
    held = max(day, on)
    terms = terms_of(scope, contract, held)
    if has_clause(terms.on(held), claimant):
        return terms
    return with_clause(terms, claimant, day, on, title)


def with_clause(terms: Terms, claimant: Party, first: date, signed: date, title: str) -> Terms:
    """The terms, amended by a clause that makes good what both agree that `claimant` gets."""
    taken = {each.id for each in (*terms.clauses, *terms.amendments)}
    taken |= {change.clause for each in terms.amendments for change in each.changes}
    clause = _free(f"{AGREED_SUM}{claimant.value}", taken)
    added = Compensation(id=clause, claimant=claimant.value)
    amendment = Amendment(
        id=_free("agreement", taken),
        title=title,
        signed_on=signed,
        effective_from=first,
        changes=(Change(op=ChangeOp.ADD, clause=clause, to=added),),
    )
    return Terms.model_validate(
        {**dict(terms), "amendments": (*terms.amendments, amendment)}, strict=True
    )


def _free(word: str, taken: set[str]) -> str:
    number = 1
    while f"{word}-{number}" in taken:
        number += 1
    return f"{word}-{number}"
