"""The how-to page of lump sums does what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.cli.files import write_whole
from pactdesk.core.settle.month import measured_month, provisional_statement
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.terms.text import contract_to_yaml
from pactdesk.core.units.periods import Period
from pactdesk.gateways.filelog import FileLog
from tests.support.contracts import agreement
from tests.support.reference import rows_under, terms_on

Run = Callable[..., Any]

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/settle-a-lump-sum.md"


@pytest.mark.requirement("A41", "A42", "A44", "A45", "A46", "A47", "A52")
def test_the_how_to_page_does_what_it_says(run: Run, tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    contract = agreement(*terms_on(page))
    assert not [each for each in lint(contract) if each.code == "PERCENT_SUM_UNCHECKED"]
    terms = write_whole(tmp_path / "terms.yaml", contract_to_yaml(contract))
    blocks = re.findall(r"```(?:yaml|csv)\n(.*?)```", page, re.DOTALL)[1:]
    for n, (table, mapping) in enumerate(zip(blocks[::2], blocks[1::2], strict=True)):
        csv = write_whole(tmp_path / f"{n}.csv", table)
        given = ("--mapping", write_whole(tmp_path / f"{n}.yaml", mapping))
        ran = run("import", csv, *given, "--log", tmp_path / "log", "--terms", terms)
        assert ran.code == 0, ran.err
    log, calendar = FileLog(tmp_path / "log"), load_china()
    for month, *amounts, _ in rows_under(page, "3. The months"):
        so_far = measured_month(contract, log, calendar, Period.month(month))
        lines = provisional_statement(contract, so_far, calendar).lines
        assert [str(line.amount).replace(",", "") for line in lines] == amounts, month
