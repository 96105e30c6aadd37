"""Taking a client on in the browser: from the paper to a contract in force, and a shop."""

from __future__ import annotations

import re
from html import unescape
from importlib.resources import files
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pactdesk.core.terms.text import contract_to_yaml
from tests.support.cast import PEOPLE, Cast
from tests.support.contracts import service_terms
from tests.support.visitors import logged_in

PAPER = "outsourcing.docx"
ANSWERS = {
    "effectiveness-1.signed_on": "2026-03-20",
    "effectiveness-1.signing_place": "湖州市吴兴区",
    "fee-1.headcount": "6",
    "fee-1.unit_price": "38.50",
    "level-6.target": "90%",
    "payment-1.account.number": "2010000526040018",
}


def upload(name: str = PAPER, content: bytes | None = None) -> dict[str, Any]:
    read = files("pactdesk.samples").joinpath(PAPER).read_bytes() if content is None else content
    return {"file": SimpleUploadedFile(name, read)}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def add(client: Client, cast: Cast, **form: Any) -> str:
    """The address of the new contract."""
    told = {"client": str(cast.baita), "code": "NEW-1", **upload(), **form}
    answer = client.post("/clients/contracts/add/", told)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def suggestions(text: str) -> dict[str, str]:
    """What the page filled in already."""
    found = re.findall(r'name="([a-z]+-[0-9.a-z_-]+)" value="([^>]*?)" maxlength', text)
    return {name: value for name, value in found if value}


def test_a_paper_becomes_a_draft_and_filled_in_it_is_in_force(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    client = logged_in("operator")
    address = add(client, cast, code="HZ-2026-07")
    draft = page(client, address)
    assert "还有 13 处空白" in draft
    assert "纸上：____年____月____日" in draft
    answers = {**suggestions(draft), **ANSWERS}
    assert client.post(f"{address}fill/", answers).headers["Location"] == address
    done = page(client, address)
    assert "履行中" in done
    assert "处空白" not in done
    assert "level-6" in page(client, f"{address}terms.yaml")
    [stored] = as_superuser.execute(
        "SELECT c.code, c.state, d.name FROM contracts_contract c"
        " JOIN contracts_sourcedocument d ON d.contract_id = c.id"
    ).fetchall()
    assert stored == ("HZ-2026-07", "in_force", PAPER)


def test_an_answer_that_cannot_stand_keeps_no_other_out(cast: Cast) -> None:
    client = logged_in("operator")
    address = add(client, cast)
    answers = {
        "fee-1.headcount": "六个",
        "fee-1.unit_price": "38.50",
        "effectiveness-1.signed_on": "3月20日",
        "level-6.target": "九成",
        "conventions-1.cap_order": "随便",
    }
    answer = client.post(f"{address}fill/", answers)
    text = unescape(answer.content.decode())
    assert 'value="六个"' in text
    assert "有 4 处填写不能采用" in text
    for said in ("整数，例如 6", "写成 2026-10-01", "0.90 或 90%", "cap_then_round"):
        assert said in text
    again = page(client, address)
    assert "还有 12 处空白" in again
    assert "fee-1.unit_price" not in suggestions(again)


def test_a_terms_file_is_taken_as_it_is_and_fills_a_draft(cast: Cast) -> None:
    client = logged_in("operator")
    terms = contract_to_yaml(service_terms()).replace(service_terms().contract_id, "NEW-7")
    assert "履行中" in page(client, add(client, cast, code="", **upload("t.yaml", terms.encode())))
    draft = add(client, cast, code="NEW-8")
    answer = client.post(draft, upload("t.yaml", terms.encode()))
    assert "NEW-8" in unescape(answer.content.decode())
    assert "待填空白" in page(client, draft)


def test_a_supplement_brings_new_terms_from_a_month_on(cast: Cast) -> None:
    client = logged_in("operator")
    terms = contract_to_yaml(service_terms()).replace(service_terms().contract_id, "NEW-7").encode()
    address = add(client, cast, code="", **upload("t.yaml", terms))
    new = {**upload("t.yaml", terms), "since": "2027-01", "note": "补充协议一"}
    assert client.post(f"{address}replace/", new).headers["Location"] == address
    after = page(client, address)
    assert "2027-01-01" in after
    assert "补充协议一" in after
    late = {**upload("t.yaml", terms), "since": "2026-12"}
    assert "已发生的月份" in unescape(client.post(f"{address}replace/", late).content.decode())
    odd = {**upload("t.yaml", terms), "since": "一月"}
    assert client.post(f"{address}replace/", odd).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("photo.png", b"\x89PNG\r\n", "photo.png"),
        ("t.yaml", b"\xff\xfe\x00", "t.yaml"),
        ("t.yaml", b"contract_id: [", "t.yaml"),
        ("empty.docx", b"PK", "empty.docx"),
    ],
)
def test_what_is_no_contract_is_told_in_a_sentence(
    cast: Cast, name: str, content: bytes, said: str
) -> None:
    form = {"client": str(cast.baita), **upload(name, content)}
    answer = logged_in("operator").post("/clients/contracts/add/", form)
    assert answer.status_code == 200
    assert said in unescape(answer.content.decode())


def test_the_same_number_twice_is_told(cast: Cast) -> None:
    client = logged_in("operator")
    add(client, cast)
    form = {"client": str(cast.baita), "code": "NEW-1", **upload()}
    answer = client.post("/clients/contracts/add/", form)
    assert "已经存在" in unescape(answer.content.decode())


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_contracts_are_for_the_provider_and_shops_for_leads_too(cast: Cast, name: str) -> None:
    client = logged_in(name)
    answers = [client.get(f"/clients/{one}").status_code for one in ("contracts/", "sites/")]
    expected = {"operator": [200, 200], "lead": [403, 200], "administrator_of_qinghe": [403, 200]}
    assert answers == expected.get(name, [403, 403])


def test_a_shop_is_put_up_and_its_tag_can_be_copied(cast: Cast) -> None:
    client = logged_in("lead")
    form = {
        "contract": str(cast.contract_qinghe),
        "site_name": "青禾家居",
        "origins": "https://shop.example.com\nhttps://m.example.com https://shop.example.com",
        "privacy_url": "https://shop.example.com/privacy",
    }
    address = client.post("/clients/sites/", form).headers["Location"]
    text = page(client, address)
    key = re.search(r'data-site="([^"]+)"', text)
    assert key
    assert re.search(r'<script src="http[^"]+/widget.js" data-site="[^"]+" async></script>', text)
    assert "https://shop.example.com\nhttps://m.example.com</textarea>" in text
    changed = {**form, "origins": "https://Shop.example.com"}
    assert "不是可用的网页来源" in unescape(client.post(address, changed).content.decode())
    changed = {**form, "origins": "https://new.example.com", "privacy_url": ""}
    after = page(client, client.post(address, changed).headers["Location"])
    assert "已保存" in after
    assert key[1] in after
    assert "https://new.example.com" in page(client, "/clients/sites/")


def test_without_a_client_or_a_contract_the_pages_say_what_comes_first(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    as_superuser.execute(
        "UPDATE parties_organisation SET kind = 'third_party' WHERE kind = 'client'"
    )
    assert "请先添加商家" in page(logged_in("operator"), "/clients/contracts/add/")
