"""Who did or saw what, for administrators."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from pactdesk.apps.audit.models import Entry
from pactdesk.apps.audit.queries import entries_visible_to
from pactdesk.apps.parties.queries import people_visible_to
from pactdesk.messages.catalogue import has_text, text
from pactdesk.web.access import PersonRequest, for_administrators
from pactdesk.web.moments import display_zone
from pactdesk.web.people.naming import contract_names, role_text
from pactdesk.web.ui.words import page_language

ON_A_PAGE = 50

_MACHINES = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")
"""Ids and hashes."""


@for_administrators
def audit(request: PersonRequest) -> HttpResponse:
    """Newest first; by person, deed and day."""
    chosen = {name: request.GET.get(name, "").strip() for name in ("person", "verb", "day")}
    entries = _filtered(entries_visible_to(request.scope), chosen)
    page = Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page"))
    names = dict(people_visible_to(request.scope).values_list("id", "name"))
    contracts = contract_names(request.scope)
    verbs = entries_visible_to(request.scope).order_by("verb").values_list("verb", flat=True)
    told = {
        "page": page,
        "lines": [_line(entry, names, contracts) for entry in page],
        "people": sorted(names.items(), key=lambda one: one[1]),
        "verbs": [(verb, verb_text(verb)) for verb in verbs.distinct()],
        "chosen": chosen,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "people/audit.html", told)


def verb_text(verb: str) -> str:
    """What was done, in words where there are some."""
    key = f"verb.{verb}"
    language = page_language()
    return text("people", key, language) if has_text("people", key, language) else verb


def _detail(name: str, value: str) -> str:
    """One detail in words; what is a name for machines alone is not shown."""
    language = page_language()
    if _MACHINES.fullmatch(value):
        return ""
    if has_text("people", f"detail_value.{value}", language):
        value = text("people", f"detail_value.{value}", language)
    elif name == "role":
        value = role_text(value)
    if not has_text("people", f"detail.{name}", language):
        return f"{name}: {value}"
    return text("people", f"detail.{name}", language, value=value)


def _filtered(entries: QuerySet[Entry], chosen: dict[str, str]) -> QuerySet[Entry]:
    """What cannot be read as a person or a day is as if it were not said."""
    try:
        entries = entries.filter(person_id=UUID(chosen["person"]))
    except ValueError:
        chosen["person"] = ""
    try:
        start = datetime.combine(date.fromisoformat(chosen["day"]), time(), display_zone())
        entries = entries.filter(recorded_at__gte=start, recorded_at__lt=start + timedelta(days=1))
    except (ValueError, OverflowError):  # the last day there is has no next one
        chosen["day"] = ""
    return entries.filter(verb=chosen["verb"]) if chosen["verb"] else entries


def _line(entry: Entry, names: dict[UUID, str], contracts: dict[UUID, str]) -> dict[str, str]:
    language = page_language()
    nobody = text("people", "audit.nobody", language)
    comma = text("people", "audit.comma", language)
    told = (_detail(name, str(value)) for name, value in entry.details.items() if value)
    return {
        "at": entry.recorded_at.astimezone(display_zone()).strftime("%Y-%m-%d %H:%M:%S"),
        "who": names.get(entry.person_id, str(entry.person_id)) if entry.person_id else nobody,
        "what": verb_text(entry.verb),
        "whom": names.get(entry.subject_id, "") if entry.subject_id else "",
        "where": contracts.get(entry.contract_id, "") if entry.contract_id else "",
        "details": comma.join(filter(None, told)),
    }
