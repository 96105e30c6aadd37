"""`pactdesk payslip`: slips of a month in the terminal, as JSON and as paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from pactdesk.calendars.china import load_china
from pactdesk.cli.files import write_whole
from pactdesk.core.facts.families.staff import RewardGiven
from pactdesk.core.measure.legal_hours import limits_on
from pactdesk.core.measure.minimum_wages import MinimumWages
from pactdesk.core.settle.pay_runs import runs_of
from pactdesk.core.settle.pay_warnings import pay_warnings
from pactdesk.core.settle.payslip import pay_slip
from pactdesk.core.terms.clauses.pay_runs import PayRunLength
from pactdesk.core.terms.text import contract_to_yaml
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.values import fen_text
from pactdesk.documents.payslip.render import render_pay_slip
from pactdesk.documents.payslip.view import lines_told
from pactdesk.gateways.filelog import FileLog
from pactdesk.messages.catalogue import LANGUAGES
from tests.clauses.test_fee_commission import commission
from tests.clauses.test_wages import deduction, lost
from tests.core.settle.test_payslip import HOURLY, WEEKLY, mornings, part_time
from tests.support.contracts import Terms, agreement, amend, change, level
from tests.support.reference import terms_on

Run = Callable[..., Any]

PARTIES: Terms = {
    "id": "parties-1",
    "kind": "parties",
    "provider": {"label": "乙方", "name": "兼职客服"},
    "client": {"label": "甲方", "name": "青禾#电子$商务*有限公司"},
}


@pytest.fixture
def given(tmp_path: Path) -> tuple[Path, Path]:
    """Terms and a log: five mornings of four hours, and one afternoon of another agent."""
    contract = part_time(PARTIES, WEEKLY, start="2026-10-12")
    terms = write_whole(tmp_path / "terms.yaml", contract_to_yaml(contract))
    log = FileLog.create(tmp_path / "log", contract.contract_id, contract.zone)
    book = mornings(12, 16).seated("bo", "2026-10-14 13:00", "2026-10-14 17:00")
    log.record(book.facts)
    return terms, tmp_path / "log"


@pytest.mark.requirement("D10", "D11")
def test_the_slips_of_a_month_are_shown(run: Run, given: tuple[Path, Path]) -> None:
    terms, log = given
    shown = run("payslip", terms, "--log", log, "--month", "2026-10")
    assert shown.code == 1  # the second run lies open for 16 days
    for said in (
        "ann",
        "bo",
        "448.00",
        "112.00",
        "未核对最低工资",
        "劳动合同法",
        "最迟于 2026-11-05",
    ):
        assert said in shown.out, said


def test_one_slip_as_json_carries_its_trace_and_warnings(
    run: Run, given: tuple[Path, Path], tmp_path: Path
) -> None:
    terms, log = given
    wages = write_whole(
        tmp_path / "wages.yaml",
        'minimum_wages:\n  - {city: 甲城, since: 2025-07-01, hourly: "29.00", source: n-1}\n',
    )
    asked = ("--run", "2026-10-01..2026-10-15", "--agent", "ann", "--wages", wages, "--json")
    ran = run("payslip", terms, "--log", log, "--month", "2026-10", *asked)
    (slip,) = json.loads(ran.out)
    assert (slip["agent"], slip["total_fen"], slip["lines"][0]["trace"]["op"]) == (
        "ann",
        448_00,
        "round",
    )
    assert [each["warning"] for each in slip["warnings"]] == ["wage_below_minimum", "due_too_late"]
    assert slip["warnings"][0]["minimum"] == "29"


@pytest.mark.parametrize(
    ("asked", "said"),
    [(("--agent", "cy"), "ann"), (("--run", "2026-10"), "2026-10-16..2026-10-31")],
)
def test_what_the_month_does_not_have_is_told_with_what_it_has(
    run: Run, given: tuple[Path, Path], asked: tuple[str, str], said: str
) -> None:
    terms, log = given
    ran = run("payslip", terms, "--log", log, "--month", "2026-10", *asked)
    assert ran.code == 2
    assert said in ran.err


def test_each_slip_is_one_page_that_is_the_same_every_time(
    run: Run, given: tuple[Path, Path], tmp_path: Path
) -> None:
    terms, log = given
    written = []
    for folder in (tmp_path / "one", tmp_path / "other"):
        asked = ("--run", "2026-10-16..2026-10-31", "--agent", "ann", "-o", folder)
        run("payslip", terms, "--log", log, "--month", "2026-10", *asked)
        written.append((folder / "payslip-ann-2026-10-16..2026-10-31.pdf").read_bytes())
    assert written[0] == written[1]
    with pdfium.PdfDocument(written[0]) as document:
        assert len(document) == 1
        said = document[0].get_textpage().get_text_bounded()
    for each in ("工资单", "青禾#电子$商务*有限公司", "112.00", "壹佰壹拾贰元整", "10-12 – 10-18"):
        assert each in said, each


def test_a_bad_month_with_every_kind_of_line_still_is_one_page() -> None:
    performance: Terms = {
        "id": "fee-3",
        "kind": "fee_base_performance",
        "headcount": 1,
        "base_amount": "300",
        "performance_amount": "200",
        "level": "level-1",
        "bands": [{"reached": "0.8", "payable": "1"}],
        "unjudged": "in_full",
    }
    contract = part_time(
        PARTIES,
        WEEKLY,
        level(),
        commission(id="fee-2"),
        performance,
        {"id": "reward-1", "kind": "reward", "cap": "500"},
        deduction(),
        length="monthly",
    )
    book = mornings(5, 17, hours=6).attendance("ann", "clock_in", "2026-10-30 09:00")
    book.told("2026-10-20 18:00", RewardGiven("ann", 50_00, "no complaint"))
    month = Period.month("2026-10")
    slip = pay_slip(contract, lost(book, 100_00).facts, load_china(), "ann", month)
    limits = limits_on(month.last_day)
    warnings = pay_warnings(slip, contract, limits, MinimumWages(), date(2026, 11, 10))
    for language in LANGUAGES:
        pdf = render_pay_slip(slip, contract, warnings, limits, language=language)
        with pdfium.PdfDocument(pdf) as document:
            assert len(document) == 1
            said = document[0].get_textpage().get_text_bounded()
        assert all(fen_text(line.amount.fen) in said for line in slip.lines)
        assert "payslip." not in said


def test_the_how_to_page_does_what_it_says(run: Run, tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/how-to/pay-part-time-agents.md").read_text(
        "utf-8"
    )
    blocks = re.findall(r"```(?:yaml|csv)\n(.*?)```", page, re.DOTALL)
    contract = agreement(*terms_on(page), start="2026-10-12")
    files = {"clock.csv": blocks[1], "clock.yaml": blocks[2], "wages.yaml": blocks[3]}
    for name, content in files.items():
        write_whole(tmp_path / name, content)
    terms = write_whole(tmp_path / "terms.yaml", contract_to_yaml(contract))
    log = tmp_path / "log"
    given = ("--mapping", tmp_path / "clock.yaml", "--log", log, "--terms", terms)
    assert run("import", tmp_path / "clock.csv", *given).code == 0
    asked = ("--run", "2026-10-11..2026-10-20", "--wages", tmp_path / "wages.yaml", "--json")
    (slip,) = json.loads(run("payslip", terms, "--log", log, "--month", "2026-10", *asked).out)
    assert f"= {slip['total_fen'] / 100:.2f}" in page
    assert [each["warning"] for each in slip["warnings"]] == ["week_below_minimum"]


def test_each_line_is_told_by_the_terms_that_held_when_terms_changed_or_were_repealed() -> None:
    reward: Terms = {"id": "reward-1", "kind": "reward"}
    contract = amend(
        part_time(reward),
        "2026-10-20",
        change(HOURLY | {"unit_price": "30.00"}),
        {"op": "repeal", "clause": "reward-1"},
    )
    book = mornings(17, 21)
    runs = runs_of(PayRunLength.SEMI_MONTHLY, Period.month("2026-10"))
    slip = pay_slip(contract, book.facts, load_china(), "ann", runs[1])
    rows = lines_told(slip, contract, "zh")
    assert [(row["amount"], row["short"]) for row in rows] == [
        ("336.00", "12 小时 × 28.00 元/小时"),
        ("240.00", "8 小时 × 30.00 元/小时"),
        ("0.00", "无奖励"),
    ]
    assert "2026-10-20" in rows[1]["item"]
