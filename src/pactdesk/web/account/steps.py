"""From a right password into the desk: straight, or by way of the second step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.parties.second_factor import has_second_factor
from pactdesk.web.account.entering import enter
from pactdesk.web.account.visitors import remember_browser

_PENDING = "pending_second_step"
_LIFE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody whose password was right and whose code is awaited."""

    person: UUID
    after: str


def go_on(request: HttpRequest, person: Person, after: str) -> HttpResponse:
    """In, or to the second step if the person has one."""
    with scoped(person.pk):
        asks_for_code = has_second_factor(person.pk)
    if not asks_for_code:
        return come_in(request, person, after)
    request.session.flush()
    until = (timezone.now() + _LIFE).timestamp()
    request.session[_PENDING] = {"person": str(person.pk), "after": after, "until": until}
    return HttpResponseRedirect(reverse("account:second_step"))


def come_in(
    request: HttpRequest, person: Person, after: str, *, with_second_factor: bool = False
) -> HttpResponse:
    """In; the browser is known from now on."""
    request.session.pop(_PENDING, None)
    enter(request, person, with_second_factor=with_second_factor)
    response = HttpResponseRedirect(after)
    remember_browser(request, response, person.email)
    return response


def pending(request: HttpRequest) -> Pending | None:
    """Whose code is awaited in this session; nobody's after a few minutes."""
    said = request.session.get(_PENDING)
    if not said or said["until"] < timezone.now().timestamp():
        return None
    return Pending(UUID(said["person"]), said["after"])
