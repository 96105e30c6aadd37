"""The prose about a line: every number is from its trace, in both languages, also at zero."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import Any

import pytest

from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import Payment
from pactdesk.documents.explain.explanation import Explanation
from pactdesk.documents.explain.line import LineUnknown, explain_line
from pactdesk.messages.catalogue import LANGUAGES, Language, say

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?…?")

_PER_SECOND = {"kind": "per_point", "step": "0.01", "rate": "0.001"}

CHANGES: dict[str, dict[str, dict[str, Any]]] = {
    "as agreed": {},
    "capped": {"deduction-1": {"cap": "0.0212345"}},
    "rounded before the cap": {
        "deduction-1": {"cap": "0.0212345"},
        "conventions-1": {"cap_order": "round_then_cap"},
    },
    "started steps": {"conventions-1": {"steps": "started"}},
    "proportional": {"conventions-1": {"steps": "proportional"}},
    "per breach": {"deduction-1": {"rule": {"kind": "per_breach", "amount": "2.35"}, "cap": None}},
    "scheduled, per quarter": {"fee-2": {"hours_basis": "scheduled"}, "fee-1": {"per": "quarter"}},
    "average": {"deduction-1": {"level": "level-5", "rule": _PER_SECOND}},
    "late fee capped": {"late-1": {"rate_per_day": "0.00035", "cap": "0.006"}},
    "everything met": {"level-1": {"target": "0.10"}, "level-3": {"target": "0.10"}},
    "too few to judge": {"level-1": {"minimum_sample": 5000}},
}  # fmt: skip


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for each in node.get("inputs", ()):
        yield from _nodes(each)


def _said(explained: Explanation) -> str:
    parts = (explained.numbers, explained.short, *explained.steps, explained.rounding)
    return "\n".join(parts)


def _without_names(said: str, trace: Mapping[str, Any], explained: Explanation) -> str:
    """The prose without statement names, dates, clause and line numbers and names of levels."""
    for node in _nodes(trace):
        for part in str(node.get("of", "")).split("|"):
            said = said.replace(part, " ") if "-" in part else said
    said = re.sub(r"第 \d+ 行|(?i:line) \d+", " ", said)
    said = re.sub(r"“[^”]*”", " ", said)
    for clause in explained.clauses:
        said = said.replace(clause.number, " ")
    return said


def _is_from(number: str, values: set[Fraction]) -> bool:
    digits = number.rstrip("…").replace(",", "")
    shown = Fraction(digits)
    if not number.endswith("…"):
        return shown in values
    step = Fraction(1, 10 ** len(digits.partition(".")[2]))
    return any(floor(value / step) * step == shown for value in values)


@pytest.mark.requirement("E11")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CHANGES)
def test_every_number_in_the_prose_stands_in_the_trace(
    settled: Callable[..., Any], case: str, language: Language
) -> None:
    month = settled(CHANGES[case])
    for line in month.statement["lines"]:
        explained = explain_line(month.statement, month.contract, line["number"], language)
        exact = [Fraction(node["value"]) for node in _nodes(line["trace"])]
        exact += [
            Fraction(node["rounding"]["unit"])
            for node in _nodes(line["trace"])
            if "rounding" in node
        ]
        values = {abs(value) * times for value in exact for times in (1, 100)}
        values |= {
            Fraction(part)
            for value in exact
            for part in (value.numerator, value.denominator)
            if value == Fraction(1, 3)
        }
        said = _without_names(_said(explained), line["trace"], explained)
        strangers = [n for n in _NUMBER.findall(said) if not _is_from(n, values)]
        assert not strangers, f"{strangers} in\n{said}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CHANGES)
def test_the_booked_amount_stands_in_title_and_result(
    settled: Callable[..., Any], case: str, language: Language
) -> None:
    month = settled(CHANGES[case])
    for line in month.statement["lines"]:
        explained = explain_line(month.statement, month.contract, line["number"], language)
        amount = f"{abs(line['amount_fen']) / 100:,.2f}"
        assert amount in explained.title
        assert amount in explained.numbers
        assert amount in explained.rounding
        assert explained.steps, "also a line at zero has a reason"


def test_a_deduction_reads_as_a_finance_person_would_write_it(month: Any) -> None:
    explained = explain_line(month.statement, month.contract, 3, "zh")
    assert explained.title == "第 3 行 −4,221.11 元：首次响应及时率未达标扣款"
    assert explained.words == "金额 = −(计扣档数 × 扣款比例 × 当月服务费，以上限为限)"
    assert explained.numbers == (
        "−(4 档 × 2% × 52,763.90 元，以 5,276.39 元为限) = −4,221.112 元，舍入为 −4,221.11 元"
    )
    assert [clause.number for clause in explained.clauses] == ["第 7.1 条", "第 6.1 条"]
    assert explained.clauses[1].original is not None
    assert "按结算口径确认书四舍五入到 0.01 元" in explained.rounding


def test_a_late_fee_tells_each_stretch_of_days(month: Any) -> None:
    explained = explain_line(month.statement, month.contract, 7, "zh")
    assert (
        "结算单 DEMO-2026-07-2026-09：2026-10-21 至 2026-10-31 共 11 天 × 未付 58,210.75 元"
        " × 每日万分之五（第 5.2 条）= 320.159125 元。"
    ) in explained.steps


def test_without_payments_due_a_late_fee_says_that_nothing_was_overdue(
    settled: Callable[..., Any],
) -> None:
    def is_kept(detail: Measured) -> bool:
        return not (isinstance(detail, Payment) or detail.kind.startswith(("statement", "invoice")))

    month = settled(keep=is_kept)
    explained = explain_line(month.statement, month.contract, 7, "zh")
    assert explained.title.endswith("逾期付款违约金（无逾期）")
    assert explained.steps == ("以前各期结算单在本月没有逾期未付的日子，不计违约金。",)


def test_the_worst_interactions_come_first_when_their_times_are_known(month: Any) -> None:
    missed = month.statement["levels"][0]["missed"]
    explained = explain_line(
        month.statement, month.contract, 3, "zh", elapsed_ms={missed[-1]: 240_500}
    )
    listed = next(fact for fact in explained.facts if "其中有" in fact)
    assert f"其中有：{missed[-1]}（240.5 秒）、" in listed
    assert f"其余 {len(missed) - 8} 件见 statement.json" in listed


def test_fee_hours_are_told_by_agent(month: Any) -> None:
    facts = explain_line(month.statement, month.contract, 2, "zh").facts
    assert any("agent-06 142.5425 小时" in fact for fact in facts)
    assert any("1 次打卡不成对" in fact for fact in facts)


def test_clause_quotes_are_not_interpreted(month_plain: dict[str, Any], month: Any) -> None:
    strange = "{a} {{b}} #let * $x$ @ \\ %s"
    source = {**month_plain["clauses"][3]["source"], "quote": strange}
    clauses = [
        {**clause, "source": source} if clause["id"] == "level-1" else clause
        for clause in month_plain["clauses"]
    ]
    from pactdesk.core.terms.text import contract_from_plain

    contract = contract_from_plain({**month_plain, "clauses": clauses})
    explained = explain_line(month.statement, contract, 3, "zh")
    assert strange in explained.prose("zh")


def test_a_line_that_does_not_exist_is_named(month: Any) -> None:
    with pytest.raises(LineUnknown) as problem:
        explain_line(month.statement, month.contract, 9, "zh")
    assert "没有第 9 行；它共有 7 行" in say(problem.value, "zh")


def test_explaining_needs_neither_matplotlib_nor_typst() -> None:
    program = (
        "import sys, pactdesk.documents.explain.line, pactdesk.documents.explain.level;"
        "print([m for m in ('matplotlib', 'typst', 'numpy', 'plotext') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
