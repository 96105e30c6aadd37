"""Months in stretches and adjusted months are told like others, each figure by its own terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from pactdesk.core.settle.adjustment import Adjustment, ChangedLine
from pactdesk.core.settle.late_facts import RefusedFact
from pactdesk.core.settle.made import Made
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.level import explain_level
from pactdesk.documents.explain.line import explain_line
from pactdesk.documents.points.view import points_view
from pactdesk.documents.statement.view import Recheck, statement_view
from pactdesk.messages.catalogue import Language
from tests.support.contracts import agreement, amend, change, fixed_fee, level, per_point, settled
from tests.support.facts import Book
from tests.support.rich_month import PARTIES


def amended() -> tuple[Contract, dict[str, Any]]:
    contract = agreement(PARTIES, fixed_fee("31000.00"), level(), per_point())
    contract = amend(
        contract,
        "2026-10-16",
        change(level(target="0.95"), judged="separate"),
        {"op": "repeal", "clause": "fee-1"},
        {"op": "add", "clause": "fee-2", "to": fixed_fee("62000.00", id="fee-2")},
    )
    book = Book().asked("i", "2026-10-09 10:00:00", "2026-10-09 10:00:50")
    book.asked("j", "2026-10-20 10:00:00", "2026-10-20 10:00:20")
    return contract, settled(contract, book.facts).to_plain()


@pytest.mark.parametrize(("language", "days"), [("zh", "至"), ("en", "to")])
def test_each_line_of_a_stretch_names_its_days_and_its_own_price(
    language: Language, days: str
) -> None:
    contract, plain = amended()
    told = [explain_line(plain, contract, each["number"], language) for each in plain["lines"]]
    assert f"2026-10-01 {days} 2026-10-15" in told[0].title
    assert "31,000.00" in told[0].numbers
    assert "62,000.00" in told[1].numbers
    assert all(each.steps for each in told[:2])


def test_a_level_of_two_stretches_is_told_twice() -> None:
    contract, plain = amended()
    first = explain_level(plain, contract, "level-1", "zh")
    second = explain_level(plain, contract, "level-1", "zh", days="2026-10-16|2026-10-31")
    assert "2026-10-15" in first.title
    assert "90%" in first.prose("zh")
    assert "95%" in second.prose("zh")


def test_the_paper_shows_every_stretch() -> None:
    contract, plain = amended()
    view = statement_view(plain, contract, language="zh", demo=False, recheck=Recheck("k", "b"))
    days = [row["days"] for row in view["lines"]["rows"]]
    assert len(days) == 4
    assert days.count("2026-10-16 至 2026-10-31") == 2
    notes = [row["note"] for row in view["assessment"]["rows"]]
    assert notes == ["2026-10-01 至 2026-10-15", "2026-10-16 至 2026-10-31"]


def test_an_adjustment_names_the_month_and_what_changed_in_it() -> None:
    contract = agreement(PARTIES, fixed_fee("10000.00"), level(), per_point())
    september = settled(contract, month="2026-09")
    october = settled(contract)
    made = Made("c-1-2026-09", Period.month("2026-09"), date(2026, 10, 5), 1, date(2026, 10, 6))
    changed = ChangedLine(None, september.lines[0])
    sums = (Fraction(0), Fraction(10_000))
    found = Adjustment(made, date(2026, 10, 5), date(2026, 11, 3), *sums, (changed,))
    statement = _with(october, found)
    why = explain_line(statement.to_plain(), contract, 3, "zh")
    assert "2026" in why.title
    assert "追溯调整" in why.title
    assert "2026-11-03" in why.facts[0]
    assert "10,000.00" in why.facts[1]
    assert explain_line(statement.to_plain(), contract, 3, "en").facts


def _with(statement: Statement, found: Adjustment) -> Statement:
    line = found.line(len(statement.lines) + 1, "conventions-1", "CNY")
    return replace(statement, lines=(*statement.lines, line), adjustments=(found,))


def test_the_points_to_settle_show_what_an_amendment_left_open() -> None:
    contract = agreement(PARTIES, fixed_fee("31000.00"))
    contract = amend(contract, {"blank": "__年__月__日"}, change(fixed_fee("40000.00")))
    assert "补充协议 · 生效日" in str(points_view(contract, (), language="zh"))


def test_the_paper_names_facts_that_came_too_late() -> None:
    contract = agreement(PARTIES, fixed_fee("31000.00"))
    late = tuple(RefusedFact(each) for each in Book().seated("a", "2026-09-01", "2026-09-02").facts)
    plain = replace(settled(contract), refused_facts=late).to_plain()
    view = statement_view(plain, contract, language="zh", demo=False, recheck=Recheck("k", "b"))
    assert "2 条事实" in view["evidence"]["rows"][-1][1]
    assert "desk/e000000" in view["evidence"]["rows"][-1][1]
