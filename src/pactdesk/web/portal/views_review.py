"""A stored paper beside what was read from it: looked through by the provider, seen by both."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.models import Contract, SourceDocument
from pactdesk.apps.contracts.queries import contract_of, documents_of, reviews_of
from pactdesk.apps.contracts.reviews import Reviewed, keep_review, may_review, reviewed
from pactdesk.apps.contracts.values import to_terms
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.terms.filling import AnswersUnreadable
from pactdesk.core.terms.text import plain_yaml
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import zone_named
from pactdesk.documents.formats.docx import View
from pactdesk.documents.reading import Reading, read_contract
from pactdesk.documents.review.body import review_body
from pactdesk.documents.source import SourceText, source_in
from pactdesk.messages.catalogue import say as sentence
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.portal.access import READERS, contract_read_by
from pactdesk.web.portal.said import moment_text, say
from pactdesk.web.portal.tabs import tabs_of, trail
from pactdesk.web.ui.words import page_language

LONGEST_RECORD = 400_000
_READ_AT_ONCE = 4
_VIEWS: dict[str, View] = {"accepted": "accepted", "original": "original"}


@for_roles(*READERS, operator=True)
def review(request: PersonRequest, contract: UUID, document: UUID) -> HttpResponse:
    """The paper and its terms; what the provider's people mark there is kept."""
    scope = request.scope
    is_reader = contract in scope.contracts or not scope.operator
    found = contract_read_by(scope, contract) if is_reader else contract_of(scope, contract)
    paper = documents_of(scope, contract).filter(id=document).first()
    if paper is None:
        raise Http404
    before = reviewed(scope, contract)
    if request.method != "POST":
        return _page(request, found, paper, before, before.record)
    if not may_review(scope, found):
        raise NotAllowed(action="portal.review")
    told = request.POST.get("record", "")[:LONGEST_RECORD]
    after = request.POST.get("after", "")
    record: dict[str, Any] = before.record
    try:
        record = _record(told, found.code)
        number = int(after) if after.isdecimal() and len(after) < 9 else -1
        by, at = request.user.pk, timezone.now()
        keep_review(by, contract=contract, record=record, after=number, at=at)
    except PactError as problem:
        words = sentence(problem, page_language())
        return _page(request, found, paper, before, record, wrong=words)
    return HttpResponseRedirect(reverse("portal:review", args=[contract, document]) + "?done")


def _record(told: str, file: str) -> dict[str, Any]:
    record = plain_yaml(told, file)
    if not isinstance(record, dict):
        raise AnswersUnreadable(file=file, problem="not a mapping")
    return record


def _page(
    request: PersonRequest,
    contract: Contract,
    paper: SourceDocument,
    before: Reviewed,
    record: dict[str, Any],
    wrong: str = "",
) -> HttpResponse:
    """`record` are the marks that show: after a mistake those that could not be kept."""
    scope, body, unreadable = request.scope, "", ""
    is_editable = may_review(scope, contract)
    try:
        source, reading = _read(paper.name, bytes(paper.content), _VIEWS.get(paper.view))
        looked_at = replace(reading, contract=to_terms(before.base))
        body = review_body(
            source,
            looked_at,
            language=page_language(),
            record=record,
            in_portal=True,
            editable=is_editable,
        )
    except PactError as problem:
        unreadable = sentence(problem, page_language())
    is_inside = contract.pk in scope.contracts
    shown = {
        "contract": contract,
        "paper": paper,
        "body": body,
        "unreadable": unreadable,
        "wrong": wrong,
        "after": before.number,
        "is_editable": is_editable and bool(body),
        "is_draft": contract.state == ContractState.DRAFT.value,
        "tabs": tabs_of(contract, "review", request.scope) if is_inside else (),
        "trail": trail() if is_inside else _way_of_administrators(contract),
        "is_inside": is_inside,
        "history": _history(scope, contract),
        "done": say("review.done") if "done" in request.GET else "",
    }
    return render(request, "portal/review.html", shown, status=409 if wrong else 200)


def _way_of_administrators(contract: Contract) -> tuple[tuple[str, str], ...]:
    return ((contract.title, reverse("clients:contract", args=[contract.pk])),)


def _history(scope: Scope, contract: Contract) -> list[str]:
    """Who looked it through, when, and with how many marks; the newest first."""
    told = []
    for one in reviews_of(scope, contract.pk):
        record = _record(one.record, contract.code)
        marks = {name: len(record.get(name, ())) for name in ("confirmed", "corrections", "absent")}
        marks["answers"] = len(record.get("answers", ()))
        at = moment_text(one.recorded_at, zone_named(contract.zone))
        told.append(say("review.entry", number=one.number, who=one.by.name, at=at, **marks))
    return told


# Frozen, and the same for everybody who may see the paper: a large one is not read each time.
@lru_cache(maxsize=_READ_AT_ONCE)
def _read(name: str, content: bytes, view: View | None) -> tuple[SourceText, Reading]:
    source = source_in(name, content, view)
    return source, read_contract(source)
