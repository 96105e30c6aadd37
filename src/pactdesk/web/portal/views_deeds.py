"""What the parties do about statements: confirm, object, answer, withdraw, issue."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.statements import actions
from pactdesk.apps.statements.hands import may_speak
from pactdesk.apps.statements.queries import objection_of, statement_of, terms_behind
from pactdesk.apps.statements.values import to_plain
from pactdesk.core.facts.kinds import Party
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.line import LineUnknown
from pactdesk.documents.explain.values import month_text
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import contract_read_by, for_readers
from pactdesk.web.portal.forms import AnswerForm, ObjectionForm
from pactdesk.web.portal.levels import times_of
from pactdesk.web.portal.said import say
from pactdesk.web.portal.sheets import line_of
from pactdesk.web.portal.views_statements import (
    link_behind,
    statement_page,
    trail_to_statements,
)
from pactdesk.web.ui.words import page_language

_OUTCOMES = {"accepted": True, "rejected": False}


@require_POST
@for_readers
def confirm(request: PersonRequest, statement: UUID) -> HttpResponse:
    """Agree to exactly the content whose hash the dialog showed."""
    seen = request.POST.get("hash", "")
    actions.confirm(request.user.pk, statement=statement, at=timezone.now(), seen_hash=seen)
    return _back(statement, "confirmed")


@require_http_methods(["GET", "POST"])
@for_readers
def object_to(request: PersonRequest, statement: UUID, line: int) -> HttpResponse:
    """Why a line is what it is, and room for why one does not agree."""
    scope = request.scope
    found = statement_of(scope, statement)
    if not may_speak(scope, found.contract, Party.CLIENT):
        raise NotAllowed(action="object_to_line")
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.object_to_line(
            request.user.pk,
            statement=statement,
            line=line,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        return _back(statement, "objected")
    plain, terms = to_plain(found), terms_behind(scope, found)
    link_of = link_behind(found.contract_id, found.period)
    times = times_of(scope, found.contract_id, found.period, plain)
    shown = line_of(plain, terms, line, link_of, times)
    if shown is None:
        raise LineUnknown(statement=found.number, line=line, count=len(plain["lines"]))
    month = month_text(found.period, page_language())
    here = (
        say("statement.heading", month=month),
        reverse("portal:statement", args=[found.pk]),
    )
    told = {
        "statement": found,
        "line": shown,
        "form": form,
        "trail": (*trail_to_statements(), here),
    }
    return render(request, "portal/object.html", told, status=422 if form.is_bound else 200)


@require_POST
@for_readers
def answer(request: PersonRequest, objection: UUID) -> HttpResponse:
    """Accept or reject an objection, with the reason."""
    found = objection_of(request.scope, objection)
    outcome = request.POST.get("outcome")
    if outcome not in _OUTCOMES:
        return HttpResponseBadRequest()
    if not may_speak(request.scope, found.statement.contract, Party.PROVIDER):
        raise NotAllowed(action="answer_objection")
    form = AnswerForm(request.POST, prefix=str(objection))
    if not form.is_valid():
        return statement_page(request, found.statement_id, answered=form)
    actions.answer_objection(
        request.user.pk,
        objection=objection,
        answer=form.cleaned_data["answer"],
        accepted=_OUTCOMES[outcome],
        at=timezone.now(),
    )
    return _back(found.statement_id, "answered")


@require_POST
@for_readers
def withdraw(request: PersonRequest, objection: UUID) -> HttpResponse:
    """Take an objection back."""
    found = objection_of(request.scope, objection)
    actions.withdraw_objection(request.user.pk, objection=objection, at=timezone.now())
    return _back(found.statement_id, "withdrawn")


@require_POST
@for_readers
def issue(request: PersonRequest, contract: UUID, period: str) -> HttpResponse:
    """Issue the statement of a finished, sealed month."""
    contract_read_by(request.scope, contract)
    month = f"{Period.month(period).start:%Y-%m}"
    made = actions.issue(request.user.pk, contract=contract, period=month, at=timezone.now())
    return _back(made, "issued")


def _back(statement: UUID, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('portal:statement', args=[statement])}?done={done}")
