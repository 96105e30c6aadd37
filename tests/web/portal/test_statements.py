"""Statements on the portal: the same figures, confirmed, objected to, answered, agreed."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.test import Client
from openpyxl import load_workbook

from pactdesk.core.facts.names import Party
from pactdesk.core.settle.excess import Excess
from pactdesk.documents.explain.values import fen_text
from pactdesk.web.portal import views_statements
from tests.support.cast import Cast
from tests.support.visitors import logged_in
from tests.web.portal.reading import Reading, read

CLIENT, PROVIDER = "manager_of_baita", "finance"


@pytest.fixture
def plain(as_superuser: psycopg.Connection, statement: UUID) -> dict[str, Any]:
    """The statement as it is stored."""
    import json

    row = as_superuser.execute(
        "SELECT plain FROM statements_statement WHERE id = %s", [statement]
    ).fetchone()
    assert row is not None
    stored: dict[str, Any] = json.loads(row[0])
    return stored


def state_of(as_superuser: psycopg.Connection, statement: UUID) -> str:
    row = as_superuser.execute(
        "SELECT state FROM statements_statement WHERE id = %s", [statement]
    ).fetchone()
    assert row is not None
    return str(row[0])


def page_of(client: Client, statement: UUID) -> Reading:
    answer = client.get(f"/statements/{statement}/")
    assert answer.status_code == 200
    return read(answer)


def seen_hash(client: Client, statement: UUID) -> str:
    [told] = page_of(client, statement).named("hash")
    return told


def test_penalties_far_above_the_loss_are_warned_of_with_the_law(
    statement: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/statements/{statement}/"
    assert "民法典" not in logged_in(CLIENT).get(path).content.decode()
    found = (Excess(Party.PROVIDER, 1_300_001, 1_000_000),)
    monkeypatch.setattr(views_statements, "excess_of", lambda *_told: found)
    words = logged_in(CLIENT).get(path).content.decode()
    assert "《民法典》第 585 条" in words
    assert "13,000.01 元" in words


def test_the_figures_on_the_page_are_those_of_the_statement(
    statement: UUID, plain: dict[str, Any]
) -> None:
    page = page_of(logged_in(CLIENT), statement)
    assert page.texts("data-amount") == [fen_text(line["amount_fen"]) for line in plain["lines"]]
    assert page.texts("data-sum") == [fen_text(plain["total_fen"])]
    assert page.texts("data-total") == [f"¥ {fen_text(plain['total_fen'])}"]
    fen = [int(re.sub(r"[,.]", "", each.replace("−", "-"))) for each in page.texts("data-amount")]
    assert sum(fen) == plain["total_fen"]
    assert {each["clause"] for each in plain["levels"]} == set(page.values("data-level"))


def test_the_hash_on_the_page_is_that_of_the_stored_bytes(
    statement: UUID, as_superuser: psycopg.Connection
) -> None:
    row = as_superuser.execute(
        "SELECT encode(sha256(plain), 'hex') FROM statements_statement WHERE id = %s", [statement]
    ).fetchone()
    assert row is not None
    page = page_of(logged_in(CLIENT), statement)
    assert page.texts("data-hash") == [row[0]]
    assert seen_hash(logged_in(CLIENT), statement) == row[0]


def test_every_line_says_why_in_the_words_of_the_contract_or_of_the_parties(
    statement: UUID,
) -> None:
    page = logged_in(CLIENT).get(f"/statements/{statement}/").content.decode()
    assert "计算过程" in page
    assert "84.2105" in page  # 16 of 19
    assert "共计 19 次会话，其中 16 次在 60 秒内得到人工首次响应" in page


def test_both_parties_confirm_and_the_statement_is_agreed(
    statement: UUID, as_superuser: psycopg.Connection
) -> None:
    for name, after in ((CLIENT, "issued"), (PROVIDER, "agreed")):
        client = logged_in(name)
        told = {"hash": seen_hash(client, statement)}
        answer = client.post(f"/statements/{statement}/confirm/", told)
        assert answer.status_code == 302
        assert state_of(as_superuser, statement) == after
        assert "已确认这份结算单" in client.get(answer["Location"]).content.decode()
    page = logged_in(CLIENT).get(f"/statements/{statement}/").content.decode()
    assert "双方已认可" in page
    assert 'data-opens="confirm-statement"' not in page
    assert "manager_of_baita ·" in page
    assert "finance ·" in page


def test_what_was_not_shown_is_not_confirmed(
    statement: UUID, as_superuser: psycopg.Connection
) -> None:
    answer = logged_in(CLIENT).post(f"/statements/{statement}/confirm/", {"hash": "0" * 64})
    assert answer.status_code == 409
    assert "重新核对" in answer.content.decode()
    count = as_superuser.execute("SELECT count(*) FROM statements_confirmation").fetchone()
    assert count == (0,)


def test_a_line_is_objected_to_answered_and_then_agreed(
    statement: UUID, as_superuser: psycopg.Connection
) -> None:
    client, provider = logged_in(CLIENT), logged_in(PROVIDER)
    form = client.get(f"/statements/{statement}/lines/2/object/")
    assert "计算过程" in form.content.decode()
    empty = client.post(f"/statements/{statement}/lines/2/object/", {"reason": " "})
    assert (empty.status_code, "请写明理由" in empty.content.decode()) == (422, True)
    sent = client.post(f"/statements/{statement}/lines/2/object/", {"reason": "10 月 18 日停电。"})
    assert sent.status_code == 302
    assert state_of(as_superuser, statement) == "objected"
    waiting = client.get(f"/statements/{statement}/").content.decode()
    assert "10 月 18 日停电。" in waiting
    assert 'data-opens="confirm-statement"' not in waiting

    row = as_superuser.execute("SELECT id FROM statements_objection").fetchone()
    assert row is not None
    objection = row[0]
    assert "请逐条答复" in provider.get(f"/statements/{statement}/").content.decode()
    answer = {"outcome": "rejected", f"{objection}-answer": ""}
    assert provider.post(f"/objections/{objection}/answer/", answer).status_code == 422
    answer[f"{objection}-answer"] = "停电不在约定的排除之内。"
    assert provider.post(f"/objections/{objection}/answer/", answer).status_code == 302
    assert state_of(as_superuser, statement) == "issued"
    told = client.get(f"/statements/{statement}/").content.decode()
    assert "停电不在约定的排除之内。" in told
    assert "未接受" in told
    for one in (client, provider):
        one.post(f"/statements/{statement}/confirm/", {"hash": seen_hash(one, statement)})
    assert state_of(as_superuser, statement) == "agreed"


def test_an_objection_is_withdrawn_by_the_client_only(
    statement: UUID, as_superuser: psycopg.Connection
) -> None:
    client = logged_in(CLIENT)
    client.post(f"/statements/{statement}/lines/1/object/", {"reason": "等一下"})
    row = as_superuser.execute("SELECT id FROM statements_objection").fetchone()
    assert row is not None
    assert logged_in(PROVIDER).post(f"/objections/{row[0]}/withdraw/").status_code == 403
    assert client.post(f"/objections/{row[0]}/withdraw/").status_code == 302
    assert state_of(as_superuser, statement) == "issued"


def test_what_a_role_cannot_do_is_not_offered_and_is_refused(cast: Cast, statement: UUID) -> None:
    provider = logged_in(PROVIDER)
    page = provider.get(f"/statements/{statement}/").content.decode()
    assert f"/statements/{statement}/lines/" not in page
    assert provider.get(f"/statements/{statement}/lines/1/object/").status_code == 403
    client = logged_in(CLIENT)
    assert "/issue/" not in client.get("/statements/").content.decode()
    issue = f"/contracts/{cast.contract_baita}/statements/2026-09/issue/"
    assert client.post(issue).status_code == 403


def test_a_third_party_reads_and_can_do_nothing(
    cast: Cast, statement: UUID, as_superuser: psycopg.Connection
) -> None:
    as_superuser.execute(
        "UPDATE parties_contractrole SET contract_id = %s WHERE role = 'third_party'",
        [cast.contract_baita],
    )
    auditor = logged_in("auditor")
    page = auditor.get(f"/statements/{statement}/")
    assert page.status_code == 200
    assert "confirm-statement" not in page.content.decode()
    assert "lines/1/object" not in page.content.decode()
    told = {"hash": seen_hash_of(page.content.decode())}
    assert auditor.post(f"/statements/{statement}/confirm/", told).status_code == 403
    assert auditor.get(f"/statements/{statement}/lines/1/object/").status_code == 403


def seen_hash_of(page: str) -> str:
    found = re.search(r"data-hash>([0-9a-f]{64})<", page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "path", ["", "pdf/", "bundle/", "confirm/", "lines/1/object/", "levels/level-1/daily.svg"]
)
def test_a_statement_of_another_contract_is_not_there(statement: UUID, path: str) -> None:
    stranger = logged_in("manager_of_qinghe")
    address = f"/statements/{statement}/{path}"
    sent = stranger.post(address, {"hash": "0"}) if path == "confirm/" else stranger.get(address)
    assert sent.status_code == 404
    assert str(statement) not in stranger.get("/statements/").content.decode()


def test_a_month_is_issued_by_its_button_and_an_unsealed_one_says_what_is_missing(
    cast: Cast, log: object, as_superuser: psycopg.Connection
) -> None:
    finance = logged_in(PROVIDER)
    page = finance.get("/statements/").content.decode()
    address = f"/contracts/{cast.contract_baita}/statements/2026-10/issue/"
    assert f'action="{address}"' in page
    assert "还不能出具" in page  # 青禾's months: nothing of theirs is sealed
    made = finance.post(address)
    assert made.status_code == 302
    assert "已出具" in finance.get(made["Location"]).content.decode()
    refused = finance.post(f"/contracts/{cast.contract_qinghe}/statements/2026-10/issue/")
    assert refused.status_code == 409
    assert as_superuser.execute("SELECT period FROM statements_statement").fetchall() == [
        ("2026-10",)
    ]


def test_the_list_says_what_is_awaited_from_whom(statement: UUID) -> None:
    assert "请核对后确认" in logged_in(CLIENT).get("/statements/").content.decode()
    page = logged_in("lead").get("/statements/").content.decode()
    assert str(statement) in page
    assert "待确认" in page


def test_english_is_english(statement: UUID) -> None:
    client = logged_in(CLIENT)
    page = client.get(f"/statements/{statement}/", headers={"accept-language": "en"})
    assert "Recheck it yourself" in page.content.decode()
    assert "计算过程" not in page.content.decode()


def test_the_statement_as_a_spreadsheet(cast: Cast, statement: UUID) -> None:
    answer = logged_in("manager_of_baita").get(f"/statements/{statement}/xlsx/")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    book = load_workbook(BytesIO(answer.content))
    assert str(book["结算单"]["D4"].value).startswith("='推导'!C")
    assert logged_in("manager_of_qinghe").get(f"/statements/{statement}/xlsx/").status_code == 404
