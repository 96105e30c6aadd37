"""Looking at every kind of page once, as each of the people who may: what `CI=true` does."""

from __future__ import annotations

import re
from collections import deque
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from django.urls import Resolver404, resolve

from pactdesk.config.demo.people import PASSWORD, Player
from pactdesk.core.units.errors import PactError

_LINK = re.compile(r'(?:href|src|data-src)="([^"#]+)')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_GOOD = 200


class DemoPageBroken(PactError):
    """The page `page` answered `person` with `status`."""


def look_around(pages: str, player: Player | None, start: str = "/") -> list[str]:
    """Follow links from `start`, one for each kind of page; the names of the kinds seen.

    player  who logs in first; nobody when None
    raises  DemoPageBroken
    """
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    who = player.email if player else "-"
    if player:
        _log_in(browser, pages, player)
    seen: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        path = waiting.popleft()
        kind = _kind_of(path)
        if kind is None or kind in seen:
            continue
        seen[kind] = path
        text = _read(browser, pages, path, who)
        links = (urlsplit(urljoin(pages + path, each)) for each in _LINK.findall(text))
        waiting += [
            link.path + (f"?{link.query}" if link.query else "")
            for link in links
            if f"{link.scheme}://{link.netloc}" == pages
        ]
    return sorted(seen)


def _kind_of(path: str) -> str | None:
    """The name of its view; None for what is no page, or would end the session."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None if path.startswith("/static/") else path
    return None if match.view_name.endswith("logout") else match.view_name


def _log_in(browser: OpenerDirector, pages: str, player: Player) -> None:
    form = _read(browser, pages, "/account/login/", player.email)
    token = _TOKEN.search(form)
    told = {"email": player.email, "password": PASSWORD}
    told["csrfmiddlewaretoken"] = token[1] if token else ""
    with browser.open(f"{pages}/account/login/", urlencode(told).encode(), timeout=30) as answer:
        if answer.status != _GOOD or urlsplit(answer.url).path.startswith("/account/login"):
            raise DemoPageBroken(page="/account/login/", person=player.email, status=answer.status)


def _read(browser: OpenerDirector, pages: str, path: str, who: str) -> str:
    try:
        with browser.open(pages + path, timeout=60) as answer:
            kind = answer.headers.get_content_type()
            body: bytes = answer.read()
    except HTTPError as problem:
        raise DemoPageBroken(page=path, person=who, status=problem.code) from None
    return body.decode("utf-8", "replace") if kind == "text/html" else ""
