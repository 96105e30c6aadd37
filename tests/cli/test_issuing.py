"""A statement that was issued stands: the next month knows it, and it is issued once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.cli.files import contract_in
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.issuing import AlreadyIssued, issue_statement
from pactdesk.core.settle.month import measured_month, settled_month
from pactdesk.core.terms.text import contract_to_yaml
from pactdesk.core.units.instants import instant_at
from pactdesk.core.units.periods import Period
from pactdesk.gateways.filelog import FileLog
from tests.support.contracts import agreement, fixed_fee, level, per_point
from tests.support.houses import SEPTEMBER_ON_TIME, TWO_MORE
from tests.support.issuing import Issuing

Run = Callable[..., Any]

pytestmark = pytest.mark.xdist_group("demo")


@pytest.mark.requirement("E22", "B22")
def test_an_issued_month_is_in_the_ledger_of_the_next(tmp_path: Path, demo: Path) -> None:
    log = FileLog(shutil.copytree(demo / "log", tmp_path / "log"))
    contract = contract_in(demo / "terms.yaml")
    october = settled_month(contract, log, load_china(), Period.month("2026-10"))
    at = instant_at("2026-11-06T10:00:00+08:00")
    issue_statement(october, log, at=at)
    with pytest.raises(AlreadyIssued):
        issue_statement(october, log, at=at)
    november = measured_month(contract, log, load_china(), Period.month("2026-11"))
    last = november.ledger[-1]
    assert (last.statement, last.total_fen) == (october.number, october.total.fen)
    assert last.verdicts["level-1"] is Verdict.MISSED


def test_the_month_so_far_names_what_late_facts_will_adjust(run: Run, tmp_path: Path) -> None:
    """September was issued with 10 of 10; two late ones are told on 20 October: −1,200.00."""
    house = Issuing(CONTRACT, [*SEPTEMBER_ON_TIME, *TWO_MORE])
    house.issue("2026-09", date(2026, 10, 5))
    log = FileLog.create(tmp_path / "log", "c-1", "Asia/Shanghai")
    log.record(house.facts)
    terms = tmp_path / "terms.yaml"
    terms.write_text(contract_to_yaml(CONTRACT), "utf-8")
    given = ("measure", terms, "--log", tmp_path / "log", "--month", "2026-10")
    told = " ".join(run(*given).out.split())
    assert "2026 年 9 月：2026-10-05 之后补报的事实" in told
    assert "−1,200.00" in told or "-1,200.00" in told
    (pending,) = json.loads(run(*given, "--json").out)["pending_adjustments"]
    assert (pending["period"], pending["amount_fen"]) == ("2026-09", -120_000)


CONTRACT = agreement(fixed_fee("10000.00"), level(target="0.90"), per_point(rate="0.02"))


def test_a_contested_event_is_told_again_on_every_import(
    run: Run, tmp_path: Path, demo: Path
) -> None:
    mapping, table = tmp_path / "mapping.yaml", tmp_path / "calls.csv"
    mapping.write_text(
        "source: calls\nzone: Asia/Shanghai\nrow_id: [id]\nfacts:\n"
        "  - {kind: interaction.closed, suffix: closed, at: at,"
        ' fields: {interaction: {text: "{id}"}}}\n',
        "utf-8",
    )
    given = ("import", table, "--mapping", mapping, "--log", tmp_path / "log", "--json")
    codes = []
    for second in ("00", "00", "05", "05"):
        table.write_text(f"id,at\n1,2026-11-12 09:00:{second}\n", "utf-8")
        ran = run(*given, "--terms", demo / "terms.yaml")
        codes.append((ran.code, json.loads(ran.out)["facts"]["conflicting"]))
    assert codes == [(0, 0), (0, 0), (1, 1), (1, 1)]
