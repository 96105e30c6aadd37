"""Disputes about statements: open one, say where one stands, propose, answer, go on, take along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.statements import actions
from pactdesk.apps.statements.as_agreed import standing_fen
from pactdesk.apps.statements.dispute_papers import dispute_file
from pactdesk.apps.statements.disputes import Case, case_of, dispute_of, due_day
from pactdesk.apps.statements.disputing import waiting_for
from pactdesk.apps.statements.hands import may_speak, party_of
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.queries import statement_of, terms_behind
from pactdesk.apps.statements.values import to_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.kinds import Party
from pactdesk.documents.explain.held import held
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import month_text
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.dispute_forms import AmountsForm
from pactdesk.web.portal.dispute_words import Words, say
from pactdesk.web.portal.files import attachment
from pactdesk.web.portal.rechecks import trusted_keys
from pactdesk.web.portal.said import say as say_portal
from pactdesk.web.portal.views_events import for_parties
from pactdesk.web.portal.views_statements import trail_to_statements
from pactdesk.web.ui.words import page_language

_DONE = ("opened", "position", "proposed", "accepted", "refused", "step", "said", "withdrawn")
_WITH_AMOUNTS = {"position": actions.take_position, "proposed": actions.propose}
_WITH_WORDS = {
    "step": actions.go_on,
    "said": actions.say_in_dispute,
    "withdrawn": actions.withdraw_dispute,
}


@require_http_methods(["GET", "POST"])
@for_parties
def dispute_open(request: PersonRequest, statement: UUID) -> HttpResponse:
    """Which lines, what they should be, and why."""
    scope = request.scope
    found = statement_of(scope, statement)
    _speaking(scope, found, "open_dispute")
    line = request.GET.get("line", "")
    form = AmountsForm(
        request.POST if request.method == "POST" else None,
        items=_items(scope, found),
        billed=standing_fen(found),
        ticked=frozenset({int(line)} if line.isdigit() and len(line) < 6 else ()),
    )
    if form.is_valid():
        made = actions.open_dispute(
            request.user.pk,
            statement=statement,
            amounts=form.cleaned_data["amounts"],
            text=form.cleaned_data["text"],
            at=timezone.now(),
        )
        return _back(made, "opened")
    month = month_text(found.period, page_language())
    shown = {
        "statement": found,
        "contract": found.contract,
        "form": form,
        "heading": say("open_heading", month=month),
        "trail": _trail(found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/dispute_open.html", shown, status=status)


@require_GET
@for_parties
def dispute(request: PersonRequest, dispute: UUID) -> HttpResponse:
    """One dispute."""
    return _page(request, dispute)


@require_POST
@for_parties
def dispute_act(request: PersonRequest, dispute: UUID) -> HttpResponse:
    """What the visitor's party does in it."""
    scope, at = request.scope, timezone.now()
    found = dispute_of(scope, dispute)
    _speaking(scope, found.statement, "dispute_act")
    deed, said = request.POST.get("deed", ""), request.POST.get("text", "")
    if deed in _WITH_AMOUNTS:
        form = _amounts_form(scope, case_of(scope, found), deed, request.POST)
        if not form.is_valid():
            return _page(request, dispute, wrong=(deed, form))
        told = {"amounts": form.cleaned_data["amounts"], "text": form.cleaned_data["text"]}
        _WITH_AMOUNTS[deed](request.user.pk, dispute=dispute, at=at, **told)
    elif deed in _WITH_WORDS:
        _WITH_WORDS[deed](request.user.pk, dispute=dispute, text=said, at=at)
    elif deed in ("accepted", "refused"):
        actions.answer_proposal(
            request.user.pk,
            dispute=dispute,
            proposal=_uuid(request.POST.get("proposal", "")),
            accepts=deed == "accepted",
            text=said,
            at=at,
        )
    else:
        return HttpResponseBadRequest()
    return _back(dispute, deed)


@require_GET
@for_parties
def dispute_zip(request: PersonRequest, dispute: UUID) -> HttpResponse:
    """Everything in one file, for arbitration or court."""
    found = dispute_of(request.scope, dispute)
    words = _words(request.scope, case_of(request.scope, found))
    content = dispute_file(
        request.scope,
        words.case,
        words.told(_due(request.scope, words.case)),
        trusted_keys(),
        page_language(),
    )
    name = f"{found.statement.number}-dispute-{found.number}.zip"
    return attachment(content, name, "application/zip")


def _page(
    request: PersonRequest, dispute: UUID, *, wrong: tuple[str, AmountsForm] | None = None
) -> HttpResponse:
    scope = request.scope
    found = dispute_of(scope, dispute)
    case = case_of(scope, found)
    words = _words(scope, case)
    speaks = words.mine is not None and may_speak(scope, found.contract, words.mine)
    acts = speaks and case.is_open
    waiting = waiting_for(case, words.mine) if words.mine and speaks else None
    shown_last = case.settled_by or waiting or (case.proposals[-1] if case.proposals else None)
    forms = {
        deed: wrong[1] if wrong and wrong[0] == deed else _amounts_form(scope, case, deed, None)
        for deed in _WITH_AMOUNTS
    }
    done = request.GET.get("done", "")
    shown: dict[str, Any] = {
        "dispute": found,
        "contract": found.contract,
        "statement": found.statement,
        "words": words,
        "undisputed": words.undisputed(_due(scope, case)),
        "proposal": words.proposal(shown_last) if shown_last else None,
        "answerable": waiting is not None and acts,
        "acts": acts,
        "forms": forms,
        "wrong": wrong[0] if wrong else "",
        "withdraws": acts and found.party == words.mine,
        "trail": _trail(found.statement),
        "done": say(f"done.{done}") if done in _DONE else "",
    }
    return render(request, "portal/dispute.html", shown, status=422 if wrong else 200)


def _words(scope: Scope, case: Case) -> Words:
    statement = case.dispute.statement
    today = timezone.localdate()
    terms = terms_of(scope, statement.contract_id, today).on(today)
    mine = party_of(scope, statement.contract)
    return Words(case, terms, _items(scope, statement), mine)


def _amounts_form(
    scope: Scope, case: Case, deed: str, data: Mapping[str, Any] | None
) -> AmountsForm:
    """A proposal is about the disputed lines; a position may dispute more of them."""
    items = _items(scope, case.dispute.statement)
    mine = party_of(scope, case.dispute.contract)
    last = case.claimed.get(mine, {}) if mine else {}
    if deed == "proposed":
        items = {line: item for line, item in items.items() if line in case.lines}
    return AmountsForm(
        data,
        items=items,
        billed=case.billed,
        amounts=last,
        fixed=frozenset(case.lines),
    )


def _items(scope: Scope, statement: Statement) -> dict[int, str]:
    plain, terms = to_plain(statement), terms_behind(scope, statement)
    return {
        int(line["number"]): Names(held(terms, plain, line), page_language()).line_title(line)
        for line in plain["lines"]
    }


def _speaking(scope: Scope, statement: Statement, action: str) -> Party:
    mine = party_of(scope, statement.contract)
    if mine is None or not may_speak(scope, statement.contract, mine):
        raise NotAllowed(action=action)
    return mine


def _due(scope: Scope, case: Case) -> str:
    day = due_day(scope, case.dispute.statement)
    return day.isoformat() if day else ""


def _trail(statement: Statement) -> tuple[tuple[str, str], ...]:
    month = month_text(statement.period, page_language())
    here = say_portal("statement.heading", month=month)
    return (*trail_to_statements(), (here, reverse("portal:statement", args=[statement.pk])))


def _uuid(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        return UUID(int=0)


def _back(dispute: UUID, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('portal:dispute', args=[dispute])}?done={done}")
