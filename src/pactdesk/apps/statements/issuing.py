"""Issuing a statement: settled from the sealed facts, kept byte for byte, told as a fact."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.statements.hands import log_of, need_party, tell
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.values import content_hash
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.kinds import Party
from pactdesk.core.settle.issuing import AlreadyIssued, issued_fact, made_fact
from pactdesk.core.settle.month import settled_month
from pactdesk.core.settle.statement import Statement as Settled
from pactdesk.core.units.instants import instant_of
from pactdesk.core.units.periods import Period

TELL_ISSUED = "statements.tell_issued"


def issue(by: UUID, *, contract: UUID, period: str, at: datetime) -> UUID:
    """The statement of a month that is over and sealed; lead, finance, contract officer may.

    period   "2026-10"
    raises   NotAllowed, ContractUnknown, TermsNotYet, AlreadyIssued, and what `settled_month`
             raises: NotSealed, BlanksRemain, OutsideTerm …
    """
    with scoped(by) as scope:
        stored, _ = need_party(scope, contract, "issue_statement", Party.PROVIDER)
        month = Period.month(period)
        terms = terms_of(scope, contract, month.last_day)
        settled = settled_month(terms, log_of(stored), load_china(), month)
        made = _row(by, contract, settled, at)
        _insert(made)
        # Told before, by an import perhaps: two issued statements of one month would be one too
        # many for whoever settles the next.
        told_at = instant_of(at)
        acts = [issued_fact(settled, at=told_at), made_fact(settled, at=told_at)]
        if tell(stored, acts).added != len(acts):
            raise AlreadyIssued(statement=settled.number)
        told: dict[str, str | int | bool | None] = {
            "number": made.number,
            "total_fen": made.total_fen,
            "hash": made.plain_hash,
        }
        record(scope, "statements.issue", subject=made.pk, contract=contract, details=told)
        payload = {"statement": str(made.pk), "to": Party.CLIENT.value}
        leave_errand(scope, TELL_ISSUED, payload, contract=contract)
    return made.pk


def _row(by: UUID, contract: UUID, settled: Settled, at: datetime) -> Statement:
    plain = canonical_json(settled.to_plain())
    return Statement(
        contract_id=contract,
        period=str(settled.period),
        number=settled.number,
        plain=plain,
        plain_hash=content_hash(plain),
        total_fen=settled.total.fen,
        issued_at=at,
        issued_by_id=by,
    )


def _insert(made: Statement) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise AlreadyIssued(statement=made.number) from None
