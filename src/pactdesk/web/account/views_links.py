"""Pages behind the links in mails: accept an invitation, set a new password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from pactdesk.apps.parties.attempts import (
    OF_ADDRESS,
    OF_MAILS,
    attempt_key,
    charge,
    network_of,
)
from pactdesk.apps.parties.errors import LinkUnusable, TooManyAttempts
from pactdesk.apps.parties.kinds import TokenPurpose
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.tokens import (
    Invited,
    ask_for_reset,
    invited_by,
    set_password_by_link,
)
from pactdesk.web.access import public
from pactdesk.web.account.forms import ResetForm
from pactdesk.web.account.passwords import AcceptForm, NewPasswordForm
from pactdesk.web.account.steps import go_on
from pactdesk.web.account.visitors import address_of
from pactdesk.web.moments import wait_text

_GONE = 410
_TOO_MANY = 429


@public
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a mail with a link; the answer is the same whether anybody has the address."""
    form = ResetForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].strip().lower()
        keys = {
            attempt_key("reset", email): OF_MAILS,
            attempt_key("reset address", network_of(address_of(request))): OF_ADDRESS,
        }
        try:
            charge(keys, timezone.now())
        except TooManyAttempts as blocked:
            status = _TOO_MANY
            form.add_error(None, form.word("reset.blocked", wait=wait_text(blocked.seconds)))
        else:
            ask_for_reset(email)
            return HttpResponseRedirect(reverse("account:reset_sent"))
    return render(request, "account/reset.html", {"form": form}, status=status)


@public
def sent(request: HttpRequest) -> HttpResponse:
    """What to do now."""
    return render(request, "account/reset_sent.html")


@public
@never_cache
@sensitive_post_parameters("new_password", "again")
@sensitive_variables("secret")
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody new says their name and chooses a password, and is in."""
    return _by_link(request, secret, TokenPurpose.INVITATION, AcceptForm)


@public
@never_cache
@sensitive_post_parameters("new_password", "again")
@sensitive_variables("secret")
def reset(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a new password, and be in."""
    return _by_link(request, secret, TokenPurpose.PASSWORD_RESET, NewPasswordForm)


def _by_link(
    request: HttpRequest, secret: str, purpose: TokenPurpose, kind: type[NewPasswordForm]
) -> HttpResponse:
    now = timezone.now()
    try:
        invited = invited_by(secret, purpose, now)
        form = kind(request.POST or None, person=_person(invited), initial={"name": invited.name})
        if request.method == "POST" and form.is_valid():
            person = set_password_by_link(
                secret,
                purpose,
                password=form.cleaned_data["new_password"],
                name=form.cleaned_data.get("name", ""),
                at=now,
            )
            return go_on(request, person, "/")
    except LinkUnusable:
        told = {"is_invitation": purpose is TokenPurpose.INVITATION}
        return render(request, "account/link_unusable.html", told, status=_GONE)
    told_more = {"form": form, "email": invited.email, "purpose": purpose.value}
    return render(request, "account/by_link.html", told_more)


def _person(invited: Invited) -> Person:
    return Person(id=invited.person, email=invited.email, name=invited.name)
