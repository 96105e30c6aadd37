"""Each code of the catalogue: a text that has the defect, and a close one that has it not."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from pactdesk.core.terms.findings import Severity
from pactdesk.core.terms.text import plain_yaml
from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import SourceText, source_from
from pactdesk.messages.catalogue import catalogue

_FILE = Path(__file__).with_name("cases.yaml")
_PLAIN = plain_yaml(_FILE.read_text("utf-8"), _FILE.name)
FIRMS: str = _PLAIN["heads"]["firms"]

OF_TERMS = {
    "AMENDMENT_BACKDATED",
    "AMENDMENT_JUDGING_OPEN",
    "CAP_EXCEEDED",
    "DEDUCTIONS_UNCAPPED",
    "DEDUCTION_WITHOUT_BREACHES",
    "DEDUCTION_WITHOUT_LEVEL",
    "FEES_TOGETHER",
    "FEE_CONFLICT",
    "REFERENCE_UNKNOWN",
    "SHARE_OUT_OF_RANGE",
    "TIERS_DISORDERED",
    "UNITS_UNPRICED",
    "VOLUME_CLIFF",
    "WORSE_IS_CHEAPER",
}
"""Slips that hardly a paper makes but a terms file does; tests/core/terms/rules has them."""

ADVICE = {"PIPL21_MISSING", "PENALTY_EXCESSIVE"}
"""The good text may still get a note or a warning, never an error."""


@dataclass(frozen=True)
class Case:
    """`bad` has the defect, `good` is close to it and has not."""

    code: str
    bad: str
    good: str


CASES = [
    Case(each["code"], head + each["bad"], head + each["good"])
    for each in _PLAIN["cases"]
    for head in [_PLAIN["heads"][each["head"]]]
]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)


def source(text: str) -> SourceText:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return source_from(Extracted(text), name="p.txt", kind="txt", sha256=sha256)


def severities(text: str, code: str) -> list[Severity]:
    return [f.severity for f in read_contract(source(text)).findings if f.code == code]


@each_case
def test_a_defect_is_found(case: Case) -> None:
    assert severities(case.bad, case.code)


@each_case
def test_a_close_text_is_left_alone(case: Case) -> None:
    found = severities(case.good, case.code)
    assert Severity.ERROR not in found
    if case.code not in ADVICE:
        assert not found


@each_case
def test_a_quote_is_the_text_of_its_place(case: Case) -> None:
    paper = source(case.bad)
    findings = [f for f in read_contract(paper).findings if f.code == case.code]
    assert findings[0].quotes
    for quote in findings[0].quotes:
        assert quote.quote == paper.quote(quote.start, quote.end)
        assert quote.quote.strip()


def test_every_code_has_its_case() -> None:
    codes = {re.split(r"\.", key)[0] for key in catalogue("zh")["findings"]}
    assert codes - OF_TERMS == {case.code for case in CASES}


def test_between_firms_what_protects_workers_is_not_asked() -> None:
    text = (
        f"{FIRMS}第二条 其他\n2.1 乙方缴纳履约保证金5,000元。\n"
        "2.2 试用期一个月。\n2.3 每周服务不少于40小时。"
    )
    codes = {f.code for f in read_contract(source(text)).findings}
    assert not codes & {"DEPOSIT_FROM_WORKER", "PARTTIME_PROBATION", "PARTTIME_OVER_24H"}
