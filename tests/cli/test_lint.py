"""`pactdesk lint`: explains its codes, keeps acceptances, writes the open points, exit codes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pactdesk.core.terms.text import contract_from_yaml

Run = Callable[..., Any]
PAPER = """客服外包服务合同
甲方（委托方）：宁波甲有限公司
乙方（服务商）：湖州乙有限公司
第一条 服务
1.1 乙方向甲方提供在线客服服务，<b>双方</b>应当|配合。
第二条 付款
2.1 甲方逾期付款的，每日按未付金额的千分之五支付违约金。
2.2 甲方收到发票后90日内支付服务费人民币20000元。
"""


@pytest.fixture
def terms(run: Run, tmp_path: Path) -> Path:
    paper = tmp_path / "paper.txt"
    paper.write_text(PAPER, "utf-8")
    file = tmp_path / "terms.yaml"
    assert run("read", paper, "-o", file).code == 0
    return file


def errors(run: Run, *arguments: str | Path) -> list[str]:
    found = json.loads(run("lint", *arguments, "--json").out)
    return sorted(f["code"] for f in found if f["severity"] == "error" and not f["accepted"])


def accept(run: Run, file: Path, code: str, *more: str | Path) -> Any:
    reason = "双方知悉并同意"
    return run("lint", file, "--accept", code, "--reason", reason, "--by", "沈知夏", *more)


def test_an_error_stands_until_it_is_accepted_with_a_reason(run: Run, terms: Path) -> None:
    assert run("lint", terms).code == 1
    for code in errors(run, terms):
        assert accept(run, terms, code).code in (0, 1)
    assert run("lint", terms).code == 0
    assert errors(run, terms) == []
    kept = contract_from_yaml(terms.read_text("utf-8")).accepted
    assert {each.reason for each in kept} == {"双方知悉并同意"}
    assert "双方知悉并同意" in run("lint", terms).out


def test_an_acceptance_is_of_one_clause_where_one_is_named(run: Run, terms: Path) -> None:
    assert accept(run, terms, "PENALTY_EXCESSIVE", "--clause", "9.9").code == 2
    accept(run, terms, "PENALTY_EXCESSIVE", "--clause", "2.1")
    assert "PENALTY_EXCESSIVE" not in errors(run, terms)


def test_accepting_twice_keeps_one(run: Run, terms: Path) -> None:
    accept(run, terms, "PENALTY_EXCESSIVE")
    accept(run, terms, "PENALTY_EXCESSIVE")
    assert len(contract_from_yaml(terms.read_text("utf-8")).accepted) == 1


def test_no_reason_no_acceptance(run: Run, terms: Path) -> None:
    before = terms.read_text("utf-8")
    told = run("lint", terms, "--accept", "PENALTY_EXCESSIVE", "--reason", "  ")
    assert (told.code, "--reason" in told.err) == (2, True)
    assert terms.read_text("utf-8") == before


def test_a_paper_is_never_written_to_but_its_terms_keep_the_record(run: Run, terms: Path) -> None:
    paper = terms.with_name("paper.txt")
    assert accept(run, paper, "PENALTY_EXCESSIVE").code == 2
    accept(run, paper, "PENALTY_EXCESSIVE", "--record", terms)
    assert paper.read_text("utf-8") == PAPER
    assert "PENALTY_EXCESSIVE" in errors(run, paper)
    assert "PENALTY_EXCESSIVE" not in errors(run, paper, "--record", terms)


def test_a_code_explains_itself_without_a_file(run: Run) -> None:
    shown = run("lint", "--explain", "arb_then_lit")
    assert shown.code == 0
    assert "仲裁法" in shown.out
    assert json.loads(run("lint", "--explain", "ARB_THEN_LIT", "--json").out)["laws"]
    assert run("lint", "--explain", "NONSENSE").code == 2
    assert run("lint").code == 2


def test_the_open_points_are_written_to_be_signed(run: Run, terms: Path) -> None:
    for ending in ("pdf", "docx", "md"):
        run("lint", terms, "--points", terms.with_name(f"points.{ending}"))
    text = terms.with_name("points.md").read_text("utf-8")
    for words in ("结算口径确认书", "金额取整", "违约金可能过高", "签字", "宁波甲有限公司"):
        assert words in text
    assert terms.with_name("points.pdf").read_bytes().startswith(b"%PDF-")
    parts = zipfile.ZipFile(BytesIO(terms.with_name("points.docx").read_bytes()))
    shown = "".join(ElementTree.fromstring(parts.read("word/document.xml")).itertext())  # noqa: S314
    assert "结算口径确认书" in shown
    assert run("lint", terms, "--points", terms.with_name("points.odt")).code == 2


def test_the_same_points_are_the_same_file(run: Run, terms: Path) -> None:
    made = []
    for name in ("one", "two"):
        for ending in ("pdf", "docx"):
            run("lint", terms, "--points", terms.with_name(f"{name}.{ending}"))
        made.append([terms.with_name(f"{name}.{e}").read_bytes() for e in ("pdf", "docx")])
    assert made[0] == made[1]


def test_what_was_accepted_is_no_open_point(run: Run, terms: Path) -> None:
    accept(run, terms, "PENALTY_EXCESSIVE")
    run("lint", terms, "--points", terms.with_name("points.md"))
    assert "违约金可能过高" not in terms.with_name("points.md").read_text("utf-8")
