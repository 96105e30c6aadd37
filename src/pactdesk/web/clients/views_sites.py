"""Shops that carry the chat window: their key, the one tag to copy, where it may be opened."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from pactdesk.apps.contracts.queries import contracts_visible_to
from pactdesk.apps.conversations.errors import OriginUnreadable, PrivacyUnreadable, SiteUnknown
from pactdesk.apps.conversations.models import Site
from pactdesk.apps.conversations.sites import (
    add_site,
    change_site,
    may_put_up,
    sites_visible_to,
)
from pactdesk.apps.parties.kinds import Role
from pactdesk.messages.catalogue import say
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.clients.forms import NewSiteForm, SiteForm
from pactdesk.web.ui.words import page_language

for_those_who_put_up = for_roles(Role.LEAD, Role.ADMIN, operator=True)


@for_those_who_put_up
def sites(request: PersonRequest) -> HttpResponse:
    """All of their contracts, and one more."""
    names = {
        one.pk: f"{one.code} · {one.client_org.name}"
        for one in contracts_visible_to(request.scope)
        if may_put_up(request.scope, one.pk)
    }
    choices = [(str(contract), name) for contract, name in names.items()]
    form = NewSiteForm(request.POST or None, contracts=choices)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_site(
                request.user.pk,
                UUID(form.cleaned_data["contract"]),
                form.cleaned_data["site_name"],
                form.origins_given(),
                privacy_url=form.cleaned_data["privacy_url"],
            )
            return HttpResponseRedirect(reverse("clients:site", args=[made.id]))
        except (OriginUnreadable, PrivacyUnreadable) as problem:
            _tell(form, problem)
    known = sites_visible_to(request.scope).filter(contract_id__in=names)
    listed = [(one, names[one.contract_id]) for one in known]
    shown = {"form": form, "sites": listed, "has_contracts": bool(choices)}
    return render(request, "clients/sites.html", shown)


@for_those_who_put_up
def site(request: PersonRequest, site: UUID) -> HttpResponse:
    """One: its tag, and what of it can be changed."""
    found = sites_visible_to(request.scope).filter(id=site).first()
    if found is None or not may_put_up(request.scope, found.contract_id):
        raise SiteUnknown(site=site)
    form = SiteForm(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_site(
                request.user.pk,
                site,
                form.cleaned_data["site_name"],
                form.origins_given(),
                privacy_url=form.cleaned_data["privacy_url"],
            )
            return HttpResponseRedirect(reverse("clients:site", args=[site]) + "?changed")
        except (OriginUnreadable, PrivacyUnreadable) as problem:
            _tell(form, problem)
    shown = {
        "site": found,
        "form": form,
        "pages_url": settings.PAGES_URL,
        "live_url": settings.LIVE_URL,
        "is_changed": "changed" in request.GET,
    }
    return render(request, "clients/site.html", shown)


def _initial(site: Site) -> dict[str, str]:
    origins = "\n".join(site.origins)
    return {"site_name": site.name, "origins": origins, "privacy_url": site.privacy_url}


def _tell(form: SiteForm, problem: OriginUnreadable | PrivacyUnreadable) -> None:
    field = "origins" if isinstance(problem, OriginUnreadable) else "privacy_url"
    form.add_error(field, say(problem, page_language()))
