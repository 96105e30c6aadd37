"""One's own account: profile, language, password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from pactdesk.apps.parties.errors import PasswordWrong, TooManyAttempts
from pactdesk.apps.parties.profile import change_password, change_profile
from pactdesk.apps.parties.queries import sessions_of
from pactdesk.apps.parties.second_factor import has_second_factor
from pactdesk.web.access import PersonRequest, for_people
from pactdesk.web.account.forms import ProfileForm
from pactdesk.web.account.passwords import ChangePasswordForm
from pactdesk.web.account.views_sessions import this_session
from pactdesk.web.moments import wait_text


@for_people
def account(request: PersonRequest) -> HttpResponse:
    """Name and language, and where everything else of the account stands."""
    now = {"name": request.user.name, "language": request.user.language}
    form = ProfileForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        change_profile(request.user.pk, **form.cleaned_data)
        return _in_language(form.cleaned_data["language"])
    told = {
        "form": form,
        "email": request.user.email,
        "held": has_second_factor(request.user.pk),
        "count": sessions_of(request.scope).filter(expires_at__gt=timezone.now()).count(),
        "is_saved": "saved" in request.GET,
    }
    return render(request, "account/account.html", told)


@for_people
@sensitive_post_parameters("password", "new_password", "again")
def password(request: PersonRequest) -> HttpResponse:
    """A new one for the old one; every other session ends."""
    form = ChangePasswordForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            person = change_password(
                request.user.pk,
                old=form.cleaned_data["password"],
                new=form.cleaned_data["new_password"],
                keep=this_session(request),
                at=timezone.now(),
            )
            update_session_auth_hash(request, person)
            return HttpResponseRedirect(reverse("account:account") + "?saved")
        except PasswordWrong:
            form.add_error("password", form.word("change.wrong"))
        except TooManyAttempts as blocked:
            form.add_error(None, form.word("second_step.blocked", wait=wait_text(blocked.seconds)))
    return render(request, "account/password.html", {"form": form})


def _in_language(language: str) -> HttpResponse:
    response = HttpResponseRedirect(reverse("account:account") + "?saved")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        {"zh": "zh-hans", "en": "en"}[language],
        max_age=365 * 24 * 60 * 60,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
