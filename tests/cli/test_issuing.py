"""A statement that was issued stands: the next month knows it, and it is issued once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.cli.files import contract_in
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.issuing import AlreadyIssued, issue_statement
from pactdesk.core.settle.month import measured_month, settled_month
from pactdesk.core.units.instants import instant_at
from pactdesk.core.units.periods import Period
from pactdesk.gateways.filelog import FileLog

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
