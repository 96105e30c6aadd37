"""What the parties do in a dispute; what both agree on becomes a fact that the settlement bills."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.statements.agreed_sums import tell_agreed_sum
from pactdesk.apps.statements.confirming import locked
from pactdesk.apps.statements.dispute_models import Dispute, DisputeEntry
from pactdesk.apps.statements.disputes import Case, amounts_of, case_of, dispute_of
from pactdesk.apps.statements.errors import (
    DisputeClosed,
    DisputedAmountWrong,
    DisputeOpenAlready,
    DisputeWithoutLines,
    ProposalNotWaiting,
    ReasonMissing,
    ReasonTooLong,
    RouteEnded,
)
from pactdesk.apps.statements.events_offered import OTHER
from pactdesk.apps.statements.hands import log_of, need_party
from pactdesk.apps.statements.kinds import DisputeDeed, DisputeState
from pactdesk.apps.statements.objecting import LONGEST_REASON
from pactdesk.apps.statements.queries import statement_of
from pactdesk.apps.statements.values import to_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.kinds import Party
from pactdesk.core.settle.disputes import difference_fen
from pactdesk.documents.explain.line import LineUnknown
from pactdesk.messages.catalogue import text as words

TELL_DISPUTE = "statements.tell_dispute"
MOST_FEN = 10**13

Fen = Mapping[int, int]


def open_dispute(by: UUID, *, statement: UUID, amounts: Fen, text: str, at: datetime) -> UUID:
    """Either party says which lines it does not agree to, what they should be, and why.

    amounts  line number → fen, as the party sees it
    raises   StatementUnknown, NotAllowed, DisputeWithoutLines, LineUnknown, DisputedAmountWrong,
             DisputeOpenAlready, ReasonMissing, ReasonTooLong
    """
    said = _said(text)
    with scoped(by) as scope:
        found = statement_of(scope, statement)
        contract, party = need_party(scope, found.contract_id, "open_dispute", *Party)
        # One after the other for the whole contract: its disputes are numbered.
        log_of(contract).hold()
        locked(found)
        billed = {int(e["number"]): int(e["amount_fen"]) for e in to_plain(found)["lines"]}
        for line in amounts:
            if line not in billed:
                raise LineUnknown(statement=found.number, line=line, count=len(billed))
        _check(amounts)
        made = Dispute(
            contract=contract,
            statement=found,
            number=Dispute.objects.filter(contract=contract).count() + 1,
            opened_by_id=by,
            party=party.value,
            opened_at=at,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            raise DisputeOpenAlready(number=found.number) from None
        _enter(scope, made, party, DisputeDeed.OPENED, at, text=said, amounts=amounts)
    return made.pk


def take_position(by: UUID, *, dispute: UUID, amounts: Fen, text: str, at: datetime) -> None:
    """What the party says of the disputed lines now; it may dispute more of them.

    raises  as `open_dispute`; DisputeUnknown, DisputeClosed
    """
    said = _said(text)
    with scoped(by) as scope:
        case, party = _acting(scope, dispute, "take_position")
        _check(amounts, case)
        _enter(scope, case.dispute, party, DisputeDeed.POSITION, at, text=said, amounts=amounts)


def propose(by: UUID, *, dispute: UUID, amounts: Fen, text: str, at: datetime) -> None:
    """What the party would agree to for each line; an own proposal that waits is replaced.

    raises  as `take_position`
    """
    said = _said(text)
    with scoped(by) as scope:
        case, party = _acting(scope, dispute, "propose")
        _check(amounts, case)
        every = {line: amounts.get(line, case.billed[line]) for line in {*case.lines, *amounts}}
        _enter(scope, case.dispute, party, DisputeDeed.PROPOSED, at, text=said, amounts=every)


def answer_proposal(
    by: UUID, *, dispute: UUID, proposal: UUID, accepts: bool, text: str, at: datetime
) -> None:
    """A yes to the newest proposal of the other party settles the dispute; a no needs its reason.

    raises  DisputeUnknown, NotAllowed, DisputeClosed, ProposalNotWaiting, ReasonMissing,
            ReasonTooLong
    """
    said = _short(text) if accepts else _said(text)
    with scoped(by) as scope:
        case, party = _acting(scope, dispute, "answer_proposal")
        found = waiting_for(case, party)
        if found is None or found.pk != proposal:
            raise ProposalNotWaiting()
        deed = DisputeDeed.ACCEPTED if accepts else DisputeDeed.REFUSED
        _enter(scope, case.dispute, party, deed, at, text=said, answers=found)
        if accepts:
            _settle(scope, case, found, at)


def go_on(by: UUID, *, dispute: UUID, text: str, at: datetime) -> None:
    """The next rung of the terms' route was taken.

    raises  DisputeUnknown, NotAllowed, DisputeClosed, RouteEnded, ReasonMissing, ReasonTooLong
    """
    said = _said(text)
    with scoped(by) as scope:
        case, party = _acting(scope, dispute, "go_on")
        if case.next_rung is None:
            raise RouteEnded()
        step = case.next_rung.step.value
        _enter(scope, case.dispute, party, DisputeDeed.STEP, at, text=said, step=step)


def say_in_dispute(by: UUID, *, dispute: UUID, text: str, at: datetime) -> None:
    """A word to the other party; raises as `go_on`."""
    said = _said(text)
    with scoped(by) as scope:
        case, party = _acting(scope, dispute, "say_in_dispute")
        _enter(scope, case.dispute, party, DisputeDeed.SAID, at, text=said)


def withdraw_dispute(by: UUID, *, dispute: UUID, text: str, at: datetime) -> None:
    """Whoever opened it lets the statement stand as it is; raises as `go_on`."""
    with scoped(by) as scope:
        case, party = _acting(scope, dispute, "withdraw_dispute")
        if case.dispute.party != party.value:
            raise NotAllowed(action="withdraw_dispute")
        _enter(scope, case.dispute, party, DisputeDeed.WITHDRAWN, at, text=_short(text))
        _close(case.dispute, DisputeState.WITHDRAWN)


def waiting_for(case: Case, party: Party) -> DisputeEntry | None:
    """The newest proposal of the other party, while nobody answered it."""
    theirs = [each for each in case.proposals if each.party == OTHER[party].value]
    if not case.is_open or not theirs or case.answer_to(theirs[-1]) is not None:
        return None
    return theirs[-1]


def _acting(scope: Scope, dispute: UUID, action: str) -> tuple[Case, Party]:
    found = dispute_of(scope, dispute)
    contract, party = need_party(scope, found.contract_id, action, *Party)
    # Two acts at once: the second waits here, and then sees the first.
    log_of(contract).hold()
    found.refresh_from_db(fields=["state"])
    case = case_of(scope, found)
    if not case.is_open:
        raise DisputeClosed(state=found.state)
    return case, party


def _enter(
    scope: Scope,
    dispute: Dispute,
    party: Party,
    deed: DisputeDeed,
    at: datetime,
    *,
    text: str = "",
    amounts: Fen | None = None,
    step: str = "",
    answers: DisputeEntry | None = None,
) -> None:
    contract: Contract = dispute.contract
    DisputeEntry(
        contract=contract,
        dispute=dispute,
        deed=deed.value,
        party=party.value,
        by_id=_person(scope),
        at=at,
        text=text,
        amounts={str(line): fen for line, fen in (amounts or {}).items()},
        step=step,
        answers=answers,
    ).save(force_insert=True)
    told: dict[str, str | int | bool | None] = {
        "dispute": str(dispute.pk),
        "deed": deed.value,
        "party": party.value,
    }
    record(scope, "statements.dispute", subject=dispute.pk, contract=contract.pk, details=told)
    payload = {**told, "to": OTHER[party].value}
    leave_errand(scope, TELL_DISPUTE, payload, contract=contract.pk)


def _person(scope: Scope) -> UUID:
    assert scope.person is not None  # noqa: S101 - `need_party` has refused jobs
    return scope.person


def _settle(scope: Scope, case: Case, proposal: DisputeEntry, at: datetime) -> None:
    """The difference goes to whom it is owed, in the month in which both agreed."""
    _close(case.dispute, DisputeState.SETTLED)
    fen = difference_fen(case.billed, amounts_of(proposal))
    if fen:
        tell_agreed_sum(
            scope,
            case.dispute.contract,
            claim=f"dispute/{case.dispute.pk}",
            claimant=Party.PROVIDER if fen > 0 else Party.CLIENT,
            fen=abs(fen),
            reason=settled_words(case.dispute),
            at=at,
        )


def settled_words(dispute: Dispute) -> str:
    """How the agreement is called wherever it stands sealed."""
    number, statement = dispute.number, dispute.statement.number
    return words("disputes", "settled_words", "zh", number=number, statement=statement)


def _close(dispute: Dispute, state: DisputeState) -> None:
    dispute.state = state.value
    dispute.save(update_fields=["state"])


def _check(amounts: Fen, case: Case | None = None) -> None:
    if not amounts:
        raise DisputeWithoutLines()
    if any(abs(fen) > MOST_FEN for fen in amounts.values()):
        raise DisputedAmountWrong()
    if case is not None:
        for line in amounts:
            if line not in case.billed:
                number = case.dispute.statement.number
                raise LineUnknown(statement=number, line=line, count=len(case.billed))


def _said(text: str) -> str:
    said = _short(text)
    if not said:
        raise ReasonMissing()
    return said


def _short(text: str) -> str:
    said = text.strip()
    if len(said) > LONGEST_REASON:
        raise ReasonTooLong(length=len(said), longest=LONGEST_REASON)
    return said
