"""The real sample contracts, noise and all, when they lie beside the repository."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from pactdesk.documents.outline import contents_of, outline_of
from pactdesk.documents.source import SourceText, read_source

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
PORTAL_WORDS = re.compile(
    "400-050-0827|9:00-18:30|下载|版权说明|温馨提示|最新文档|相关文档|评论|0/150|文档简介|查看更多"
    "|VIP|COVER|RESUME|PERSONAL|人人文库|原创力|装修|物业|施工|已阅读|_第"
)


class Expected(NamedTuple):
    """Counted by hand in the file: numbered clauses, contents entries, damaged places."""

    clauses: int
    contents: int
    repairs: int
    truncated: bool
    language: str
    opening: str


SEEDS = {
    "000": Expected(124, 0, 5, False, "zh-Hant", "临时客服支持协调员合同编号"),
    "001": Expected(35, 0, 0, True, "zh-Hans", "客服服务协议权利义务\n\n甲方"),
    "002": Expected(61, 0, 0, True, "zh-Hans", "客户服务管理办法合同编号"),
    "003": Expected(54, 0, 0, True, "zh-Hans", "电商客服兼职服务协议合同编号"),
    "004": Expected(154, 56, 6, True, "zh-Hant", "2024年版湖州电商客服系统外包服务合同本合同目录"),
}
FILES = {path.name[:3]: path for path in sorted((SHARED / "seeds").glob("*.txt"))}
READING = sorted((SHARED / "reading").glob("*.txt"))

# Without the samples nothing of this module is collected.
if FILES:
    each_seed = pytest.mark.parametrize("name", sorted(FILES))

    @pytest.fixture(scope="module")
    def sources() -> dict[str, SourceText]:
        return {name: read_source(path) for name, path in FILES.items()}

    @each_seed
    @pytest.mark.requirement("T3")
    def test_no_word_of_the_portal_is_left(name: str, sources: dict[str, SourceText]) -> None:
        source = sources[name]
        assert not PORTAL_WORDS.search(source.text)
        assert source.text.strip().startswith(SEEDS[name].opening)
        assert source.removed

    @each_seed
    @pytest.mark.requirement("T1", "T2")
    def test_every_character_is_readable(name: str, sources: dict[str, SourceText]) -> None:
        source = sources[name]
        assert not re.search("[\ue000-\uf8ff?\ufffdа-яāáǎàēéěèīíǐìōóǒòūúǔù]", source.text)
        assert source.unreadable == ()
        assert len(source.repairs) == SEEDS[name].repairs
        assert source.language == SEEDS[name].language

    @each_seed
    @pytest.mark.requirement("T4")
    def test_each_numbered_clause_is_found(name: str, sources: dict[str, SourceText]) -> None:
        outline = outline_of(sources[name])
        assert sum(bool(clause.label) for clause in outline) == SEEDS[name].clauses
        assert len(contents_of(sources[name])) == SEEDS[name].contents
        assert len({clause.number for clause in outline}) == len(outline)

    @each_seed
    def test_quotes_are_true(name: str, sources: dict[str, SourceText]) -> None:
        source = sources[name]
        raw = FILES[name].read_text(encoding="utf-8")
        for clause in outline_of(source):
            quote = source.quote(clause.start, clause.end)
            assert quote == source.text[clause.start : clause.end]
            assert quote.startswith(clause.label)
            assert source.original_quote(clause.start, clause.end) in raw
        for repair in source.repairs:
            assert raw[repair.start : repair.end] == repair.was

    @each_seed
    @pytest.mark.requirement("T6")
    def test_a_text_that_breaks_off_is_flagged(name: str, sources: dict[str, SourceText]) -> None:
        assert sources[name].truncated is SEEDS[name].truncated

    @pytest.mark.requirement("T2")
    def test_the_damaged_sentences_read_as_they_were_meant(
        sources: dict[str, SourceText],
    ) -> None:
        for name, words in [
            ("000", "如因甲方原因导致合同解除,甲方应按照合同约定支付乙方相应的赔偿金"),
            ("000", "可采取以下争议解决方式"),
            ("004", "确保客服系统正常运行,提升系统性能"),
            ("004", "确保客户能够正确使用客服系统"),
            ("004", "确保客户的数据不受损失和泄露"),
            ("004", "确保客服人员具备丰富的专业知识"),
            ("004", "采取适当的保密措施,确保保密信息不被泄露"),
        ]:
            assert words in sources[name].text

    @pytest.mark.requirement("T4")
    def test_both_parts_of_the_outsourcing_contract_keep_their_numbers(
        sources: dict[str, SourceText],
    ) -> None:
        source = sources["004"]
        texts = {c.number: source.quote(c.start, c.end) for c in outline_of(source)}
        assert texts["3.4.2"].startswith("3.4.2如服务提供商在考核周期内的服务质量连续多次未达到")
        assert texts["第二部分/3.1"].startswith("3.1第三方对甲乙方的责任限额")
        assert texts["第八条"] == "第八条:保密条款"
        assert "第三部分/说明二/违约责任认定标准/3" in texts


if READING:

    @pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
    @pytest.mark.requirement("T3")
    def test_the_reading_examples_lose_noise_only(path: Path) -> None:
        source = read_source(path)
        assert not re.search("星球|VIP|广告|猜你喜欢|评论|浏览|积分|example", source.text)
        assert not source.truncated
        for cut in source.removed:
            assert not re.search("甲方|乙方|第.条", cut.text)
