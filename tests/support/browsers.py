"""A real Chromium for tests, and the checker of accessibility."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from scripts.browser import chromium

PHONE = (390, 844)
DESKTOP = (1280, 900)
SERIOUS = {"serious", "critical"}


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


def serious_faults(page: Page, axe: str) -> list[Any]:
    """What axe-core finds on the page that would keep somebody out."""
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in found
        if one["impact"] in SERIOUS
    ]
