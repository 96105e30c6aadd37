"""One person: their roles, and what administrators do for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pactdesk.apps.parties.actions import end_membership, revoke_role, set_role
from pactdesk.apps.parties.administering import end_all_sessions, invite_again, unlock
from pactdesk.apps.parties.in_charge import is_in_charge
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.models import Membership
from pactdesk.apps.parties.queries import member_of, roles_visible_to
from pactdesk.apps.parties.second_factor import has_second_factor, remove_second_factor
from pactdesk.core.units.errors import PactError
from pactdesk.messages.catalogue import say
from pactdesk.web.access import PersonRequest, for_administrators
from pactdesk.web.people.forms import RoleForm
from pactdesk.web.people.naming import contract_names, role_choices, role_text
from pactdesk.web.ui.words import page_language

DEEDS: Mapping[str, Callable[[UUID, UUID], None]] = {
    "invite": lambda by, person: invite_again(by, person=person, at=timezone.now()),
    "unlock": lambda by, person: unlock(by, person=person),
    "sessions": lambda by, person: end_all_sessions(by, person=person),
    "second-factor": lambda by, person: remove_second_factor(by, person=person),
    "end": lambda by, person: end_membership(by, person=person, at=timezone.now()),
}


@for_administrators
def person(request: PersonRequest, person: UUID) -> HttpResponse:
    """Who they are and what they may do."""
    membership = member_of(request.scope, person)
    return _page(request, membership, _role_form(request, membership))


@require_POST
@for_administrators
def give_role(request: PersonRequest, person: UUID) -> HttpResponse:
    """From now on they have a role in a contract."""
    membership = member_of(request.scope, person)
    form = _role_form(request, membership)
    if form.is_valid():
        role, contract = Role(form.cleaned_data["role"]), UUID(form.cleaned_data["contract"])
        try:
            by = request.user.pk
            set_role(by, person=person, contract=contract, role=role, at=timezone.now())
            return _back(person)
        except PactError as problem:
            form.add_error(None, say(problem, page_language()))
    return _page(request, membership, form)


@require_POST
@for_administrators
def end_role(request: PersonRequest, person: UUID) -> HttpResponse:
    """They have it no longer."""
    try:
        role = Role(request.POST.get("role", ""))
        contract = UUID(request.POST.get("contract", ""))
    except ValueError:
        raise Http404 from None
    by = request.user.pk
    revoke_role(by, person=person, contract=contract, role=role, at=timezone.now())
    return _back(person)


@require_POST
@for_administrators
def do(request: PersonRequest, person: UUID, deed: str) -> HttpResponse:
    """One of DEEDS."""
    if deed not in DEEDS:
        raise Http404
    DEEDS[deed](request.user.pk, person)
    return HttpResponseRedirect(reverse("people:people")) if deed == "end" else _back(person)


def _role_form(request: PersonRequest, membership: Membership) -> RoleForm:
    names = contract_names(request.scope)
    return RoleForm(
        request.POST or None,
        contracts=[(str(contract), name) for contract, name in names.items()],
        roles=role_choices(membership.org.kind),
    )


def _page(request: PersonRequest, membership: Membership, form: RoleForm) -> HttpResponse:
    names = contract_names(request.scope)
    now = timezone.now()
    held = roles_visible_to(request.scope).filter(
        person_id=membership.person_id, org_id=membership.org_id
    )
    told = {
        "one": membership.person,
        "membership": membership,
        "may_end": is_in_charge(request.scope, membership.org),
        "is_self": membership.person_id == request.scope.person,
        "is_invited": not membership.person.has_usable_password(),
        "has_second_factor": has_second_factor(membership.person_id),
        "held": [
            (role, role_text(role.role), names.get(role.contract_id, ""))
            for role in held.exclude(ends_at__lte=now)
        ],
        "form": form,
        "has_contracts": bool(names),
        "was_invited": "invited" in request.GET,
    }
    return render(request, "people/person.html", told)


def _back(person: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("people:person", args=[person]))
