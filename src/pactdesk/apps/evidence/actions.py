"""Sealing days and erasing personal texts: what jobs do with evidence, and the audit of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pactdesk.apps.audit.actions import record
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.walls.scope import Scope, within
from pactdesk.core.facts.checkpoints import SignedCheckpoint, Signer
from pactdesk.core.facts.fact import FactKey
from pactdesk.core.facts.log import seal_through


def seal_days(
    scope: Scope, log: PostgresFactLog, through: date, signer: Signer
) -> tuple[SignedCheckpoint, ...]:
    """Seal every open day up to and including `through`, which must be over.

    While it runs nothing is added, and nobody else seals: whoever comes second finds nothing
    left to do.

    raises  NothingToSeal when the log is empty up to then
    """
    with within(scope):
        log.hold()
        made = seal_through(log, through, signer)
        if made:
            last = made[-1].body
            told: dict[str, str | int | bool | None] = {
                "through": last.day.isoformat(),
                "days": len(made),
                "digest": last.digest,
            }
            record(scope, "evidence.seal_days", contract=log.contract, details=told)
            leave_errand(scope, "evidence.show_checkpoint", told, contract=log.contract)
        return made


def erase_texts(scope: Scope, log: PostgresFactLog, keys: Iterable[FactKey]) -> int:
    """Erase the personal texts of these facts; returns how many there were."""
    with within(scope):
        erased = log.erase_personal(keys)
        record(scope, "evidence.erase_texts", contract=log.contract, details={"texts": erased})
        return erased
