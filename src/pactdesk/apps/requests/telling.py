"""What every step leaves behind: an entry in the thread, one in the audit, a letter to the other
side, and a fact where the step fulfils a duty of the contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.requests.errors import RequestNotInState
from pactdesk.apps.requests.kinds import OTHER, Kind, State, Step
from pactdesk.apps.requests.models import Entry, Request
from pactdesk.apps.requests.queries import need_side, request_of
from pactdesk.apps.requests.values import BODY, due_on, instance_code, locked
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.families.life import DutyDone
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.names import DutyEvent, Party
from pactdesk.core.settle.issuing import SOURCE
from pactdesk.core.settle.obligations.requests import Instance, Sought
from pactdesk.core.units.instants import Instant, zone_named
from pactdesk.gateways.vault.data_keys import ContractKeys
from pactdesk.gateways.vault.vault_keys import VaultKeys

TELL = "requests.tell"
"""The errand of a letter about one step."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody at a request: for which party, with the keys of its texts."""

    scope: Scope
    person: UUID
    contract: Contract
    party: Party
    keys: ContractKeys
    at: Instant


def held(
    scope: Scope, by: UUID, contract: UUID, code: str, verb: str, at: Instant, vault: VaultKeys
) -> tuple[Hand, Request]:
    """The request, ours alone until the transaction ends, and who is at it.

    raises  ContractUnknown, RequestUnknown, NotAllowed
    """
    found = request_of(scope, contract, code)
    stored, party = need_side(scope, contract, verb, Kind(found.kind))
    asked = Request.objects.select_for_update(no_key=True).get(id=found.id)
    hand = Hand(scope, by, stored, party, content_keys(contract, vault), at)
    return hand, asked


def check(asked: Request, verb: str, party: Party, *states: State, by_asker: bool) -> None:
    """Raises RequestNotInState unless it is in one of the states and the right side acts."""
    is_asker = asked.asked_by == party.value
    if State(asked.state) not in states or is_asker is not by_asker:
        raise RequestNotInState(code=asked.code, state=asked.state, action=verb)


def check_kind(asked: Request, verb: str, *, is_data: bool) -> None:
    """Raises RequestNotInState where the verb is for requests of the other sort."""
    if (asked.kind == Kind.DATA.value) is not is_data:
        raise RequestNotInState(code=asked.code, state=asked.state, action=verb)


def leave(hand: Hand, asked: Request, step: Step, words: str = "") -> None:
    """The entry, the audit, the letter to the other side."""
    number = new_id()
    Entry.objects.create(
        id=number,
        contract_id=asked.contract_id,
        request_id=asked.id,
        step=step.value,
        party=hand.party.value,
        person_id=hand.person,
        at_ms=hand.at,
        body_ciphertext=locked(words, hand.keys, number, BODY) if words else None,
    )
    told = {"code": asked.code, "kind": str(asked.kind), "party": hand.party.value}
    verb = f"requests.{step}"
    record(hand.scope, verb, subject=asked.id, contract=asked.contract_id, details=told)
    tell_party(hand.scope, asked, step.value, OTHER[hand.party])


def tell_party(scope: Scope, asked: Request, what: str, to: Party) -> None:
    """A letter to one side; `what`: the step, or that time runs out."""
    payload = {"request": str(asked.id), "what": what, "to": to.value}
    leave_errand(scope, TELL, payload, contract=asked.contract_id)


def tell_duty(hand: Hand, asked: Request, event: DutyEvent) -> None:
    """The other side's duty was called for, done or waived; nothing without a clause."""
    if asked.clause:
        until = due_on(asked, zone_named(hand.contract.zone))
        instance = Instance(Sought.ANSWER, instance_code(asked), until)
        owing = OTHER[Party(asked.asked_by)]
        duty = DutyDone(asked.clause, instance.text(), event, owing)
        write(hand, asked, duty, f"{asked.round_id}/{event}")


def tell_return(
    hand: Hand, asked: Request, clause: str, until: date | None, what: DutyEvent
) -> None:
    """Data have to be given back or destroyed, or were; by whoever asked for them."""
    instance = Instance(Sought.RETURN, asked.code, until)
    duty = DutyDone(clause, instance.text(), what, Party(asked.asked_by))
    write(hand, asked, duty, f"return/{what}")


def write(hand: Hand, asked: Request, detail: Measured, name: str) -> None:
    """One fact into the contract's log, in the transaction that is open."""
    fact = Fact.of(
        detail,
        contract_id=hand.contract.code,
        source=SOURCE,
        event_id=f"requests/{asked.id}/{name}",
        occurred_at=hand.at,
    )
    log = PostgresFactLog(hand.contract.pk, hand.contract.code, zone_named(hand.contract.zone))
    log.append_now([fact])
