"""Requests in a real browser: asked from a conversation, answered on a phone, data handed over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pactdesk.core.units.instants import instant_of
from tests.apps.requests.conftest import DUTY, Desk
from tests.support.browsers import DESKTOP, PHONE, serious_faults
from tests.support.cast import Cast
from tests.support.chats import Chats
from tests.support.running_desk import RunningDesk, aside
from tests.web.requests.conftest import baita as baita
from tests.web.requests.conftest import cast as cast

pytestmark = [
    pytest.mark.xdist_group("portal-browser"),
    pytest.mark.requirement("A22", "C14"),
]


def opened(
    site: RunningDesk, browser: Browser, person: str, size: tuple[int, int], *, dark: bool = False
) -> Page:
    """Somebody's browser, logged in."""
    context = browser.new_context(
        locale="zh-CN",
        color_scheme="dark" if dark else "light",
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
    )
    context.add_cookies(site.session_of(person))
    return context.new_page()


def test_help_and_data_go_from_one_party_to_the_other(
    served: RunningDesk, browser: Browser, cast: Cast, baita: Desk, axe: str, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    conversation = aside(lambda: Chats(cast).opened("baita", instant_of(now) - 60_000))
    until = now.date() + timedelta(days=3)
    data = {"until": until, "ends_on": until, "clause": DUTY}
    aside(lambda: baita.asks_data("lead", f"{now + timedelta(hours=7):%Y-%m-%d %H:%M}", **data))

    agent = opened(served, browser, "agent", DESKTOP)
    agent.goto(f"{served.pages}/desk/c/{conversation}/")
    agent.get_by_role("link", name="请商家协助").click()
    agent.get_by_label("一句话说明").fill("礼盒何时到货")
    agent.get_by_label("详细说明").fill("顾客在等")
    assert serious_faults(agent, axe) == []
    agent.get_by_role("button", name="提出").click()
    expect(agent.locator("[data-step=asked]")).to_contain_text("顾客在等")

    manager = opened(served, browser, "manager_of_baita", PHONE, dark=True)
    manager.goto(f"{served.pages}/requests/")
    assert serious_faults(manager, axe) == []
    manager.get_by_role("link", name="礼盒何时到货").click()
    manager.get_by_label("答复", exact=True).fill("周五到货")
    assert serious_faults(manager, axe) == []
    manager.get_by_role("button", name="答复", exact=True).click()
    expect(manager.locator("[data-step=answered]")).to_contain_text("周五到货")

    (tmp_path / "商品表.csv").write_text("编号,名称\n", encoding="utf-8")
    manager.goto(f"{served.pages}/contracts/{cast.contract_baita}/requests/D-1/")
    manager.locator("#files").set_input_files(tmp_path / "商品表.csv")
    manager.get_by_role("button", name="交付", exact=True).click()
    expect(manager.locator("[data-delivery]")).to_contain_text("商品表.csv")
    # Nothing is wider than the phone.
    assert manager.evaluate("document.documentElement.scrollWidth") <= PHONE[0]

    lead = opened(served, browser, "lead", DESKTOP)
    lead.goto(manager.url)
    lead.get_by_role("button", name="确认收讫").click()
    expect(lead.locator("[data-step=received]")).to_be_visible()
    assert serious_faults(lead, axe) == []
    lead.goto(f"{served.pages}/contracts/{cast.contract_baita}/requests/ledger/")
    expect(lead.locator("[data-ledger='D-1']")).to_contain_text("已收讫")
    assert serious_faults(lead, axe) == []
