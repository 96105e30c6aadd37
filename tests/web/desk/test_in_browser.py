"""The desk in Chromium, with pages and live door as processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pactdesk.core.units.instants import Instant
from tests.support.browsers import axe, browser, front_end  # noqa: F401  fixtures
from tests.support.chats import Chats
from tests.support.database import TestDatabase
from tests.support.running_desk import RunningDesk, running_desk

pytestmark = pytest.mark.xdist_group("browser")

DESKTOP, LAPTOP, PHONE = (1440, 900), (1180, 760), (390, 844)
SERIOUS = ("serious", "critical")
Visit = Callable[..., Page]


@pytest.fixture(autouse=True)
def _django_beside_playwright(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright's loop runs in this thread; nothing here is asynchronous all the same."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="module")
def site(desk_database: TestDatabase, front_end: object) -> Iterator[RunningDesk]:  # noqa: F811
    """Pages and door, for all tests of this module."""
    with running_desk(desk_database) as running:
        yield running


@pytest.fixture
def visit(site: RunningDesk, browser: Browser) -> Iterator[Visit]:  # noqa: F811
    """visit(address, who=…, size=…, dark=…) opens a page as somebody of the cast."""
    with ExitStack() as opened:

        def visit(
            address: str = "/desk/",
            *,
            who: str = "agent",
            size: tuple[int, int] = DESKTOP,
            dark: bool = False,
            language: str = "zh-CN",
        ) -> Page:
            context: BrowserContext = browser.new_context(
                locale=language,
                color_scheme="dark" if dark else "light",
                viewport={"width": size[0], "height": size[1]},
                reduced_motion="reduce",
            )
            opened.callback(context.close)
            context.add_cookies(site.session_of(who))
            page = context.new_page()
            page.goto(site.pages + address)
            return page

        yield visit


def streaming(page: Page) -> Page:
    """The page, once the door talks to it."""
    expect(page.locator("[data-stream=open]")).to_be_attached()
    return page


def bodies(database: psycopg.Connection) -> list[tuple[str, str]]:
    """Author and key of each message, in order."""
    asked = "SELECT author_kind, idempotency_key FROM conversations_message ORDER BY sequence"
    return [(str(kind), str(key)) for kind, key in database.execute(asked).fetchall()]


def test_messages_appear_and_clocks_stop_without_a_reload(
    visit: Visit, chats: Chats, now: Instant
) -> None:
    one = chats.opened("baita", now - 1_000, "在吗")
    page = streaming(visit(f"/desk/c/{one}/"))
    page.evaluate("window.same = true")
    chats.asks("baita", one, now, "还有一件事")
    expect(page.locator(".message.customer")).to_have_count(2)
    page.fill("#reply", "您好")
    page.press("#reply", "Enter")
    expect(page.locator(".message.agent[data-sequence='3']")).to_contain_text("您好")
    expect(page.locator(".desk-side .clock[data-state=met]")).to_have_count(1)
    expect(page.locator(".message.agent")).to_have_count(1)
    expect(page.locator("#list [aria-current=page]")).to_contain_text("您好")
    assert page.evaluate("window.same")


def test_a_new_conversation_comes_into_the_list_by_itself(
    visit: Visit, chats: Chats, now: Instant
) -> None:
    page = streaming(visit())
    expect(page.locator("[data-row]")).to_have_count(0)
    chats.opened("qinghe", now, "新来的")
    expect(page.locator("[data-row]")).to_contain_text("新来的")


def test_the_enter_that_chooses_a_word_sends_nothing(
    visit: Visit, chats: Chats, now: Instant
) -> None:
    page = streaming(visit(f"/desk/c/{chats.opened('baita', now)}/"))
    page.fill("#reply", "ni hao")
    page.dispatch_event("#reply", "compositionstart")
    page.press("#reply", "Enter")
    page.dispatch_event("#reply", "compositionend")
    expect(page.locator(".message.agent")).to_have_count(0)
    page.press("#reply", "Shift+Enter")
    # A real input method keeps the first Enter to itself; this made-up one lets both through.
    assert page.input_value("#reply") == "ni hao\n\n"
    page.press("#reply", "Enter")
    expect(page.locator(".message.agent")).to_have_count(1)


def test_without_the_door_an_answer_goes_through_the_pages(
    visit: Visit, chats: Chats, now: Instant, site: RunningDesk, as_superuser: psycopg.Connection
) -> None:
    page = streaming(visit(f"/desk/c/{chats.opened('baita', now)}/"))
    site.kill("live")
    expect(page.locator("[data-lost]")).to_have_text("实时连接断开，正在重连")
    try:
        page.fill("#reply", "门坏了也能发")
        page.press("#reply", "Enter")
        expect(page.locator(".message.agent[data-sequence='2']")).to_be_visible()
    finally:
        site.start("live")
    assert [kind for kind, _ in bodies(as_superuser)] == ["customer", "agent"]
    # The stream comes back by itself, and what was missed is there.
    streaming(page)
    expect(page.locator("[data-lost]")).to_be_empty()
    expect(page.locator("[data-toasts]")).to_contain_text("实时连接已恢复")


def test_nothing_written_is_lost_when_everything_dies(
    visit: Visit, chats: Chats, now: Instant, site: RunningDesk, as_superuser: psycopg.Connection
) -> None:
    one = chats.opened("baita", now)
    page = streaming(visit(f"/desk/c/{one}/"))
    site.kill("live")
    site.kill("pages")
    page.fill("#reply", "第一条")
    page.press("#reply", "Enter")
    page.fill("#reply", "写到一半")
    expect(page.locator(".message.unsent")).to_contain_text("第一条")
    site.start("pages")
    site.start("live")
    page.reload()
    expect(page.locator(".message.agent[data-sequence='2']")).to_contain_text("第一条")
    assert page.input_value("#reply") == "写到一半"
    kept = bodies(as_superuser)
    assert [kind for kind, _ in kept] == ["customer", "agent"]


def test_the_whole_work_needs_no_mouse(visit: Visit, chats: Chats, now: Instant) -> None:
    first = chats.opened("baita", now - 2_000, "先来的")
    chats.opened("baita", now - 1_000, "后来的")
    page = visit()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/c/{first}/")
    page.keyboard.press("r")
    page.keyboard.type("jk?e 马上")
    page.keyboard.press("Enter")
    expect(page.locator(".message.agent")).to_contain_text("jk?e 马上")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.keyboard.press("Enter")
    expect(page.locator("#head .badge")).to_contain_text("等客户")
    page.keyboard.press("c")
    expect(page.locator("#head .badge")).to_have_count(0)
    page.keyboard.press("e")
    expect(page.locator("#head .badge")).to_contain_text("已解决")
    page.keyboard.press("x")
    expect(page.locator("#confirm-close")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".composer-closed")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_url("**/desk/")


def test_two_agents_see_each_others_changes(visit: Visit, chats: Chats, now: Instant) -> None:
    address = f"/desk/c/{chats.opened('baita', now)}/"
    one, other = streaming(visit(address)), streaming(visit(address, who="lead"))
    one.keyboard.press("e")
    expect(other.locator("#head .badge")).to_contain_text("已解决")
    other.fill("#reply", "我来收尾")
    other.press("#reply", "Enter")
    expect(one.locator(".message.agent")).to_contain_text("我来收尾")


@pytest.mark.parametrize(
    ("size", "dark", "language"),
    [(DESKTOP, False, "zh-CN"), (DESKTOP, True, "en-GB"), (PHONE, True, "zh-CN")],
)
def test_the_accessibility_checker_finds_nothing_serious(
    visit: Visit,
    chats: Chats,
    now: Instant,
    axe: str,  # noqa: F811
    size: tuple[int, int],
    dark: bool,
    language: str,
) -> None:
    one = chats.opened("qinghe", now - 1_000)
    chats.answers("qinghe", one, now, "您好")
    chats.opened("baita", now - 40 * 3_600_000, "晚了", customer="甲")
    for address in ("/desk/", f"/desk/c/{one}/", "/desk/levels/"):
        page = visit(address, who="lead", size=size, dark=dark, language=language)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document)")["violations"]
        told = [
            f"{address}: {each['id']}: {node['target']} {node['failureSummary']}"
            for each in found
            if each["impact"] in SERIOUS
            for node in each["nodes"]
        ]
        assert told == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_what_is_too_long_is_told_and_stays(visit: Visit, chats: Chats, now: Instant) -> None:
    page = visit(f"/desk/c/{chats.opened('baita', now)}/")
    page.fill("#reply", "长" * 20_001)
    expect(page.locator("[data-told]")).to_contain_text("最多 20000")
    page.press("#reply", "Enter")
    expect(page.locator(".message.agent")).to_have_count(0)
    assert len(page.input_value("#reply")) == 20_001
