"""A browser beside a door in memory and a shop at another port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.support.browsers import PHONE as PHONE
from tests.support.browsers import axe as axe
from tests.support.browsers import browser as browser
from tests.web.widget.twin import Twin, running

DESKTOP = (1100, 760)


@pytest.fixture
def twin() -> Iterator[Twin]:
    """A door and a shop."""
    with running(Twin()) as twin:
        yield twin


@dataclass
class Visit:
    """A customer on the shop's page."""

    page: Page
    context: BrowserContext
    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    @property
    def launcher(self) -> Locator:
        """The button in the corner."""
        return self.page.locator("pactdesk-chat .launcher")

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.page.locator("pactdesk-chat textarea")

    def unfold(self) -> Visit:
        """Open the panel."""
        self.launcher.click()
        self.page.locator("pactdesk-chat .panel").wait_for()
        return self

    def say(self, words: str) -> Visit:
        """Write and send."""
        self.field.fill(words)
        self.field.press("Enter")
        return self

    def hears(self, words: str) -> Locator:
        """Wait until it stands there, kept by the door."""
        line = self.page.locator("pactdesk-chat .line:has(time)", has_text=words).last
        line.wait_for()
        return line

    @property
    def bodies(self) -> list[str]:
        """All texts, in the order in which they stand."""
        return self.page.locator("pactdesk-chat .line .body").all_inner_texts()


Open = Callable[..., Visit]


@pytest.fixture
def visit(twin: Twin, browser: Browser) -> Iterator[Open]:
    """visit(query, dark=…, size=…, context=…) opens the shop."""
    with ExitStack() as opened:

        def visit(
            query: str = "",
            *,
            dark: bool = False,
            size: tuple[int, int] = DESKTOP,
            context: BrowserContext | None = None,
            address: str = "",
        ) -> Visit:
            if context is None:
                context = browser.new_context(
                    color_scheme="dark" if dark else "light",
                    viewport={"width": size[0], "height": size[1]},
                    reduced_motion="reduce",
                    locale="zh-CN",
                )
                opened.callback(context.close)
            page = context.new_page()
            one = Visit(page, context)
            page.on("request", lambda request: one.hosts.add(urlsplit(request.url).netloc))
            page.on("pageerror", lambda error: one.errors.append(str(error)))
            page.goto(address or f"{twin.page}/?{query}")
            one.launcher.wait_for()
            return one

        yield visit


@pytest.fixture
def photo() -> dict[str, str | bytes]:
    """A picture, as a file chooser gives it."""
    made = BytesIO()
    Image.new("RGB", (90, 60), "teal").save(made, "PNG")
    return {"name": "photo.png", "mimeType": "image/png", "buffer": made.getvalue()}
