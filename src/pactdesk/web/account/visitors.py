"""What a request says of its visitor: where from, with what, and whether they came before."""

from __future__ import annotations

import secrets
from typing import TypedDict

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from pactdesk.apps.parties.attempts import attempt_key
from pactdesk.messages.catalogue import text
from pactdesk.web.ui.words import page_language

KNOWN_BROWSER = "known_browser"
_SALT = "pactdesk.known_browser"
_HALF_A_YEAR = 180 * 24 * 60 * 60
_MOST_ACCOUNTS = 8


class _Known(TypedDict):
    """What the cookie holds: a secret, and hashes of the accounts that were opened."""

    secret: str
    accounts: list[str]


# The first that is found; many browsers name their forebears too.
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Linux", "Linux"),
)


def address_of(request: HttpRequest) -> str:
    """The network address; behind a proxy the WSGI server has put the visitor's own there."""
    return str(request.META.get("REMOTE_ADDR", ""))


def user_agent_of(request: HttpRequest) -> str:
    """What the browser says of itself."""
    return request.headers.get("User-Agent", "")


def browser_text(user_agent: str) -> str:
    """Browser and system, for a person to recognise.

    >>> browser_text("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130 Safari/537 Edg/130")
    'Edge · Windows'
    """
    named = [
        next((name for mark, name in known if mark in user_agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    ]
    found = " · ".join(name for name in named if name)
    return found or text("account", "sessions.unknown_browser", page_language())


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: a page of ours, else the first place."""
    after = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        after, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return after if is_ours else settings.LOGIN_REDIRECT_URL


def browser_secret(request: HttpRequest, email: str) -> str:
    """This browser's own secret if the account was opened in it before, else empty."""
    known = _known(request)
    return known["secret"] if _account(email) in known["accounts"] else ""


def remember_browser(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """From now on the browser is known for this account."""
    known = _known(request)
    accounts = [one for one in known["accounts"] if one != _account(email)]
    known["accounts"] = [*accounts, _account(email)][-_MOST_ACCOUNTS:]
    response.set_cookie(
        KNOWN_BROWSER,
        signing.dumps(known, salt=_SALT),
        max_age=_HALF_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _account(email: str) -> str:
    return attempt_key("known", email.strip().lower())[:24]


def _known(request: HttpRequest) -> _Known:
    cookie = request.COOKIES.get(KNOWN_BROWSER, "")
    try:
        said = signing.loads(cookie, salt=_SALT, max_age=_HALF_A_YEAR)
    except signing.BadSignature:
        return _Known(secret=secrets.token_urlsafe(16), accounts=[])
    return _Known(secret=said["secret"], accounts=said["accounts"])
