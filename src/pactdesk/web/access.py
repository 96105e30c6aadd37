"""Who may open a page. Every view of the desk carries one of these decorators, and a test of the
whole URLconf fails on one that does not.

A page for people runs in one transaction in its visitor's scope, which stands in `request.scope`:
what a view reads, whatever it asks for, are the rows of its visitor; when it fails, nothing of
what it wrote remains.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from pactdesk.apps.parties.errors import NotAdmitted, NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.parties.second_factor import is_required
from pactdesk.apps.parties.sessions import WITH_SECOND_FACTOR
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import say
from pactdesk.web.ui.words import page_language
from pactdesk.web.visitors import Access, View, public

__all__ = [
    "PersonRequest",
    "for_administrators",
    "for_operators",
    "for_people",
    "for_roles",
    "public",
    "refusal",
]

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request of somebody who is logged in, with their scope."""

    user: Person
    scope: Scope


PersonView = Callable[Concatenate[PersonRequest, P], HttpResponse]


def for_people(view: PersonView[P]) -> View[P]:
    """For whoever is logged in."""
    return _guarded(view, Access())


def for_administrators(view: PersonView[P]) -> View[P]:
    """For administrators of their organisation."""
    return _guarded(view, Access(administrator=True))


def for_operators(view: PersonView[P]) -> View[P]:
    """For administrators of the provider, who run the whole desk."""
    return _guarded(view, Access(operator=True))


def before_second_factor(view: View[P]) -> View[P]:
    """Around one of the others: also for administrators who have yet to set up their second."""
    view.comes_before = True  # type: ignore[attr-defined]  # read by `_guarded`
    return view


def for_roles(*roles: Role, operator: bool = False) -> Callable[[PersonView[P]], View[P]]:
    """For people who have one of these roles in some contract; with `operator`, also for
    administrators of the provider."""
    access = Access(roles=frozenset(roles), operator=operator)
    return lambda view: _guarded(view, access)


def _guarded(view: PersonView[P], access: Access) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        mine = cast("PersonRequest", request)
        try:
            with scoped(mine.user.pk) as scope:
                mine.scope = scope
                if not access.admits(scope):
                    raise PermissionDenied
                if not hasattr(guarded, "comes_before") and _lacks_second_factor(mine):
                    return HttpResponseRedirect(reverse("account:second_factor"))
                return view(mine, *args, **kwargs)
        except PactError as problem:
            return refusal(request, problem)

    guarded.access = access  # type: ignore[attr-defined]  # read by the tests
    return cast("View[P]", guarded)


def _lacks_second_factor(request: PersonRequest) -> bool:
    if not request.scope.administrator or request.session.get(WITH_SECOND_FACTOR):
        return False
    return is_required(request.scope)


def refusal(request: HttpRequest, problem: PactError) -> HttpResponse:
    """The page that tells what went wrong and what to do.

    raises  PermissionDenied, Http404: those have their own pages, the same whether a row does not
            exist or belongs to somebody else
    """
    if isinstance(problem, NotAdmitted | NotAllowed):
        raise PermissionDenied from problem
    if type(problem).__name__.endswith("Unknown"):
        raise Http404 from problem
    told = {"sentence": say(problem, page_language())}
    return render(request, "refusal.html", told, status=409)
