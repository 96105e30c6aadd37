"""Bringing in many people from a table."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pactdesk.apps.parties.errors import PeopleOfClient, PeopleTableUnreadable
from pactdesk.apps.parties.importing import (
    Row,
    Tried,
    decoded,
    import_people,
    read_rows,
    try_people,
)
from pactdesk.apps.parties.in_charge import is_in_charge
from pactdesk.apps.parties.models import Organisation
from pactdesk.messages.catalogue import say, text
from pactdesk.web.access import PersonRequest, for_administrators
from pactdesk.web.people.forms import ImportForm
from pactdesk.web.people.naming import contract_codes, role_choices, roles_by_name
from pactdesk.web.people.views import chosen_organisation
from pactdesk.web.ui.words import page_language

LARGEST = 500_000


@for_administrators
def bring(request: PersonRequest) -> HttpResponse:
    """First the file, then what would come of it, then it is done."""
    org = chosen_organisation(request)
    if not is_in_charge(request.scope, org):
        raise PeopleOfClient(organisation=org.name)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, org, form)
    try:
        content = request.POST.get("content") or _content(form)
        rows = read_rows(content)
    except PeopleTableUnreadable as problem:
        form.add_error("file", say(problem, page_language()))
        return _page(request, org, form)
    choice = request.POST.get("do", "")
    if choice in ("all", "good"):
        tried = _imported(request, org, rows, only_good=choice == "good")
        if choice == "good" or not any(one.problem for one in tried):
            return HttpResponseRedirect(f"{reverse('people:people')}?org={org.pk}&invited")
    else:
        tried = _tried(request, org, rows)
    return render(request, "people/preview.html", _told(org, content, tried))


@for_administrators
def template(request: PersonRequest) -> HttpResponse:
    """A table to fill in, with a line as an example; with a mark, so that Excel reads UTF-8."""
    language = page_language()
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(text("people", f"column.{one}", language) for one in _COLUMNS)
    roles = role_choices(chosen_organisation(request).kind)
    code = next(iter(contract_codes(request.scope)), "")
    name = text("people", "import.example", language)
    lines.writerow([name, "name@example.com", roles[0][1] if code else "", code])
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


_COLUMNS = ("name", "email", "role", "contract")


def _content(form: ImportForm) -> str:
    file = form.cleaned_data.get("file") if form.is_valid() else None
    if file is None or file.size > LARGEST:
        raise PeopleTableUnreadable(most=500)
    return decoded(file.read())


def _tried(request: PersonRequest, org: Organisation, rows: list[Row]) -> list[Tried]:
    return try_people(
        request.user.pk,
        rows,
        org=org.pk,
        roles=roles_by_name(),
        contracts=contract_codes(request.scope),
        at=timezone.now(),
    )


def _imported(
    request: PersonRequest, org: Organisation, rows: list[Row], *, only_good: bool
) -> list[Tried]:
    return import_people(
        request.user.pk,
        rows,
        org=org.pk,
        roles=roles_by_name(),
        contracts=contract_codes(request.scope),
        at=timezone.now(),
        only_good=only_good,
    )


def _told(org: Organisation, content: str, tried: list[Tried]) -> dict[str, object]:
    language = page_language()
    wrong = sum(1 for one in tried if one.problem)
    return {
        "org": org,
        "content": content,
        "lines": [(one.row, say(one.problem, language) if one.problem else "") for one in tried],
        "wrong": wrong,
        "good": len(tried) - wrong,
    }


def _page(request: PersonRequest, org: Organisation, form: ImportForm) -> HttpResponse:
    return render(request, "people/import.html", {"org": org, "form": form})
