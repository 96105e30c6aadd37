"""Who belongs to an organisation, and inviting somebody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pactdesk.apps.parties.actions import invite_person
from pactdesk.apps.parties.errors import EmailTaken, OrganisationUnknown, PeopleOfClient
from pactdesk.apps.parties.in_charge import (
    administrators_of,
    is_in_charge,
    leave_people_to_provider,
)
from pactdesk.apps.parties.kinds import OrganisationKind
from pactdesk.apps.parties.models import Membership, Organisation
from pactdesk.apps.parties.queries import (
    memberships_visible_to,
    organisation_of,
    organisations_visible_to,
    roles_visible_to,
)
from pactdesk.messages.catalogue import say
from pactdesk.web.access import PersonRequest, for_administrators
from pactdesk.web.people.forms import InviteForm
from pactdesk.web.people.naming import contract_names, role_text
from pactdesk.web.ui.words import page_language


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the list."""

    id: UUID
    name: str
    email: str
    is_administrator: bool
    is_invited: bool
    roles: tuple[str, ...]


def chosen_organisation(request: PersonRequest) -> Organisation:
    """The one in the address, for the provider's administrators; else their own.

    raises  OrganisationUnknown
    """
    scope = request.scope
    said = request.GET.get("org")
    if said and scope.operator:
        try:
            return organisation_of(scope, UUID(said))
        except ValueError:
            raise OrganisationUnknown(org=said) from None
    if scope.org is None:
        raise OrganisationUnknown(org="")
    return organisation_of(scope, scope.org)


@for_administrators
def people(request: PersonRequest) -> HttpResponse:
    """Everybody of the organisation now, with their roles."""
    org = chosen_organisation(request)
    scope, in_charge = request.scope, is_in_charge(request.scope, org)
    keepers = [] if in_charge else administrators_of(scope, org.pk)
    told = {
        "org": org,
        "members": _members(request, org),
        "in_charge": in_charge,
        "keepers": "、".join(one.person.name for one in keepers),
        "may_leave": org.kind == OrganisationKind.CLIENT.value and org.pk == scope.org,
        "others": organisations_visible_to(request.scope) if request.scope.operator else (),
        "is_invited": "invited" in request.GET,
    }
    return render(request, "people/people.html", told)


@for_administrators
def invite(request: PersonRequest) -> HttpResponse:
    """A mail follows, with which they choose a password."""
    org = chosen_organisation(request)
    is_first = not is_in_charge(request.scope, org)
    if is_first and administrators_of(request.scope, org.pk):
        raise PeopleOfClient(organisation=org.name)
    form = InviteForm(request.POST or None)
    if is_first:
        form.leave_out("is_administrator")
    if request.method == "POST" and form.is_valid():
        try:
            asked = {"is_administrator": is_first} | form.cleaned_data
            person = invite_person(request.user.pk, org=org.pk, at=timezone.now(), **asked)
            return HttpResponseRedirect(reverse("people:person", args=[person]) + "?invited")
        except EmailTaken as taken:
            form.add_error("email", say(taken, page_language()))
    told = {"form": form, "org": org, "is_first": is_first}
    return render(request, "people/invite.html", told)


@require_POST
@for_administrators
def leave(request: PersonRequest) -> HttpResponse:
    """A client leaves its people to the provider's administrators, or takes that back."""
    leave_people_to_provider(request.user.pk, left=request.GET.get("left") == "yes")
    return HttpResponseRedirect(reverse("people:people"))


def _members(request: PersonRequest, org: Organisation) -> list[Member]:
    names = contract_names(request.scope)
    held: dict[UUID, list[str]] = {}
    now = timezone.now()
    for role in roles_visible_to(request.scope).filter(org_id=org.pk).exclude(ends_at__lte=now):
        where = names.get(role.contract_id, "")
        held.setdefault(role.person_id, []).append(f"{role_text(role.role)} · {where}".strip(" ·"))
    present = memberships_visible_to(request.scope).filter(org_id=org.pk, ended_at__isnull=True)
    members = present.select_related("person").order_by("person__name", "person_id")
    return [_member(one, tuple(held.get(one.person_id, ()))) for one in members]


def _member(membership: Membership, roles: tuple[str, ...]) -> Member:
    person = membership.person
    return Member(
        id=person.pk,
        name=person.name,
        email=person.email,
        is_administrator=membership.is_administrator,
        is_invited=not person.has_usable_password(),
        roles=roles,
    )
