"""Defects are found by what is written, and clean wording is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.clauses.dispute import Dispute
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.clauses.payment import Payment
from pactdesk.core.terms.findings import Severity
from pactdesk.documents.reading import Reading

Read = Callable[..., Reading]

BAD = {
    "ARB_OR_LIT": (
        "第一条 争议解决\n1.1 协商不成的,可以向湖州仲裁委员会申请仲裁,也可以向人民法院起诉。"
    ),
    "ARB_THEN_LIT": (
        "第一条 争议解决\n1.1 提交湖州仲裁委员会仲裁;对仲裁裁决不服的,可以向人民法院起诉。"
    ),
    "ARB_BODY_UNSPECIFIED": ("第一条 争议解决\n1.1 协商不成的,提交甲方所在地仲裁委员会仲裁。"),
    "PENALTY_UNDETERMINED": ("第一条 违约\n1.1 乙方迟延的,应向甲方支付违约金。"),
    "PENALTY_EXCESSIVE": (
        "第一条 付款\n1.1 甲方逾期支付服务费的,每日按未付金额的千分之五支付违约金。"
    ),
    "CONF_ENDS_WITH_CONTRACT": (
        "第一条 保密\n1.1 乙方应保密,保密期限自签订之日起至合同终止之日止。"
    ),
    "UNSPECIFIED_CONSECUTIVE": (
        "第一条 考核\n1.1 每月考核一次。\n1.2 连续多次未达标的,甲方有权终止合同。"
    ),
    "TERM_MISMATCH": ("第一条 期限\n1.1 本合同期限自2026年1月1日起至2026年10月31日止,共12个月。"),
    "RENEWAL_CONFLICT": (
        "第一条 期限\n1.1 期满前一个月双方另行签订续约协议。无异议的,自动续约一年。"
    ),
    "MISSING_ARTICLES": (
        "第一条 服务\n1.1 乙方提供服务。\n第二条 费用\n2.1 甲方付费。\n第五条 其他\n5.1 无。"
    ),
    "PAYMENT_DIRECTION_REVERSED": (
        "第一条 服务\n1.1 乙方应向甲方提供客服服务,甲方应对乙方的工作进行监督。\n"
        "第二条 费用\n2.1 乙方每月向甲方支付服务费用人民币2万元。"
    ),
    "TERMINATION_EMPTY": ("第一条 终止\n1.1 合同终止的条件按照合同约定执行。"),
    "TEXT_MISSING": ("第一条 服务\n1.1 乙方收到费用后向甲方提供等服务。"),
    "THIRD_PARTY_LIABILITY_SHIFT": (
        "第一条 其他\n1.1 第三方在本合同中的行为,由第三方自行承担责任。"
    ),
    "HOURS_OVERLAP": ("第一条 服务时间\n1.1 服务时间为周一至周五 9:00-13:00、12:00-18:00。"),
    "UNIT_AMBIGUOUS": ("第一条 标准\n1.1 满意度应达到85分以上/不低于85%。"),
}

CLEAN = {
    "ARB_OR_LIT": ("第一条 争议解决\n1.1 协商不成的,提交湖州仲裁委员会仲裁,裁决为终局。"),
    "PENALTY_UNDETERMINED": (
        "第一条 违约\n1.1 乙方迟延的,按迟延部分价款的每日万分之五支付违约金。"
    ),
    "PENALTY_EXCESSIVE": (
        "第一条 付款\n1.1 甲方逾期支付服务费的,每日按未付金额的万分之五支付违约金。"
    ),
    "CONF_ENDS_WITH_CONTRACT": ("第一条 保密\n1.1 乙方应保密,合同终止后三年内继续有效。"),
    "UNSPECIFIED_CONSECUTIVE": (
        "第一条 考核\n1.1 每月考核一次。\n1.2 连续三个月未达标的,甲方有权终止合同。"
    ),
    "TERM_MISMATCH": ("第一条 期限\n1.1 本合同期限自2026年1月1日起至2026年12月31日止,共十二个月。"),
    "RENEWAL_CONFLICT": ("第一条 期限\n1.1 无异议的,自动续约一年。"),
    "TEXT_MISSING": ("第一条 服务\n1.1 乙方向甲方提供咨询、投诉受理等服务。"),
    "HOURS_OVERLAP": ("第一条 服务时间\n1.1 服务时间为周一至周五 9:00-12:00、12:00-18:00。"),
}


@pytest.mark.parametrize("code", BAD)
def test_a_defect_is_found_and_quoted(code: str, reading_of: Read) -> None:
    found = [f for f in reading_of(BAD[code]).findings if f.code == code]
    assert found, code
    assert found[0].quotes


@pytest.mark.parametrize("code", CLEAN)
def test_clean_wording_is_left_alone(code: str, reading_of: Read) -> None:
    assert code not in {f.code for f in reading_of(CLEAN[code]).findings}


def test_the_statutory_rate_is_never_remarked_on(reading_of: Read) -> None:
    reading = reading_of(CLEAN["PENALTY_EXCESSIVE"])
    assert str(reading.contract.one(LateFee).rate_per_day) == "0.0005"
    assert not [f for f in reading.findings if f.severity is Severity.ERROR]


@pytest.mark.requirement("D15", "D17", "D6", "D11")
def test_what_is_lawful_between_companies_is_not_against_a_worker(reading_of: Read) -> None:
    text = (
        "第一条 工作\n1.1 乙方为甲方的兼职客服,每周工作不少于30小时。\n1.2 兼职报酬按月支付。\n"
        "第二条 争议\n2.1 协商不成的,向甲方所在地人民法院起诉。"
    )
    worker = {f.code: f.severity for f in reading_of(text).findings}
    company = {f.code: f.severity for f in reading_of(text.replace("兼职", "外包")).findings}
    assert {"PARTTIME_OVER_24H", "LABOR_DISPUTE_ROUTE", "PARTTIME_PAY_CYCLE_GT_15D"} <= set(worker)
    assert worker["VENUE_ONE_SIDED"] is Severity.WARNING
    assert company["VENUE_ONE_SIDED"] is Severity.NOTE
    assert "LABOR_DISPUTE_ROUTE" not in company


def test_two_clocks_for_one_payment_leave_the_due_day_open(reading_of: Read) -> None:
    text = (
        "第一条 付款\n1.1 甲方应在次月10日前支付上月服务费。\n"
        "1.2 甲方收到乙方发票后10个工作日内支付服务费。"
    )
    reading = reading_of(text)
    assert isinstance(reading.contract.one(Payment).due.kind, Blank)
    assert "PAYMENT_TERM_CONFLICT" in {f.code for f in reading.findings}


def test_arbitration_or_court_is_an_open_route(reading_of: Read) -> None:
    assert isinstance(reading_of(BAD["ARB_OR_LIT"]).contract.one(Dispute).route, Blank)


def test_what_no_paper_states_is_proposed_never_assumed(reading_of: Read) -> None:
    reading = reading_of("第一条 服务\n1.1 乙方提供客服服务。")
    conventions = reading.contract.one(Conventions)
    for field, told in type(conventions).model_fields.items():
        if told.is_required() and field not in ("id", "kind", "source", "sources"):
            assert isinstance(getattr(conventions, field), Blank), field
