"""What is no customer-service contract gets one sentence; what is one is never turned away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pactdesk.cli.app import main
from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.other_papers import (
    NoContract,
    OtherContract,
    OtherLanguage,
    refuse_other_papers,
)
from pactdesk.documents.source import SourceText, read_source, source_from

CONTRACTS = Path(__file__).parent / "contracts"
SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
OURS = [
    *sorted(CONTRACTS.glob("build/*.txt")),
    *sorted(CONTRACTS.glob("measure/*.txt")),
    *sorted(SEEDS.glob("*.txt")),
]


def source_of(text: str) -> SourceText:
    return source_from(Extracted(text), name="paper.txt", kind="txt", sha256="0" * 64)


@pytest.mark.parametrize("paper", OURS, ids=lambda paper: f"{paper.parent.name}-{paper.stem[:3]}")
def test_a_service_contract_is_never_turned_away(paper: Path) -> None:
    refuse_other_papers(read_source(paper))


@pytest.mark.parametrize(
    "paper", sorted(CONTRACTS.glob("others/*.txt")), ids=lambda paper: paper.stem
)
def test_another_paper_is_refused(paper: Path) -> None:
    with pytest.raises((OtherContract, OtherLanguage, NoContract)):
        refuse_other_papers(read_source(paper))


@pytest.mark.parametrize("options", [[], ["--json"], ["--summary"]])
def test_a_lease_is_told_to_be_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str]
) -> None:
    file = tmp_path / "lease.txt"
    words = "出租方（甲方）：甲公司\n承租方（乙方）：乙公司\n甲方出租商铺，乙方按月支付租金。"
    file.write_text("商铺租赁合同\n" + words + "双方约定租赁期限一年。", "utf-8")
    assert main(["read", str(file), *options]) != 0
    told = capsys.readouterr().err
    assert "商铺租赁合同" in told
    assert "租金" in told


def test_a_text_in_another_language_is_refused() -> None:
    with pytest.raises(OtherLanguage):
        refuse_other_papers(source_of("This Agreement is made between Party A and Party B. " * 9))


def test_a_shopping_list_is_no_contract() -> None:
    with pytest.raises(NoContract):
        refuse_other_papers(source_of("牛奶、鸡蛋、面包，晚上回家前买好。"))


def test_reading_needs_no_django() -> None:
    paper = next(iter(sorted(CONTRACTS.glob("build/*.txt"))))
    script = (
        "import sys; from pactdesk.cli.app import main; "
        f"code = main(['read', {str(paper)!r}, '--summary']); "
        "sys.exit(code or int('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
