"""`pactdesk obligations`: the list of a day, as a table, as JSON, and in a calendar."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from icalendar import Calendar

from pactdesk.core.facts.kinds import StatementIssued
from pactdesk.core.terms.text import contract_to_yaml
from pactdesk.gateways.filelog import FileLog
from tests.cli.conftest import Run
from tests.support.contracts import agreement, assessment, late_fee, level, payment
from tests.support.facts import Book


@pytest.fixture
def october(tmp_path: Path) -> tuple[Path, Path]:
    """Terms and a log in which September's statement is not paid."""
    due = {"kind": "working_days_after", "n": 5, "event": "period_end"}
    contract = agreement(level(), payment(), late_fee(), assessment(report_due=due))
    terms, folder = tmp_path / "terms.yaml", tmp_path / "log"
    terms.write_text(contract_to_yaml(contract), "utf-8")
    log = FileLog.create(folder, contract.contract_id, contract.zone)
    book = Book().told("2026-10-08 10:00", StatementIssued("s-2026-09", "2026-09", 1_000_000, {}))
    log.append([each.fact for each in book.facts], book.facts[0].recorded_at)
    return terms, folder


@pytest.mark.requirement("A20", "B20", "E12")
def test_what_presses_stands_first_and_says_what_follows(
    run: Run, october: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    terms, log = october
    done = run("obligations", terms, "--log", log, "--on", "2026-10-21")
    assert done.code == 1
    assert "支付结算单 s-2026-09，尚欠 10,000.00 元" in done.out
    assert "已逾期" in done.out
    assert "逾期违约金" in done.out


def test_the_day_before_nothing_is_overdue_but_the_reports(
    run: Run, october: tuple[Path, Path]
) -> None:
    terms, log = october
    done = run("obligations", terms, "--log", log, "--on", "2026-10-20", "--json")
    told = {each["key"]: each["state"] for each in json.loads(done.out)}
    assert told["payment-1/pay_statement/s-2026-09"] == "open"
    assert told["assessment-1/deliver_report/2026-09"] == "overdue"


def test_days_go_into_a_calendar_and_keep_their_ids(
    run: Run, october: tuple[Path, Path], tmp_path: Path
) -> None:
    terms, log = october
    file = tmp_path / "due.ics"
    run("obligations", terms, "--log", log, "--on", "2026-10-20", "--ics", file)
    first = file.read_bytes()
    events = {str(each["uid"]): each for each in Calendar.from_ical(first).walk("VEVENT")}
    pay = events["c-1/payment-1/pay_statement/s-2026-09@pactdesk"]
    assert pay.decoded("dtstart").isoformat() == "2026-10-20"
    assert "支付结算单 s-2026-09" in str(pay["summary"])
    assert [each.decoded("trigger").days for each in pay.walk("VALARM")] == [-3]
    run("obligations", terms, "--log", log, "--on", "2026-10-20", "--ics", file)
    assert file.read_bytes() == first
