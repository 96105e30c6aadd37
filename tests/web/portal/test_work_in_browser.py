"""The pages of work in a real browser: an agent's day by keyboard, on a phone and in the dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsers import DESKTOP, PHONE, serious_faults, tab_to
from tests.support.cast import Cast
from tests.support.running_desk import RunningDesk

pytestmark = [pytest.mark.xdist_group("portal-browser"), pytest.mark.requirement("A25", "D7")]


def opened(
    served: RunningDesk, browser: Browser, who: str, size: tuple[int, int], language: str
) -> Page:
    context = browser.new_context(
        locale=language,
        color_scheme="dark",
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
    )
    context.add_cookies(served.session_of(who))
    return context.new_page()


def whole(page: Page, axe: str) -> None:
    """Nobody is kept out, and nothing is wider than the screen."""
    assert serious_faults(page, axe) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_an_agents_day_by_keyboard_and_the_leads_week(
    served: RunningDesk, browser: Browser, cast: Cast, axe: str
) -> None:
    contract = cast.contract_qinghe
    agent = opened(served, browser, "agent_of_qinghe", PHONE, "zh-CN")
    agent.goto(f"{served.pages}/work/")
    tab_to(agent, "button[value=in]", "Enter")
    expect(agent.locator("[data-clock=in]")).to_be_visible()
    whole(agent, axe)
    tab_to(agent, "main details summary", "Enter")
    agent.fill("main details input[name=day]", "2099-03-02")
    agent.fill("main details input[name=start]", "09:00")
    agent.fill("main details input[name=end]", "13:00")
    tab_to(agent, "main details form button", "Enter")
    expect(agent.locator("[data-shift]")).to_contain_text("等组长确认")
    agent.goto(f"{served.pages}/work/times/")
    whole(agent, axe)
    lead = opened(served, browser, "lead", DESKTOP, "en-GB")
    lead.goto(f"{served.pages}/team/roster/?contract={contract}&week=2099-03-02")
    tab_to(lead, "[data-shift] button", "Enter")
    expect(lead.locator("[data-shift]")).to_contain_text("Agreed")
    whole(lead, axe)
    for address in ("/team/", "/team/devices/", f"/team/rules/{contract}/publish/"):
        lead.goto(served.pages + address)
        whole(lead, axe)
    lead.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    lead.goto(f"{served.pages}/contracts/{contract}/attendance/")
    whole(lead, axe)
    lead.goto(f"{served.pages}/team/roster/?contract={contract}&week=2026-11-16")
    whole(lead, axe)
