"""The inbox and a conversation, through their addresses, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.cast import TERMS, Cast, make_cast
from tests.support.chats import VAULT, Chats
from tests.support.contracts import service_terms
from tests.support.database import TestDatabase
from tests.support.visitors import give_password, logged_in

MINUTE = 60_000


def test_conversations_of_all_merchants_stand_in_one_list_the_most_urgent_first(
    chats: Chats, now: Instant
) -> None:
    chats.opened("baita", now - 1_000, "颜色能换吗", customer="丙")
    late = chats.opened("baita", now - 40 * 60 * MINUTE, "还没人理我", customer="甲")
    chats.opened("qinghe", now - 1_500, "发票怎么开", customer="乙")
    page = logged_in("agent").get("/desk/").content.decode()
    assert page.index("甲") < page.index("丙")
    assert f'data-row="{late}"' in page
    assert {"qinghe" in page, "baita" in page, "发票怎么开" in page} == {True}
    assert "row-link overdue" in page


def test_an_agent_of_one_merchant_sees_nothing_of_the_other(chats: Chats, now: Instant) -> None:
    own = chats.opened("qinghe", now, "我的")
    other = chats.opened("baita", now, "别人的")
    client = logged_in("agent_of_qinghe")
    page = client.get("/desk/").content.decode()
    assert "我的" in page
    assert "别人的" not in page
    assert client.get(f"/desk/c/{own}/").status_code == 200
    assert client.get(f"/desk/c/{other}/").status_code == 404
    assert client.post(f"/desk/c/{other}/close/").status_code == 404
    assert client.post(f"/desk/c/{other}/post/", {"body": "x", "key": "k"}).status_code == 404


@pytest.mark.parametrize("name", ["qa", "finance", "manager_of_qinghe", "auditor", "operator"])
def test_whoever_does_not_serve_customers_has_no_desk(
    chats: Chats, now: Instant, name: str
) -> None:
    one = chats.opened("qinghe", now)
    client = logged_in(name)
    addresses = ("/desk/", f"/desk/c/{one}/", "/desk/ticket")
    assert [client.get(each).status_code for each in addresses] == [403, 403, 403]
    assert client.post(f"/desk/c/{one}/resolve/").status_code == 403


def test_filters_count_what_they_show(chats: Chats, cast: Cast, now: Instant) -> None:
    chats.opened("qinghe", now, "甲问")
    answered = chats.opened("baita", now, "乙问")
    chats.answers("baita", answered, now + 1, "马上查")
    client = logged_in("agent")
    client.post(f"/desk/c/{answered}/wait/", {"reason": "waiting_client"})
    mine = client.get("/desk/?show=mine").content.decode()
    assert "马上查" in mine
    assert "甲问" not in mine
    assert "等商家" in mine
    waiting = client.get("/desk/?show=waiting").content.decode()
    assert waiting.count("data-row=") == 1
    one = client.get(f"/desk/?contract={cast.contract_qinghe}").content.decode()
    assert "甲问" in one
    assert "马上查" not in one
    client.post(f"/desk/c/{answered}/close/")
    closed = client.get("/desk/?show=closed").content.decode()
    assert closed.count("data-row=") == 1
    assert "没有等待中的会话" in client.get("/desk/?show=waiting").content.decode()


def test_a_code_finds_a_conversation_also_a_closed_one(chats: Chats, now: Instant) -> None:
    from pactdesk.apps.conversations.values import code_of

    one = chats.opened("qinghe", now, "找我")
    chats.opened("qinghe", now, "不找我")
    client = logged_in("agent")
    client.post(f"/desk/c/{one}/close/")
    found = client.get("/desk/", {"q": code_of(one)[-6:].lower()}).content.decode()
    assert "找我" in found
    assert found.count("data-row=") == 1
    assert "没有找到" in client.get("/desk/?q=ZZZZZZZZ").content.decode()


def test_the_list_asks_no_more_for_many_than_for_few(chats: Chats, now: Instant) -> None:
    client = logged_in("agent")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/desk/").status_code == 200
        return len(asked)

    for _ in range(2):
        chats.opened("qinghe", now)
        chats.opened("baita", now)
    few = queries()
    for _ in range(8):
        chats.opened("qinghe", now)
        chats.opened("baita", now)
    assert queries() == few


def test_an_answer_from_the_page_is_kept_once_and_stops_the_clock(
    chats: Chats, now: Instant
) -> None:
    one = chats.opened("baita", now - 5_000, "在吗")
    client = logged_in("agent")
    for _ in range(2):
        answer = client.post(f"/desk/c/{one}/post/", {"body": "在的\r\n请讲", "key": "same"})
        assert answer.status_code == 302
    page = client.get(f"/desk/c/{one}/").content.decode()
    assert page.count('data-sequence="2"') == 1
    assert 'data-sequence="3"' not in page
    assert "在的\n请讲" in page
    assert "首次响应完成" in page


def test_a_program_gets_the_sequence_of_what_it_sent(chats: Chats, now: Instant) -> None:
    one = chats.opened("baita", now)
    told = logged_in("agent").post(
        f"/desk/c/{one}/post/", {"body": "好", "key": "k"}, headers={"accept": "application/json"}
    )
    assert told.json()["sequence"] == 2
    assert told.json()["fresh"] is True


def test_states_change_and_each_change_is_a_fact(
    chats: Chats, now: Instant, as_superuser: psycopg.Connection
) -> None:
    one = chats.opened("baita", now - 60_000)
    client = logged_in("agent")
    for verb in ("wait", "continue", "resolve", "reopen", "resolve", "close"):
        assert client.post(f"/desk/c/{one}/{verb}/").status_code == 302
    page = client.get(f"/desk/c/{one}/").content.decode()
    for words in ("暂停计时：等客户", "解决继续计时", "解决完成", "重新打开", "会话关闭"):
        assert words in page
    assert "会话已经关闭" in page
    assert "<textarea" not in page
    kinds = as_superuser.execute(
        "SELECT kind FROM evidence_fact ORDER BY occurred_at_ms"
    ).fetchall()
    assert kinds.count(("interaction.closed",)) == 1


@pytest.mark.requirement("A6", "D3")
def test_what_a_conversation_is_about_decides_its_promises_and_is_a_fact(
    desk: TestDatabase,
    monkeypatch: pytest.MonkeyPatch,
    now: Instant,
    as_superuser: psycopg.Connection,
) -> None:
    plain = contract_to_plain(service_terms())
    [solved] = [each for each in plain["clauses"] if each["id"] == "level-2"]
    solved["case_type"] = "complaint"
    contract = contract_from_plain(plain)

    def either() -> Contract:
        return contract

    terms: dict[str, Callable[[], Contract]] = {**TERMS, "baita": either}
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    cast = make_cast(desk, terms)
    give_password(desk, cast, "agent", "manager_of_baita")
    one, client = Chats(cast, terms).opened("baita", now - 5_000), logged_in("agent")
    address = f"/desk/c/{one}/"
    assert 'aria-label="解决"' not in client.get(address).content.decode()
    for _ in range(2):
        answer = client.post(f"{address}classify/", {"case_type": "complaint"})
        assert answer.status_code == 302
    page = client.get(address).content.decode()
    assert 'aria-label="解决"' in page
    assert "会话类型：投诉" in page
    assert '<span class="row-about">投诉</span>' in page
    counted = "SELECT count(*) FROM evidence_fact WHERE kind = 'interaction.classified'"
    assert as_superuser.execute(counted).fetchone() == (1,)
    audited = "SELECT details FROM audit_entry WHERE verb = 'conversations.classify'"
    changed = {"before": "consult", "after": "complaint"}
    assert as_superuser.execute(audited).fetchall() == [(changed,)]
    assert client.post(f"{address}classify/", {"case_type": "praise"}).status_code == 404
    client.post(f"{address}close/")
    assert client.post(f"{address}classify/", {"case_type": "consult"}).status_code == 409


def test_what_cannot_be_done_is_told_and_changes_nothing(chats: Chats, now: Instant) -> None:
    one = chats.opened("baita", now)
    client = logged_in("agent")
    assert client.post(f"/desk/c/{one}/continue/").status_code == 409
    assert client.post(f"/desk/c/{one}/post/", {"body": "   ", "key": "k"}).status_code == 409
    assert client.post(f"/desk/c/{one}/dance/").status_code == 404
    assert client.get(f"/desk/c/{one}/resolve/").status_code == 405
    assert client.get(f"/desk/c/{uuid4()}/").status_code == 404


def test_each_promise_stands_beside_the_conversation_with_its_quote(
    chats: Chats, now: Instant
) -> None:
    one = chats.opened("qinghe", now)
    page = logged_in("agent").get(f"/desk/c/{one}/").content.decode()
    assert 'class="quote"' in page
    assert "月度目标" in page


def test_reading_a_conversation_stands_in_the_audit(
    chats: Chats, now: Instant, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    one = chats.opened("qinghe", now)
    client = logged_in("agent")
    client.get(f"/desk/c/{one}/")
    client.get(f"/desk/c/{one}/")
    asked = "SELECT count(*) FROM audit_entry WHERE subject_id = %s AND person_id = %s"
    told = as_superuser.execute(asked + " AND verb LIKE '%%shown'", [one, cast["agent"]])
    assert told.fetchone() == (1,)


def test_a_ticket_is_the_visitors_own_and_never_kept(cast: Cast) -> None:
    from pactdesk.web.live.tickets import Purpose, ticket_of

    answer = logged_in("agent").get("/desk/ticket")
    told = answer.json()
    assert ticket_of(told["ticket"], Purpose.AGENT).subject == cast["agent"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_a_customer_writes_is_never_markup(chats: Chats, now: Instant) -> None:
    one = chats.opened("qinghe", now, "<script>alert(1)</script>", customer="<b>甲</b>")
    client = logged_in("agent")
    for address in ("/desk/", f"/desk/c/{one}/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>甲" not in page


def test_the_pages_are_in_english_too(chats: Chats, now: Instant) -> None:
    one = chats.opened("baita", now)
    client = logged_in("agent")
    page = client.get(f"/desk/c/{one}/", headers={"accept-language": "en"}).content.decode()
    assert "First response clock starts" in page
    assert "Keyboard shortcuts" in page


def test_times_are_those_of_the_contracts_zone(chats: Chats) -> None:
    # 2026-11-16 23:59 and 00:01 in Shanghai; in UTC both are on the 16th, at 15:59 and 16:01.
    late = Instant(1_794_844_740_000)
    one = chats.opened("baita", late, "睡前问一句")
    chats.asks("baita", one, late + 2 * MINUTE, "又想起一件事")
    page = logged_in("agent").get(f"/desk/c/{one}/").content.decode()
    assert ">23:59<" in page
    assert ">00:01<" in page
    assert 'data-day="2026-11-16"' in page
    assert 'data-day="2026-11-17"' in page


def test_somebody_known_by_a_mark_alone_is_told_apart_by_its_beginning(
    cast: Cast, chats: Chats, now: Instant
) -> None:
    chats.opened("baita", now - 1_000, customer="c-0a8c21388ff20ebc")
    page = logged_in("agent").get("/desk/").content.decode()
    assert "客户 0a8c" in page
    assert "c-0a8c21388ff20ebc" not in page


@pytest.mark.requirement("B11")
def test_clear_progress_is_told_where_the_contract_counts_it_and_stops_its_clock(
    desk: TestDatabase, monkeypatch: pytest.MonkeyPatch, now: Instant
) -> None:
    from pactdesk.apps.conversations.values import code_of

    plain = contract_to_plain(service_terms())
    [solved] = [each for each in plain["clauses"] if each["id"] == "level-2"]
    solved["or_progress"] = True
    contract = contract_from_plain(plain)

    def either() -> Contract:
        return contract

    terms: dict[str, Callable[[], Contract]] = {**TERMS, "baita": either}
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    cast = make_cast(desk, terms)
    give_password(desk, cast, "agent", "manager_of_baita")
    chats, client = Chats(cast, terms), logged_in("agent")
    one, other = chats.opened("baita", now - 5_000), chats.opened("qinghe", now - 5_000)
    assert client.post(f"/desk/c/{other}/progress/").status_code == 404
    assert "data-progress" not in client.get(f"/desk/c/{other}/").content.decode()
    assert "data-progress" in client.get(f"/desk/c/{one}/").content.decode()
    # While somebody is waited for, the clock rests.
    client.post(f"/desk/c/{one}/wait/", {"reason": "waiting_customer"})
    assert client.post(f"/desk/c/{one}/progress/").status_code == 404
    client.post(f"/desk/c/{one}/continue/")
    assert client.post(f"/desk/c/{one}/progress/").status_code == 302
    page = client.get(f"/desk/c/{one}/").content.decode()
    assert "已告知客户明确进展" in page
    assert "data-progress" not in page
    assert client.post(f"/desk/c/{one}/progress/").status_code == 404
    seen = f"/contracts/{cast.contract_baita}/interactions/{code_of(one)}/"
    assert "已告知明确进展" in logged_in("manager_of_baita").get(seen).content.decode()
