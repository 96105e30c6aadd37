"""The client's evaluation of a cycle: given with reasons, answered by the provider."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.quality import actions
from pactdesk.apps.quality.errors import EvaluationTooEarly
from pactdesk.apps.quality.evaluating import Asked, asked
from pactdesk.apps.quality.hands import EVALUATING, may
from pactdesk.apps.quality.models import Evaluation
from pactdesk.apps.quality.queries import evaluation_of, evaluations_of
from pactdesk.apps.quality.values import given
from pactdesk.core.facts.names import Party
from pactdesk.core.units.instants import zone_named
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.names import Names
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.said import moment_text
from pactdesk.web.quality.access import contract_seen_by, for_readers
from pactdesk.web.quality.evaluations import due_text, period_name
from pactdesk.web.quality.forms import MarksForm, ReasonForm
from pactdesk.web.quality.said import say
from pactdesk.web.quality.shown import evaluation_marks
from pactdesk.web.quality.views_contract import back
from pactdesk.web.ui.words import page_language


@require_http_methods(["GET", "POST"])
@for_readers
def evaluation(request: PersonRequest, contract: UUID, period: str) -> HttpResponse:
    """The form; once it was given, what was said."""
    scope = request.scope
    found = contract_seen_by(scope, contract)
    terms = terms_of(scope, contract, Period.month(period).last_day)
    wanted = asked(terms, period)
    known = evaluations_of(scope, contract).filter(period=wanted.period).first()
    if known is not None and request.method == "GET":
        return _said(request, found, wanted, known)
    if not may(scope, found, Party.CLIENT, EVALUATING):
        raise NotAllowed(action="evaluate")
    if timezone.now().astimezone(zone_named(found.zone)).date() < wanted.month.end:
        raise EvaluationTooEarly(period=period)
    form = MarksForm(wanted.form.items, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.evaluate(
            request.user.pk,
            contract=contract,
            period=period,
            marks=form.marks,
            note=form.note,
            at=timezone.now(),
        )
        return back(contract, "evaluated")
    clause = Names(terms, page_language()).clause_number(wanted.clause) if wanted.clause else ""
    shown = {
        **_common(found, wanted),
        "form": form,
        "clause": clause,
        "due": due_text(wanted),
        "is_own_form": wanted.form.clause is not None,
    }
    return render(request, "quality/evaluate.html", shown, status=422 if form.errors else 200)


@require_POST
@for_readers
def answer(request: PersonRequest, contract: UUID, period: str) -> HttpResponse:
    """The provider's answer."""
    scope = request.scope
    found = contract_seen_by(scope, contract)
    if not may(scope, found, Party.PROVIDER, EVALUATING):
        raise NotAllowed(action="answer_evaluation")
    known = evaluation_of(scope, contract, period)
    form = ReasonForm("evaluation.answer", request.POST)
    if not form.is_valid():
        wanted = asked(terms_of(scope, contract, Period.month(period).last_day), period)
        return _said(request, found, wanted, known, form)
    actions.answer_evaluation(
        request.user.pk,
        contract=contract,
        period=period,
        answer=form.cleaned_data["reason"],
        at=timezone.now(),
    )
    return back(contract, "answered")


def _said(
    request: PersonRequest,
    contract: Contract,
    wanted: Asked,
    known: Evaluation,
    form: ReasonForm | None = None,
) -> HttpResponse:
    zone, marks = zone_named(contract.zone), given(known)
    may_answer = may(request.scope, contract, Party.PROVIDER, EVALUATING) and not known.answered_at
    shown = {
        **_common(contract, wanted),
        "evaluation": known,
        "rows": evaluation_marks(known),
        "total": marks.total,
        "of": marks.of,
        "when": moment_text(known.at, zone),
        "answered": moment_text(known.answered_at, zone) if known.answered_at else "",
        "form": (form or ReasonForm("evaluation.answer")) if may_answer else None,
    }
    return render(request, "quality/evaluation.html", shown, status=422 if form else 200)


def _common(contract: Contract, wanted: Asked) -> dict[str, object]:
    here = (contract.title, reverse("quality:contract", args=[contract.pk]))
    return {
        "contract": contract,
        "period": wanted.period,
        "heading": say("evaluation.heading", period=period_name(wanted)),
        "trail": (here,),
    }
