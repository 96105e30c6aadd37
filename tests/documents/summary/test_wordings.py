"""One thing in the words of many lawyers: each wording gives the same kind of value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.source import source_from
from pactdesk.documents.summary.summary import summary_of

HEAD = (
    "客服外包合同\n甲方（委托方）：杭州甲有限公司\n乙方（受托方）：湖州乙有限公司\n"
    "第一条 服务\n乙方为甲方提供客服服务。\n第二条 约定\n"
)

TABLES: dict[str, list[tuple[str, Any]]] = {
    name: [(wording, meant) for wording, meant in rows]
    for name, rows in yaml.safe_load(
        (Path(__file__).parent / "wordings.yaml").read_text("utf-8")
    ).items()
}


def each(name: str) -> pytest.MarkDecorator:
    """Every wording of a table with what it means."""
    return pytest.mark.parametrize(("wording", "meant"), TABLES[name])


def summary(wording: str) -> dict[str, Any]:
    source = source_from(Extracted(HEAD + wording), name="paper.txt", kind="txt", sha256="0" * 64)
    return summary_of(source)


@each("due")
def test_when_the_fee_is_due(wording: str, meant: Any) -> None:
    payment = summary(wording)["payment"]
    due = payment["due"] or {"kind": None, "n": None, "event": None}
    assert [payment["cycle"], due["kind"], due["n"], due["event"]] == meant


@each("advances")
def test_what_is_paid_first_and_last(wording: str, meant: Any) -> None:
    payment = summary(wording)["payment"]
    parts = (payment["down_payment"] or {}, payment["final_payment"] or {})
    assert [part.get("pct") for part in parts] == meant


@each("levels")
def test_how_well_is_to_be_served(wording: str, meant: Any) -> None:
    levels = summary(wording)["service_levels"]
    names = ("metric", "comparator", "threshold", "unit")
    assert [[level[name] for name in names] for level in levels] == meant


@each("terms")
def test_how_long_it_runs(wording: str, meant: Any) -> None:
    term = summary(wording)["term"]
    assert [term["start"], term["end"], term["months"]] == meant


@each("renewals")
def test_what_follows_the_end(wording: str, meant: Any) -> None:
    renewal = summary(wording)["renewal"]
    assert [renewal["kind"], renewal["months"]] == meant


@each("notices")
def test_who_tells_whom_how_long_before(wording: str, meant: Any) -> None:
    notices = summary(wording)["notice_days"]
    assert {purpose: [n["n"], n["unit"]] for purpose, n in notices.items()} == meant


@each("deductions")
def test_what_a_bad_month_costs(wording: str, meant: Any) -> None:
    names = ("metric", "trigger", "amount", "amount_unit")
    deductions = summary(wording)["deductions"]
    assert [[taken[name] for name in names] for taken in deductions] == meant


@each("late_fees")
def test_what_late_payment_costs(wording: str, meant: Any) -> None:
    fee = summary(wording)["late_fee"]
    assert [fee["rate_per_day"], fee["pct"]] == meant


@each("disputes")
def test_how_a_dispute_is_settled(wording: str, meant: Any) -> None:
    dispute = summary(wording)["dispute"]
    assert [dispute["route"], dispute["venue"]] == meant


@each("fees")
def test_what_the_fee_is_counted_by(wording: str, meant: Any) -> None:
    fee = summary(wording)["fee"]
    amounts = [[amount["value"], amount["unit"]] for amount in fee["amounts"]]
    assert [fee["basis"], amounts] == meant


@each("blanks")
def test_what_is_left_open(wording: str, meant: Any) -> None:
    assert summary(wording)["blanks"] == meant
