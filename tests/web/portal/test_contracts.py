"""Contracts, levels, interactions and evidence on the portal, and their walls."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from pactdesk.apps.contracts.actions import replace_terms
from pactdesk.core.units.instants import Instant, instant_at
from pactverify import verify
from tests.support.cast import Cast
from tests.support.chats import Chats
from tests.support.contracts import (
    amend,
    change,
    fixed_fee,
    level,
    sample_terms,
    service_terms,
)
from tests.support.visitors import logged_in
from tests.web.portal.conftest import MONTH
from tests.web.portal.reading import read

OCTOBER = f"?month={MONTH}"


def test_everybody_sees_their_contracts_and_no_others(cast: Cast) -> None:
    mine = read(logged_in("manager_of_qinghe").get("/contracts/")).values("data-contract")
    assert mine == [str(cast.contract_qinghe)]
    both = read(logged_in("lead").get("/contracts/")).values("data-contract")
    assert set(both) == {str(cast.contract_qinghe), str(cast.contract_baita)}


def test_each_clause_stands_beside_the_papers_own_words(cast: Cast) -> None:
    page = logged_in("manager_of_qinghe").get(f"/contracts/{cast.contract_qinghe}/")
    words = page.content.decode()
    quoted = [one.source for one in sample_terms().clauses if one.source is not None]
    assert quoted
    assert [one.clause for one in quoted if one.quote.split("\n")[0] not in words] == []
    assert "38.50" in words
    assert "第 4.1 条" in words


def test_amended_clauses_are_shown_as_they_stand_with_what_was_signed(cast: Cast) -> None:
    price = fixed_fee("21000.00")
    later = change(level(target="0.97", channel="chat"), judged="weighted")
    terms = amend(
        service_terms(), "2026-02-16", change(price), title="补充协议一", signed="2026-02-01"
    )
    terms = amend(terms, "2099-02-16", later, id="amendment-2", title="补充协议二")
    since = date(2026, 12, 1)
    replace_terms(cast["operator"], contract=cast.contract_baita, terms=terms, in_force_from=since)
    path = f"/contracts/{cast.contract_baita}/"
    words = logged_in("manager_of_baita").get(path).content.decode()
    assert ("21000.00" in words, "18000.00" in words) == (True, False)
    assert "97%" not in words  # not yet in force
    assert all(
        said in words
        for said in ("补充协议一", "补充协议二", "变更 补充约定·固定服务费", "按天数加权")
    )


PAGES = ("", "levels/", "levels/level-1/interactions/", "levels/level-1/interactions.csv",
         "levels/level-1/daily.svg", "interactions/c-01/", "evidence/", "evidence/checkpoint/",
         "evidence/keys/")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_another_contract_is_there(cast: Cast, log: object, path: str) -> None:
    stranger = logged_in("manager_of_qinghe")
    assert stranger.get(f"/contracts/{cast.contract_baita}/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_role_that_only_talks_to_customers_reads_none_of_it(
    cast: Cast, log: object, path: str
) -> None:
    answer = logged_in("agent").get(f"/contracts/{cast.contract_baita}/{path}")
    assert answer.status_code == 403


def test_the_table_lists_exactly_what_the_level_counted(cast: Cast, statement: UUID) -> None:
    client = logged_in("manager_of_baita")
    base = f"/contracts/{cast.contract_baita}/levels/level-1/interactions"
    page = client.get(f"{base}/{OCTOBER}").content.decode()
    assert ("c-18" in page, "2:00" in page) == (True, True)
    late = client.get(f"{base}/{OCTOBER}&place=missed").content.decode()
    assert all(code in late for code in ("c-16", "c-17", "c-18"))
    assert "c-01" not in late
    sheet = client.get(f"{base}.csv{OCTOBER}")
    assert sheet["Content-Disposition"].startswith("attachment")
    assert sheet["X-Content-Type-Options"] == "nosniff"
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    verdicts = [row["判定"] for row in rows]
    counts = [verdicts.count(each) for each in ("按时", "未达要求", "已排除")]
    assert counts == [16, 3, 1]
    assert rows[0]["用时（毫秒）"] == "120000"


def test_a_month_that_is_none_is_refused_with_a_sentence(cast: Cast, log: object) -> None:
    answer = logged_in("manager_of_baita").get(f"/contracts/{cast.contract_baita}/levels/?month=x")
    assert (answer.status_code, "2026-10 这样" in answer.content.decode()) == (409, True)


def test_levels_of_an_issued_month_are_those_of_its_statement(cast: Cast, statement: UUID) -> None:
    client = logged_in("manager_of_baita")
    page = client.get(f"/contracts/{cast.contract_baita}/levels/{OCTOBER}").content.decode()
    assert f"/statements/{statement}/" in page
    assert "16 / 19" in page
    so_far = client.get(f"/contracts/{cast.contract_baita}/levels/")
    assert so_far.status_code == 200
    assert "若月份此刻结束" in so_far.content.decode()


def test_an_interaction_shows_its_facts_in_order(cast: Cast, log: object) -> None:
    client = logged_in("manager_of_baita")
    page = client.get(f"/contracts/{cast.contract_baita}/interactions/c-17/").content.decode()
    assert page.index("开始等待首次响应") < page.index("已解决")
    assert "没有留存对话内容" in page
    assert client.get(f"/contracts/{cast.contract_baita}/interactions/c-99/").status_code == 404


def test_a_conversation_is_masked_for_the_client_and_showing_it_is_audited(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    chats = Chats(cast)
    made = chats.opened("baita", Instant(instant_at("2026-11-02T10:00:00+08:00")),
                        "我的电话是13812345678")  # fmt: skip
    [code] = as_superuser.execute(
        "SELECT code FROM conversations_conversation WHERE id = %s", [made]
    ).fetchone() or [""]
    address = f"/contracts/{cast.contract_baita}/interactions/{code}/"
    assert "138****5678" in logged_in("manager_of_baita").get(address).content.decode()
    assert "13812345678" in logged_in("lead").get(address).content.decode()
    paper_only = logged_in("finance").get(address).content.decode()
    assert "138" not in paper_only
    assert "只对客户经理、主管和质检开放" in paper_only
    seen = as_superuser.execute(
        "SELECT count(*) FROM audit_entry WHERE verb = 'conversations.personal_data_shown'"
    ).fetchone()
    assert seen == (2,)


def test_what_is_downloaded_verifies_and_shows_the_hash_of_the_page(
    statement: UUID, keys_given: Path, tmp_path: Path, cast: Cast
) -> None:
    client = logged_in("manager_of_baita")
    page = read(client.get(f"/statements/{statement}/"))
    files = {
        "x.pactbundle": client.get(f"/statements/{statement}/bundle/"),
        "keys.json": client.get(f"/contracts/{cast.contract_baita}/evidence/keys/"),
        "last.json": client.get(f"/contracts/{cast.contract_baita}/evidence/checkpoint/"),
    }
    for name, answer in files.items():
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        (tmp_path / name).write_bytes(answer.content)
    with zipfile.ZipFile(tmp_path / "x.pactbundle") as archive:
        told = json.loads(archive.read("statement.json"))
    from pactdesk.documents.statement.view import statement_hash

    assert page.texts("data-hash") == [statement_hash(told)]
    report = verify(tmp_path / "x.pactbundle", trust=tmp_path / "keys.json",
                    since=tmp_path / "last.json")  # fmt: skip
    assert report.authentic, report


def test_evidence_shows_the_digest_of_the_checkpoint_that_is_downloaded(
    cast: Cast, log: object
) -> None:
    client = logged_in("manager_of_baita")
    page = read(client.get(f"/contracts/{cast.contract_baita}/evidence/"))
    body = client.get(f"/contracts/{cast.contract_baita}/evidence/checkpoint/").json()
    [digest] = page.texts("data-digest")
    assert len(digest) == 64
    from pactdesk.core.facts.checkpoints import from_checkpoint_record

    assert from_checkpoint_record(body).body.digest == digest


def test_the_paper_keeps_its_bytes_and_never_runs_in_the_page(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.walls.identifiers import new_id

    paper = new_id()
    as_superuser.execute(
        "INSERT INTO contracts_sourcedocument (id, contract_id, name, sha256, media_type, content)"
        " VALUES (%s, %s, '合同.html', repeat('0', 64), 'text/html', '<script>')",
        [paper, cast.contract_qinghe],
    )
    answer = logged_in("manager_of_qinghe").get(
        f"/contracts/{cast.contract_qinghe}/documents/{paper}/"
    )
    assert answer.content == b"<script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
