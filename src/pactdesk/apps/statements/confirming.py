"""Confirming a statement: each party once, and with both it is agreed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.statements.errors import AlreadyConfirmed, ContentDiffers, ObjectionOpen
from pactdesk.apps.statements.hands import need_party, tell
from pactdesk.apps.statements.kinds import StatementState
from pactdesk.apps.statements.models import Confirmation, Objection, Statement
from pactdesk.apps.statements.queries import statement_of
from pactdesk.apps.statements.values import fact_about
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Party, StatementAccepted, StatementConfirmed
from pactdesk.core.units.instants import instant_of

TELL_AGREED = "statements.tell_agreed"


def confirm(by: UUID, *, statement: UUID, at: datetime, seen_hash: str | None = None) -> bool:
    """The person's company agrees to exactly what is stored; returns whether both now do.

    Silence confirms nothing: no terms that Pactdesk knows say so.

    seen_hash  of what the person has read, when the page says it
    raises     StatementUnknown, NotAllowed, AlreadyConfirmed, ObjectionOpen, ContentDiffers
    """
    with scoped(by) as scope:
        found = statement_of(scope, statement)
        parties = (Party.CLIENT, Party.PROVIDER)
        contract, party = need_party(scope, found.contract_id, "confirm_statement", *parties)
        locked(found)
        _refuse(found, party, seen_hash)
        Confirmation(
            contract=contract,
            statement=found,
            party=party.value,
            person_id=by,
            at=at,
            plain_hash=found.plain_hash,
        ).save(force_insert=True)
        tell(contract, [fact_about(found, each, f"{party.value}-{each.kind.value}", instant_of(at))
                        for each in _details(found, party)])  # fmt: skip
        agreed = found.confirmations.count() == len(Party)
        record(
            scope,
            "statements.confirm",
            subject=found.pk,
            contract=contract.pk,
            details={"party": party.value, "hash": found.plain_hash, "agreed": agreed},
        )
        if agreed:
            _agree(scope, found)
    return agreed


def locked(statement: Statement) -> None:
    """Nobody else confirms it or objects to it until this transaction ends."""
    Statement.objects.select_for_update().values_list("pk").get(pk=statement.pk)
    statement.refresh_from_db(fields=["state"])


def _refuse(statement: Statement, party: Party, seen_hash: str | None) -> None:
    if seen_hash not in (None, statement.plain_hash):
        raise ContentDiffers(number=statement.number, expected=statement.plain_hash)
    if statement.confirmations.filter(party=party.value).exists():
        raise AlreadyConfirmed(number=statement.number, party=party.value)
    still_open = Objection.objects.filter(statement=statement, outcome__isnull=True)
    waiting = still_open.order_by("line").first()
    if party is Party.CLIENT and waiting is not None:
        raise ObjectionOpen(number=statement.number, line=waiting.line)


def _details(statement: Statement, party: Party) -> list[Measured]:
    """The client's confirmation also starts the clock of payments that wait for it."""
    accepted = StatementAccepted(statement.number, party, statement.plain_hash)
    if party is Party.CLIENT:
        return [accepted, StatementConfirmed(statement.number)]
    return [accepted]


def _agree(scope: Scope, statement: Statement) -> None:
    statement.state = StatementState.AGREED.value
    statement.save(update_fields=["state"])
    payload = {"statement": str(statement.pk)}
    for party in Party:
        told = {**payload, "to": party.value}
        leave_errand(scope, TELL_AGREED, told, contract=statement.contract_id)
