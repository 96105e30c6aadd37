"""Reviewing a conversation that was drawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.conversations.queries import conversation_of
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.quality.errors import (
    ItemNotMarked,
    OwnConversation,
    QuoteUnknown,
    SampleReviewed,
)
from pactdesk.apps.quality.hands import REVIEWING, need, said
from pactdesk.apps.quality.models import Pick, Review
from pactdesk.apps.quality.queries import pick_of
from pactdesk.apps.quality.sheets import LINES, Form, review_form
from pactdesk.apps.quality.spans import span_of
from pactdesk.apps.quality.values import items_plain, marks_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.measure.marking import Mark, Marked, marked
from pactdesk.core.units.instants import zone_named


def form_for(scope: Scope, pick: Pick) -> Form:
    """By the terms of the period's last day."""
    day = span_of(pick.sample.period).last_day
    return review_form(terms_of(scope, pick.contract_id, day))


def submit_review(
    by: UUID,
    *,
    pick: UUID,
    marks: Iterable[Mark],
    crossed: Iterable[Mark] = (),
    note: str = "",
    at: datetime,
) -> UUID:
    """Hand the form in; from now on the other party and the agent can read it.

    raises  SampleUnknown, ConversationUnknown, NotAllowed, OwnConversation, SampleReviewed,
            MarkMissing, MarkBeyond, LossUnexplained, RedLineUnexplained, ItemNotMarked,
            QuoteUnknown, QualityTextTooLong
    """
    with scoped(by) as scope:
        found = pick_of(scope, pick)
        party = Party(found.sample.party)
        stored, _ = need(scope, found.contract_id, "submit_review", REVIEWING, party)
        if found.agent_id == by:
            raise OwnConversation(code=found.code)
        # Two at once: the second waits here, and then sees the first.
        PostgresFactLog(stored.pk, stored.code, zone_named(stored.zone)).hold()
        _refuse_more(found, by)
        form = marked(form_for(scope, found).items, _checked(marks), _checked(crossed))
        _refuse_strange(scope, found, form)
        made = Review(
            contract=stored,
            pick=found,
            party=party.value,
            reviewer_id=by,
            agent_id=found.agent_id,
            items=items_plain(form),
            marks=marks_plain(form.marks),
            crossed=marks_plain(form.crossed),
            pass_percent=found.sample.plan.pass_percent,
            note=said(note, needed=False),
            at=at,
        )
        made.save(force_insert=True)
        details: dict[str, str | int | bool | None] = {"total": form.total, "of": form.of}
        record(scope, "quality.submit_review", subject=made.pk, contract=stored.pk, details=details)
        return made.pk


def _checked(marks: Iterable[Mark]) -> list[Mark]:
    return [Mark(e.item, e.points, said(e.reason, needed=False), e.quote) for e in marks]


def _refuse_more(pick: Pick, by: UUID) -> None:
    wanted = 2 if pick.double else 1
    given = list(Review.objects.filter(pick=pick).values_list("reviewer_id", flat=True))
    if len(given) >= wanted or by in given:
        raise SampleReviewed(code=pick.code)


def _refuse_strange(scope: Scope, pick: Pick, form: Marked) -> None:
    """Red lines that are none, and quotes of messages that were never written."""
    for line in form.crossed:
        if line.item not in LINES:
            raise ItemNotMarked(item=line.item)
    last = conversation_of(scope, pick.conversation_id).last_sequence
    for mark in (*form.marks, *form.crossed):
        if mark.quote is not None and not 1 <= mark.quote <= last:
            raise QuoteUnknown(sequence=mark.quote)
