"""The chat window with the real pages and the real door, on a merchant's page at a third port."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import psycopg
import pytest
from PIL import Image
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from pactdesk.core.units.instants import Instant
from tests.support.cast import Cast, make_cast
from tests.support.chats import Chats
from tests.support.database import TestDatabase
from tests.support.running_desk import RunningDesk, aside, running_desk
from tests.web.widget.conftest import Open
from tests.web.widget.twin import Twin, served

pytestmark = pytest.mark.xdist_group("running-desk")

PAGE = """<!doctype html><html lang="zh-CN"><title>shop</title><body><h1>青禾</h1>
<script src="{pages}/widget.js" data-site="{key}" async></script></body></html>"""


class Shop:
    """The merchant's own web server."""

    html = ""

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/", self.page), Route("/favicon.ico", self.icon)])

    async def page(self, _: Request) -> Response:
        return HTMLResponse(self.html)

    async def icon(self, _: Request) -> Response:
        return Response(status_code=204)


class Story:
    """A desk that runs, a shop, and the agent beside them."""

    def __init__(self, running: RunningDesk, cast: Cast, shop: str, keys: dict[str, str]) -> None:
        self.running, self.cast, self.shop, self.keys = running, cast, shop, keys
        self.chats = Chats(cast)

    def open(self, **more: Any) -> httpx.Response:
        asked = {"site": self.keys["qinghe"], "key": "k" * 24} | more
        return httpx.post(f"{self.running.live}/v1/conversations", json=asked, timeout=20)

    def agent(self, does: Any, *given: object, **more: object) -> Any:
        """An action of the agent's, as the pages run it."""
        from pactdesk.apps.conversations.hands import agent

        at = Instant(time.time_ns() // 1_000_000)
        by, means = agent(self.cast["agent"]), self.chats.means("qinghe")
        return aside(lambda: does(*given[:1], by, *given[1:], at=at, means=means, **more))

    def conversation(self, database: psycopg.Connection) -> UUID:
        row = database.execute("SELECT id FROM conversations_conversation").fetchone()
        assert row is not None
        number: UUID = row[0]
        return number


@pytest.fixture
def story(desk: TestDatabase) -> Iterator[Story]:
    from pactdesk.apps.conversations.sites import add_site

    cast, shop = make_cast(desk), Shop()
    with served(shop.app()) as address, running_desk(desk) as running:

        def sites() -> dict[str, str]:
            origins = [address, running.pages]
            contracts = {"qinghe": cast.contract_qinghe, "baita": cast.contract_baita}
            names = {"qinghe": "青禾茶铺", "baita": "白塔家居"}
            return {
                key: add_site(cast["lead"], contract, names[key], origins).public_key
                for key, contract in contracts.items()
            }

        keys = aside(sites)
        shop.html = PAGE.format(pages=running.pages, key=keys["qinghe"])
        yield Story(running, cast, address, keys)


def photo(kind: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new("RGB", (120, 80), "teal").save(made, kind)
    return made.getvalue()


def test_a_customer_and_an_agent_talk_through_the_whole_house(
    story: Story, visit: Open, twin: Twin, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.conversations.actions import close, post_message, resolve
    from pactdesk.apps.conversations.pictures import post_picture
    from pactdesk.gateways.pictures.cleaning import clean_picture

    shop = visit(address=story.shop).unfold().say("龙井还有吗")
    shop.hears("龙井还有吗")
    number = story.conversation(as_superuser)
    story.agent(post_message, number, "有的", key="a1")
    shop.hears("有的")
    chosen = {"name": "a.png", "mimeType": "image/png", "buffer": photo()}
    panel = shop.page.locator("pactdesk-chat")
    panel.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]  # a FilePayload
    panel.locator(".preview img").wait_for()
    shop.say("这一张").hears("这一张")
    story.agent(post_picture, number, clean_picture(photo("JPEG")), key="a2")
    expect(panel.locator(".line.agent .picture img")).to_be_visible()
    shop.page.reload()
    shop.unfold().hears("这一张")
    expect(panel.locator(".line .picture img")).to_have_count(2)
    story.agent(resolve, number)
    expect(shop.page.get_by_text("客服已将您的问题标记为解决")).to_be_visible()
    story.agent(close, number)
    expect(shop.page.get_by_text("本次会话已结束")).to_be_visible()
    shop.page.get_by_role("radio", name="5 分").check(force=True)
    shop.page.get_by_role("button", name="提交评价").click()
    expect(shop.page.get_by_text("谢谢您的评价")).to_be_visible()
    hosts = {urlsplit(url).netloc for url in (story.shop, story.running.pages, story.running.live)}
    assert {host for host in shop.hosts if host} == hosts
    assert shop.errors == []


def test_the_demos_shops_differ_and_carry_the_window_under_the_pages_own_policy(
    story: Story, visit: Open, twin: Twin
) -> None:
    for key, title in (("qinghe", "青禾茶铺"), ("baita", "白塔家居")):
        address = f"{story.running.pages}/shop/{story.keys[key]}/"
        shop = visit(address=address).unfold().say("你好")
        shop.hears("你好")
        assert title in shop.page.title()
        assert shop.errors == []


def test_a_picture_is_uploaded_once_and_seen_by_its_own_conversation_alone(
    story: Story, as_superuser: psycopg.Connection
) -> None:
    mine, others = story.open().json(), story.open(key="o" * 24).json()

    def post(key: str, content: bytes, as_: dict[str, str] = mine) -> httpx.Response:
        address = f"{story.running.live}/v1/conversations/{mine['conversation']}/pictures"
        return httpx.post(
            address,
            files={"file": ("x.exe", content, "application/x-evil")},
            data={"key": key},
            headers={"authorization": f"Bearer {as_['token']}", "accept-language": "zh-CN"},
            timeout=20,
        )

    first, again = post("p1", photo()), post("p1", photo())
    assert first.status_code == 200, first.text
    assert (first.json()["id"], first.json()["fresh"]) == (again.json()["id"], True)
    assert again.json()["fresh"] is False
    assert post("p2", photo(), others).status_code == 401
    number = first.json()["picture"]["id"]
    address = f"{story.running.live}/v1/pictures/{number}"
    seen = httpx.get(address, params={"token": mine["token"]}, timeout=20)
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/png")
    assert seen.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert "private" in seen.headers["cache-control"]
    assert httpx.get(address, params={"token": others["token"]}, timeout=20).status_code == 404
    assert httpx.get(address, timeout=20).status_code == 401
    refused = {b"": 400, b"<svg/>": 400, photo()[:60]: 400, bytes(8 * 1024 * 1024 + 1): 413}
    for content, status in refused.items():
        answer = post("bad", content)
        assert answer.status_code == status, answer.text
        assert answer.json()["sentence"].endswith("。")
    count = as_superuser.execute("SELECT count(*) FROM conversations_picture").fetchone()
    assert count == (1,)


def test_a_body_that_is_no_form_is_told_so(story: Story) -> None:
    mine = story.open().json()
    address = f"{story.running.live}/v1/conversations/{mine['conversation']}/pictures"
    bearer = {"authorization": f"Bearer {mine['token']}"}
    for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=x"):
        headers = bearer | {"content-type": kind}
        answer = httpx.post(address, content=b"--x\r\nnonsense", headers=headers, timeout=20)
        assert answer.status_code == 400, answer.text
        assert answer.json()["sentence"]
