"""Coming in and going out."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from pactdesk.apps.audit.actions import record
from pactdesk.apps.parties.entering import prove_password
from pactdesk.apps.parties.errors import LogInRefused, TooManyAttempts
from pactdesk.apps.parties.models import Person
from pactdesk.web.access import PersonRequest, for_people, public
from pactdesk.web.account.forms import LogInForm
from pactdesk.web.account.steps import go_on
from pactdesk.web.account.visitors import address_of, browser_secret, safe_next
from pactdesk.web.moments import wait_text

_TOO_MANY = 429


@public
@never_cache
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password; whoever is in already goes on."""
    after = safe_next(request)
    if request.method == "GET" and request.user.is_authenticated:
        return HttpResponseRedirect(after)
    form = LogInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return go_on(request, _proved(request, form), after)
        except LogInRefused:
            form.add_error(None, form.word("refused"))
        except TooManyAttempts as blocked:
            status = _TOO_MANY
            form.add_error(None, form.word("blocked", wait=wait_text(blocked.seconds)))
    return render(request, "account/login.html", {"form": form, "next": after}, status=status)


@require_POST
@for_people
def log_out(request: PersonRequest) -> HttpResponse:
    """The session ends here and in the database."""
    record(request.scope, "parties.log_out", subject=request.scope.person)
    logout(request)
    return HttpResponseRedirect(reverse("account:login"))


def _proved(request: HttpRequest, form: LogInForm) -> Person:
    email = form.cleaned_data["email"]
    return prove_password(
        request,
        email=email,
        password=form.cleaned_data["password"],
        address=address_of(request),
        device=browser_secret(request, email),
        at=timezone.now(),
    )
