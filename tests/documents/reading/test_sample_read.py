"""The packaged sample: every value right, nothing wrongly complained about."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.findings import Severity
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.terms.text import (
    contract_from_yaml,
    contract_to_plain,
    contract_to_yaml,
    plain_yaml,
)
from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.reading import Reading, read_contract
from pactdesk.documents.source import read_source, source_from
from tests.support.laws import cases

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = Path(str(files("pactdesk.samples")))
EXPECTED = Path(__file__).resolve().parents[1] / "expected" / "outsourcing.yaml"


@cache
def sample() -> Reading:
    return read_contract(read_source(SAMPLES / "outsourcing.docx"))


def answered() -> Contract:
    text = (SAMPLES / "outsourcing.answers.yaml").read_text("utf-8")
    return filled(sample().contract, plain_yaml(text, "outsourcing.answers.yaml"))


def without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: without_sources(item)
            for key, item in value.items()
            if key not in ("source", "sources", "documents")
        }
    return [without_sources(item) for item in value] if isinstance(value, list) else value


@pytest.mark.requirement("E11", "E12", "E19", "E20", "E22", "E42")
def test_the_answered_sample_has_exactly_the_expected_terms() -> None:
    expected = plain_yaml(EXPECTED.read_text("utf-8"), EXPECTED.name)
    assert without_sources(contract_to_plain(answered().completed())) == expected


def test_the_sample_has_no_false_findings() -> None:
    assert [f for f in sample().findings if f.severity is Severity.ERROR] == []
    assert [f for f in lint(answered()) if f.severity is not Severity.NOTE] == []


def test_its_blanks_are_those_of_the_paper_and_the_conventions() -> None:
    paths = [path for path, _ in sample().contract.blanks()]
    assert [path for path in paths if not path.startswith("conventions-1")] == [
        "effectiveness-1.signed_on",
        "effectiveness-1.signing_place",
        "level-6.target",
        "fee-1.headcount",
        "fee-1.unit_price",
        "payment-1.account.number",
    ]


def test_every_figure_names_the_clause_it_comes_from() -> None:
    contract = sample().contract
    numbers = {
        "fee-1": "4.1",
        "payment-1": "4.5",
        "late-fee-1": "8.2",
        "suspension-1": "8.3",
        "deduction-1": "6.1",
        "deduction-cap-1": "6.4",
        "level-1": "5.2",
        "level-8": "5.2",
    }
    for clause_id, number in numbers.items():
        source = contract.clause(clause_id).source
        assert source is not None
        assert source.clause.startswith(number), (clause_id, source.clause)


def test_the_conventions_are_accepted_in_one_act() -> None:
    open_fields = dict(sample().contract.blanks())
    conventions = [b for path, b in open_fields.items() if path.startswith("conventions-1")]
    assert conventions
    assert all(blank.suggested is not None for blank in conventions)


def test_the_file_is_what_its_script_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("make_sample", ROOT / "scripts/make_sample.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "TARGET", tmp_path / "samples" / "outsourcing.docx")
    script.main()
    again = read_source(tmp_path / "samples" / "outsourcing.docx")
    assert again.text == read_source(SAMPLES / "outsourcing.docx").text


@settings(max_examples=cases(30))
@given(st.data())
def test_a_torn_paper_is_still_read(data: st.DataObject) -> None:
    text = read_source(SAMPLES / "outsourcing.docx").text
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    torn = text[start:end] if text[start:end].strip() else "空"
    read_contract(source_from(Extracted(torn), name="torn.txt", kind="txt", sha256="0" * 64))


@settings(max_examples=cases(15))
@given(st.randoms(use_true_random=False))
def test_other_numbers_in_it_never_break_the_reading(chance: Random) -> None:
    text = read_source(SAMPLES / "outsourcing.docx").text
    changed = re.sub(r"\d", lambda _: chance.choice("0123456789"), text)
    paper = source_from(Extracted(changed), name="changed.txt", kind="txt", sha256="0" * 64)
    contract = read_contract(paper).contract
    assert contract_from_yaml(contract_to_yaml(contract)) == contract
