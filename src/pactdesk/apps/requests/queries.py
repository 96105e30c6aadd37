"""Reading requests: each query limits itself to the scope, as the database does once more."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.requests.errors import FileUnknown, RequestUnknown
from pactdesk.apps.requests.kinds import Kind, State
from pactdesk.apps.requests.models import Delivery, Entry, File, Request
from pactdesk.apps.requests.values import CONTENT
from pactdesk.apps.requests.walls import MANAGING, SERVING
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party


def requests_visible_to(scope: Scope) -> QuerySet[Request]:
    """Those of the contracts in which the person deals with them; the newest first."""
    managing = _contracts(scope, MANAGING)
    serving = _contracts(scope, SERVING)
    seen = Q(contract_id__in=managing) | (Q(contract_id__in=serving) & ~Q(kind=Kind.DATA.value))
    return Request.objects.filter(seen).order_by("-asked_at_ms", "-id")


def requests_of(scope: Scope, contract: UUID) -> QuerySet[Request]:
    """Those of one contract."""
    return requests_visible_to(scope).filter(contract_id=contract)


def request_of(scope: Scope, contract: UUID, code: str) -> Request:
    """One of them; raises RequestUnknown."""
    found = requests_of(scope, contract).filter(code=code).first()
    if found is None:
        raise RequestUnknown(code=code[:40])
    return found


def about_conversation(scope: Scope, conversation: UUID) -> QuerySet[Request]:
    """What was asked because of one conversation."""
    return requests_visible_to(scope).filter(conversation_id=conversation)


def entries_of(asked: Request) -> QuerySet[Entry]:
    """Its thread, in order; `asked` was read within the scope."""
    same = Entry.objects.filter(request_id=asked.id, contract_id=asked.contract_id)
    return same.order_by("at_ms", "id")


def deliveries_of(asked: Request) -> QuerySet[Delivery]:
    """What was handed over, in order; `asked` was read within the scope."""
    same = Delivery.objects.filter(request_id=asked.id, contract_id=asked.contract_id)
    return same.order_by("number")


def files_of(asked: Request) -> QuerySet[File]:
    """The files of all its deliveries, without their content."""
    same = File.objects.filter(request_id=asked.id, contract_id=asked.contract_id)
    return same.order_by("id").defer(CONTENT)


def file_of(asked: Request, file: UUID) -> File:
    """One of them; raises FileUnknown."""
    same = File.objects.filter(request_id=asked.id, contract_id=asked.contract_id)
    found = same.filter(id=file).first()
    if found is None:
        raise FileUnknown(file=file)
    return found


def waiting_for(scope: Scope, party: Party) -> QuerySet[Request]:
    """What the person's party has to do something about now; the most pressing first."""
    waiting = requests_visible_to(scope).filter(awaits=party.value)
    return waiting.exclude(state=State.CLOSED.value).order_by("due_at_ms", "id")


def returns_due(scope: Scope, party: Party, until: date) -> QuerySet[Request]:
    """Data that the party holds and has to give back or destroy by `until` or before."""
    held = requests_visible_to(scope).filter(awaits=party.value, state=State.CLOSED.value)
    return held.filter(ends_on__lte=until).order_by("ends_on", "id")


def asked_by(scope: Scope, party: Party) -> QuerySet[Request]:
    """What the person's party asked for and still waits for."""
    mine = requests_visible_to(scope).filter(asked_by=party.value)
    return mine.filter(state__in=[State.OPEN.value, State.ANSWERED.value])


def side_of(scope: Scope, contract: Contract) -> Party | None:
    """The side on which the scope's person stands; none for third parties and jobs."""
    sides = {contract.provider_org_id: Party.PROVIDER, contract.client_org_id: Party.CLIENT}
    return sides.get(scope.org) if scope.org else None


def need_side(
    scope: Scope, contract: UUID, action: str, kind: Kind = Kind.HELP
) -> tuple[Contract, Party]:
    """The contract, and the party for which the person deals with requests of `kind`.

    raises  ContractUnknown, NotAllowed
    """
    found = contract_of(scope, contract)
    party = side_of(scope, found)
    roles = MANAGING if kind is Kind.DATA else MANAGING | SERVING
    if party is None or not scope.roles(contract) & roles:
        raise NotAllowed(action=action)
    return found, party


def _contracts(scope: Scope, roles: frozenset[str]) -> list[UUID]:
    """A job's contracts all; a person's where they have one of the roles."""
    return [
        contract
        for contract, held in scope.contracts.items()
        if scope.person is None or held & roles
    ]
