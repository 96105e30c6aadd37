"""The lead's page: levels so far, money at risk, and who is about to be late."""

from __future__ import annotations

import pytest

from pactdesk.core.units.instants import Instant
from tests.support.cast import Cast
from tests.support.chats import Chats
from tests.support.visitors import logged_in

MINUTE = 60_000
# 2026-11-16 10:00 in Shanghai, a Monday: both desks are open.
MONDAY = Instant(1_794_794_400_000)


@pytest.fixture
def busy(chats: Chats, monkeypatch: pytest.MonkeyPatch) -> Chats:
    """白塔: nine answered in time of ten; one more waits. The page is read two minutes later."""
    monkeypatch.setattr("pactdesk.web.desk.views_levels.now", lambda: MONDAY + 2 * MINUTE)
    monkeypatch.setattr("pactdesk.web.desk.views.now", lambda: MONDAY + 2 * MINUTE)
    for number in range(10):
        one = chats.opened("baita", MONDAY - 60 * MINUTE + number)
        delay = 5 * MINUTE if number == 9 else 10_000
        chats.answers("baita", one, MONDAY - 60 * MINUTE + number + delay, "您好")
    chats.opened("baita", MONDAY - 5_000, "急", customer="急客")
    return chats


def test_a_lead_sees_levels_and_the_money_at_risk_of_each_contract(busy: Chats) -> None:
    page = logged_in("lead").get("/desk/levels/").content.decode()
    # Ten were answered, one of them late; who still waits is late by now as well.
    assert "81.81%" in page
    assert "9 / 11" in page
    # Eight whole points below 90 %, at 1 % of the fee each.
    assert "1,440.00" in page
    assert "风险金额" in page
    assert "18,000.00" in page
    assert "已低于目标" in page


def test_who_is_late_now_is_one_click_away(busy: Chats) -> None:
    page = logged_in("lead").get("/desk/levels/").content.decode()
    assert "急客" in page


@pytest.mark.parametrize("name", ["agent", "qa", "finance", "manager_of_qinghe"])
def test_nobody_else_has_the_page(cast: Cast, name: str) -> None:
    assert logged_in(name).get("/desk/levels/").status_code == 403


def test_the_page_asks_only_for_its_inside_again(busy: Chats) -> None:
    answer = logged_in("lead").get("/desk/levels/", headers={"hx-request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "风险金额" in page


def test_a_month_without_conversations_says_so(cast: Cast) -> None:
    page = logged_in("lead").get("/desk/levels/").content.decode()
    assert "未测得" in page
    assert "半小时内没有会话到时" in page
