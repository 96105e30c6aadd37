"""Files of every kind and encoding to text, and clear sentences for those that cannot be read."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.errors import PactError
from pactdesk.documents.errors import (
    EncodingUnknown,
    FileEmpty,
    FileMissing,
    FileTooLarge,
    FileUnreadable,
    NotADocument,
)
from pactdesk.documents.formats.plain import decoded
from pactdesk.documents.noise import without_noise
from pactdesk.documents.source import read_source
from pactdesk.documents.truncation import is_truncated
from pactdesk.messages.catalogue import say

SIMPLIFIED = "第一条 服务内容\n甲方应按月支付服务费用，乙方应提供客服服务。\n"
TRADITIONAL = "第一條 服務內容\n甲方應按月支付服務費用，乙方應提供客服服務。\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (SIMPLIFIED.encode(), SIMPLIFIED),
        (codecs.BOM_UTF8 + SIMPLIFIED.encode(), SIMPLIFIED),
        (SIMPLIFIED.encode("gb18030"), SIMPLIFIED),
        (TRADITIONAL.encode("big5"), TRADITIONAL),
        (TRADITIONAL.encode("gb18030"), TRADITIONAL),
        (SIMPLIFIED.encode("utf-16"), SIMPLIFIED),
        (SIMPLIFIED.encode("utf-16-le"), SIMPLIFIED),
        (codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be"), SIMPLIFIED),
        (SIMPLIFIED.replace("\n", "\r\n").encode(), SIMPLIFIED.replace("\n", "\r\n")),
    ],
)
def test_the_encodings_of_chinese_offices_are_recognised(content: bytes, text: str) -> None:
    assert decoded(content, file="a.txt") == text


@given(st.text("甲乙双方应按约定支付服务费用，。的一0123456789\n", min_size=4, max_size=80))
def test_a_text_in_gb18030_comes_back_whole(text: str) -> None:
    content = (text + SIMPLIFIED).encode("gb18030")
    assert decoded(content, file="a.txt") == text + SIMPLIFIED


@pytest.mark.parametrize("content", [bytes(range(128, 256)) * 3, b"\xff\xff\xff", b"\x00\x01\x02"])
def test_bytes_that_are_no_text_are_refused_with_the_encodings_tried(content: bytes) -> None:
    with pytest.raises(EncodingUnknown) as refusal:
        decoded(content, file="a.txt")
    assert "GB18030" in say(refusal.value, "zh")


@pytest.mark.requirement("T1")
def test_a_quote_leads_back_to_the_file(tmp_path: Path) -> None:
    raw = "一、服務(wù)費(fèi)\n甲方應(yīng)於每月５日前支付。\n"
    file = tmp_path / "a.txt"
    file.write_text(raw, encoding="utf-8")
    source = read_source(file)
    start = source.text.index("甲方应于每月5日前")
    assert source.quote(start, start + 9) == "甲方应于每月5日前"
    assert source.original_quote(start, start + 9) == "甲方應(yīng)於每月５日前"
    assert source.language == "zh-Hant"
    assert source.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (source.name, source.kind) == ("a.txt", "txt")


def test_markdown_and_html_are_text_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 合同\n1. 付款", encoding="utf-8")
    page = '<meta charset="gbk"><style>p{}</style><p>第一条 付款</p><p>甲方&nbsp;付款。</p>'
    (tmp_path / "a.html").write_bytes(page.encode("gbk"))
    assert read_source(tmp_path / "a.md").kind == "md"
    assert read_source(tmp_path / "a.html").text == "第一条 付款\n甲方 付款。\n"


def test_what_a_page_draws_as_open_stays_open(tmp_path: Path) -> None:
    page = (
        "<p>甲方：<u>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;</u></p><pre>乙方：     \n  地址：  </pre>"
        "<p>编号（&nbsp;&nbsp;&nbsp;&nbsp;）</p><p>一 \n 二</p>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert read_source(tmp_path / "a.html").original.splitlines() == [
        "甲方：_____", "乙方：     ", "  地址：  ", "编号（\xa0\xa0\xa0\xa0）", "一 二",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("空.txt", b"", FileEmpty),
        ("空白.txt", b" \n ", FileEmpty),
        ("图.png", b"\x89PNG\r\n\x1a\n", NotADocument),
        ("坏.pdf", b"no pdf at all", NotADocument),
        ("坏头.pdf", b"%PDF-1.7\nnothing", NotADocument),
        ("坏.docx", b"plain words", NotADocument),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes, refusal: type[PactError]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(refusal) as raised:
        read_source(tmp_path / name)
    for language in ("zh", "en"):
        assert name in say(raised.value, language)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_source(tmp_path / "无.txt")
    with pytest.raises(FileUnreadable):
        read_source(tmp_path)


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as huge:
        huge.truncate(65 * 1024 * 1024)
    with pytest.raises(FileTooLarge):
        read_source(file)


PORTAL = """下载本文档
版权说明:本文档由用户提供并上传
文档简介
客服合同
一、付款
甲方每月付款。
—— 第 1 页 ——   本站仅提供存储空间，侵权请联系 a@b.example
二、期限
期限一年。
【猜你喜欢】装修合同范本
评论(0)  发表评论
温馨提示
- 1. 物业租赁合同
电话400-050-0827 9:00-18:30
"""


@pytest.mark.requirement("T3")
def test_the_portal_is_cut_away_and_logged() -> None:
    layer = without_noise(PORTAL)
    assert layer.text == "客服合同\n一、付款\n甲方每月付款。\n二、期限\n期限一年。\n"
    assert "".join(cut.text for cut in layer.removed).count("400-050-0827") == 1
    assert {cut.rule for cut in layer.removed} >= {"portal head", "page caption", "portal tail"}


@pytest.mark.requirement("T3")
@pytest.mark.parametrize(
    "line",
    [
        "一、评论与投诉的处理",
        "甲方可在网站下载服务报告。",
        "乙方提供24小时热线400-123-4567。",
        "第1页所列价格为准。",
        "相关文档由乙方保管。",
        "满意度以★为单位评定",
        "附件:客服报价单.docx",
        "广告投放由甲方负责",
    ],
)
def test_lines_of_a_contract_that_only_resemble_noise_stay(line: str) -> None:
    text = f"客服合同\n一、服务\n甲方付款。\n{line}\n二、期限\n期限一年。\n"
    assert without_noise(text).text == text


@pytest.mark.requirement("T6")
@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("一、付款\n甲方应当", True),
        ("一、付款\n甲方付款。二、保密1.甲方保密。2.", True),
        ("一、付款\n甲方付款。", False),
        ("一、付款\n甲方付款。\n甲方(盖章): 乙方(盖章):\n签订日期:____年____月____日", False),
        ("一、付款\n甲方付款。\n附件:\n1.价目表\n2.流程图", False),
        ("一、付款\n甲方付款。\n附件:①服务制度 ②作业流程", False),
        ("一、付款\n甲方付款。\n附件:服务内容说明、费用明细表", False),
        ("", False),
    ],
)
def test_a_text_that_breaks_off_is_told(text: str, broken: bool) -> None:
    assert is_truncated(text) is broken
