"""Why a fee by volume, a seat, a surcharge, a tax is what it is, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.families.works import UsageCounted
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.explain.explanation import Explanation
from pactdesk.documents.explain.line import explain_line
from pactdesk.messages.catalogue import LANGUAGES, Language
from tests.support.contracts import agreement, settled
from tests.support.facts import Book

Terms = dict[str, Any]
BANDS: list[Terms] = [{"up_to": "500", "price": "0.90"}, {"price": "0.70"}]
OUTSIDE: Terms = {"tax_rate": "0.06", "tax_included": False}


def messages(tiering: str = "graduated", bands: list[Terms] = BANDS, **more: Any) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_per_unit", "measure": "message"}
    return terms | {"tiering": tiering, "tiers": bands} | more


def surcharge(kind: str, **rule: Any) -> Terms:
    return {"id": "extra-1", "kind": "fee_surcharge", "rule": {"kind": kind} | rule}


SEATS: Terms = {
    "id": "fee-2", "kind": "fee_seats", "seats": 2, "monthly_price": "5400.00", "basis": "present"
}  # fmt: skip
BAND: Terms = {
    "rate": "0.50", "unit_price": "40.00", "windows": ["09:00-12:00"],
    "marked": {"dates": ["2026-10-12"]},
}  # fmt: skip
FEES: dict[str, list[Terms]] = {
    "two bands": [messages()],
    "one band": [messages(bands=BANDS[1:])],
    "least amount": [messages(minimum="900.00")],
    "quota": [messages(included="100")],
    "all within the quota": [messages(included="1000")],
    "whole volume": [messages("whole_volume")],
    "package": [messages("package", [{"up_to": "700", "price": "500.00"}])],
    "package without an end": [messages("package", [{"price": "500.00"}])],
    "beyond the package": [
        messages("package", [{"up_to": "600", "price": "500.00"}], overage="0.95")
    ],
    "nothing used": [messages(measure="order")],
    "minutes": [messages(measure="call_minute", minute_rounding="up", minimum="1.00")],
    "own measure": [messages(measure="usage", usage="shop_account", minimum="1.00")],
    "own name": [messages(measure="usage", usage="shop_account", title="店铺账号")],
    "seats": [SEATS],
    "least seats": [SEATS | {"minimum_seats": 2}],
    "seats agreed": [SEATS | {"basis": "agreed", "minimum_seats": 3}],
    "person and day": [surcharge("per_person_day", amount="200.00", marked={"holidays": True})],
    "promotion": [surcharge("time_band", **BAND) | {"title": "双十一加价"}],
    "share of a fee": [messages(), surcharge("of_fee", rate="0.30", fee="fee-1")],
    "tax of one": [messages() | OUTSIDE],
    "tax of two": [messages() | OUTSIDE, SEATS | OUTSIDE],
}


def october(fees: list[Terms]) -> tuple[Contract, Any]:
    """620 messages; ann there on Monday the 12th."""
    book = Book().told("2026-10-12 10:00", UsageCounted("message", 620))
    book.seated("ann", "2026-10-12 09:00", "2026-10-12 18:00")
    contract = agreement(*fees)
    return contract, settled(contract, book.facts).to_plain()


def why(case: str, line: int, language: Language = "zh") -> Explanation:
    contract, statement = october(FEES[case])
    return explain_line(statement, contract, line, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", FEES)
def test_every_line_says_its_amount_its_working_and_its_facts(
    case: str, language: Language
) -> None:
    contract, statement = october(FEES[case])
    for line in statement["lines"]:
        explained = explain_line(statement, contract, line["number"], language)
        amount = f"{line['amount_fen'] / 100:,.2f}"
        assert amount in explained.title
        assert amount in explained.numbers
        assert explained.steps
        assert explained.facts
        assert "label." not in explained.prose(language)


@pytest.mark.parametrize(
    ("case", "line", "title", "words"),
    [
        ("two bands", 1, "按量服务费（消息）", "第一档上限 × 第一档单价 + "),
        ("least amount", 1, "按量服务费（消息）", "不低于每月最低收费"),
        ("own name", 1, "按量服务费（店铺账号）", "金额 = 0"),
        ("package", 1, "按量服务费（消息）", "第一档单价 × 套餐份数"),
        ("seats", 1, "坐席服务费", "出勤人日 ÷ 当月应出勤天数"),
        ("promotion", 1, "加价（双十一加价）", "结算工时 × 小时单价 × 加价比例"),
        ("share of a fee", 2, "加价（按服务费比例）", "第 1 行服务费 × 加价比例"),
        ("tax of two", 3, "增值税（6%）", "(第 1 行服务费 + 第 2 行服务费) × 税率"),
    ],
)
def test_a_person_reads_what_the_contract_means(
    case: str, line: int, title: str, words: str
) -> None:
    explained = why(case, line)
    assert explained.title.endswith(title)
    assert words in explained.words


def test_the_facts_behind_a_fee_are_what_was_counted() -> None:
    assert why("two bands", 1).facts == ("2026 年 10 月用量（消息）：620。",)
    assert why("promotion", 1).facts == ("2026 年 10 月加价时段的在岗时间：3 小时。",)
    assert why("tax of two", 3).facts == (
        "第 1 行 按量服务费（消息）：534.00 元。",
        "第 2 行 坐席服务费：300.00 元。",
    )
