"""A real Chromium for tests, the checker of accessibility, and hands on the keyboard.

Test packages take the fixtures they need from here:

    from tests.support.browsers import axe as axe, browser as browser, front_end as front_end
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from scripts.browser import chromium

from pactdesk.web.ui.front_end import CHECKER, bring_front_end

PHONE = (390, 844)
DESKTOP = (1280, 900)
SERIOUS = {"serious", "critical"}


# Also inside of a shadow root, where the document sees only the host.
_HAS_FOCUS = """selector => {
  let here = document.activeElement;
  while (here?.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
  return here?.matches(selector) ?? false;
}"""


@contextmanager
def launched(home: str) -> Iterator[Browser]:
    """Chromium with a home of its own, which not every user has."""
    own = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    with sync_playwright() as playwright:
        # Without the sandbox, because it does not start as root or in most containers.
        found = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"], env={**os.environ, **own}
        )
        yield found
        found.close()


def checker() -> str:
    """The accessibility checker's script."""
    return (bring_front_end() / CHECKER.name).read_text(encoding="utf-8")


def serious_faults(page: Page, axe: str) -> list[Any]:
    """What axe-core finds on the page that would keep somebody out."""
    # By hand into the page, which the page's own policy would refuse; once for each page.
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in found
        if one["impact"] in SERIOUS
    ]


def tab_to(page: Page, selector: str, press: str = "") -> None:
    """Press Tab until the element has the focus, never more often than the page is long; then
    press `press` on it.
    """
    for _ in range(150):
        if page.evaluate(_HAS_FOCUS, selector):
            if press:
                page.keyboard.press(press)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


@pytest.fixture(scope="session")
def front_end() -> Path:
    """The scripts of others, fetched unless they are there; also the accessibility checker."""
    return bring_front_end()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's script."""
    return checker()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for the tests of a module; no longer, because Django refuses its database
    while Playwright's event loop lives.
    """
    with launched(str(tmp_path_factory.mktemp("home"))) as found:
        yield found
