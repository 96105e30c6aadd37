"""Contracts with clients: the list, one more from its paper, and a draft's blanks."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pactdesk.apps.contracts.actions import replace_terms, store_contract
from pactdesk.apps.contracts.drafts import fill_draft
from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.queries import (
    contract_of,
    contracts_visible_to,
    documents_of,
    terms_of,
    versions_of,
)
from pactdesk.apps.contracts.reviews import keep_review, reviewed, with_answers
from pactdesk.apps.contracts.values import Paper
from pactdesk.apps.parties.kinds import OrganisationKind
from pactdesk.apps.parties.queries import organisations_visible_to
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.terms.text import contract_to_yaml
from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import has_text, say, text
from pactdesk.web.access import PersonRequest, for_operators
from pactdesk.web.clients.blanks import answered, questions
from pactdesk.web.clients.forms import ContractForm, FileForm, ReplacementForm
from pactdesk.web.clients.handed_in import contract_in, paper_in, terms_in
from pactdesk.web.ui.words import page_language


@for_operators
def contracts(request: PersonRequest) -> HttpResponse:
    """All that the provider has."""
    found = contracts_visible_to(request.scope)
    return render(request, "clients/contracts.html", {"contracts": found})


@for_operators
def add(request: PersonRequest) -> HttpResponse:
    """A paper is read and kept, with the terms found in it: a draft while it has blanks."""
    clients = organisations_visible_to(request.scope).filter(kind=OrganisationKind.CLIENT.value)
    choices = [(str(one.pk), one.name) for one in clients]
    form = ContractForm(request.POST or None, request.FILES or None, clients=choices)
    if request.method == "POST" and form.is_valid():
        try:
            made = _stored(request, form)
            return HttpResponseRedirect(reverse("clients:contract", args=[made]))
        except PactError as problem:
            form.add_error(None, say(problem, page_language()))
    return render(request, "clients/add.html", {"form": form, "has_clients": bool(choices)})


@for_operators
def contract(request: PersonRequest, contract: UUID) -> HttpResponse:
    """One: what is known of it, what is still open, and what comes next."""
    if request.method != "POST":
        return _page(request, contract, FileForm())
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            read, _ = contract_in(*_file(form))
            return _filled(request, contract, read)
        except PactError as problem:
            form.add_error("file", say(problem, page_language()))
    return _page(request, contract, form)


@require_POST
@for_operators
def fill(request: PersonRequest, contract: UUID) -> HttpResponse:
    """The answers that can stand are kept; beside the others stands why not."""
    before = reviewed(request.scope, contract)
    answers = {path: request.POST.get(path, "") for path, _ in before.terms.blanks()}
    taken, problems = answered(before.terms, answers)
    if taken:
        by, record = request.user.pk, with_answers(before, taken)
        keep_review(by, contract=contract, record=record, after=before.number, at=timezone.now())
        if not problems:
            return HttpResponseRedirect(reverse("clients:contract", args=[contract]))
    return _page(request, contract, FileForm(), answers=answers, problems=problems)


@require_POST
@for_operators
def replace(request: PersonRequest, contract: UUID) -> HttpResponse:
    """New terms from the first day of a month on, as both parties agreed them."""
    contract_of(request.scope, contract)
    form = ReplacementForm(request.POST, request.FILES)
    if form.is_valid():
        told = form.cleaned_data
        try:
            read, _ = contract_in(*_file(form), form.view_chosen())
            by, since, note = request.user.pk, told["since"], told["note"]
            replace_terms(by, contract=contract, terms=read, in_force_from=since, note=note)
            return HttpResponseRedirect(reverse("clients:contract", args=[contract]))
        except PactError as problem:
            form.add_error("file", say(problem, page_language()))
    return _page(request, contract, FileForm(), replacement=form)


@for_operators
def terms(request: PersonRequest, contract: UUID) -> HttpResponse:
    """The terms as the file that `pactdesk fill` takes."""
    found = contract_of(request.scope, contract)
    written = contract_to_yaml(terms_of(request.scope, contract))
    answer = HttpResponse(written, content_type="application/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.code}.yaml"'
    return answer


def _stored(request: PersonRequest, form: ContractForm) -> UUID:
    typed = form.cleaned_data["typed"]
    if typed:
        papers: tuple[Paper, ...] = (paper_in(*_file(form)),)
        read = terms_in(str(typed.name), typed.read())
    else:
        read, papers = contract_in(*_file(form), form.view_chosen())
    if form.cleaned_data["code"]:
        read = filled(read, {"contract_id": form.cleaned_data["code"]})
    client = UUID(form.cleaned_data["client"])
    now = timezone.now()
    return store_contract(request.user.pk, client=client, contract=read, at=now, papers=papers)


def _file(form: FileForm) -> tuple[str, bytes]:
    file = form.cleaned_data["file"]
    return str(file.name), file.read()


def _filled(request: PersonRequest, contract: UUID, read: CoreContract) -> HttpResponse:
    fill_draft(request.user.pk, contract=contract, terms=read, at=timezone.now())
    return HttpResponseRedirect(reverse("clients:contract", args=[contract]))


def _page(
    request: PersonRequest,
    contract: UUID,
    form: FileForm,
    *,
    answers: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    replacement: ReplacementForm | None = None,
) -> HttpResponse:
    found, read = contract_of(request.scope, contract), terms_of(request.scope, contract)
    shown = {
        "contract": found,
        "type": _type_text(found.contract_type),
        "is_draft": found.state == ContractState.DRAFT.value,
        "questions": questions(read, answers, problems),
        "wrong": len(problems or ()),
        "findings": _findings(read),
        "documents": documents_of(request.scope, contract),
        "form": form,
        "replacement": replacement or ReplacementForm(),
        "versions": versions_of(request.scope, contract),
    }
    return render(request, "clients/contract.html", shown)


def _findings(read: CoreContract) -> list[str]:
    """What the linter remarks, by title; the whole is in the portal, for those with a role."""
    language = page_language()
    found = [f"{one.code}.title" for one in lint(read)]
    return [text("findings", one, language) for one in found if has_text("findings", one, language)]


def _type_text(kind: str) -> str:
    key, language = f"type.{kind}", page_language()
    return text("portal", key, language) if has_text("portal", key, language) else kind
