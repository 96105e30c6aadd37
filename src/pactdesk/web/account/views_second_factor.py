"""The second step at log-in, and setting up an authenticator."""

from __future__ import annotations

import os
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from pactdesk.apps.parties.errors import NotAdmitted, SecondFactorRefused, TooManyAttempts
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.parties.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    enrolment_address,
    has_second_factor,
    is_required,
    pending_secret,
    prove_second_factor,
    recovery_codes_left,
    remove_second_factor,
    renew_recovery_codes,
)
from pactdesk.apps.parties.sessions import WITH_SECOND_FACTOR
from pactdesk.gateways.vault.vault_keys import VaultKeys
from pactdesk.web.access import PersonRequest, before_second_factor, for_people, public
from pactdesk.web.account.forms import CodeForm
from pactdesk.web.account.steps import come_in, pending
from pactdesk.web.moments import wait_text

_TOO_MANY = 429


@public
@never_cache
@sensitive_post_parameters("code")
def second_step(request: HttpRequest) -> HttpResponse:
    """The code, after a right password."""
    awaited = pending(request)
    if awaited is None:
        return HttpResponseRedirect(reverse("account:login"))
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            status = _proved(form, awaited.person)
        except NotAdmitted:  # dismissed between the two steps
            request.session.flush()
            return HttpResponseRedirect(reverse("account:login"))
        if not form.errors:
            with scoped(awaited.person):
                person = Person.objects.get(pk=awaited.person)
            return come_in(request, person, awaited.after, with_second_factor=True)
    return render(request, "account/second_step.html", {"form": form}, status=status)


@before_second_factor
@for_people
@never_cache
def second_factor(request: PersonRequest) -> HttpResponse:
    """What there is; or the QR code to begin with."""
    who = request.user.pk
    told: dict[str, object] = {
        "held": has_second_factor(who),
        "left": recovery_codes_left(request.scope),
        "required": request.scope.administrator and is_required(request.scope),
        "form": CodeForm(),
    }
    if not told["held"]:
        told |= _drawn(request)
    return render(request, "account/second_factor.html", told)


@require_POST
@before_second_factor
@for_people
@sensitive_post_parameters("code")
def confirm(request: PersonRequest) -> HttpResponse:
    """The first code; then the recovery codes are shown, this once."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            codes = confirm_second_factor(
                request.user.pk, form.cleaned_data["code"], at=timezone.now(), vault=_vault()
            )
            request.session[WITH_SECOND_FACTOR] = True
            return _shown(request, codes)
        except SecondFactorRefused:
            form.add_error("code", form.word("second_step.refused"))
        except TooManyAttempts as blocked:
            form.add_error(None, form.word("second_step.blocked", wait=wait_text(blocked.seconds)))
    told = {"held": False, "form": form, **_drawn(request)}
    return render(request, "account/second_factor.html", told)


@require_POST
@for_people
@sensitive_post_parameters("code")
def renew(request: PersonRequest) -> HttpResponse:
    """New recovery codes, for a code of the authenticator."""
    form = CodeForm(request.POST)
    if form.is_valid():
        _proved(form, request.user.pk)
        if not form.errors:
            return _shown(request, renew_recovery_codes(request.user.pk))
    return _held_page(request, form)


@require_POST
@for_people
@sensitive_post_parameters("code")
def remove(request: PersonRequest) -> HttpResponse:
    """Without a second step from now on, for a last code."""
    form = CodeForm(request.POST)
    if form.is_valid():
        _proved(form, request.user.pk)
        if not form.errors:
            remove_second_factor(request.user.pk, person=request.user.pk)
            request.session[WITH_SECOND_FACTOR] = False
            return HttpResponseRedirect(reverse("account:second_factor"))
    return _held_page(request, form)


def _proved(form: CodeForm, person: UUID) -> int:
    """Puts what is wrong into the form; the status to answer with."""
    try:
        prove_second_factor(person, form.cleaned_data["code"], at=timezone.now(), vault=_vault())
    except SecondFactorRefused:
        form.add_error("code", form.word("second_step.refused"))
    except TooManyAttempts as blocked:
        form.add_error(None, form.word("second_step.blocked", wait=wait_text(blocked.seconds)))
        return _TOO_MANY
    return 200


def _drawn(request: PersonRequest) -> dict[str, str]:
    who = request.user.pk
    secret = pending_secret(who, _vault()) or begin_second_factor(who, _vault())
    drawing = segno.make(enrolment_address(secret, request.user.email), error="m")
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"drawing": drawing.svg_data_uri(scale=5, border=3, light="#fff"), "secret": groups}


def _shown(request: PersonRequest, codes: list[str]) -> HttpResponse:
    response = render(request, "account/recovery_codes.html", {"codes": codes})
    response.headers["Cache-Control"] = "no-store"
    return response


def _held_page(request: PersonRequest, form: CodeForm) -> HttpResponse:
    told = {"held": True, "left": recovery_codes_left(request.scope), "form": form}
    return render(request, "account/second_factor.html", told)


def _vault() -> VaultKeys:
    return VaultKeys.from_environment(os.environ)
