"""Clean text from a text that a portal, an encoding or an input method has touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.documents.formats.extracted import Extracted
from pactdesk.documents.normalise.characters import composed, plain
from pactdesk.documents.normalise.contract_words import SINGLE
from pactdesk.documents.normalise.gloss import readings_in, without_glosses
from pactdesk.documents.normalise.halfwidth import half_width
from pactdesk.documents.normalise.phase import in_phase
from pactdesk.documents.normalise.pipeline import normalised
from pactdesk.documents.normalise.simplified import script_of, simplified
from pactdesk.documents.offsets import Span

SYLLABLES = ["wù", "kāi", "tǒng", "nǚ", "zhuàng", "ér", "é", "lüè", "yīng", "qū"]
WORDS = "甲方乙方應按約定支付服務費用確保客戶數據安全合同解除違約責任____年月日"
NO_READINGS: dict[str, frozenset[str]] = {}


@st.composite
def glossed(draw: st.DrawFn) -> tuple[str, str, list[int]]:
    """A clean text, the same with glosses, and where each clean character stands in it."""
    clean = draw(st.text(WORDS, min_size=1, max_size=40))
    dirty, places = "", []
    for character in clean:
        places.append(len(dirty))
        dirty += character
        if draw(st.booleans()):
            dirty += f"({draw(st.sampled_from(SYLLABLES))})"
    return clean, dirty, places


@given(glossed())
@pytest.mark.requirement("T1")
def test_glosses_go_and_every_character_keeps_its_place(
    sample: tuple[str, str, list[int]],
) -> None:
    clean, dirty, places = sample
    layer = without_glosses(dirty)
    assert layer.text == clean
    for position, place in enumerate(places):
        assert layer.offsets.span(position, position + 1) == (place, place + 1)


@pytest.mark.requirement("T1")
@pytest.mark.parametrize(
    "text", ["系统(crm)上线", "附件(a)", "(wù)", "甲方(以下简称)", "VIP(vip)", "服務(123)"]
)
def test_brackets_that_are_no_glosses_stay(text: str) -> None:
    assert without_glosses(text).text == text


@pytest.mark.requirement("T1")
def test_a_blank_with_a_gloss_inside_is_one_blank_again() -> None:
    assert without_glosses("本合同為_(kāi)___個月").text == "本合同為____個月"


# Words in which no byte is lost for good: a damaged run of them can only be read one way.
PHRASES = [
    "合同解除", "服務費用", "客服系統", "商業秘密", "人民法院", "違約責任", "工作日", "法律法規",
    "服务费用", "客服系统", "违约责任", "甲乙双方", "仲裁委员会", "不可抗力", "服务质量",
]  # fmt: skip


def out_of_phase(words: str) -> str | None:
    """How a decoder that lost the first byte shows GBK text; None if it shows something else."""
    content = words.encode("gb18030")
    inner, last = content[1:-1], content[-1]
    try:
        shown = inner.decode("gb18030")
    except UnicodeDecodeError:
        return None
    if len(shown) * 2 != len(inner) or any(
        not (c.isalpha() or "\ue000" <= c <= "\uf8ff") for c in shown
    ):
        return None
    # A last byte below 0x80 shows as the ASCII character that it is.
    return f"?{shown}{chr(last) if last < 0x80 else '?'}"


def is_unusual(shown: str) -> bool:
    """Whether a character shows that something is wrong; ordinary ones alone prove nothing."""
    first_level = (c.encode("gb18030") for c in simplified(shown).text if not c.isascii())
    return any(not b"\xb0\xa1" <= code <= b"\xd7\xf9" for code in first_level)


DAMAGED = [
    (words, shown)
    for one in ["", *PHRASES]
    for other in PHRASES
    if (shown := out_of_phase(words := one + other)) and is_unusual(shown)
]


@given(st.sampled_from(DAMAGED))
@pytest.mark.requirement("T2")
def test_a_run_read_out_of_phase_is_put_back_and_logged(damaged: tuple[str, str]) -> None:
    words, shown = damaged
    text = f"乙方確認,{shown},雙方"
    layer = in_phase(text, NO_READINGS)
    (repair,) = layer.repairs
    assert repair.became == words
    assert text[repair.start : repair.end] == repair.was == shown
    assert layer.text == f"乙方確認,{words},雙方"


@pytest.mark.requirement("T2")
@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("確??头\ue496到y正常運行", "確保客服系統正常運行"),
        ("確??蛻裟軌蛘\ue41d_使用", "確保客戶能夠正確使用"),
        ("確??头\ue48f藛T具備", "確保客服人員具備"),
        ("因甲方原因?qū)е潞贤獬?,甲方", "因甲方原因導致合同解除,甲方"),
    ],
)
def test_the_damage_of_the_portal_is_undone(damaged: str, meant: str) -> None:
    assert in_phase(damaged, NO_READINGS).text == meant


@pytest.mark.requirement("T2")
def test_a_lost_byte_before_a_gloss_is_found_by_the_reading_of_the_gloss() -> None:
    readings = readings_in("數(shù)據 應(yīng)按 接聽(tīng) 爭(zhēng)議")
    assert in_phase("適當?shù)谋C艽胧?,確保", readings).text == "適當的保密措施,確保"
    assert in_phase("甲方?yīng)按照合同", readings).text == "甲方應按照合同"
    assert in_phase("以下?tīng)?zhēng)議解決", readings).text == "以下爭議解決"


@pytest.mark.requirement("T2")
@pytest.mark.parametrize("damage", ["\ue123\ue456", "?xyū)", "甲方??爨乙方", "\ufffd"])
def test_what_cannot_be_restored_is_marked_and_left_as_it_is(damage: str) -> None:
    text = f"甲方應支付{damage}的費用"
    clean = normalised(Extracted(text))
    assert not clean.repairs
    assert clean.unreadable
    marked = "".join(clean.text[start:end] for start, end in clean.unreadable)
    assert set(marked) & set(damage)


@pytest.mark.parametrize("text", ["是否同意?甲方A级", "OK?yes", "可以吗?可以。", "價格??面議"])
def test_question_marks_of_a_healthy_text_stay(text: str) -> None:
    assert in_phase(text, NO_READINGS).text == text


@given(st.text(max_size=60))
def test_any_text_comes_through_with_true_spans(text: str) -> None:
    clean = normalised(Extracted(text))
    assert clean.offsets.length == len(clean.text)
    assert clean.offsets.source_length == len(text)
    for repair in clean.repairs:
        assert text[repair.start : repair.end] == repair.was
    for cut in clean.removed:
        assert text[cut.start : cut.end] == cut.text


@given(st.text(WORDS + "，。0１Ａ％：\u0301e\u3000\ufeff", max_size=60))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalised(Extracted(text)).text
    assert normalised(Extracted(once)).text == once


@given(st.text(max_size=40))
def test_the_text_is_in_nfc(text: str) -> None:
    layer = composed(plain(text).text)
    assert unicodedata.is_normalized("NFC", layer.text)
    assert layer.offsets.length == len(layer.text)
    assert unicodedata.is_normalized("NFC", normalised(Extracted(text)).text)


@given(st.text("服務費用違約責任合同，。abc", max_size=40))
def test_simplified_text_keeps_its_length(text: str) -> None:
    assert len(simplified(text).text) == len(text)


def test_the_script_is_told_by_the_characters() -> None:
    assert script_of("甲方應按約定支付服務費用") == "zh-Hant"
    assert script_of("甲方应按约定支付服务费用") == "zh-Hans"
    assert script_of("甲方") == "zh-Hans"


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("９：００至１８：３０", "9:00至18:30"),
        ("每月２０，０００元", "每月20,000元"),
        ("９９．５％", "99.5%"),
        ("７×２４", "7×24"),
        ("第１，２条，以及", "第1，2条，以及"),
        ("甲方：乙方；丙方，丁方。", "甲方：乙方；丙方，丁方。"),
        ("￥５００", "¥500"),
    ],
)
def test_numbers_are_half_width_and_sentences_keep_their_punctuation(
    wide: str, narrow: str
) -> None:
    assert half_width(wide).text == narrow


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        ("违约金1O%,不超过O.5%", "违约金10%,不超过0.5%"),
        ("逾期3O曰的", "逾期30日的"),
        ("每月l5日前", "每月15日前"),
        ("十个工作曰内付清", "十个工作日内付清"),
        ("9:00一18:00", "9:00-18:00"),
        ("甲 方 应 按 月 支 付 20 元。", "甲方应按月支付20元。"),
        ("第 一 条 服 务 内 容", "第一条 服务内容"),
    ],
)
def test_what_recognition_confused_is_put_right_and_logged(recognised: str, meant: str) -> None:
    clean = normalised(Extracted(recognised))
    assert clean.text == meant
    assert {repair.rule for repair in clean.repairs} == {"recognition"}


@pytest.mark.parametrize(
    "text",
    [
        "邮箱lilo10@a.example",
        "合同编号KF-2O-O1A",
        "第一条 服务内容\n甲方应按月支付服务费用，乙方应提供客服服务。",
        "甲方：张三  乙方：李四",
        "子曰学而时习之",
        "星期一18:00下班",
        "版本v1.0 OK",
    ],
)
def test_healthy_letters_and_spaces_stay(text: str) -> None:
    assert normalised(Extracted(text)).text == text


def test_single_characters_are_single() -> None:
    assert all(len(character) == 1 for character in SINGLE)


def spans_inside(spans: tuple[Span, ...], length: int) -> bool:
    return all(0 <= start < end <= length for start, end in spans)


@given(st.lists(st.sampled_from(["\ue123", "甲方", "?", "(wù)", "務", "\ufffd"]), max_size=20))
def test_unreadable_spans_lie_in_the_clean_text(pieces: list[str]) -> None:
    clean = normalised(Extracted("".join(pieces)))
    assert spans_inside(clean.unreadable, len(clean.text))
