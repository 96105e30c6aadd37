"""Who the two sides are: 甲方(委托方):____, 客户:杭州…有限公司, 某公司(以下称“乙方”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.documents.grammar.blanks import gaps_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Passage
from pactdesk.documents.provisions.sides import CLIENT_ROLES, PROVIDER_ROLES

_ROLE = r"[一-鿿]{2,10}"
_ASIDE = r"[(][^()\n]{1,30}[)]"
_LABEL = (
    rf"[甲乙]方|{CLIENT_ROLES}|{PROVIDER_ROLES}|客户"
    r"|[一-鿿]{2,8}(?=[(](?:以下|下)?(?:简|统)?称?(?:为)?\s?\"?[甲乙]方)|(?:用人|用工)单位|劳动者"
)
_END = (
    rf"(?=\s*(?:[\n,;。]|[(](?:以下|下|简)?[^()]{{0,8}}称|[(]即|[(][甲乙]方|[(]盖章|\s(?:{_LABEL})"
    rf"|(?:{_LABEL})\s?(?:{_ASIDE})?\s?:|[(]?(?:统一社会信用代码|住所|地址|法定代表人|身份证号?)"
    r"|(?<=公司|中心|商行|工作|合作)(?=鉴于|根据|依据|依照|为了|双方"
    r"|经双方|本着|甲乙|兹|就|第|一、|1[.、])"
    r"|\Z))"
)
_LINE = re.compile(
    r"(?:\A|(?<=[^一-鿿])|(?<=公司|中心|商行|作室|作社"
    rf"|集团)(?=[甲乙]方))(?P<label>{_LABEL})(?:即[一-鿿]{{2,6}})?\s?(?P<aside>{_ASIDE}(?:{_ASIDE})?"
    r")?"
    rf"\s?:\s*(?P<name>[^\n,;。:]{{0,60}}?){_END}"
)
_BEHIND = re.compile(
    r"(?P<name>[一-鿿A-Za-z()]{2,40}?)\s?[(,](?:以下|下)?(?:简|统)?称?(?:为)?\s?\"?"
    r"(?P<label>[甲乙]方|客户|服务商|服务提供商)\"?[^()\n]{0,14}[)]"
)
# 商家:某公司,以下称甲方
_NAMED_LATER = re.compile(
    r"[一-鿿]{2,8}\s?:\s?(?P<name>[^\n,;。:]{2,40}?)[,(]\s?(?:以下"
    r"|下)?(?:简|统)?称(?:为)?\s?\"?(?P<label>[甲乙]方)"
)
# 甲方(需方)某公司, 甲方为某公司
_WITHOUT_COLON = re.compile(
    r"(?P<label>[甲乙]方)\s?(?:(?:[(][^()\n]{1,10}[)])\s*(?=\S[^\n]*\n)|为|系|是)\s?"
    r"(?P<name>[^\n,;。:]{3,40}?(?:公司|中心|商行|工作室|厂|合作社))(?=\s*[\n,;。(])"
)
# 甲方:\n名称:某公司, and the rows of a table
_BELOW = re.compile(
    r"(?P<label>[甲乙]方)\s?(?:[(][^()\n]{1,20}[)])?\s?[:|]?\s*(?:\n\s*"
    r"|\|\s*)(?:(?:单位)?名称|公司名称|姓名)?\s?[:|]?\s*"
    r"(?P<name>[^\n,;。:|]{4,40}?(?:公司|中心|商行|工作室|厂|社|店))\s*(?=[\n|;,。])"
    r"|(?P<label2>[甲乙]方)(?:单位)?(?:名称|全称|姓名)\s?[:|]\s*(?P<name2>"
    r"[^\n,;。:|]{2,40}?)\s*(?=[\n|;,。(])"
)
_LEAD = re.compile(
    r"\A(?:[\d.、()]+|[一二][、.])?(?:(?:本|下列|兹|现|双方|合同|协议"
    r"|当事人|签订|订立|经)[一-鿿]*?(?:为|由|是|系))?(?:由|与|和"
    r"|及)?(?=[一-鿿]{4})"
)
_NOT_NAMES = re.compile(
    r"盖章|签章|签字|签名|公章|代表|日期|地址|电话|\A(?:应|须|负责|的)|权利|义务|责任"
)
_COMPANY = re.compile(r"公司|中心|商行|集团|店|厂|部|所|合作社|事务所|工作室|院|局|会|社|馆|企业")


@dataclass(frozen=True, slots=True)
class Named:
    """One side's line: the label or word before it, its name, or None for an open place."""

    label: str
    aside: str
    name: str | None


def read(passage: Passage) -> tuple[Noted[Named] | None, Noted[Named] | None]:
    """The provider's and the client's lines; None where the paper has no such line."""
    provider = client = None
    for line in _lines(passage.text):
        if _is(line.value, passage.sides.provider_party, passage.sides.provider):
            provider = _better(provider, line)
        elif _is(line.value, passage.sides.client_party, passage.sides.client):
            client = _better(client, line)
    return provider, client


def _better(known: Noted[Named] | None, line: Noted[Named]) -> Noted[Named]:
    if known is None or (known.value.name is None and line.value.name is not None):
        return line
    return known


def _is(named: Named, party: str | None, words: str) -> bool:
    if patterns.fullmatch(r"[甲乙]方", named.label):
        return named.label == party
    label = patterns.search(r"[甲乙]方", named.aside)
    if label is not None and party is not None:
        return label[0] == party
    return bool(patterns.fullmatch(words, named.label))


def _lines(text: str) -> Iterator[Noted[Named]]:
    for match in _LINE.finditer(text):
        name = match["name"].strip(' \t"')
        aside = match["aside"] or ""
        if patterns.search(r"盖章|签章|签字|签名", aside) or _NOT_NAMES.search(name):
            continue
        start = match.start("name") + (len(match["name"]) - len(match["name"].lstrip()))
        if _is_open(name):
            yield Noted(Named(match["label"], aside, None), match.start(), match.end())
            continue
        sure = SURE if _COMPANY.search(name) or len(name) <= 4 else LIKELY
        yield Noted(Named(match["label"], aside, _clean(name)), start, start + len(name), sure)
    for match in _NAMED_LATER.finditer(text):
        name = match["name"].strip()
        if not _is_open(name):
            start = match.start("name")
            yield Noted(Named(match["label"], "", _clean(name)), start, start + len(name), LIKELY)
    for match in _WITHOUT_COLON.finditer(text):
        name, start = match["name"], match.start("name")
        if not _NOT_NAMES.search(name):
            yield Noted(Named(match["label"], "", _clean(name)), start, start + len(name), LIKELY)
    for match in _BELOW.finditer(text):
        which = "" if match["name"] else "2"
        name, start = match["name" + which].strip(), match.start("name" + which)
        label = match["label" + which]
        if not _is_open(name) and not _NOT_NAMES.search(name):
            yield Noted(Named(label, "", _clean(name)), start, start + len(name), LIKELY)
    for match in _BEHIND.finditer(text):
        name = _LEAD.sub("", match["name"])
        named = _COMPANY.search(name) and not _NOT_NAMES.search(name)
        if named and not name.endswith(("甲方", "乙方")):
            end = match.end("name")
            yield Noted(Named(match["label"], "", _clean(name)), end - len(name), end, LIKELY)


def _is_open(name: str) -> bool:
    bare = name.replace(" ", "")
    return not bare or any(gap.end - gap.start >= len(name) - 2 for gap in gaps_in(name))


def _clean(name: str) -> str:
    return re.sub(r"\s+(?=[一-鿿()])|(?<=[一-鿿()])\s+", "", name)
