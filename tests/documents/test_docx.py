"""Word files: automatic numbers made visible, two texts in one refused."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.errors import PactError
from pactdesk.documents.errors import (
    ArchiveTooLarge,
    EncryptedFile,
    EntitiesInside,
    FileEmpty,
    MacrosInside,
    NotADocument,
    OldWordFile,
    TrackedChanges,
)
from pactdesk.documents.formats import archive
from pactdesk.documents.formats.docx import docx_text
from pactdesk.documents.formats.number_formats import formatted
from pactdesk.documents.numerals import ordinal
from pactdesk.documents.outline import outline_of
from pactdesk.documents.source import read_source
from pactdesk.messages.catalogue import say

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def package(body: str, *, namespace: str = W, **parts: str) -> bytes:
    """A .docx with `body` inside w:body; other parts by name, `numbering=` and so on."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/'
            f'markup-compatibility/2006"><w:body>{body}</w:body></w:document>',
        )
        for name, content in parts.items():
            root = {"numbering": "numbering", "styles": "styles", "comments": "comments"}[name]
            file.writestr(
                f"word/{name}.xml", f'<w:{root} xmlns:w="{namespace}">{content}</w:{root}>'
            )
    return out.getvalue()


def text_of(content: bytes) -> str:
    return docx_text(content, file="合同.docx", view=None).text


def paragraph(words: str, level: int | None = None, list_id: int = 1, style: str = "") -> str:
    number = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        if level is not None
        else ""
    )
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{number}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def level(depth: int, style: str, text: str, *, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(
    *levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


CONTRACT_LEVELS = (
    level(0, "chineseCounting", "第%1条"),
    level(1, "decimal", "%1.%2", more="<w:isLgl/>"),
    level(2, "decimal", "(%3)"),
    level(3, "ideographTraditional", "%4、"),
)


def test_chinese_and_decimal_numbers_are_written_out() -> None:
    body = "".join(
        [
            paragraph("服务内容", 0),
            paragraph("乙方提供客服服务。", 1),
            paragraph("电话", 2),
            paragraph("在线", 2),
            paragraph("甲方配合。", 1),
            paragraph("服务费用", 0),
            paragraph("每月结算。", 1),
            paragraph("结算单", 2),
            paragraph("发票", 3),
        ]
    )
    assert text_of(package(body, numbering=numbering(*CONTRACT_LEVELS))).splitlines() == [
        "第一条 服务内容",
        "1.1 乙方提供客服服务。",
        "(1) 电话",
        "(2) 在线",
        "1.2 甲方配合。",
        "第二条 服务费用",
        "2.1 每月结算。",
        "(1) 结算单",
        "甲、 发票",
    ]


def test_a_numbered_word_file_has_the_outline_that_one_sees(tmp_path: Path) -> None:
    body = paragraph("服务内容", 0) + paragraph("乙方提供服务。", 1) + paragraph("费用", 0)
    file = tmp_path / "a.docx"
    file.write_bytes(package(body, numbering=numbering(*CONTRACT_LEVELS)))
    source = read_source(file)
    assert [c.number for c in outline_of(source)] == ["第一条", "1.1", "第二条"]
    assert source.kind == "docx"


def test_a_list_may_start_elsewhere_and_another_list_may_begin_again() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    lists = numbering(level(0, "decimal", "%1.", start=5), nums=nums)
    body = "".join(
        paragraph(words, 0, list_id)
        for words, list_id in [("甲", 1), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 3)]
    )
    assert text_of(package(body, numbering=lists)).splitlines() == [
        "5. 甲", "6. 乙", "1. 丙", "2. 丁", "3. 戊",
    ]  # fmt: skip


def test_numbers_come_through_styles_and_what_they_are_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Article"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Long"><w:basedOn w:val="Article"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    lists = numbering(
        level(0, "chineseCountingThousand", "%1、", more='<w:pStyle w:val="Article"/>'),
        level(1, "decimal", "%2.", more='<w:pStyle w:val="Sub"/>'),
    )
    body = (
        paragraph("目的", style="Article")
        + paragraph("期限", style="Long")
        + paragraph("一年", style="Sub")
        + '<w:p><w:pPr><w:pStyle w:val="Article"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
        "<w:r><w:t>无编号</w:t></w:r></w:p>"
    )
    assert text_of(package(body, numbering=lists, styles=styles)).splitlines() == [
        "一、 目的", "二、 期限", "1. 一年", "无编号",
    ]  # fmt: skip


def test_a_table_is_read_row_by_row() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>" + cell * 2 + "</w:tr>"
    table = f"<w:tbl>{row.format('岗位', '单价')}{row.format('客服', '38元')}</w:tbl>"
    assert text_of(package(paragraph("附表") + table)) == "附表\n岗位\t单价\n客服\t38元\n"


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>盖章处</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>签署页</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(package(body)) == "签署页\n盖章处\n"


def test_breaks_tabs_and_fields_are_what_one_sees() -> None:
    body = (
        "<w:p><w:r><w:t>甲方</w:t><w:tab/><w:t>乙方</w:t><w:br/><w:t>盖章</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>"
    )
    assert text_of(package(body)) == "甲方\t乙方\n盖章\n"


def test_the_strict_variant_of_the_format_is_read_too() -> None:
    assert text_of(package(paragraph("第一条"), namespace=STRICT)) == "第一条\n"


CHANGED = (
    "<w:p><w:r><w:t>每月</w:t></w:r><w:del><w:r><w:delText>1000元</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>800元</w:t></w:r></w:ins></w:p>"
)


def test_tracked_changes_are_refused_with_their_first_words() -> None:
    with pytest.raises(TrackedChanges) as refusal:
        text_of(package(CHANGED))
    assert refusal.value.facts == {"file": "合同.docx", "count": 2, "first": "1000元"}
    assert "1000元" in say(refusal.value, "zh")


def test_either_side_of_the_changes_can_be_chosen() -> None:
    content = package(CHANGED)
    assert docx_text(content, file="a", view="accepted").text == "每月800元\n"
    assert docx_text(content, file="a", view="original").text == "每月1000元\n"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲方应</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>付款。</w:t></w:r></w:p>"
    )
    assert docx_text(package(body), file="a", view="accepted").text == "甲方应付款。\n"
    assert docx_text(package(body), file="a", view="original").text == "甲方应\n付款。\n"


def test_comments_are_counted_and_not_read() -> None:
    comment = "<w:comment><w:p><w:r><w:t>太贵</w:t></w:r></w:p></w:comment>"
    found = docx_text(package(paragraph("费用"), comments=comment * 2), file="a", view=None)
    assert (found.text, found.comments) == ("费用\n", 2)


UNDERLINED = '<w:r><w:rPr><w:u w:val="{}"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        (UNDERLINED.format("single", "          "), "甲方：__________\n"),
        (UNDERLINED.format("single", " "), "甲方：____\n"),
        (UNDERLINED.format("none", "  "), "甲方：  \n"),
        (UNDERLINED.format("single", "宁波甲公司"), "甲方：宁波甲公司\n"),
        ('<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>', "甲方：____\n"),
    ],
)
def test_an_underlined_space_is_a_place_to_write_in(run: str, shown: str) -> None:
    assert text_of(package(f"<w:p><w:r><w:t>甲方：</w:t></w:r>{run}</w:p>")) == shown


def test_a_number_in_the_page_header_is_the_contracts_and_notes_stand_behind() -> None:
    header = (
        f'<w:hdr xmlns:w="{W}">{paragraph("内部资料")}{paragraph("合同编号：QH-2026-04")}</w:hdr>'
    )
    rule = '<w:footnote w:type="separator"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnote>{paragraph('税率以开票时为准。')}</w:footnote>"
    out = io.BytesIO(package(paragraph("第一条 费用")))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("word/header1.xml", header)
        file.writestr("word/header2.xml", header)
        file.writestr(
            "word/footnotes.xml", f'<w:footnotes xmlns:w="{W}">{rule}{notes}</w:footnotes>'
        )
    assert text_of(out.getvalue()) == "合同编号：QH-2026-04\n第一条 费用\n税率以开票时为准。\n"


def test_a_file_written_by_a_word_library_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("客服外包合同", 0)
    document.add_paragraph("甲方应按月付款。")
    for words in ("电话", "在线"):
        document.add_paragraph(words, style="List Number")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "单价", "38元"
    document.sections[0].header.paragraphs[0].text = "机密"
    document.save(str(tmp_path / "a.docx"))
    assert read_source(tmp_path / "a.docx").text.splitlines() == [
        "客服外包合同", "甲方应按月付款。", "1. 电话", "2. 在线", "单价\t38元",
    ]  # fmt: skip


def with_part(name: str, content: bytes) -> bytes:
    out = io.BytesIO(package(paragraph("合同")))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(name, content)
    return out.getvalue()


def document_xml(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", content)
    return out.getvalue()


def encrypted_zip() -> bytes:
    content = bytearray(package(paragraph("合同")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


LAUGHS = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (archive.OLE + b"\0" * 600, OldWordFile),
        (archive.OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
        (b"PK\x03\x04broken", NotADocument),
        (with_part("word/vbaProject.bin", b"x"), MacrosInside),
        (document_xml(LAUGHS), EntitiesInside),
        (document_xml(LAUGHS.decode().encode("utf-16")), EntitiesInside),
        (document_xml(b"<w:document"), NotADocument),
        (document_xml(b"<d/>"), NotADocument),
        (encrypted_zip(), EncryptedFile),
        (package(""), FileEmpty),
    ],
)
def test_a_file_that_is_not_safe_or_not_whole_gets_one_sentence(
    tmp_path: Path, content: bytes, refusal: type[PactError]
) -> None:
    file = tmp_path / "对方发来的.docx"
    file.write_bytes(content)
    with pytest.raises(refusal) as raised:
        read_source(file)
    for language in ("zh", "en"):
        assert "对方发来的.docx" in say(raised.value, language)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_LIMIT", 1000)
    with pytest.raises(ArchiveTooLarge):
        text_of(with_part("word/media/huge.bin", b"\0" * 5000))


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_a_damaged_file_never_breaks_the_reader(noise: bytes, at: int) -> None:
    content = package(paragraph("合同"), numbering=numbering(*CONTRACT_LEVELS))
    place = at % len(content)
    damaged = content[:place] + noise + content[place + len(noise) :]
    with contextlib.suppress(PactError):
        text_of(damaged)


def test_a_file_nested_without_end_is_no_document() -> None:
    deep = "<w:sdt>" * 3000 + "</w:sdt>" * 3000
    with pytest.raises(NotADocument):
        text_of(package(deep))


@given(st.integers(1, 999), st.sampled_from(["decimal", "chineseCounting"]))
def test_numbers_written_as_word_does_are_read_back(number: int, style: str) -> None:
    assert ordinal(formatted(number, style)) == number


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 1, "子"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 9, "IX"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("chineseLegalSimplified", 12, "拾贰"),
        ("none", 3, ""),
        ("someFutureFormat", 7, "7"),
    ],
)
def test_each_number_format_looks_as_in_word(style: str, number: int, shown: str) -> None:
    assert formatted(number, style) == shown
