"""On labelled contracts: no error on a clean one, and the errors of a contradictory one found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.terms.findings import Severity
from pactdesk.documents.finding_words import codes
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import read_source
from tests.documents.defects.test_codes import CASES, FIRMS, source
from tests.support.laws import cases

ROOT = Path(__file__).resolve().parents[3]
LABELLED = sorted(
    file
    for folder in (
        ROOT / "tests/documents/contracts/build",
        ROOT.parent / "shared" / "reading",
    )
    for file in folder.glob("*.gold.json")
)
LEAST_F1 = 0.9


def errors(label: Path) -> set[str]:
    paper = label.with_name(label.name.replace(".gold.json", ".txt"))
    findings = read_contract(read_source(paper)).findings
    return {f.code for f in findings if f.severity is Severity.ERROR}


def told(label: Path) -> set[str]:
    return set(json.loads(label.read_text("utf-8"))["contradictions"])


@pytest.mark.parametrize(
    "label", [f for f in LABELLED if not told(f)], ids=lambda f: f.name.partition(".")[0]
)
def test_a_clean_contract_has_no_error(label: Path) -> None:
    assert errors(label) == set()


def test_the_contradictions_of_the_labelled_are_found() -> None:
    pairs = [(told(label), errors(label)) for label in LABELLED if told(label)]
    hits = sum(len(wanted & found) for wanted, found in pairs)
    wrong = sum(len(wanted ^ found) for wanted, found in pairs)
    assert 2 * hits / (2 * hits + wrong) >= LEAST_F1


def test_labels_use_the_codes_of_the_catalogue() -> None:
    assert {code for label in LABELLED for code in told(label)} <= set(codes())


WORDS = sorted(
    {piece for case in CASES for piece in (*case.bad.split("，"), *case.good.split("。"))}
)


@settings(max_examples=cases(60), deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS)
        | st.text("一二三十百零年月日第条元%（）()_[]，。\n0-9", max_size=12),
        max_size=12,
    )
)
def test_no_text_is_too_odd_for_the_linter(parts: list[str]) -> None:
    paper = source(FIRMS + "，".join(parts))
    for finding in read_contract(paper).findings:
        assert finding.code in codes()
        for quote in finding.quotes:
            assert quote.quote == paper.quote(quote.start, quote.end)
