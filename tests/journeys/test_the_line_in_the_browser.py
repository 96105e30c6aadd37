"""Two companies, one chat, one month, one confirmation: by mouse, then by keyboard alone.

Real pages, real door, the worker's own jobs, and a browser for each of the people.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Page, expect

from tests.support.browsers import PHONE, checker, launched, tab_to
from tests.support.database import TestDatabase
from tests.support.running_desk import aside
from tests.support.whole_house import PEOPLE_NAMES, House, Visitor, picture, whole_house

pytestmark = pytest.mark.xdist_group("the-line-in-the-browser")

REASON = "停电当天的会话不应计入。"
ANSWER = "停电未造成平台中断，按合同照计。"


@pytest.fixture(scope="module")
def house(desk_database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for both walks, with its days sealed and its months measured by the worker's jobs."""
    from pactdesk.jobs.rounds import refresh_standings
    from pactdesk.jobs.sealing import seal_all

    axe, home = checker(), tmp_path_factory.mktemp("home")
    with (
        launched(str(home)) as browser,
        whole_house(desk_database, browser, axe, home) as made,
    ):
        made.as_worker(seal_all, refresh_standings)
        yield made


@pytest.fixture
def people(house: House) -> Iterator[dict[str, Visitor]]:
    """Nobody yet; whoever comes leaves at the end, and nothing was wrong with what they saw."""
    with ExitStack() as here:
        came: dict[str, Visitor] = {}
        house.opened = here
        yield came
        for who, visitor in came.items():
            assert visitor.faults == [], who
            assert visitor.hosts <= house.hosts, who


def streaming(page: Page) -> Page:
    """The page, once the door talks to it."""
    expect(page.locator("[data-stream=open]")).to_be_attached()
    return page


def test_a_chat_becomes_a_figure_and_the_month_is_agreed(
    house: House, people: dict[str, Visitor], tmp_path: Path
) -> None:
    for who in ("customer", "agent", "lead", "client"):
        people[who] = house.visitor()
    customer, agent, lead, client = people.values()

    page = lead.log_in("lead")
    lead.go("/desk/levels/")
    assert at_risk(page) == {"青禾茶铺": "0.00", "白塔家居": "0.00"}

    served = a_chat_from_hello_to_stars(house, customer, agent)
    another_is_answered_late(house, agent)
    measure_again(house)
    lead.go("/desk/levels/")
    # One of one was late: 90 points below, at one per cent each, capped at ten of the fee.
    assert at_risk(page) == {"青禾茶铺": "1,800.00", "白塔家居": "0.00"}

    client.log_in("manager_of_baita")
    from_the_terms_down_to_the_conversation(client, served)

    people["finance"] = finance = house.visitor()
    finance.log_in("finance")
    issue(finance, house, "白塔家居")
    statement = the_line_is_objected_to_and_answered(client, finance)
    shown = both_confirm(client, finance, statement)

    paper = pdfium.PdfDocument(downloaded(client.page, "PDF", tmp_path))
    printed = "".join(one.get_textpage().get_text_range() for one in paper)
    assert PEOPLE_NAMES["manager_of_baita"] in printed
    assert PEOPLE_NAMES["finance"] in printed
    the_verifier_agrees(client, shown, tmp_path)
    every_step_left_its_facts(house)


def every_step_left_its_facts(house: House) -> None:
    """What was done today stands in the log after the month before, in the order it was done."""
    today = house.facts("baita", since=house.began)
    assert today[0] == "interaction.opened"
    assert Counter(today) == {
        "interaction.opened": 1,
        "interaction.classified": 1,
        "interaction.closed": 1,
        "rating": 1,
        # Both clocks begin; the answer; pause, resume and fulfil of the second.
        "clock": 6,
        **{f"statement.{step}": 1 for step in ("issued", "made", "objected", "answered")},
        # Each party accepts; with the second it is confirmed.
        "statement.accepted": 2,
        "statement.confirmed": 1,
    }
    steps = [kind.removeprefix("statement.") for kind in today if kind.startswith("statement.")]
    # What one act records (it is issued, and made from a day) has one instant and no order.
    assert set(steps[:2]) == {"issued", "made"}
    assert steps[2:4] == ["objected", "answered"]


def at_risk(page: Page) -> dict[str, str]:
    """Merchant → what would be deducted if the month ended now."""
    found = {}
    for section in page.locator("section.standing").all():
        merchant = section.locator(".standing-head h2").inner_text().split()[0]
        figure = section.locator(".figure", has_text="风险金额").locator(".figure-value")
        found[merchant] = figure.inner_text().removesuffix("元").strip()
    return found


def measure_again(house: House) -> None:
    """What the worker does every minute."""
    from pactdesk.jobs.rounds import refresh_standings

    house.as_worker(refresh_standings)


def a_chat_from_hello_to_stars(house: House, customer: Visitor, agent: Visitor) -> str:
    """The conversation's code; both sides see each other type, and the agent the picture."""
    desk = streaming(agent.log_in("agent"))
    expect(desk.locator("[data-row]")).to_have_count(0)
    shop = customer.go(house.shops["baita"])
    chat = shop.locator("pactdesk-chat")
    chat.locator(".launcher").click()
    expect(chat.locator(".hours")).to_contain_text("服务中")
    field = chat.locator("textarea")
    field.fill("台灯的灯泡是哪一种？")
    field.press("Enter")

    desk.locator("[data-row]", has_text="灯泡").click()
    streaming(desk)
    clock = desk.locator(".desk-side .clock[data-state=running]", has_text="首次响应")
    before = clock.locator("time").inner_text()
    expect(clock.locator("time")).not_to_have_text(before)
    field.press_sequentially("我拍给您看")
    expect(desk.locator("[data-typing]")).to_have_text("对方正在输入…")
    desk.locator("#reply").press_sequentially("您好，")
    expect(chat.locator(".typing")).to_contain_text("正在输入")
    desk.locator("#reply").press_sequentially("是 E27 螺口。")
    desk.locator("#reply").press("Enter")
    expect(chat.locator(".line.agent")).to_contain_text("您好，是 E27 螺口。")
    expect(desk.locator(".desk-side .clock[data-state=met]")).to_have_count(1)

    chat.locator("input[type=file]").set_input_files(picture())  # type: ignore[arg-type]  # a FilePayload
    chat.locator(".preview img").wait_for()
    field.press("Enter")
    seen = desk.locator(".message.customer img")
    expect(seen).to_have_js_property("naturalWidth", 320)
    expect(seen).to_have_attribute("alt", re.compile("客户 .{4}发来的图片"))
    customer.look()
    agent.look()

    desk.locator("[data-opens=about]").click()
    desk.get_by_role("button", name="建议").click()
    expect(desk.locator("#head [data-opens=about]")).to_have_text("建议")
    desk.locator("[data-opens=wait]").click()
    desk.get_by_role("button", name="等商家").click()
    expect(desk.locator("#head .badge")).to_contain_text("等商家")
    expect(desk.locator(".desk-side .clock[data-state=paused]")).to_have_count(1)
    desk.locator("#head").get_by_role("button", name="继续处理").click()
    expect(desk.locator(".desk-side .clock[data-state=running]")).to_have_count(1)
    desk.locator("#head").get_by_role("button", name="已解决").click()
    expect(chat.get_by_text("客服已将您的问题标记为解决")).to_be_visible()
    desk.locator("[data-opens=confirm-close]").click()
    desk.locator("#confirm-close").get_by_role("button", name="关闭").click()
    expect(chat.get_by_text("本次会话已结束")).to_be_visible()
    chat.get_by_role("radio", name="5 分").check(force=True)
    chat.get_by_role("button", name="提交评价").click()
    expect(chat.get_by_text("谢谢您的评价")).to_be_visible()
    customer.look()
    return desk.locator("#head .numbers").inner_text()


def another_is_answered_late(house: House, agent: Visitor) -> None:
    """The other merchant's customer, in the same list; the clock of who is late counts upward."""
    late = aside(lambda: house.chats.opened("qinghe", house.now() - 120_000, "有人在吗？"))
    desk = agent.page
    row = desk.locator(f"[data-row='{late}']")
    expect(row).to_contain_text("青禾茶铺")
    clock = row.locator(".mini-clock[data-state=missed] time")
    before = clock.inner_text()
    assert re.fullmatch(r"01:\d\d", before), "a minute beyond the limit"
    expect(clock).not_to_have_text(before)
    assert clock.inner_text() > before
    row.click()
    desk.locator("#reply").fill("在的，让您久等了。")
    desk.locator("#reply").press("Enter")
    expect(desk.locator(".message.agent[data-sequence='2']")).to_be_visible()


def from_the_terms_down_to_the_conversation(client: Visitor, served: str) -> None:
    """A clause and its words; the level so far; the interactions that it counted; one of them."""
    page = client.go("/contracts/")
    expect(page.locator("[data-contract]")).to_have_count(1)
    page.get_by_role("link", name="白塔家居客服服务协议").click()
    expect(page.locator("#level-1 blockquote")).to_contain_text("60秒内对在线会话作出首次人工响应")
    client.look()
    page.locator(".ways").get_by_role("link", name="指标").click()
    level = page.locator("[data-level=level-1]")
    expect(level).to_have_attribute("data-verdict", "met")
    expect(level.locator(".level-value")).to_contain_text("100")
    client.look()
    level.get_by_role("link", name="看背后的会话").first.click()
    client.look()
    page.get_by_role("link", name=served).click()
    said = page.locator(".messages .message")
    expect(said.first).to_contain_text("台灯的灯泡是哪一种？")
    expect(said.nth(1)).to_contain_text("您好，是 E27 螺口。")
    expect(said.nth(2).locator("img")).to_have_js_property("naturalWidth", 320)
    expect(page.locator(".judgements")).to_contain_text("首次响应")
    client.look()


def issue(finance: Visitor, house: House, merchant: str) -> None:
    """Last month's statement, from the list of what is finished."""
    page = finance.go("/statements/")
    entry = page.locator("#to-issue + ul li", has_text=merchant).filter(has=page.locator("button"))
    opener = entry.locator("button").last
    dialog = page.locator(f"#{opener.get_attribute('data-opens')}")
    opener.click()
    dialog.get_by_role("button", name="出具").click()
    page.wait_for_url("**/?done=issued")
    finance.look()


def the_line_is_objected_to_and_answered(client: Visitor, finance: Visitor) -> str:
    """The client reads why and does not agree; the provider answers. The statement's address."""
    page = client.go("/statements/")
    page.locator("[data-statement] a").first.click()
    statement = page.url.removeprefix(client.house.running.pages).partition("?")[0]
    client.look()
    page.locator("[data-opens=why-line-2]").click()
    why = page.locator("#why-line-2")
    expect(why).to_contain_text("最多扣减10%")
    expect(why).to_contain_text("84.2105")
    expect(why).to_contain_text("c-17（120 秒）")
    page.keyboard.press("Escape")
    page.locator("[data-line='2'] .object[href$='/object/']").click()
    client.look()
    page.locator("textarea[name=reason]").fill(REASON)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/?done=objected")
    answering = finance.go(statement)
    expect(answering.locator(".objection")).to_contain_text(REASON)
    answering.locator(".objection textarea").fill(ANSWER)
    answering.get_by_role("button", name="不接受").click()
    answering.wait_for_url("**/?done=answered")
    return statement


def both_confirm(client: Visitor, finance: Visitor, statement: str) -> dict[str, str]:
    """First the client, then the provider; what the client's page shows in the end."""
    for visitor, state in ((client, "等待服务方确认"), (finance, "双方已于")):
        page = visitor.go(statement)
        expect(page.locator(".objection")).to_contain_text(ANSWER)
        page.locator("[data-opens=confirm-statement]").first.click()
        page.locator("#confirm-statement button[type=submit]").click()
        page.wait_for_url("**/?done=confirmed")
        expect(page.locator(".awaited")).to_contain_text(state)
    page = client.go(statement)
    return {
        "hash": page.locator("[data-hash]").inner_text(),
        "total": page.locator("[data-total]").inner_text(),
    }


def downloaded(page: Page, named: str, folder: Path) -> Path:
    """The file behind the link whose text has `named`."""
    with page.expect_download() as coming:
        page.locator("a[download]", has_text=named).first.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def the_verifier_agrees(client: Visitor, shown: dict[str, str], folder: Path) -> None:
    """With bundle, checkpoint and keys alone; its statement is the one that the page showed."""
    page = client.page
    bundle = downloaded(page, "pactbundle", folder)
    since = downloaded(page, "checkpoint", folder)
    keys = downloaded(page, "keys.json", folder)
    command = [sys.executable, "-m", "pactverify", str(bundle), "--trust", str(keys)]
    done = subprocess.run(
        [*command, "--since", str(since), "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["authentic"]
    said = {step["name"]: step["said"] for step in report["steps"]}
    assert said["pins"].endswith(shown["hash"])
    assert said["lines"].endswith(shown["total"].removeprefix("¥ ").replace(",", ""))


def test_the_same_walk_needs_no_mouse_on_a_phone_in_the_dark(
    house: House, people: dict[str, Visitor]
) -> None:
    for who in ("customer", "agent", "client", "finance"):
        people[who] = house.visitor(size=PHONE, dark=True)
    customer, agent, client, finance = people.values()

    desk = agent.log_in("agent")
    streaming(desk)
    shop = customer.go(house.shops["qinghe"])
    tab_to(shop, ".launcher", "Enter")
    tab_to(shop, "textarea")
    shop.keyboard.type("茶叶能退吗？")
    shop.keyboard.press("Enter")
    chat = shop.locator("pactdesk-chat")
    expect(desk.locator("[data-row]", has_text="茶叶能退吗？")).to_be_visible()
    for key in ("j", "Enter"):
        desk.keyboard.press(key)
    desk.wait_for_url("**/desk/c/*/")
    streaming(desk)
    desk.keyboard.press("r")
    desk.keyboard.type("未拆封可以退。")
    desk.keyboard.press("Enter")
    expect(chat.locator(".line.agent")).to_contain_text("未拆封可以退。")
    agent.look()
    desk.keyboard.press("Escape")
    for key, badge in (("w", "等客户"), ("c", ""), ("e", "已解决")):
        desk.keyboard.press(key)
        if key == "w":
            desk.keyboard.press("Enter")
        if badge:
            expect(desk.locator("#head .badge")).to_contain_text(badge)
        else:
            expect(desk.locator("#head .badge")).to_have_count(0)
    desk.keyboard.press("x")
    expect(desk.locator("#confirm-close")).to_be_visible()
    tab_to(desk, "#confirm-close [type=submit]", "Enter")
    expect(desk.locator(".composer-closed")).to_be_visible()
    expect(chat.get_by_text("本次会话已结束")).to_be_visible()
    tab_to(shop, "input[name=score]", "ArrowRight")
    tab_to(shop, ".rating button", "Enter")
    expect(chat.get_by_text("谢谢您的评价")).to_be_visible()
    customer.look()

    page = finance.log_in("finance")
    finance.go("/statements/")
    entry = page.locator("#to-issue + ul li", has_text="青禾").filter(has=page.locator("button"))
    opens = entry.locator("button").last.get_attribute("data-opens")
    tab_to(page, f"[data-opens='{opens}']", "Enter")
    tab_to(page, f"[id='{opens}'] [type=submit]", "Enter")
    page.wait_for_url("**/?done=issued")
    statement = page.url.removeprefix(house.running.pages).partition("?")[0]

    page = client.log_in("manager_of_qinghe")
    client.go(statement)
    tab_to(page, "[data-opens=why-line-2]", "Enter")
    expect(page.locator("#why-line-2")).to_contain_text("84.2105")
    client.look()
    page.keyboard.press("Escape")
    tab_to(page, "[data-line='2'] .object", "Enter")
    page.wait_for_url("**/lines/2/object/")
    tab_to(page, "textarea[name=reason]")
    page.keyboard.type(REASON)
    tab_to(page, "main form [type=submit]", "Enter")
    page.wait_for_url("**/?done=objected")

    page = finance.go(statement)
    tab_to(page, ".objection textarea")
    page.keyboard.type(ANSWER)
    tab_to(page, ".objection [value=rejected]", "Enter")
    page.wait_for_url("**/?done=answered")
    for visitor in (client, finance):
        page = visitor.go(statement)
        tab_to(page, "[data-opens=confirm-statement]", "Enter")
        tab_to(page, "#confirm-statement [type=submit]", "Enter")
        page.wait_for_url("**/?done=confirmed")
    expect(page.locator(".awaited")).to_contain_text("双方已于")
    finance.look()
