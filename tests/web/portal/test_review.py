"""The reviewer's page in the portal: a stored paper beside its terms, and marks that are kept."""

from __future__ import annotations

import re
from html import unescape
from importlib.resources import files
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.identifiers import new_id
from tests.support.cast import SINCE, Cast
from tests.support.papers import docx_with, paragraph
from tests.support.visitors import logged_in

PAPER = "outsourcing.docx"
TERMS = "contract_id: HZ-1\ntitle: 客服合同\ncontract_type: service_agreement\nclauses: []\n"


def put_in(client: Client, cast: Cast, name: str, content: bytes, **more: Any) -> str:
    """The address of the new contract's page."""
    form = {
        "client": str(cast.baita),
        "code": "NEW-1",
        "file": SimpleUploadedFile(name, content),
        **more,
    }
    answer = client.post("/clients/contracts/add/", form)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def sample() -> bytes:
    return files("pactdesk.samples").joinpath(PAPER).read_bytes()


@pytest.fixture
def client(cast: Cast) -> Client:
    return logged_in("operator")


@pytest.fixture
def address(client: Client, cast: Cast) -> str:
    """The reviewer's page of a draft that was just read in."""
    return way_to_review(client, put_in(client, cast, PAPER, sample()))


def way_to_review(client: Client, contract_page: str) -> str:
    found = re.search(r'href="(/contracts/[^"]+/review/)"', page(client, contract_page))
    assert found
    return found[1]


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def kept(client: Client, address: str, record: str, after: int = 0, status: int = 302) -> str:
    answer = client.post(address, {"record": record, "after": str(after)})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return unescape(answer.content.decode())


def make_reader(
    superuser: psycopg.Connection, cast: Cast, address: str, name: str, org: UUID, role: Role
) -> None:
    contract = address.split("/")[2]
    superuser.execute(
        "INSERT INTO parties_contractrole (id, contract_id, org_id, person_id, role, starts_at)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        [new_id(), contract, org, cast[name], role.value, SINCE],
    )
    superuser.commit()


def test_the_paper_stands_beside_its_terms_with_blanks_and_findings_on_top(
    client: Client, address: str
) -> None:
    text = page(client, address)
    assert '<mark class="m-term g-who"' in text
    assert "杭州青禾家居电子商务有限公司</mark>" in text
    assert 'data-row="v-fee-1-headcount"' in text
    assert "PIPL21_MISSING" in text
    assert 'class="m-unused"' in text
    assert "保存审阅" in text
    # The page's policy refuses both.
    assert not re.search(r"<style|style=|onclick|<script>", text)


def test_marks_are_kept_with_who_and_when_and_fill_the_draft(client: Client, address: str) -> None:
    kept(
        client,
        address,
        'answers:\n  fee-1.headcount: 6\n  fee-1.unit_price: "38.50"\n'
        'corrections:\n  period-1.end: "2027-04-30"\n'
        "absent:\n- period-1.months\nconfirmed:\n- fee-1.headcount\n",
    )
    after = page(client, f"{address}?done")
    assert "审阅已保存" in after
    assert re.search(
        r"第 1 次.*operator：确认 1 项，更正 1 项，填写空白 2 处，标为未写明 1 项", after
    )
    assert '"period-1.end": "2027-04-30"' in after
    terms = page(client, f"/clients/contracts/{address.split('/')[2]}/terms.yaml")
    assert "2027-04-30" in terms
    assert "'38.50'" in terms or '"38.50"' in terms


def test_blanks_filled_in_the_form_are_marks_of_the_same_record(
    client: Client, address: str
) -> None:
    kept(client, address, "confirmed:\n- period-1.start\n")
    contract = f"/clients/contracts/{address.split('/')[2]}/"
    assert client.post(f"{contract}fill/", {"fee-1.headcount": "6"}).status_code == 302
    text = page(client, address)
    assert '"fee-1.headcount": 6' in text
    assert '"confirmed": ["period-1.start"]' in text


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ('corrections:\n  period-1.end: "明年"\n', "明年"),
        ("add: []\n", "add"),
        ("answers: [", "NEW-1"),
        ("- a\n", "NEW-1"),
        ('document: "0000"\n', "0000"),
    ],
)
def test_a_mark_that_cannot_stand_is_told_and_the_others_stay_on_the_page(
    client: Client, address: str, record: str, said: str
) -> None:
    assert said in kept(client, address, record, status=409)
    assert "第 1 次" not in page(client, address)


def test_who_looked_earlier_is_told_that_somebody_saved_since(client: Client, address: str) -> None:
    kept(client, address, "confirmed:\n- period-1.start\n")
    assert "已由他人保存" in kept(client, address, "confirmed: []\n", after=0, status=409)
    assert "已由他人保存" in kept(client, address, "confirmed: []\n", after=-1, status=409)


def test_the_client_sees_its_own_and_marks_nothing(
    cast: Cast, client: Client, address: str, as_superuser: psycopg.Connection
) -> None:
    kept(client, address, "confirmed:\n- period-1.start\n")
    role = (Role.CLIENT_MANAGER, Role.CONTRACT_OFFICER)
    for one in role:
        make_reader(as_superuser, cast, address, "manager_of_baita", cast.baita, one)
    theirs = logged_in("manager_of_baita")
    text = page(theirs, address)
    assert "服务方的审阅标记" in text
    assert "data-do=" not in text
    assert "保存审阅" not in text
    assert theirs.post(address, {"record": "", "after": "1"}).status_code == 403


def test_the_providers_contract_officer_keeps_marks(
    cast: Cast, address: str, as_superuser: psycopg.Connection
) -> None:
    make_reader(as_superuser, cast, address, "finance", cast.provider, Role.CONTRACT_OFFICER)
    theirs = logged_in("finance")
    assert "保存审阅" in page(theirs, address)
    kept(theirs, address, "answers:\n  fee-1.headcount: 6\n")


def test_a_paper_that_no_machine_reads_is_kept_beside_terms_that_were_typed(
    client: Client, cast: Cast
) -> None:
    scan = b"\x89PNG\r\n\x1a\n scanned"
    terms = SimpleUploadedFile("terms.yaml", TERMS.encode())
    made = put_in(client, cast, "扫描.png", scan, typed=terms)
    text = page(client, way_to_review(client, made))
    assert "扫描.png 不是可读的合同文件" in text
    assert "保存审阅" not in text


CHANGED = (
    paragraph("客服外包服务合同\n甲方：宁波甲有限公司\n乙方：湖州乙有限公司")
    + paragraph("第一条 乙方向甲方提供在线客服服务，双方约定如下。")
    + "<w:p><w:r><w:t>第二条 甲方每月支付服务费人民币</w:t></w:r>"
    "<w:del><w:r><w:delText>10,000元</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>8,000元</w:t></w:r></w:ins></w:p>"
)


def test_tracked_changes_are_read_the_way_somebody_chose(client: Client, cast: Cast) -> None:
    paper = docx_with(CHANGED)
    form = {"client": str(cast.baita), "code": "NEW-2"}
    refused = client.post(
        "/clients/contracts/add/", {**form, "file": SimpleUploadedFile("改.docx", paper)}
    )
    assert "修订" in unescape(refused.content.decode())
    for number, (view, shown) in enumerate((("accepted", "8,000"), ("original", "10,000"))):
        made = put_in(client, cast, "改.docx", paper, view=view, code=f"NEW-{number}")
        assert shown in page(client, way_to_review(client, made))
