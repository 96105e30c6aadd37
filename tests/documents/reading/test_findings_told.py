"""Every finding that can be made has its sentences, in both languages, with what they need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pactdesk.core.terms.findings import Finding
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import read_source
from pactdesk.messages.catalogue import LANGUAGES, catalogue, placeholders

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("src/pactdesk/core/terms/rules", "src/pactdesk/documents/defects")
PARTS = ("title", "why", "law", "suggestion", "decides")
CODE = re.compile(r'"([A-Z][A-Z0-9]*_[A-Z0-9_]+|TRUNCATED)"')
CODES = sorted(
    {
        code
        for folder in FOLDERS
        for file in (ROOT / folder).glob("*.py")
        for code in CODE.findall(file.read_text("utf-8"))
    }
)
PAPERS = [
    ROOT / "src/pactdesk/samples/outsourcing.docx",
    *sorted((ROOT.parent / "shared" / "seeds").glob("*.txt")),
    *sorted((ROOT.parent / "shared" / "reading").glob("*.txt")),
]


def findings_of(paper: Path) -> tuple[Finding, ...]:
    return read_contract(read_source(paper)).findings


@pytest.mark.parametrize("code", CODES)
def test_a_finding_has_its_sentences(code: str) -> None:
    for language in LANGUAGES:
        told = catalogue(language)["findings"]
        for part in PARTS:
            assert told.get(f"{code}.{part}", "").strip(), (language, code, part)


def test_no_sentence_is_without_its_finding() -> None:
    for language in LANGUAGES:
        told = {key.split(".")[0] for key in catalogue(language)["findings"]}
        assert told == set(CODES)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_a_finding_brings_what_its_sentences_need(paper: Path) -> None:
    for finding in findings_of(paper):
        for language in LANGUAGES:
            told = catalogue(language)["findings"]
            for part in PARTS:
                assert placeholders(told[f"{finding.code}.{part}"]) <= set(finding.facts)
