"""What a party takes along: the statement as PDF with both confirmations, the evidence bundle."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from uuid import UUID

from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.statements.errors import StatementUnknown
from pactdesk.apps.statements.hands import log_of
from pactdesk.apps.statements.models import Confirmation, Statement
from pactdesk.apps.statements.queries import (
    confirmations_of,
    readable,
    statement_for,
    terms_behind,
)
from pactdesk.apps.statements.values import Plain, to_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.checkpoints import Checkpoint, to_checkpoint_record
from pactdesk.core.facts.kinds import Party
from pactdesk.core.settle.excess import Excess, over_loss, owes_penalties
from pactdesk.core.units.instants import zone_named
from pactdesk.core.units.periods import Period
from pactdesk.documents.statement.confirmations import Confirmed
from pactdesk.documents.statement.render import render_statement
from pactdesk.documents.statement.view import Recheck
from pactdesk.gateways.bundle import write_bundle
from pactdesk.gateways.keys import TrustedKeys
from pactdesk.messages.catalogue import Language


def statement_pdf(scope: Scope, statement: Statement, language: Language = "zh") -> bytes:
    """The statement on paper, with who confirmed it and when; the same input, the same bytes.

    raises  FontsMissing
    """
    plain = to_plain(statement)
    seal = _seal_of(statement, plain)
    recheck = Recheck(key_id=seal.key_id, bundle=bundle_name(statement.period))
    zone = zone_named(statement.contract.zone)
    confirmed = [
        Confirmed(
            party=Party(each.party),
            person=each.person.name,
            at=each.at.astimezone(zone),
            content=each.plain_hash,
        )
        for each in _confirmed(scope, statement)
    ]
    return render_statement(
        plain,
        terms_behind(scope, statement),
        language=language,
        demo=seal.demo,
        recheck=recheck,
        calendar=load_china(),
        confirmed=confirmed,
        excess=excess_of(scope, statement, plain),
    )


def excess_of(scope: Scope, statement: Statement, plain: Plain) -> tuple[Excess, ...]:
    """Its penalties that are far above the loss shown in the facts that it was made from."""
    billed = [(str(line["kind"]), int(line["amount_fen"])) for line in plain["lines"]]
    if not owes_penalties(billed):
        return ()
    terms = terms_behind(scope, statement)
    sealed = date.fromisoformat(plain["pins"]["evidence"]["day"])
    facts = log_of(statement.contract).facts(terms.contract_id, through=sealed)
    return over_loss(billed, Period.month(statement.period), facts, terms.zone)


def bundle_of(scope: Scope, contract: UUID, period: str, keys: TrustedKeys) -> bytes:
    """The evidence behind an issued statement: what `pactverify` rechecks it from.

    keys    the public keys that signed its seals
    raises  StatementUnknown
    """
    statement = statement_for(scope, contract, period)
    if statement is None:
        raise StatementUnknown(statement=period)
    terms, plain = terms_behind(scope, statement), to_plain(statement)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / bundle_name(period)
        log = log_of(statement.contract)
        write_bundle(path, terms, load_china(), plain, log, keys)
        return path.read_bytes()


def bundle_name(period: str) -> str:
    """As `pactdesk settle` calls it."""
    return f"statement-{period}.pactbundle"


def last_checkpoint(scope: Scope, contract: UUID) -> bytes | None:
    """The newest seal as a file for the client to keep (`--since`); none while nothing is sealed.

    raises  ContractUnknown
    """
    if contract not in readable(scope):
        raise ContractUnknown(contract=contract)
    chain = log_of(contract_of(scope, contract)).checkpoints()
    return canonical_json(to_checkpoint_record(chain[-1])) + b"\n" if chain else None


def _seal_of(statement: Statement, plain: Plain) -> Checkpoint:
    """The seal that the statement pins."""
    day = date.fromisoformat(plain["pins"]["evidence"]["day"])
    chain = log_of(statement.contract).checkpoints()
    return next(each.body for each in chain if each.body.day == day)


def _confirmed(scope: Scope, statement: Statement) -> list[Confirmation]:
    return list(confirmations_of(scope, statement.pk))
