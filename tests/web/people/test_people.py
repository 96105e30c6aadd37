"""What administrators do in their pages."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.support.cast import PEOPLE, Cast
from tests.support.visitors import email_of, logged_in, visitor

HEADING = "姓名,电子邮箱,角色,合同\n"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def table(text: str, encoding: str = "utf-8") -> dict[str, Any]:
    return {"file": SimpleUploadedFile("people.csv", text.encode(encoding), "text/csv")}


def count(connection: psycopg.Connection, table_name: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table_name}").fetchone()  # noqa: S608
    assert row
    return int(row[0])


PAGES = ("", "invite/", "import/", "import/template.csv", "audit/", "organisations/")


@pytest.mark.parametrize("name", list(PEOPLE))
def test_only_administrators_open_these_pages(cast: Cast, name: str) -> None:
    client = logged_in(name)
    answers = [client.get(f"/people/{page}").status_code for page in PAGES]
    admitted = {"operator": 6, "administrator_of_qinghe": 5}.get(name, 0)
    assert answers == [200] * admitted + [403] * (6 - admitted)


def test_a_stranger_is_led_to_the_log_in(cast: Cast) -> None:
    assert visitor().get("/people/").headers["Location"] == "/account/login/?next=/people/"


def test_an_administrator_sees_their_own_people_and_nobody_elses(cast: Cast) -> None:
    page = text_of(logged_in("administrator_of_qinghe"), "/people/")
    assert "manager_of_qinghe" in page
    assert "客户经理 · QH-2026" in page
    assert "manager_of_baita" not in page
    assert "lead@example.test" not in page


def test_the_providers_administrator_sees_each_organisation(cast: Cast) -> None:
    client = logged_in("operator")
    assert "manager_of_baita" in text_of(client, f"/people/?org={cast.baita}")
    assert client.get("/people/?org=nonsense").status_code == 404
    client = logged_in("administrator_of_qinghe")
    assert "manager_of_baita" not in text_of(client, f"/people/?org={cast.baita}")


def test_an_invitation_leads_to_the_person_and_is_sent(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    client = logged_in("administrator_of_qinghe")
    form = {"name": "新人", "email": "new@example.test"}
    answer = client.post("/people/invite/", form)
    assert "几分钟内寄出" in text_of(client, answer.headers["Location"])
    assert "还没有接受邀请" in text_of(client, answer.headers["Location"])
    assert "等待接受邀请" in text_of(client, "/people/")
    assert count(as_superuser, "outbox_errand") == 1
    assert "已有人使用" in client.post("/people/invite/", form).content.decode()


def test_nobody_is_flooded_with_invitations(cast: Cast, as_superuser: psycopg.Connection) -> None:
    client = logged_in("administrator_of_qinghe")
    form = {"name": "新人", "email": "stranger@example.test"}
    person = client.post("/people/invite/", form).headers["Location"].partition("?")[0]
    sent = [client.post(f"{person}invite/").status_code for _ in range(5)]
    assert sent == [302, 302, 302, 409, 409]
    assert count(as_superuser, "outbox_errand") == 4


def test_a_role_is_given_and_ended(cast: Cast, as_superuser: psycopg.Connection) -> None:
    client, person = logged_in("operator"), cast["agent_of_qinghe"]
    form = {"role": "lead", "contract": str(cast.contract_baita)}
    assert client.post(f"/people/{person}/role/", form).status_code == 302
    page = text_of(client, f"/people/{person}/")
    assert "收回 BT-2026 客服外包 的组长" in page
    assert "已担任" in client.post(f"/people/{person}/role/", form).content.decode()
    assert client.post(f"/people/{person}/role/end/", form).status_code == 302
    assert "的组长" not in text_of(client, f"/people/{person}/")
    assert client.post(f"/people/{person}/role/end/", {"role": "x"}).status_code == 404


def test_a_clients_administrator_gives_roles_in_their_contract_only(cast: Cast) -> None:
    client, person = logged_in("administrator_of_qinghe"), cast["manager_of_qinghe"]
    form = {"role": "finance", "contract": str(cast.contract_baita)}
    assert client.post(f"/people/{person}/role/", form).status_code == 200
    assert "收回" in text_of(client, f"/people/{person}/")
    assert "财务</strong>" not in text_of(client, f"/people/{person}/")
    form["contract"] = str(cast.contract_qinghe)
    assert client.post(f"/people/{person}/role/", form).status_code == 302
    assert "财务</strong>" in text_of(client, f"/people/{person}/")


@pytest.mark.parametrize("deed", ["invite", "unlock", "sessions", "second-factor", "end", "x"])
def test_nobody_touches_another_organisations_people(cast: Cast, deed: str) -> None:
    client = logged_in("administrator_of_qinghe")
    for name in ("manager_of_baita", "lead"):
        answer = client.post(f"/people/{cast[name]}/{deed}/")
        assert answer.status_code in (403, 404)
        assert client.get(f"/people/{cast[name]}/").status_code == 404
    assert logged_in("manager_of_baita").get("/account/").status_code == 200


def test_the_end_of_a_membership_takes_effect_at_once(cast: Cast) -> None:
    leaving, client = logged_in("manager_of_qinghe"), logged_in("administrator_of_qinghe")
    assert client.post(f"/people/{cast['manager_of_qinghe']}/end/").status_code == 302
    assert "manager_of_qinghe" not in text_of(client, "/people/")
    assert leaving.get("/account/").status_code == 302
    again = {"email": email_of("manager_of_qinghe"), "password": "x"}
    assert "不对" in visitor().post("/account/login/", again).content.decode()


def test_an_administrator_unlocks_somebody(cast: Cast) -> None:
    stranger = visitor(address="192.0.2.66")
    wrong = {"email": email_of("manager_of_qinghe"), "password": "wrong"}
    for _ in range(5):
        stranger.post("/account/login/", wrong)
    assert stranger.post("/account/login/", wrong).status_code == 429
    client = logged_in("administrator_of_qinghe")
    client.post(f"/people/{cast['manager_of_qinghe']}/unlock/")
    assert stranger.post("/account/login/", wrong).status_code == 200


def test_the_provider_takes_in_an_organisation(cast: Cast) -> None:
    client = logged_in("operator")
    form = {"org_name": "红杉", "kind": "client"}
    page = text_of(client, client.post("/people/organisations/", form).headers["Location"])
    assert "红杉" in page
    assert client.post("/people/organisations/", {"kind": "provider"}).status_code == 200


def test_a_table_is_tried_before_anything_is_written(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    client, before = logged_in("administrator_of_qinghe"), count(as_superuser, "parties_person")
    rows = (
        HEADING + "张三,zhang@example.test,客户经理,QH-2026\n"
        "张三,zhang@example.test,finance,QH-2026\n"
        "李四,不是邮箱,客户经理,QH-2026\n"
        "王五,wang@example.test,客服,QH-2026\n"
        "赵六,zhao@example.test,客户经理,BT-2026\n"
        "钱七,manager_of_baita@example.test,,\n"
        ",nobody@example.test,,\n"
        "孙八,sun@example.test,国王,QH-2026\n"
    )
    page = client.post("/people/import/", table(rows)).content.decode()
    assert "6 行有问题，2 行可以导入" in page
    for words in ("不是可用的电子邮箱", "没有您能看到的合同", "已有人使用", "缺少姓名", "国王"):
        assert words in page
    assert count(as_superuser, "parties_person") == before
    content = {"content": rows, "do": "all"}
    assert client.post("/people/import/", content).status_code == 200
    assert count(as_superuser, "parties_person") == before
    assert count(as_superuser, "outbox_errand") == 0
    assert client.post("/people/import/", content | {"do": "good"}).status_code == 302
    assert count(as_superuser, "parties_person") == before + 1
    assert count(as_superuser, "outbox_errand") == 1
    assert "财务 · QH-2026" in text_of(client, "/people/")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_right_table_is_imported_whole(cast: Cast, encoding: str) -> None:
    client = logged_in("operator")
    rows = HEADING + "张三,zhang@example.test,客服,BT-2026\n\n李四,li@example.test,,\n"
    page = client.post("/people/import/", table(rows, encoding)).content.decode()
    assert "2 行都没有问题" in page
    kept = re.search(r'name="content" value="([^"]*)"', page)
    assert kept
    client.post("/people/import/", {"content": kept[1], "do": "all"})
    page = text_of(client, "/people/")
    assert "客服 · BT-2026" in page
    assert "李四" in page


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x00", b"name\nx", b'a,b,c,d\n"x'])
def test_what_is_no_table_is_refused_in_words(cast: Cast, content: bytes) -> None:
    file = {"file": SimpleUploadedFile("people.csv", content, "text/csv")}
    page = logged_in("operator").post("/people/import/", file).content.decode()
    assert "读不出人员表" in page or "请检查" in page or "必填" in page


def test_the_template_can_be_brought_back(cast: Cast) -> None:
    client = logged_in("operator")
    answer = client.get("/people/import/template.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people.csv"'
    page = client.post("/people/import/", table(answer.content.decode())).content.decode()
    assert "1 行都没有问题" in page


def test_the_audit_shows_an_administrator_their_own_and_filters_it(cast: Cast) -> None:
    client = logged_in("administrator_of_qinghe")
    logged_in("manager_of_baita")
    logged_in("manager_of_qinghe")
    page = text_of(client, "/people/audit/")
    assert "manager_of_baita" not in page
    assert page.count('<th scope="row">') == 2
    own = f"?person={cast['manager_of_qinghe']}&verb=parties.log_in"
    assert text_of(client, f"/people/audit/{own}").count('<th scope="row">') == 1
    assert "没有记录" in text_of(client, "/people/audit/?day=2020-01-01")
    assert text_of(client, "/people/audit/?day=x&person=y&page=z").count('scope="row"') == 2


def test_a_long_audit_has_pages(cast: Cast, as_superuser: psycopg.Connection) -> None:
    as_superuser.execute(
        "INSERT INTO audit_entry (id, org_id, verb, details)"
        " SELECT gen_random_uuid(), %s, 'parties.log_in', '{}' FROM generate_series(1, 60)",
        [cast.qinghe],
    )
    client = logged_in("administrator_of_qinghe")
    assert "第 1 页，共 2 页" in text_of(client, "/people/audit/")
    assert text_of(client, "/people/audit/?page=2").count('scope="row"') == 11


def test_the_provider_is_told_whose_the_people_of_a_client_are(cast: Cast) -> None:
    client = logged_in("operator")
    page = text_of(client, f"/people/?org={cast.qinghe}")
    assert "由其管理员（administrator_of_qinghe）邀请和移除" in page
    assert f"/people/invite/?org={cast.qinghe}" not in page
    assert "confirm-end" not in text_of(client, f"/people/{cast['manager_of_qinghe']}/")
    for address in ("invite", "import"):
        refused = client.get(f"/people/{address}/?org={cast.qinghe}")
        assert refused.status_code == 409
        assert "同意由您代办" in refused.content.decode()
    first = f"/people/invite/?org={cast.baita}"
    assert "邀请第一位管理员" in text_of(client, f"/people/?org={cast.baita}")
    assert "is_administrator" not in text_of(client, first)
    made = client.post(first, {"name": "白", "email": "bai@example.test"})
    assert "白" in text_of(client, made.headers["Location"])
    assert "由对方管理" in text_of(client, f"/people/?org={cast.baita}")


def test_a_client_lets_the_provider_do_it_and_takes_that_back(cast: Cast) -> None:
    client, provider = logged_in("administrator_of_qinghe"), logged_in("operator")
    invite = f"/people/invite/?org={cast.qinghe}"
    for left, status in (("yes", 200), ("no", 409)):
        assert client.post(f"/people/left-to-provider/?left={left}").status_code == 302
        assert provider.get(invite).status_code == status
    assert "收回，由我们自己管理" not in text_of(client, "/people/")
    assert "让服务方也能管理贵公司的人员？" in text_of(client, "/people/")
    assert "收回人员管理" in text_of(client, "/people/audit/")
