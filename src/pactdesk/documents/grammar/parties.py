"""The lines that name the two sides: 甲方(服务提供方):____, 客户（甲方）：杭州…有限公司."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.documents.grammar.found import Found

_ROLE = r"[一-鿿]{2,8}?"
_NEXT = (
    r"[甲乙]方\s?[(（:：]"
    r"|(?:名称|地址|住所地?|统一社会信用代码|联系方式|联系人|联系电话|电话|邮箱|电子邮件)\s?[:：]"
)
_LINE = re.compile(
    rf"(?:(?P<role>{_ROLE})[(（](?:下?称|以下简?称)?[“\"]?)?(?P<label>[甲乙]方)[”\"]?[)）]?"
    rf"(?:\s?[(（](?P<after>{_ROLE}|盖章|签章|签字|签名)[)）])?[)）]?\s?[:：]"
    r"\s*(?P<name>(?:\[[^\]\n]{0,40}\]|[^\n,，;；。:：]){0,60}?)"
    rf"(?=\s*(?:[\n,，;；。]|{_NEXT}|\Z))"
)
_DETAIL = re.compile(
    r"(?P<field>名称|地址|住所地?|统一社会信用代码|联系方式|联系人"
    r"|联系电话|电话|邮箱|电子邮件)\s?[:：]"
    r"\s*(?P<value>(?:\[[^\]\n]{0,40}\]|[^\n;；。]){0,80}?)"
    rf"(?=\s*(?:[\n;；。]|{_NEXT}|\Z))"
)
_BEHIND = re.compile(
    r"(?P<role>发包方|承包方|委托方|受托方|委托人|受托人|需方|供方)\s?[:：]\s*"
    r"(?P<name>[^\n,，;；。:：(（]{2,60})[(（](?P<terms>[^)）\n]{0,30}?(?P<label>"
    r"[甲乙]方)[”\"]?)[)）]"
)
_SIGNING = ("盖章", "签章", "签字", "签名", "签字或盖章")


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One side's line: `role` is the word beside 甲方 or 乙方, `name` what follows the colon."""

    label: str
    role: str | None
    name: str
    name_start: int
    name_end: int


def party_lines_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[PartyLine]]:
    """Every line that names a side; signature lines are none."""
    yield from _named_behind(text, start, len(text) if end is None else end)
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        role = match["role"] or match["after"]
        if match["after"] in _SIGNING:
            continue
        name = match["name"].strip()
        line = PartyLine(
            match["label"], role, name, match.start("name"), match.start("name") + len(name)
        )
        yield Found(line, match.start(), match.end())


def _named_behind(text: str, start: int, end: int) -> Iterator[Found[PartyLine]]:
    """发包方：某公司（以下称“客户”，即甲方）."""
    for match in _BEHIND.finditer(text, start, end):
        name = match["name"].strip()
        first = match.start("name")
        line = PartyLine(match["label"], match["role"], name, first, first + len(name))
        yield Found(line, match.start(), match.end())


def details_in(text: str, start: int, end: int) -> Iterator[tuple[str, Found[str]]]:
    """地址, 统一社会信用代码 … with their values, in order."""
    for match in _DETAIL.finditer(text, start, end):
        value = match["value"].strip()
        first = match.start("value")
        yield match["field"], Found(value, first, first + len(value))
