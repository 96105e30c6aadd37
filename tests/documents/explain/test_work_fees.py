"""Fees for work, expenses and deposits in words: every line of every month, in both languages."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import Due, DueEvent, DueKind
from pactdesk.documents.explain.explanation import Explanation
from pactdesk.documents.explain.line import explain_line
from pactdesk.documents.explain.names import Names
from pactdesk.documents.statement.due import due_sentence
from pactdesk.messages.catalogue import LANGUAGES, Language
from tests.support.contracts import agreement, always, fixed_fee, settled
from tests.support.works import WorkBook

CLAUSES: tuple[dict[str, Any], ...] = (
    fixed_fee("36000.00", "year", id="fee-3", billing="in_advance", since="2026-03-01"),
    {
        "id": "fee-1",
        "kind": "fee_lump_sum",
        "total": "100000.00",
        "advance": {"share": "0.2", "event": "documents_received"},
        "instalments": [{"name": "second", "day": "2026-06-30", "amount": "1000.00"}],
        "monthly": {"share": "0.0633"},
        "final": {"share": "1"},
        "gates": ["done", "accepted", "invoice"],
    },
    {
        "id": "fee-2",
        "kind": "fee_milestones",
        "total": "300.00",
        "milestones": [{"name": "go_live", "share": "0.3"}, {"name": "end", "share": "0.7"}],
    },
    {
        "id": "expenses-1",
        "kind": "expenses",
        "needs_receipt": True,
        "reimbursed": [{"category": "travel", "cap_per_month": "500.00"}, {"category": "taxi"}],
    },
    {
        "id": "deposit-1",
        "kind": "deposit",
        "amount": "5000.00",
        "paid_by": "client",
        "returned_after": {"n": 7, "unit": "day"},
        "forfeited_for": ["unlawful_use"],
    },
)
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-06", "2026-07", "2026-08")


@cache
def contract() -> Contract:
    return agreement(*CLAUSES, service_hours=always(), end="2026-06-30")


@cache
def statement(month: str) -> Statement:
    book = WorkBook().step("documents_received", "2026-01-12").ready("fee-1.2026-01", "2026-01-30")
    book.work("fee-1.2026-02", ("done", "2026-02-27"), ("refused", "2026-02-28"))
    book.work("fee-1.2026-02", ("accepted", "2026-03-03"), ("invoice", "2026-03-05"))
    book.work("fee-2.go_live", ("accepted", "2026-03-09")).work("fee-2.end", ("done", "2026-04-01"))
    book.expense("e-1", "2026-03-09", 70000).expense("e-2", "2026-03-10", 1234, "taxi")
    book.deposit("paid", "2026-02-01", 500000).incident("unlawful_use", "2026-05-01")
    book.deposit("forfeited", "2026-05-02", 100000).ready("fee-1.final", "2026-07-20")
    return settled(contract(), book.facts, month)


def explained(month: str, number: int, language: Language) -> Explanation:
    return explain_line(statement(month).to_plain(), contract(), number, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", MONTHS)
def test_every_line_is_told_in_words(month: str, language: Language) -> None:
    """A text that is missing is an error here."""
    for line in statement(month).lines:
        told = explained(month, line.number, language)
        assert told.prose(language)
        assert "{" not in told.prose(language)


@pytest.mark.requirement("A44", "A45", "A46", "A47", "A51")
@pytest.mark.parametrize(
    ("month", "clause", "said"),
    [
        ("2026-01", "fee-1", "付款条件全部成就的部分（首付款）× 合同总价 × 首付款比例"),
        ("2026-02", "fee-1", "成果被退回，尚未重新审核合格"),
        ("2026-03", "fee-2", "付款条件全部成就的部分（系统上线）× 合同总价 × 第一个里程碑比例"),
        ("2026-04", "fee-2", "成果尚未审核合格"),
        ("2026-02", "fee-3", "本月不是约定的收费月份"),
        ("2026-03", "fee-3", "每年固定服务费 × 本月收取的期数"),
        ("2026-03", "expenses-1", "经批准的费用（差旅），以第一类费用每月限额为限"),
        ("2026-04", "expenses-1", "经批准且票据齐全"),
        ("2026-04", "expenses-1", "没有记到足以使本行产生金额的"),
        ("2026-01", "deposit-1", "押金 − 押金（已交），不低于 0.00 元"),
        ("2026-02", "deposit-1", "2026 年 2 月押金余额：5,000.00 元。"),
        ("2026-07", "deposit-1", "应退押金 4,000.00 元。"),
        ("2026-08", "deposit-1", "押金的退还期已过"),
        ("2026-06", "fee-1", "工作尚未完成"),
        # 100,000 − 20,000 − 1,000 − 6 × 6,330
        ("2026-07", "fee-1", "剩余费用"),
    ],
)
def test_the_words_say_what_was_reckoned_and_why_nothing_is(
    month: str, clause: str, said: str
) -> None:
    numbers = [line.number for line in statement(month).lines if line.clause == clause]
    assert any(said in explained(month, number, "zh").prose("zh") for number in numbers)


@pytest.mark.requirement("A42", "A44", "A49", "B20")
@pytest.mark.parametrize(
    ("terms", "zh", "en"),
    [
        (
            {"kind": DueKind.WORKING_DAYS_AFTER, "n": 5, "event": DueEvent.CONTRACT_SIGNED},
            "合同签订后 5 个工作日内付款",
            "Due within 5 working days after: contract signed",
        ),
        (
            {"kind": DueKind.HALF_MONTHS_AFTER, "n": 1},
            "结算月份结束后半个月（1 个 15 日）内付款",
            "Due within 1 half month (15 days) after: end of the month",
        ),
        (
            {"kind": DueKind.DAYS_OF_MONTH, "n": 5, "also": (20,)},
            "次月起每月 5、20 日，以最先到的一日为准",
            "Due on the first of the days 5, 20 from the following month on",
        ),
        (
            {
                "kind": DueKind.DAY_OF_MONTH,
                "n": 15,
                "needs": (DueEvent.ACCEPTED, DueEvent.INVOICE_RECEIVED),
            },
            "次月 15 日前付款；在此之前须当月工作审核合格、收到发票",
            "Due on day 15 of the following month; not before: the month's work accepted, "
            "invoice received",
        ),
    ],
)
def test_a_due_date_is_said_whole(terms: dict[str, Any], zh: str, en: str) -> None:
    plain = Due(**terms).model_dump(mode="json")
    clause = {"id": "payment-1", "kind": "payment", "cycle": "monthly", "due": plain}
    with_due = agreement(fixed_fee(), clause)
    for language, said in zip(LANGUAGES, (zh, en), strict=True):
        found = due_sentence({"period": "2026-10"}, Names(with_due, language), None)
        assert found.startswith(said)
