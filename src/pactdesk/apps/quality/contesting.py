"""Contesting a mark, and deciding about it: the review itself never changes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.quality.errors import (
    ContestEnded,
    ContestOpen,
    ItemNotMarked,
    NothingLost,
)
from pactdesk.apps.quality.hands import DECIDING, REVIEWING, may, need, said, side_of
from pactdesk.apps.quality.kinds import Outcome
from pactdesk.apps.quality.models import Contest, Review
from pactdesk.apps.quality.queries import contest_of, review_of
from pactdesk.apps.quality.values import given
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.measure.marking import MarkBeyond

TELL_CONTESTED = "quality.tell_contested"

_OTHER = {Party.PROVIDER: Party.CLIENT, Party.CLIENT: Party.PROVIDER}


def may_contest(scope: Scope, contract: Contract, review: Review) -> bool:
    """The other party; of the provider's own review also the agent whom it is about."""
    party = Party(review.party)
    if party is Party.PROVIDER and scope.person is not None and review.agent_id == scope.person:
        return True
    return may(scope, contract, _OTHER[party], REVIEWING)


def contest_mark(by: UUID, *, review: UUID, item: str, reason: str, at: datetime) -> UUID:
    """The person does not agree to a mark, and says why.

    raises  ReviewUnknown, NotAllowed, QualityReasonMissing, QualityTextTooLong, ItemNotMarked,
            NothingLost, ContestOpen
    """
    words = said(reason)
    with scoped(by) as scope:
        found = review_of(scope, review)
        stored = contract_of(scope, found.contract_id)
        party = side_of(scope, stored)
        if party is None or not may_contest(scope, stored, found):
            raise NotAllowed(action="contest_mark")
        _refuse(found, item)
        made = Contest(
            contract=stored, review=found, agent_id=found.agent_id, item=item, reason=words,
            by_id=by, party=party.value, at=at,
        )  # fmt: skip
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:  # somebody else said so at the same moment
            raise ContestOpen(item=item) from None
        record(scope, "quality.contest_mark", subject=made.pk, contract=stored.pk,
               details={"review": str(found.pk), "item": item})  # fmt: skip
        payload = {"review": str(found.pk), "to": found.party}
        leave_errand(scope, TELL_CONTESTED, payload, contract=stored.pk)
        return made.pk


def decide_contest(
    by: UUID, *, contest: UUID, outcome: Outcome, points: int | None, answer: str, at: datetime
) -> None:
    """The party that reviewed keeps the mark, or corrects it, and says why.

    points  what the item counts from now on; all of it, unless told. A red line has none: it falls
    raises  ContestUnknown, NotAllowed, QualityReasonMissing, QualityTextTooLong, ContestEnded,
            MarkBeyond
    """
    words = said(answer)
    with scoped(by) as scope:
        found = contest_of(scope, contest)
        need(scope, found.contract_id, "decide_contest", DECIDING, Party(found.review.party))
        if found.by_id == by:
            raise NotAllowed(action="decide_contest")
        held = Contest.objects.select_for_update(no_key=True, of=("self",))
        now = held.filter(pk=found.pk, outcome__isnull=True).first()
        if now is None:
            raise ContestEnded()
        now.outcome, now.answer = outcome.value, words
        now.points = _points(found, points) if outcome is Outcome.CORRECTED else None
        now.answered_by_id, now.answered_at = by, at
        now.save(update_fields=["outcome", "answer", "points", "answered_by", "answered_at"])
        details: dict[str, str | int | bool | None] = {
            "item": now.item,
            "outcome": outcome.value,
            "points": now.points,
        }
        record(scope, "quality.decide_contest", subject=now.pk, contract=now.contract_id,
               details=details)  # fmt: skip


def _refuse(review: Review, item: str) -> None:
    form = given(review)
    most = {each.key: each.most for each in form.items}
    lost = {each.item for each in form.marks if each.points < most[each.item]}
    lines = {each.item for each in form.crossed}
    if item not in most and item not in lines:
        raise ItemNotMarked(item=item[:100])
    if item not in lost | lines:
        raise NothingLost(item=item)
    if review.contests.filter(item=item).exists():
        raise ContestOpen(item=item)


def _points(contest: Contest, points: int | None) -> int:
    most = {each.key: each.most for each in given(contest.review).items}.get(contest.item, 0)
    wanted = most if points is None else points
    if not 0 <= wanted <= most:
        raise MarkBeyond(item=contest.item, most=most)
    return wanted
