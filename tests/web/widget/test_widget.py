"""The chat window in a real browser, on a shop's page, against a door in memory."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.web.widget.conftest import PHONE, Open
from tests.web.widget.twin import SITE, Twin

pytestmark = pytest.mark.xdist_group("widget")


def test_customer_and_agent_hear_each_other_in_order(twin: Twin, visit: Open) -> None:
    shop = visit().unfold().say("龙井还有吗")
    shop.hears("龙井还有吗")
    twin.agent_says("有的")
    shop.hears("有的")
    shop.say("来两罐").hears("来两罐")
    assert shop.bodies == ["龙井还有吗", "有的", "来两罐"]
    assert list(twin.opened.values()) == [SITE]
    assert shop.errors == []


def test_nothing_is_asked_of_the_door_before_somebody_opens_the_window(
    twin: Twin, visit: Open
) -> None:
    shop = visit()
    assert urlsplit(twin.door).netloc not in shop.hosts
    shop.unfold()
    expect(shop.page.locator("pactdesk-chat .hours")).to_contain_text("服务中")
    assert twin.opened == {}


def test_no_request_goes_anywhere_but_shop_and_door_and_no_cookie_is_set(
    twin: Twin, visit: Open, photo: Any
) -> None:
    shop = visit().unfold().say("hi")
    shop.hears("hi")
    shop.page.locator("pactdesk-chat input[type=file]").set_input_files(photo)
    shop.field.press("Enter")
    shop.page.locator("pactdesk-chat .line .picture img").wait_for()
    hosts = {host for host in shop.hosts if host}
    assert hosts == {urlsplit(twin.door).netloc, urlsplit(twin.page).netloc}
    assert shop.context.cookies() == []


def test_a_lost_answer_makes_no_second_message(twin: Twin, visit: Open) -> None:
    twin.lose = 1
    shop = visit().unfold().say("只说一次")
    shop.page.locator("pactdesk-chat .line", has_text="只说一次").wait_for()
    shop.say("然后").hears("然后")
    assert [one["body"] for one in twin.messages] == ["只说一次", "然后"]
    assert shop.bodies == ["只说一次", "然后"]


def test_what_is_written_without_a_line_is_kept_over_a_reload_and_sent_once(
    twin: Twin, visit: Open
) -> None:
    shop = visit().unfold().say("第一句")
    shop.hears("第一句")
    twin.silent = True
    twin.hang_up()
    expect(shop.page.get_by_text("连接断开了")).to_be_visible()
    shop.say("断网时写的")
    expect(shop.page.get_by_text("没有发出去")).to_be_visible()
    shop.page.reload()
    twin.silent = False
    shop.unfold().hears("断网时写的")
    assert [one["body"] for one in twin.messages] == ["第一句", "断网时写的"]


def test_a_message_that_failed_is_sent_again_by_hand(twin: Twin, visit: Open) -> None:
    shop = visit().unfold().say("一")
    shop.hears("一")
    twin.refuse = [(503, "")]
    shop.say("二")
    shop.page.get_by_role("button", name="重发").click()
    shop.hears("二")
    assert shop.bodies == ["一", "二"]


def test_a_message_that_is_refused_says_why_and_can_be_dropped(twin: Twin, visit: Open) -> None:
    shop = visit().unfold().say("一")
    shop.hears("一")
    twin.refuse = [(400, "消息太长；请分成几条发送。")]
    shop.say("很长")
    expect(shop.page.get_by_text("消息太长；请分成几条发送。")).to_be_visible()
    shop.page.get_by_role("button", name="删除").click()
    expect(shop.page.locator("pactdesk-chat .foot")).to_have_count(0)
    assert shop.bodies == ["一"]


def test_after_a_broken_stream_nothing_is_missing(twin: Twin, visit: Open) -> None:
    shop = visit().unfold().say("在吗")
    shop.hears("在吗")
    twin.hang_up()
    twin.agent_says("在的")
    shop.hears("在的")


def test_offline_and_online_again(twin: Twin, visit: Open) -> None:
    shop = visit().unfold().say("一")
    shop.hears("一")
    shop.context.set_offline(True)
    shop.say("二")
    expect(shop.page.get_by_text("没有发出去")).to_be_visible()
    shop.context.set_offline(False)
    shop.hears("二")
    assert [one["body"] for one in twin.messages] == ["一", "二"]


def test_a_reload_shows_the_history_and_what_came_meanwhile_as_unread(
    twin: Twin, visit: Open
) -> None:
    shop = visit().unfold().say("问题")
    shop.hears("问题")
    shop.page.goto("about:blank")
    twin.agent_says("回答一")
    twin.agent_says("回答二")
    shop.page.goto(twin.page)
    expect(shop.launcher).to_have_accessible_name("打开在线客服，2 条未读消息")
    shop.unfold().hears("回答二")
    assert shop.bodies == ["问题", "回答一", "回答二"]
    shop.page.keyboard.press("Escape")
    expect(shop.launcher).to_have_accessible_name("打开在线客服")


def test_two_pages_of_one_shop_share_the_conversation(twin: Twin, visit: Open) -> None:
    one = visit()
    other = visit(context=one.context)
    one.unfold().say("从第一页").hears("从第一页")
    other.unfold().hears("从第一页")
    other.say("从第二页").hears("从第二页")
    one.hears("从第二页")
    assert len(twin.opened) == 1


def test_each_side_sees_the_other_writing_and_notices_are_few(twin: Twin, visit: Open) -> None:
    shop = visit().unfold().say("你好")
    shop.hears("你好")
    twin.agent_types()
    expect(shop.page.get_by_text("小周 正在输入")).to_be_visible()
    twin.agent_says("您说")
    expect(shop.page.get_by_text("小周 正在输入")).to_be_hidden()
    shop.field.press_sequentially("这是一句要打很多下键盘的长话")
    shop.say("好的").hears("好的")
    assert len(twin.typed) == 1


def test_an_input_methods_enter_sends_nothing(twin: Twin, visit: Open) -> None:
    shop = visit().unfold()
    shop.field.fill("nihao")
    shop.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(shop.field).to_have_value("nihao")
    shop.field.press("Shift+Enter")
    expect(shop.field).to_have_value("nihao\n")
    assert twin.messages == []


def test_a_picture_is_previewed_sent_and_shown_large(twin: Twin, visit: Open, photo: Any) -> None:
    shop = visit().unfold().say("看")
    shop.hears("看")
    panel = shop.page.locator("pactdesk-chat")
    panel.locator("input[type=file]").set_input_files(photo)
    panel.locator(".preview img").wait_for()
    shop.say("这一张").hears("这一张")
    assert [bool(one["picture"]) for one in twin.messages] == [False, True, False]
    picture = shop.page.get_by_role("button", name="放大查看：您发的图片")
    picture.click()
    expect(panel.locator("dialog.large img")).to_be_visible()
    shop.page.keyboard.press("Escape")
    expect(panel.locator("dialog.large")).to_have_count(0)
    expect(picture).to_be_focused()
    shop.page.reload()
    shop.unfold()
    expect(panel.locator(".line .picture img")).to_have_count(1)


def test_what_is_no_picture_is_told_before_it_is_sent(visit: Open) -> None:
    shop = visit().unfold()
    chosen = shop.page.locator("pactdesk-chat input[type=file]")
    chosen.set_input_files({"name": "a.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    expect(shop.page.get_by_text("只能发送 PNG")).to_be_visible()


def test_outside_of_the_hours_it_says_when_service_opens_and_the_clock_starts(
    twin: Twin, visit: Open
) -> None:
    twin.open = False
    # Six in the evening of a far day, where the contract is.
    twin.opens_at_ms = (
        int(datetime(2100, 3, 1, 18, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp()) * 1000
    )
    shop = visit().unfold()
    notice = shop.page.locator("pactdesk-chat .notice").first
    expect(notice).to_contain_text("现在不在服务时间，3月1日周一 18:00 开始服务")
    expect(notice).to_contain_text("回复时限从那时起算")
    expect(shop.page.locator("pactdesk-chat .hours")).to_contain_text("休息中")


def test_rated_by_keyboard_thanked_and_begun_anew(twin: Twin, visit: Open) -> None:
    shop = visit().unfold().say("谢谢")
    shop.hears("谢谢")
    twin.becomes("closed")
    expect(shop.page.get_by_text("本次会话已结束")).to_be_visible()
    expect(shop.field).to_be_hidden()
    shop.page.get_by_role("button", name="提交评价").click()
    expect(shop.page.get_by_text("请先选择 1 到 5 分")).to_be_visible()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        shop.page.keyboard.press(key)
    expect(shop.page.get_by_text("谢谢您的评价")).to_be_focused()
    assert twin.rated == [5]
    shop.page.get_by_role("button", name="开始新的会话").click()
    expect(shop.field).to_be_focused()
    shop.say("又来了").hears("又来了")
    assert (len(twin.opened), shop.bodies) == (2, ["又来了"])


def test_everything_is_reached_by_keyboard_and_the_focus_comes_back(
    twin: Twin, visit: Open
) -> None:
    shop = visit()
    shop.page.keyboard.press("Tab")
    expect(shop.launcher).to_be_focused()
    shop.page.keyboard.press("Enter")
    expect(shop.field).to_be_focused()
    shop.page.keyboard.type("键盘")
    shop.page.keyboard.press("Enter")
    shop.hears("键盘")
    shop.page.keyboard.press("Escape")
    expect(shop.launcher).to_be_focused()


def test_on_a_phone_it_fills_the_screen_and_holds_the_focus(twin: Twin, visit: Open) -> None:
    shop = visit(size=PHONE).unfold()
    panel = shop.page.locator("pactdesk-chat .panel")
    box = panel.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *PHONE)
    expect(panel).to_have_attribute("aria-modal", "true")
    for _ in range(12):
        shop.page.keyboard.press("Tab")
        inside = "() => document.activeElement.localName === 'pactdesk-chat'"
        assert shop.page.evaluate(inside)
    overflow = "() => document.documentElement.scrollWidth > innerWidth"
    assert not shop.page.evaluate(overflow)


def test_the_shops_layout_does_not_move_and_its_styles_do_not_reach_us(visit: Open) -> None:
    shop = visit()
    before = shop.page.locator("h1").bounding_box()
    shop.unfold()
    assert shop.page.locator("h1").bounding_box() == before
    style = "field => [getComputedStyle(field).fontSize, getComputedStyle(field).borderTopWidth]"
    assert shop.field.evaluate(style) == ["15px", "1px"]
    assert shop.page.locator("h1").evaluate("h1 => getComputedStyle(h1).color") == "rgb(255, 0, 0)"


def test_it_works_under_a_strict_policy_of_the_shop(twin: Twin, visit: Open, photo: Any) -> None:
    twin.policy = "default-src 'none'; script-src 'self'; connect-src {door}; style-src 'self'"
    shop = visit().unfold().say("严格")
    shop.hears("严格")
    shop.page.locator("pactdesk-chat input[type=file]").set_input_files(photo)
    shop.field.press("Enter")
    # Without img-src blob: the picture is drawn instead.
    shop.page.locator("pactdesk-chat .line .picture canvas").wait_for()
    assert shop.errors == []


def test_it_works_where_the_shop_keeps_its_storage_closed(twin: Twin, visit: Open) -> None:
    closed = visit()
    closed.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed') } })"
    )
    closed.page.reload()
    closed.unfold().say("记在内存里").hears("记在内存里")
    twin.agent_says("收到")
    closed.hears("收到")


def test_english_pages_get_english_words(visit: Open) -> None:
    shop = visit("lang=en").unfold()
    expect(shop.page.locator("pactdesk-chat .hours")).to_contain_text("Open now")
    expect(shop.field).to_have_attribute("placeholder", "Write a message…")


def test_texts_are_never_markup_and_only_web_addresses_become_links(
    twin: Twin, visit: Open
) -> None:
    shop = visit().unfold().say("<img src=x onerror=alert(1)>")
    shop.hears("<img src=x")
    twin.agent_says("javascript:alert(1) https://shop.example.com/a?b=1 见此")
    line = shop.hears("见此")
    assert line.locator("a").all_inner_texts() == ["https://shop.example.com/a?b=1"]
    assert shop.page.locator("pactdesk-chat .line img").count() == 0


def test_the_merchants_colour_is_taken_only_if_words_can_be_read_on_it(visit: Open) -> None:
    colour = "header => getComputedStyle(header).backgroundColor"
    for given, shown in (("#2f5d3f", "rgb(47, 93, 63)"), ("#ffee00", "rgb(40, 71, 143)")):
        shop = visit("more=" + quote(f'data-color="{given}"')).unfold()
        assert shop.page.locator("pactdesk-chat header").evaluate(colour) == shown


def test_the_privacy_line_leads_to_the_merchants_page(visit: Open) -> None:
    shop = visit("more=" + quote('data-privacy="/privacy"')).unfold()
    expect(shop.page.get_by_role("link", name="隐私说明")).to_have_attribute(
        "href", f"{shop.page.url.split('/?')[0]}/privacy"
    )
    shop = visit("more=" + quote('data-privacy="javascript:alert(1)"')).unfold()
    expect(shop.page.get_by_role("link", name="隐私说明")).to_have_count(0)


AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter((each) => ["serious", "critical"].includes(each.impact))
    .filter((each) => each.nodes.some((node) => JSON.stringify(node.target).includes("pactdesk")))
    .map((each) => `${each.id}: ${JSON.stringify(each.nodes.map((node) => node.target))}`)"""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("state", ["open", "closed"])
def test_the_accessibility_checker_finds_nothing_serious(
    twin: Twin, visit: Open, axe: str, dark: bool, state: str, photo: Any
) -> None:
    twin.open = False
    shop = visit("more=" + quote('data-privacy="/privacy"'), dark=dark).unfold().say("你好")
    shop.hears("你好")
    twin.agent_says("您好 https://shop.example.com/")
    shop.hears("您好")
    shop.page.locator("pactdesk-chat input[type=file]").set_input_files(photo)
    shop.field.press("Enter")
    shop.page.locator("pactdesk-chat .line .picture img").wait_for()
    if state == "closed":
        twin.becomes("closed")
        shop.page.locator("pactdesk-chat .rating").wait_for()
    else:
        twin.refuse = [(503, "")]
        shop.say("没有发出").page.get_by_role("button", name="重发").wait_for()
    shop.page.evaluate(axe)
    assert shop.page.evaluate(AXE) == []
