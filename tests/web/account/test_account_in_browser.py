"""Coming in with a real browser, against running pages: by keyboard, on a phone, in the dark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pyotp
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Browser, Page

from tests.support.browsers import DESKTOP, PHONE, serious_faults
from tests.support.browsers import axe as axe
from tests.support.browsers import browser as browser
from tests.support.browsers import front_end as front_end
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.running_desk import RunningDesk, running_desk
from tests.support.visitors import PASSWORD, email_of

pytestmark = pytest.mark.xdist_group("account_in_browser")

PICTURES = os.environ.get("PACTDESK_PICTURES")


@pytest.fixture(scope="module")
def served(desk_database: TestDatabase, front_end: Path) -> Iterator[RunningDesk]:
    """Running pages, for all tests of this module."""
    with running_desk(desk_database, door=False) as running:
        yield running


@pytest.fixture
def site(served: RunningDesk, cast: Cast, desk: TestDatabase) -> RunningDesk:
    """Passwords in the form that running pages take: one old enough to be renewed."""
    stored = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1000)
    with psycopg.connect(desk.address("pactdesk_admin")) as connection:
        connection.execute("UPDATE parties_person SET password = %s", [stored])
    return served


@dataclass
class Look:
    """How a visitor looks at the pages."""

    name: str
    language: str
    scheme: str
    size: tuple[int, int]


LOOKS = [
    Look("phone", "zh-CN", "light", PHONE),
    Look("dark", "en-GB", "dark", DESKTOP),
]


def opened(browser: Browser, look: Look) -> tuple[Page, list[str]]:
    context = browser.new_context(
        locale=look.language,
        color_scheme="dark" if look.scheme == "dark" else "light",
        viewport={"width": look.size[0], "height": look.size[1]},
        reduced_motion="reduce",
    )
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda line: complaints.append(f"{line.type}: {line.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def check(page: Page, axe: str, look: Look, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{look.name}.png", full_page=True)
    assert serious_faults(page, axe) == [], name
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{name} is wider than its window"


def come_in(page: Page, name: str) -> None:
    page.get_by_label("电子邮箱").or_(page.get_by_label("E-mail")).fill(email_of(name))
    page.get_by_label("密码").or_(page.get_by_label("Password")).fill(PASSWORD)
    page.keyboard.press("Enter")


def test_every_page_of_account_and_people_is_fit_to_be_used_by_all(
    site: RunningDesk, browser: Browser, cast: Cast, axe: str
) -> None:
    for look in LOOKS:
        page, complaints = opened(browser, look)
        for address in ("login/", "reset/", "reset/sent/", "invitation/nothing/"):
            page.goto(f"{site.pages}/account/{address}")
            check(page, axe, look, address.strip("/").replace("/", "-"))
        page.goto(f"{site.pages}/account/login/?next=/account/")
        come_in(page, "operator")
        page.wait_for_url(f"{site.pages}/account/")
        check(page, axe, look, "account")
        mine = ("password/", "sessions/", "second-factor/")
        theirs = ("", "invite/", "import/", "organisations/", "audit/", f"{cast['agent']}/")
        pages = [f"account/{one}" for one in mine] + [f"people/{one}" for one in theirs]
        for address in pages:
            page.goto(f"{site.pages}/{address}")
            check(page, axe, look, address.strip("/").replace("/", "-")[:20])
        refused = [one for one in complaints if "410" not in one]
        assert refused == [], look.name


def test_the_second_step_its_codes_and_a_table_of_people_are_fit_too(
    site: RunningDesk, browser: Browser, axe: str
) -> None:
    for look, name in zip(LOOKS, ("agent", "operator"), strict=True):
        page, complaints = opened(browser, look)
        page.goto(f"{site.pages}/account/login/?next=/account/second-factor/")
        come_in(page, name)
        page.wait_for_url(f"{site.pages}/account/second-factor/")
        secret = page.locator("code").inner_text().replace(" ", "")
        page.locator("input[name=code]").fill(pyotp.TOTP(secret).now())
        page.keyboard.press("Enter")
        page.locator(".codes").wait_for()
        check(page, axe, look, "recovery-codes")
        code = page.locator(".codes code").first.inner_text()
        page.context.clear_cookies()
        page.goto(f"{site.pages}/account/login/")
        come_in(page, name)
        page.wait_for_url(f"{site.pages}/account/login/code/**")
        check(page, axe, look, "second-step")
        page.locator("input[name=code]").fill(code)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        assert complaints == [], look.name
    page.goto(f"{site.pages}/people/import/")
    table = "姓名,电子邮箱,角色,合同\n林小满,lin@example.test,客服,QH-2026\n顾晓岚,,客服,\n"
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a FilePayload
    page.locator("main form [type=submit]").first.click()
    page.locator("main table").wait_for()
    check(page, axe, LOOKS[1], "import-preview")


def test_log_in_and_out_by_keyboard_alone(site: RunningDesk, browser: Browser) -> None:
    page, _ = opened(browser, LOOKS[0])
    page.goto(f"{site.pages}/account/login/?next=/account/sessions/")
    page.keyboard.type(email_of("agent"))
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.pages}/account/sessions/")
    page.goto(f"{site.pages}/account/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "退出登录":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.pages}/account/login/")


def test_a_session_ended_elsewhere_ends_here(site: RunningDesk, browser: Browser) -> None:
    (here, _), (there, _) = opened(browser, LOOKS[0]), opened(browser, LOOKS[0])
    for page in (here, there):
        page.goto(f"{site.pages}/account/login/?next=/account/sessions/")
        come_in(page, "agent")
        page.wait_for_url(f"{site.pages}/account/sessions/")
    here.goto(f"{site.pages}/account/sessions/")
    assert here.locator(".visit").count() == 2
    here.get_by_role("button", name="结束在").click()
    here.locator(".visit").nth(1).wait_for(state="detached")
    there.goto(f"{site.pages}/account/")
    there.wait_for_url(f"{site.pages}/account/login/?next=/account/")
