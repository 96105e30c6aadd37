"""The main job, as `make demo` runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pactverify import verify

# One demo serves all tests that look at its results: keep them in one worker.
pytestmark = pytest.mark.xdist_group("demo")


def statement(demo: Path) -> Any:
    """The demo's statement, as it is stored."""
    return json.loads((demo / "statement-2026-10.json").read_bytes())


@pytest.mark.requirement("E10", "E11", "E19", "E22", "B22")
def test_a_paper_contract_and_a_month_of_facts_become_a_statement(demo: Path) -> None:
    kinds = [line["kind"] for line in statement(demo)["lines"]]
    assert kinds == [
        "fee_headcount_hours",
        "deduction",
        "deduction",
        "deduction",
        "deduction_cap",
        "late_fee",
    ]
    rights = {right["kind"] for right in statement(demo)["rights"]}
    assert rights == {"remediation", "termination"}


def test_the_other_party_can_recheck_every_fen(demo: Path) -> None:
    bundle, trust = demo / "statement-2026-10.pactbundle", demo / "keys.json"
    report = verify(bundle, trust=trust, since=demo / "last-checkpoint.json")
    assert report.ok
    assert report.authentic
    assert report.failures == []


def test_every_result_is_there_to_look_at(demo: Path) -> None:
    assert (demo / "statement-2026-10.pdf").read_bytes().startswith(b"%PDF")
    assert len(list((demo / "plots").glob("*.svg"))) >= 8
    for name in ("terms.yaml", "terms.draft.yaml", "outsourcing.docx", "keys.json"):
        assert (demo / name).stat().st_size > 0
