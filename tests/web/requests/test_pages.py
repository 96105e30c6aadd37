"""Requests through their pages: help from a conversation, data and their record, the lost time."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pactdesk.core.facts.names import Party
from pactdesk.core.units.instants import instant_of
from tests.apps.requests.conftest import DUTY, Desk
from tests.support.cast import Cast
from tests.support.chats import Chats
from tests.support.running_desk import aside
from tests.support.visitors import logged_in
from tests.web.portal.reading import Reading, read

CLIENT = "manager_of_baita"
GOODS = "编号,名称\n=1+1,青瓷茶杯\n".encode()


class Pages:
    """One person at 白塔's requests."""

    def __init__(self, cast: Cast, person: str) -> None:
        self.client: Client = logged_in(person)
        self.at = f"/contracts/{cast.contract_baita}/requests/"

    def read(self, path: str = "") -> Reading:
        answer = self.client.get(self.at + path)
        assert answer.status_code == 200, answer.status_code
        return read(answer)

    def text(self, path: str = "") -> str:
        answer = self.client.get(self.at + path)
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())

    def post(self, path: str, **told: Any) -> Any:
        if path.startswith("ask"):
            told = {"id": str(uuid4()), **told}
        return self.client.post(self.at + path, told)


@pytest.fixture
def agent(cast: Cast) -> Pages:
    """Who answers customers."""
    return Pages(cast, "agent")


@pytest.fixture
def lead(cast: Cast) -> Pages:
    """Whose word binds the provider."""
    return Pages(cast, "lead")


@pytest.fixture
def manager(cast: Cast) -> Pages:
    """The client's."""
    return Pages(cast, CLIENT)


HELP = {
    "kind": "decision",
    "subject": "赠品以哪版规则为准",
    "words": "顾客在等",
    "urgency": "urgent",
}


@pytest.mark.requirement("A22")
def test_an_agent_asks_from_a_conversation_which_waits_and_the_client_answers(
    cast: Cast, agent: Pages, manager: Pages
) -> None:
    now = instant_of(datetime.now(UTC))
    conversation = aside(lambda: Chats(cast).opened("baita", now - 60_000))
    desk = agent.client.get(f"/desk/c/{conversation}/")
    assert f"{agent.at}ask/?conversation={conversation}" in desk.content.decode()
    form = read(agent.client.get(f"{agent.at}ask/?conversation={conversation}"))
    assert form.named("pause")
    asked = agent.post(f"ask/?conversation={conversation}", **HELP, clause=DUTY, pause="on")
    assert asked.status_code == 302
    assert asked["Location"].endswith("/requests/R-1/?done=asked")
    twice = {**HELP, "id": str(uuid4())}
    locations = {agent.post("ask/", **twice)["Location"] for _ in range(2)}
    assert [one.rpartition("/requests/")[2] for one in locations] == ["R-2/?done=asked"]
    # Somebody else's id makes no request, and tells nothing.
    assert manager.post("ask/", **twice).status_code == 404
    assert manager.post("R-2/do/answer/", words="好").status_code == 302
    assert "等商家" in agent.client.get(f"/desk/c/{conversation}/").content.decode()

    # It waits for the client, as the navigation says; not for the provider.
    assert read(manager.client.get("/requests/")).values("data-request") == ["R-1"]
    assert '<span class="count">1</span>' in manager.text()
    assert '<span class="count">1</span>' not in agent.text()
    page = manager.read("R-1/")
    assert page.values("data-deed")[0] == "answer"
    assert manager.post("R-1/do/answer/", words="以 10 月 8 日版为准").status_code == 302
    assert manager.post("R-1/do/answer/", words="再答一次").status_code == 409
    shown = agent.text("R-1/")
    assert "以 10 月 8 日版为准" in shown
    assert "按时答复" in shown
    assert "商家已答复" in agent.client.get(f"/desk/c/{conversation}/").content.decode()
    assert agent.post("R-1/do/close/").status_code == 302
    assert agent.read().values("data-state") == ["answered", "closed"]


@pytest.mark.requirement("C14", "C33")
def test_data_are_asked_for_delivered_received_and_stand_in_the_ledger(
    lead: Pages, manager: Pages, agent: Pages
) -> None:
    today = datetime.now(UTC) + timedelta(hours=8)
    until, ends = (f"{today + timedelta(days=days):%Y-%m-%d}" for days in (3, 30))
    wanted = {
        "subject": "在售商品表",
        "words": "编号、名称",
        "purpose": "=答复商品咨询",
        "ground": "no_personal_data",
        "until": until,
        "ending": "destroy",
        "ends_on": ends,
        "clause": DUTY,
    }
    assert lead.post("ask-data/", **{**wanted, "until": "2026-01-01"}).status_code == 422
    assert lead.post("ask-data/", **{**wanted, "ends_on": ""}).status_code == 422
    beyond = {**wanted, "until": "9999-12-31", "ends_on": "9999-12-31"}
    assert lead.post("ask-data/", **beyond).status_code == 422
    assert lead.post("ask-data/", **wanted).status_code == 302
    assert agent.client.get(f"{agent.at}D-1/").status_code == 404
    assert agent.read().values("data-request") == []

    assert manager.post("D-1/deliver/").status_code == 409
    bad = SimpleUploadedFile("goods.xlsx", GOODS)
    assert manager.post("D-1/deliver/", files=bad).status_code == 409
    good = SimpleUploadedFile("商品表.csv", GOODS)
    assert manager.post("D-1/deliver/", files=good, words="11 月全部在售").status_code == 302
    page = lead.read("D-1/")
    [href] = [one for one in page.values("href") if "/files/" in one]
    kept = lead.client.get(href)
    assert kept.content == GOODS
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept["X-Content-Type-Options"] == "nosniff"
    assert agent.client.get(href).status_code == 403
    assert sha256(GOODS).hexdigest() in lead.text("D-1/")
    assert lead.post("D-1/do/miss/", words="缺少规格").status_code == 302
    elsewhere = {"words": "规格表已放入双方共用网盘", "digest": "AB" * 32}
    assert manager.post("D-1/deliver/", **elsewhere).status_code == 302
    assert lead.post("D-1/do/receive/").status_code == 302

    assert lead.read("ledger/").values("data-ledger") == ["D-1"]
    assert lead.read("ledger/?show=held").values("data-ledger") == ["D-1"]
    assert lead.read("ledger/?show=over").values("data-ledger") == []
    table = manager.client.get(f"{manager.at}ledger.csv").content.decode("utf-8-sig")
    [_, first, second] = csv.reader(io.StringIO(table, newline=""))
    assert first[0] == second[0] == "D-1"
    assert first[2] == "'=答复商品咨询"
    assert sha256(GOODS).hexdigest() in first[10]
    assert (second[11], second[13]) == ("ab" * 32, "lead")
    paper = manager.client.get(f"{manager.at}ledger.pdf?code=D-1")
    assert paper.content.startswith(b"%PDF")
    obligations = lead.client.get(lead.at.replace("/requests/", "/obligations/")).content.decode()
    assert "归还或销毁 D-1 的数据" in obligations
    assert lead.post("D-1/do/return/", words="已从服务器删除，李雷执行").status_code == 302
    assert "已销毁" in manager.text("D-1/")


@pytest.mark.requirement("A22", "A29")
def test_a_late_answer_of_the_client_is_proposed_as_an_exclusion_and_agreed_to(
    baita: Desk, lead: Pages, manager: Pages, agent: Pages, as_superuser: psycopg.Connection
) -> None:
    code = aside(lambda: baita.asks("lead", "2026-10-16 16:00"))
    shown = {
        name: manager.read(f"?show={name}").values("data-request")
        for name in ("waiting", "mine", "overdue", "closed")
    }
    assert shown == {"waiting": [code], "mine": [], "overdue": [code], "closed": []}
    aside(lambda: baita.does("answer", CLIENT, code, "2026-10-17 15:00", words="按旧版"))
    assert not manager.read("R-1/").values("data-excuse")
    assert not agent.read("R-1/").values("data-excuse")
    assert "R-1" in lead.text("R-1/")
    assert lead.read("R-1/").values("data-excuse") == [""]
    assert agent.post("R-1/excuse/").status_code == 403
    assert lead.post("R-1/excuse/").status_code == 302
    assert lead.post("R-1/excuse/").status_code == 302  # told once
    events = manager.client.get(manager.at.replace("/requests/", "/events/")).content.decode()
    assert "依据请求 R-1" in events
    page = read(manager.client.get(manager.at.replace("/requests/", "/events/")))
    [event] = page.values("data-event")
    answer = {"event": event, "answer": "yes"}
    url = manager.at.replace("/requests/", "/events/answer/")
    assert manager.client.post(url, answer).status_code == 302
    [(start, end)] = as_superuser.execute(
        "SELECT DISTINCT convert_from(content, 'UTF8')::jsonb -> 'measured' ->> 'start',"
        " convert_from(content, 'UTF8')::jsonb -> 'measured' ->> 'end'"
        " FROM evidence_fact WHERE kind = 'exclusion'"
    ).fetchall()
    # 16:00 on Friday and eight service hours (9:00-21:00): until noon on Saturday.
    assert int(end) - int(start) == 3 * 3_600_000 - 1


# What was done before, by whom; of data where it is about data.
SITUATIONS: dict[str, tuple[bool, list[tuple[str, str]]]] = {
    "asked": (False, []),
    "answered": (False, [("answer", CLIENT)]),
    "solved": (False, [("answer", CLIENT), ("close", "lead")]),
    "withdrawn": (False, [("withdraw", "lead")]),
    "data asked": (True, []),
    "data delivered": (True, [("deliver", CLIENT)]),
    "data received": (True, [("deliver", CLIENT), ("receive", "lead")]),
    "data destroyed": (True, [("deliver", CLIENT), ("receive", "lead"), ("give_back", "lead")]),
}
DEEDS = {
    **{name: {"words": "说明"} for name in ("answer", "reply", "reopen", "withdraw", "miss")},
    "give_back": {"words": "已删除"},
    "close": {},
    "receive": {},
}


class Undone(Exception):
    """Nothing of it shall stay."""


@pytest.mark.requirement("A22", "C14")
def test_the_page_offers_exactly_what_is_possible(baita: Desk) -> None:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.requests.delivering import HandedOver
    from pactdesk.apps.requests.errors import RequestNotInState
    from pactdesk.web.requests.page import can_do

    deeds: dict[str, dict[str, Any]] = {**DEEDS, "deliver": {"given": HandedOver("网盘")}}
    differing = []
    for name, (is_data, steps) in SITUATIONS.items():
        ask = baita.asks_data if is_data else baita.asks
        code = ask("lead", "2026-10-16 09:00")
        for step, person in steps:
            baita.does(step, person, code, "2026-10-16 10:00", **deeds[step])
        row = baita.row(code)
        for person, party in (("lead", Party.PROVIDER), (CLIENT, Party.CLIENT)):
            offered = {"give_back" if one == "return" else one for one in can_do(row, party)}
            possible = set()
            for deed in deeds:
                # Done, and undone again.
                with suppress(RequestNotInState, Undone), scoped(baita.cast[person]):
                    baita.does(deed, person, code, "2026-10-16 11:00", **deeds[deed])
                    possible.add(deed)
                    raise Undone
            if possible != offered:
                differing.append(f"{name}, {person}: {sorted(possible ^ offered)}")
    assert differing == []
