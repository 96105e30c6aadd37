"""What follows when both said yes to a proposal: the step that it is about, or the sum let off."""

from __future__ import annotations

from datetime import datetime

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.statements.agreed_sums import tell_agreed_sum
from pactdesk.apps.statements.as_agreed import REMEDY_CLAIM, standing_fen
from pactdesk.apps.statements.errors import RemedyAboveDeduction
from pactdesk.apps.statements.events import AGREED
from pactdesk.apps.statements.events_figures import bills_of, refuse_overpaid
from pactdesk.apps.statements.hands import log_of, tell
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.queries import statement_for
from pactdesk.apps.statements.values import to_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.families.life import ContractStep, NoticeGiven
from pactdesk.core.facts.fields import Measured
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.settle.obligations.proposals import (
    AGREEMENT,
    STEPS,
    Remedy,
    proposed_fact,
    remedy_of,
)
from pactdesk.core.units.instants import Instant, instant_of
from pactdesk.core.units.money import Money


def follow_agreement(
    scope: Scope, contract: Contract, agreed: NoticeGiven, at: datetime, happened: Instant
) -> None:
    """Tell what both agreed to, in the transaction of the yes.

    happened  when a fact happened that was proposed
    raises    RemedyAboveDeduction, where the month was issued since at another amount;
              PaymentAboveDebt, where it was paid since
    """
    proposed = proposed_fact(agreed)
    if proposed is not None:
        refuse_overpaid(bills_of(facts_now(log_of(contract))), proposed)
        tell(contract, [_agreed(contract, proposed, agreed, happened)])
        return
    if agreed.purpose in STEPS:
        step = ContractStep(STEPS[agreed.purpose], None, AGREEMENT, agreed.about)
        tell(contract, [_agreed(contract, step, agreed, instant_of(at))])
        return
    remedy = remedy_of(agreed)
    if remedy is not None and remedy.waived_fen:
        refuse_too_much(scope, contract, remedy)
        tell_agreed_sum(
            scope,
            contract,
            claim=f"{REMEDY_CLAIM}{agreed.notice}",
            claimant=remedy.party,
            fen=remedy.waived_fen,
            reason=remedy.what,
            at=at,
        )


def _agreed(
    contract: Contract, detail: Measured, agreed: NoticeGiven, occurred_at: Instant
) -> Fact:
    return Fact.of(
        detail,
        contract_id=contract.code,
        source=SOURCE,
        event_id=f"{AGREED}{agreed.notice}",
        occurred_at=occurred_at,
    )


def refuse_too_much(scope: Scope, contract: Contract, remedy: Remedy) -> None:
    """No more is let off than is left of what the clause asked for, once the month was issued.

    raises  RemedyAboveDeduction
    """
    statement = statement_for(scope, contract.pk, remedy.period)
    if statement is None or not remedy.waived_fen:
        return
    asked = asked_fen(statement, remedy.clause)
    if remedy.waived_fen > asked:
        raise RemedyAboveDeduction(
            period=remedy.period,
            waived=str(Money(remedy.waived_fen)),
            asked=str(Money(asked)),
        )


def asked_fen(statement: Statement, clause: str) -> int:
    """What a clause came to on a statement, whoever owed it; less what both let off since."""
    stands = standing_fen(statement)
    every = (each for each in to_plain(statement)["lines"] if each["clause"] == clause)
    return sum(abs(stands[int(each["number"])]) for each in every)
