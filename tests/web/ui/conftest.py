"""The style guide in a real browser, without a server: every request is answered from here.

Pages come from Django's test client, static files from the finders, each with the CSP that
production sends. A request for any other host is written down and refused.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import include, path
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.support.browsers import DESKTOP
from tests.support.browsers import axe as axe
from tests.support.browsers import browser as browser
from tests.support.browsers import front_end as front_end

HOST = "http://desk.test"
GUIDE = "/_styleguide/"
CSP = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


class Site:
    """The addresses of a site that has nothing but the components."""

    urlpatterns = (path("", include("pactdesk.web.ui.urls")),)


SETTINGS = {
    "ALLOWED_HOSTS": ["desk.test"],
    "INSTALLED_APPS": ["django.contrib.staticfiles", "pactdesk.web.ui"],
    "MIDDLEWARE": [
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    "ROOT_URLCONF": Site,
    "SHOW_STYLEGUIDE": True,
    "STATIC_URL": "/static/",
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
}


@pytest.fixture(scope="module")
def site() -> Iterator[None]:
    """Django as a site that has nothing but the components."""
    with override_settings(**SETTINGS):
        yield


@pytest.fixture
def client(site: None) -> Client:
    """A visitor without a browser, who said nothing about languages."""
    return Client(headers={"host": "desk.test"}, raise_request_exception=False)


@dataclass
class Visit:
    """An open page, and everything that it should not have done."""

    page: Page
    context: BrowserContext
    foreign: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Open = Callable[..., Visit]


@pytest.fixture
def visit(site: None, front_end: Path, browser: Browser) -> Iterator[Open]:
    """visit(address, language=…, dark=…, size=…, script=…) opens a page as a visitor would."""
    with ExitStack() as opened:

        def visit(
            address: str = GUIDE,
            *,
            language: str = "zh",
            dark: bool = False,
            size: tuple[int, int] = DESKTOP,
            script: bool = True,
        ) -> Visit:
            context = browser.new_context(
                locale={"zh": "zh-CN", "en": "en-GB"}[language],
                color_scheme="dark" if dark else "light",
                viewport={"width": size[0], "height": size[1]},
                reduced_motion="reduce",
                java_script_enabled=script,
            )
            opened.callback(context.close)
            page = context.new_page()
            one = Visit(page, context)
            client = Client(headers={"host": "desk.test", "accept-language": language})
            context.route("**/*", lambda route: answer(route, one, client))
            page.on("console", lambda line: one.complaints.append(f"{line.type}: {line.text}"))
            page.on("pageerror", lambda error: one.complaints.append(str(error)))
            page.goto(HOST + address)
            return one

        yield visit


def answer(route: Route, visit: Visit, client: Client) -> None:
    """What the site answers; other hosts are never asked."""
    request = route.request
    if not request.url.startswith(HOST + "/"):
        visit.foreign.append(request.url)
        route.abort()
        return
    address = urlsplit(request.url)
    if address.path.startswith("/static/"):
        answer_file(route, visit, address.path.removeprefix("/static/"))
        return
    kind = request.headers.get("content-type", "")
    response = client.generic(
        request.method,
        request.url.removeprefix(HOST),
        request.post_data_buffer or b"",
        content_type=kind,
    )
    headers = dict(response.items()) | {"Content-Security-Policy": CSP}
    route.fulfill(status=response.status_code, headers=headers, body=response.content)


def answer_file(route: Route, visit: Visit, name: str) -> None:
    """A static file as it lies on disk."""
    found = finders.find(name)
    if not found:
        visit.missing.append(name)
        route.fulfill(status=404)
        return
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    route.fulfill(body=Path(found).read_bytes(), content_type=kind)
