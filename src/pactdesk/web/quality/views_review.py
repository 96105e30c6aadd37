"""Reviewing a conversation; reading a review; contesting a mark and deciding about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.conversations.errors import ConversationUnknown
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.quality import actions
from pactdesk.apps.quality.contesting import may_contest
from pactdesk.apps.quality.errors import SampleReviewed
from pactdesk.apps.quality.hands import DECIDING, REVIEWING, may, side_of
from pactdesk.apps.quality.models import Contest, Review
from pactdesk.apps.quality.queries import contest_of, pick_of, readable, review_of, to_review
from pactdesk.apps.quality.reviewing import form_for
from pactdesk.apps.quality.sheets import LINES
from pactdesk.apps.quality.values import counting, given, has_passed
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.units.instants import zone_named
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.said import moment_text
from pactdesk.web.portal.talk import Written
from pactdesk.web.quality.access import (
    contract_seen_by,
    first_step,
    for_readers,
    for_whom_it_concerns,
)
from pactdesk.web.quality.forms import DecisionForm, MarksForm, ReasonForm
from pactdesk.web.quality.said import party_name, period_text, say
from pactdesk.web.quality.shown import marks_of
from pactdesk.web.quality.talk import may_read, talk_of

_DONE = frozenset({"marked", "contested", "decided"})


@require_http_methods(["GET", "POST"])
@for_readers
def mark(request: PersonRequest, pick: UUID) -> HttpResponse:
    """The conversation, and the form beside it."""
    scope = request.scope
    found = pick_of(scope, pick)
    stored = contract_seen_by(scope, found.contract_id)
    if not may(scope, stored, Party(found.sample.party), REVIEWING):
        raise NotAllowed(action="submit_review")
    if not to_review(scope, [stored.pk]).filter(pk=found.pk).exists():
        raise SampleReviewed(code=found.code)
    zone = zone_named(stored.zone)
    talk = talk_of(scope, found, zone, timezone.now())
    form = MarksForm(
        form_for(scope, found).items,
        request.POST if request.method == "POST" else None,
        lines=LINES,
        quotes=[(each.sequence, each.label) for each in talk],
    )
    if form.is_valid():
        made = actions.submit_review(
            request.user.pk,
            pick=pick,
            marks=form.marks,
            crossed=form.crossed,
            note=form.note,
            at=timezone.now(),
        )
        return HttpResponseRedirect(f"{reverse('quality:review', args=[made])}?done=marked")
    shown = {
        "contract": stored,
        "pick": found,
        "period": period_text(found.sample.period),
        "pass_percent": found.sample.plan.pass_percent,
        "talk": talk,
        "form": form,
        "trail": _trail(scope, stored, found.sample_id, found.sample.period),
    }
    return render(request, "quality/mark.html", shown, status=422 if form.errors else 200)


@for_whom_it_concerns
def review(request: PersonRequest, review: UUID) -> HttpResponse:
    """What was found, and what was said to it."""
    return _page(request, review_of(request.scope, review))


@require_POST
@for_whom_it_concerns
def contest(request: PersonRequest, review: UUID) -> HttpResponse:
    """Not agree to a mark."""
    found = review_of(request.scope, review)
    item = request.POST.get("item", "")
    form = ReasonForm("contest.reason", request.POST)
    if not form.is_valid():
        return _page(request, found, refused=(item, form))
    actions.contest_mark(
        request.user.pk,
        review=review,
        item=item,
        reason=form.cleaned_data["reason"],
        at=timezone.now(),
    )
    return _back(review, "contested")


@require_POST
@for_readers
def decide(request: PersonRequest, contest: UUID) -> HttpResponse:
    """Keep the mark, or correct it."""
    found = contest_of(request.scope, contest)
    form = DecisionForm(_most(found), request.POST)
    if not form.is_valid():
        return _page(request, review_of(request.scope, found.review_id), (found.item, form))
    actions.decide_contest(
        request.user.pk,
        contest=contest,
        outcome=form.outcome,
        points=form.points,
        answer=form.cleaned_data["reason"],
        at=timezone.now(),
    )
    return _back(found.review_id, "decided")


def _page(
    request: PersonRequest, found: Review, refused: tuple[str, ReasonForm] | None = None
) -> HttpResponse:
    scope, now = request.scope, timezone.now()
    stored = contract_of(scope, found.contract_id)
    zone, ours = zone_named(stored.zone), side_of(scope, stored)
    form = counting(found)
    rows = marks_of(found, zone)
    told = request.GET.get("done", "")
    shown = {
        "contract": stored,
        "review": found,
        "period": period_text(found.pick.sample.period),
        "party": party_name(found.party),
        "agent": found.agent.name if ours is Party.PROVIDER and found.agent else "",
        "when": moment_text(found.at, zone),
        "total": form.total,
        "of": form.of,
        "before": given(found).total,
        "passed": has_passed(found),
        "rows": rows,
        "contest_form": ReasonForm("contest.reason"),
        "may_contest": may_contest(scope, stored, found),
        "decisions": _decisions(scope, stored, found),
        "refused_item": refused[0] if refused else "",
        "refused_form": refused[1] if refused else None,
        "talk": _talk(scope, found, now),
        "trail": _trail_of(scope, stored, found),
        "done": say(f"done.{told}") if told in _DONE else "",
    }
    return render(request, "quality/review.html", shown, status=422 if refused else 200)


def _talk(scope: Scope, found: Review, now: datetime) -> list[Written]:
    """Nothing for whom it does not concern, nor when the conversation is no longer kept."""
    if not may_read(scope, found.pick):
        return []
    try:
        return talk_of(scope, found.pick, zone_named(found.contract.zone), now)
    except ConversationUnknown:
        return []


def _decisions(scope: Scope, stored: Contract, found: Review) -> dict[str, DecisionForm]:
    """Item → the form with which the visitor decides about it."""
    if not may(scope, stored, Party(found.party), DECIDING):
        return {}
    return {
        each.item: DecisionForm(_most(each))
        for each in found.contests.all()
        if each.outcome is None and each.by_id != scope.person
    }


def _most(contest: Contest) -> int:
    return {each.key: each.most for each in given(contest.review).items}.get(contest.item, 0)


def _trail(
    scope: Scope, stored: Contract, sample: UUID, period: str
) -> tuple[tuple[str, str], ...]:
    return (
        first_step(scope),
        (stored.title, reverse("quality:contract", args=[stored.pk])),
        (period_text(period), reverse("quality:sample", args=[sample])),
    )


def _trail_of(scope: Scope, stored: Contract, found: Review) -> tuple[tuple[str, str], ...]:
    """An agent's way leads only to their own page."""
    every = _trail(scope, stored, found.pick.sample_id, found.pick.sample.period)
    return every if stored.pk in readable(scope) else every[:1]


def _back(review: UUID, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('quality:review', args=[review])}?done={done}")
