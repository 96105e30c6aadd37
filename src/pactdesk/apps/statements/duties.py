"""Obligations of a contract, and saying that one was fulfilled."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.queries import contract_of, terms_of
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.statements.errors import DutyNotOpen
from pactdesk.apps.statements.hands import log_of, need_party, tell
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.families.life import DutyDone
from pactdesk.core.facts.names import DutyEvent, Party
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.obligations.obligation import Action, Obligation, State
from pactdesk.core.units.instants import instant_of, zone_named

SAID_DONE = frozenset(
    {Action.DELIVER_REPORT, Action.REMEDY, Action.AGREED_REMEDY, Action.PAY_PENALTY}
)
"""What no other fact shows: somebody has to say that it was done."""

_TO_DO = frozenset({State.OPEN, State.OVERDUE})


def obligations_on(scope: Scope, contract: UUID, on: date) -> tuple[Obligation, ...]:
    """What each side owes on a day, as the facts until then say.

    raises  ContractUnknown, TermsNotYet
    """
    stored = contract_of(scope, contract)
    terms = terms_of(scope, contract, on)
    return obligations(terms, facts_now(log_of(stored)), load_china(), on)


def fulfil_duty(by: UUID, *, contract: UUID, key: str, at: datetime) -> Obligation:
    """A party says that it did what `key` names; the fact stands in the log from now on.

    raises  NotAllowed, ContractUnknown, DutyNotOpen
    """
    with scoped(by) as scope:
        stored, party = need_party(scope, contract, "fulfil_duty", *Party)
        on = at.astimezone(zone_named(stored.zone)).date()
        for each in obligations_on(scope, contract, on):
            is_it = each.key == key and each.action in SAID_DONE and each.state in _TO_DO
            if is_it:
                break
        else:
            raise DutyNotOpen(duty=key)
        if each.party != party:
            raise NotAllowed(action="fulfil_duty")
        fact = Fact.of(
            DutyDone(each.clause, each.instance, DutyEvent.DONE, party),
            contract_id=stored.code,
            source=SOURCE,
            event_id=f"{key}/done",
            occurred_at=instant_of(at),
        )
        tell(stored, [fact])
        record(scope, "contracts.fulfil_duty", subject=stored.pk, contract=stored.pk,
               details={"duty": key})  # fmt: skip
        return each
