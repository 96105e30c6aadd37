"""The portal in a real browser, served by the desk's own process: by keyboard alone, on a phone,
in the dark, in both languages.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsers import DESKTOP, PHONE, tab_to
from tests.support.cast import Cast
from tests.support.running_desk import RunningDesk, aside

pytestmark = pytest.mark.xdist_group("portal-browser")


@pytest.fixture
def site(served: RunningDesk, statement: UUID) -> RunningDesk:
    """The desk's pages, with October issued."""
    return served


@pytest.fixture
def pages(site: RunningDesk, statement: UUID, cast: Cast) -> list[str]:
    """Every kind of page of 白塔's contract."""
    contract = f"/contracts/{cast.contract_baita}"
    dispute = aside(lambda: disputed(cast, statement))
    return [
        *("/contracts/", f"{contract}/", f"{contract}/levels/", f"{contract}/evidence/"),
        f"{contract}/obligations/",
        f"{contract}/levels/level-1/interactions/?month=2026-10",
        f"{contract}/interactions/c-17/",
        *(f"{contract}/events/", f"{contract}/events/tell/exclusion/"),
        *(f"{contract}/quality/", f"{contract}/quality/evaluations/2026-10/"),
        *("/statements/", f"/statements/{statement}/"),
        f"/statements/{statement}/lines/2/object/",
        *(f"{contract}/events/tell/contract/", f"{contract}/events/tell/remedy/"),
        *(f"/statements/disputes/{dispute}/", f"/statements/{statement}/dispute/"),
    ]


def disputed(cast: Cast, statement: UUID) -> UUID:
    """白塔 disputes the deduction, and the provider makes a proposal."""
    from pactdesk.apps.statements.actions import open_dispute, propose

    at = datetime.now(UTC)
    told: dict[str, Any] = {"amounts": {2: -1350_00}, "text": "分母多算了机器人接待", "at": at}
    made = open_dispute(cast["manager_of_baita"], statement=statement, **told)
    offer: dict[str, Any] = {"amounts": {2: -1200_00}, "text": "各让一步", "at": at}
    propose(cast["finance"], dispute=made, **offer)
    return made


def opened(
    site: RunningDesk,
    browser: Browser,
    *,
    language: str = "zh-CN",
    dark: bool = False,
    size: tuple[int, int] = DESKTOP,
    complaints: list[str] | None = None,
) -> Page:
    """A browser in which 白塔's manager is logged in; it writes down what should not be."""
    context = browser.new_context(
        locale=language,
        color_scheme="dark" if dark else "light",
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
    )
    context.add_cookies(site.session_of("manager_of_baita"))
    page = context.new_page()
    if complaints is not None:
        page.on("console", lambda line: complaints.append(line.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith((site.pages, "data:"))
                else complaints.append(asked.url)
            ),
        )
    return page


@pytest.mark.parametrize(
    ("language", "dark", "size"),
    [("zh-CN", False, DESKTOP), ("zh-CN", True, PHONE), ("en-GB", True, DESKTOP)],
)
def test_no_page_has_a_serious_fault_or_leaves_the_house(
    site: RunningDesk,
    browser: Browser,
    pages: list[str],
    axe: str,
    language: str,
    dark: bool,
    size: tuple[int, int],
) -> None:
    complaints: list[str] = []
    page = opened(site, browser, language=language, dark=dark, size=size, complaints=complaints)
    for address in pages:
        answer = page.goto(site.pages + address)
        assert answer is not None
        assert answer.status == 200, address
        # By hand into the page, which the page's own policy would refuse.
        page.evaluate(axe)
        found: dict[str, Any] = page.evaluate("axe.run()")
        serious = [
            f"{one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], address
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], address
    assert complaints == []


def test_a_statement_is_objected_to_and_confirmed_by_keyboard_alone(
    site: RunningDesk, browser: Browser, statement: UUID, as_superuser: psycopg.Connection
) -> None:
    page = opened(site, browser)
    page.goto(f"{site.pages}/statements/{statement}/")
    tab_to(page, f"a[href='/statements/{statement}/lines/2/object/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lines/2/object/")
    tab_to(page, "textarea[name=reason]")
    page.keyboard.type("10 月 18 日停电。")
    # The session ends in the middle of it; who logs in again has lost nothing.
    page.context.clear_cookies(name=re.compile("session"))
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=password]")).to_be_visible()
    page.context.add_cookies(site.session_of("manager_of_baita"))
    page.goto(f"{site.pages}/statements/{statement}/lines/2/object/")
    expect(page.locator("textarea[name=reason]")).to_have_value("10 月 18 日停电。")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?done=objected")
    assert page.evaluate("sessionStorage.length") == 0
    expect(page.locator(".objection")).to_contain_text("10 月 18 日停电。")
    tab_to(page, ".objection form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?done=withdrawn")
    tab_to(page, "[data-opens=confirm-statement]")
    page.keyboard.press("Enter")
    dialog = page.locator("#confirm-statement")
    expect(dialog).to_be_visible()
    shown = page.locator("#confirm-statement .hash").inner_text()
    # Whoever only meant to look leaves with Escape, and nothing has happened.
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Enter")
    tab_to(page, "#confirm-statement button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?done=confirmed")
    row = as_superuser.execute("SELECT plain_hash FROM statements_confirmation").fetchone()
    assert row == (shown,)


def test_why_opens_from_the_keyboard_and_gives_the_focus_back(
    site: RunningDesk, browser: Browser, statement: UUID
) -> None:
    page = opened(site, browser, size=PHONE)
    page.goto(f"{site.pages}/statements/{statement}/")
    tab_to(page, "[data-opens=why-line-2]")
    page.keyboard.press("Enter")
    expect(page.locator("#why-line-2")).to_contain_text("16")
    page.keyboard.press("Escape")
    expect(page.locator("[data-opens=why-line-2]")).to_be_focused()


def test_a_plot_is_fetched_for_the_theme_that_shows(
    site: RunningDesk, browser: Browser, statement: UUID
) -> None:
    page = opened(site, browser, dark=True)
    asked: list[str] = []
    page.on("response", lambda one: asked.append(f"{one.status} {one.url}"))
    page.goto(f"{site.pages}/statements/{statement}/")
    with page.expect_response("**/level-1/daily.svg?theme=dark") as fetched:
        page.locator("[data-level=level-1] .plot-fold summary").click()
    assert fetched.value.status == 200
    assert fetched.value.headers["content-type"] == "image/svg+xml"
    assert [one for one in asked if one.endswith("daily.svg")] == []
