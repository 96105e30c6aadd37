"""Fees of every kind, deposits and deductions, from words to typed terms with their quotes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pactdesk.core.terms.base import Blank
from pactdesk.documents.reading import Reading

Read = Callable[[str], Reading]
SERVES = "第一条 服务\n1.1 乙方为甲方提供客服服务。\n"


def plain(value: Any) -> Any:
    """Terms without sources and what is absent; a blank is None."""
    if isinstance(value, dict):
        if "blank" in value:
            return None
        return {k: plain(v) for k, v in value.items() if k not in ("source", "sources", "id")}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def terms(reading: Reading, *prefixes: str) -> list[Any]:
    return [
        plain(clause.model_dump(mode="json", exclude_defaults=True)) | {"kind": clause.kind}
        for clause in reading.contract.clauses
        if clause.kind.startswith(prefixes)
    ]


CASES: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "服务费按坐席计算，每席每月5200元，共12席，含6%增值税。",
        [
            {
                "kind": "fee_seats",
                "seats": 12,
                "monthly_price": "5200",
                "basis": None,
                "tax_rate": "0.06",
                "tax_included": True,
            }
        ],
    ),
    (
        "每人每月6300元，不足整月的按实际出勤天数折算。",
        [{"kind": "fee_seats", "seats": None, "monthly_price": "6300", "basis": "present"}],
    ),
    (
        "时薪22元，工时以系统登录记录为准，法定节假日按三倍计算。",
        [
            {
                "kind": "fee_hourly",
                "unit_price": "22",
                "paid_time": "clocked",
                "multipliers": [{"when": "holidays", "times": "3"}],
            }
        ],
    ),
    (
        "每月基础服务费2万元，含3000次会话，超出部分每次会话2元。",
        [
            {"kind": "fee_fixed", "amount": "20000", "per": "month"},
            {
                "kind": "fee_per_unit",
                "measure": "conversation",
                "tiers": [{"price": "2"}],
                "tiering": "graduated",
                "included": "3000",
            },
        ],
    ),
    (
        "按通话分钟计费：每月10万分钟以内每分钟0.80元；超过10万分钟的部分每分钟0.72元。",
        [
            {
                "kind": "fee_per_unit",
                "measure": "call_minute",
                "tiers": [{"up_to": "100000", "price": "0.80"}, {"price": "0.72"}],
                "tiering": "graduated",
                "minute_rounding": None,
            }
        ],
    ),
    (
        "按班结算，白班每班180元，夜班每班220元。",
        [
            {
                "kind": "fee_per_unit",
                "measure": "usage",
                "tiers": [{"price": price}],
                "tiering": "graduated",
                "usage": usage,
            }
            for price, usage in (("180", "shift"), ("220", "shift_2"))
        ],
    ),
    (
        "每月固定服务费9000元，另按扣除退款后实付金额的2%计提成。",
        [
            {"kind": "fee_fixed", "amount": "9000", "per": "month"},
            {"kind": "fee_commission", "settle_window": None, "rate": "0.02"},
        ],
    ),
    (
        "合同总价120000元。合同签订后5个工作日内支付30%，服务期满后10个工作日内支付70%。",
        [
            {
                "kind": "fee_lump_sum",
                "total": "120000",
                "advance": {
                    "share": "0.3",
                    "event": "contract_signed",
                    "within": {"n": 5, "unit": "working_day"},
                },
                "final": {"share": "1", "within": {"n": 10, "unit": "working_day"}},
            }
        ],
    ),
    (
        "系统实施费32万元：签约后支付40%，验收合格后支付50%，验收满一年后支付10%；运维费每年9.6万元。",
        [
            {"kind": "fee_fixed", "amount": "96000.0", "per": "year"},
            {
                "kind": "fee_milestones",
                "total": "320000",
                "milestones": [
                    {"share": "0.4", "name": "signing"},
                    {"share": "0.5", "name": "acceptance"},
                    {"share": "0.1", "name": "one_year_after_acceptance"},
                ],
            },
        ],
    ),
]


@pytest.mark.requirement("E11", "B18", "B20")
@pytest.mark.parametrize(("words", "meant"), CASES)
def test_a_fee_becomes_the_kind_of_term_that_its_words_are(
    reading_of: Read, words: str, meant: list[dict[str, Any]]
) -> None:
    assert terms(reading_of(f"{SERVES}第二条 费用\n2.1 {words}"), "fee") == meant


def test_a_price_that_is_left_open_is_a_blank_of_its_kind(reading_of: Read) -> None:
    reading = reading_of(f"{SERVES}第二条 费用\n2.1 每席每月____元，坐席____个。")
    seats = next(c for c in reading.contract.clauses if c.kind == "fee_seats")
    assert isinstance(seats.monthly_price, Blank)
    assert seats.monthly_price.blank == "____"


DEDUCTIONS: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "满意度每低1个百分点，扣减当月服务费的1%，最高扣减8%。",
        [
            {
                "kind": "deduction",
                "level": "csat",
                "rule": {"step": "0.01", "rate": "0.01"},
                "cap": "0.08",
            }
        ],
    ),
    (
        "接通率低于95%但不低于90%的，扣当月服务费3%，低于90%的，扣8%。",
        [
            {
                "kind": "deduction",
                "level": "answer_share",
                "rule": {
                    "tiers": [
                        {"beyond": "0.95", "rate": "0.03"},
                        {"beyond": "0.9", "rate": "0.08"},
                    ]
                },
            }
        ],
    ),
    (
        "泄露客户信息的，每起扣50000元；辱骂客户的，一次扣500元。",
        [
            {"kind": "deduction_event", "what": "data_leak", "price": {"amount": "50000"}},
            {"kind": "deduction_event", "what": "abuse", "price": {"amount": "500"}},
        ],
    ),
    (
        "坐席缺勤的，每人次扣150元。",
        [
            {
                "kind": "deduction_event",
                "what": "absence",
                "counts": "quantity",
                "price": {"amount": "150"},
            }
        ],
    ),
]


@pytest.mark.parametrize(("words", "meant"), DEDUCTIONS)
def test_what_a_bad_month_costs_becomes_a_term(
    reading_of: Read, words: str, meant: list[dict[str, Any]]
) -> None:
    assert terms(reading_of(f"{SERVES}第二条 扣款\n2.1 {words}"), "deduction") == meant


def test_a_share_of_another_fee_is_left_to_a_person(reading_of: Read) -> None:
    words = "可用率低于99.9%不低于99.5%的，扣当月维护费的5%，低于99.5%的，扣10%。"
    reading = reading_of(f"{SERVES}第二条 扣款\n2.1 {words}")
    rules = [c.rule for c in reading.contract.clauses if c.kind == "deduction"]
    assert len(rules) == 1
    assert isinstance(rules[0], Blank)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (
            "乙方应于签约后五日内向甲方缴纳履约保证金20000元，合同终止后十日内返还。",
            ("provider", "20000", {"n": 10, "unit": "day"}),
        ),
        ("甲方签约时交付押金5000元，期满无争议的无息退还。", ("client", "5000", None)),
    ],
)
def test_a_deposit_says_who_lodges_it_and_when_it_comes_back(
    reading_of: Read, words: str, meant: tuple[str, str, Any]
) -> None:
    read = terms(reading_of(f"{SERVES}第二条 押金\n2.1 {words}"), "deposit")
    assert [(d["paid_by"], d["amount"], d["returned_after"]) for d in read] == [meant]


@pytest.mark.parametrize("words", [words for words, _ in CASES + DEDUCTIONS])
def test_each_figure_of_a_term_stands_in_its_quote(reading_of: Read, words: str) -> None:
    text = f"{SERVES}第二条 约定\n2.1 {words}"
    for clause in reading_of(text).contract.clauses:
        if clause.kind.startswith(("fee", "deduction")):
            assert all(source.quote in text for source in clause.sources.values())
            assert clause.sources
