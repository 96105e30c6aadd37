"""Clients and third parties; for the provider's administrators."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pactdesk.apps.parties.actions import add_organisation
from pactdesk.apps.parties.kinds import OrganisationKind
from pactdesk.apps.parties.queries import organisations_visible_to
from pactdesk.apps.parties.second_factor import is_required, require_second_factor
from pactdesk.web.access import PersonRequest, for_administrators
from pactdesk.web.people.forms import OrganisationForm
from pactdesk.web.people.naming import kind_text


@for_administrators
def organisations(request: PersonRequest) -> HttpResponse:
    """All of them, and one more."""
    if not request.scope.operator:
        raise PermissionDenied
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        org = add_organisation(
            request.user.pk,
            kind=OrganisationKind(form.cleaned_data["kind"]),
            name=form.cleaned_data["org_name"],
        )
        return HttpResponseRedirect(f"{reverse('people:people')}?org={org}")
    known = [(one, kind_text(one.kind)) for one in organisations_visible_to(request.scope)]
    told = {"form": form, "known": known, "is_required": is_required(request.scope)}
    return render(request, "people/organisations.html", told)


@require_POST
@for_administrators
def require(request: PersonRequest) -> HttpResponse:
    """Whether administrators must have a second factor."""
    require_second_factor(request.user.pk, is_required=request.POST.get("required") == "yes")
    return HttpResponseRedirect(reverse("people:organisations"))
