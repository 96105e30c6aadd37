"""Header and navigation of every page: whose it is, and where they can go from it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.models import Membership
from pactdesk.apps.requests.queries import waiting_for
from pactdesk.apps.requests.walls import MANAGING, SERVING
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.messages.catalogue import text
from pactdesk.web.ui.values import Place, Shell
from pactdesk.web.ui.words import page_language
from pactdesk.web.visitors import Access

_BOTH_SIDES = frozenset(
    {Role.LEAD, Role.CLIENT_MANAGER, Role.FINANCE, Role.CONTRACT_OFFICER, Role.THIRD_PARTY}
)
_INSPECTED = frozenset({Role.AGENT, Role.LEAD, Role.QA})
_DEALING = frozenset(Role(name) for name in MANAGING | SERVING)
_PUTTING_UP = frozenset({Role.LEAD, Role.ADMIN})


class _Entry(NamedTuple):
    key: str
    view: str
    icon: str
    access: Access


_ENTRIES = (
    _Entry("inbox", "desk:inbox", "inbox", Access(roles=frozenset({Role.AGENT, Role.LEAD}))),
    _Entry("work", "workforce:mine", "clock", Access(roles=frozenset({Role.AGENT, Role.LEAD}))),
    _Entry("team", "workforce:team", "person", Access(roles=frozenset({Role.LEAD, Role.PLANNER}))),
    _Entry("levels", "desk:levels", "level", Access(roles=frozenset({Role.LEAD}))),
    _Entry("quality", "quality:mine", "star", Access(roles=_INSPECTED)),
    _Entry("contracts", "portal:contracts", "paper", Access(roles=_BOTH_SIDES)),
    _Entry("requests", "requests:inbox", "question", Access(roles=_DEALING)),
    _Entry("statements", "portal:statements", "money", Access(roles=_BOTH_SIDES)),
    _Entry("people", "people:people", "person", Access(administrator=True)),
    _Entry("clients", "clients:contracts", "paper", Access(operator=True)),
    _Entry("sites", "clients:sites", "chat", Access(roles=_PUTTING_UP, operator=True)),
)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """For the templates: `shell`. Of a visitor who is not logged in, only the brand."""
    scope: Scope | None = getattr(request, "scope", None)
    if scope is None or scope.person is None:
        return {"shell": Shell(organisation="")}
    own = Membership.objects.filter(person_id=scope.person, ended_at__isnull=True)
    membership = own.select_related("org", "person").first()
    if membership is None:
        return {"shell": Shell(organisation="")}
    return {
        "shell": Shell(
            organisation=membership.org.name,
            person=membership.person.name,
            places=tuple(_counted(_places(scope, request.path), scope, membership.org.kind)),
        )
    }


def _places(scope: Scope, path: str) -> list[Place]:
    open_to_them = [entry for entry in _ENTRIES if entry.access.admits(scope)]
    urls = [(entry, _url(entry.view)) for entry in open_to_them]
    known = [(entry, url) for entry, url in urls if url]
    # Of places inside one another the longest address is the one somebody is at.
    here = max((url for _, url in known if path.startswith(url)), key=len, default=None)
    return [
        Place(text("places", entry.key, page_language()), url, entry.icon, url == here)
        for entry, url in known
    ]


def _counted(places: list[Place], scope: Scope, kind: str) -> list[Place]:
    """With how many requests wait for the visitor's side."""
    url = _url("requests:inbox")
    if kind not in set(Party):
        return places
    return [
        replace(each, count=waiting_for(scope, Party(kind)).count()) if each.url == url else each
        for each in places
    ]


def _url(view: str) -> str | None:
    try:
        return reverse(view)
    except NoReverseMatch:
        return None


def first_place(scope: Scope) -> str | None:
    """Where somebody lands after their log-in."""
    return next((place.url for place in _places(scope, "")), None)
