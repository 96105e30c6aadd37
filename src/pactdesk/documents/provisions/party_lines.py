"""Every line that names a side, in the forms that lawyers give it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.documents.grammar.blanks import gaps_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.sides import CLIENT_ROLES, PROVIDER_ROLES

_ROLE = r"[一-鿿]{2,10}"
_ASIDE = r"[(][^()\n]{1,30}[)]"
_ROLE_WORDS = (
    rf"{CLIENT_ROLES}|{PROVIDER_ROLES}|(?:用人|用工|派出|派驻|支援|委托|托管|受托)单位|劳动者"
    r"|(?:托管|供工|用工|受任|委任|受聘|聘用)[方人]"
)
_PLAIN = rf"[甲乙]方|{_ROLE_WORDS}|客户"
_LABEL = rf"{_PLAIN}|[一-鿿]{{2,8}}(?=[(](?:以下|下)?(?:简|统)?称?(?:为)?\s?\"?[甲乙]方)"
_END = (
    rf"(?=\s*(?:[\n,;。]|[(](?:以下|下|简)?[^()]{{0,8}}称|[(]即|[(][甲乙]方|[(]盖章|\s(?:{_LABEL})"
    rf"|(?:{_PLAIN})\s?(?:{_ASIDE})?\s?:|[(]?(?:统一社会信用代码|住所|地址|法定代表人|身份证号?)"
    r"|(?<=公司|中心|商行|工作|合作)(?=鉴于|根据|依据|依照|为了|双方"
    r"|经双方|本着|甲乙|兹|就|第|一、|1[.、])"
    r"|[ \t\u3000]{3,}(?=\S)|\Z))"
)
_LINE = re.compile(
    r"(?:\A|(?<=[^一-鿿])|(?<=公司|中心|商行|作室|作社"
    rf"|集团)(?=[甲乙]方)|(?<=[^一-鿿])(?:{CLIENT_ROLES}|{PROVIDER_ROLES}|用人单位|劳动者"
    rf"|客户)(?=[甲乙]方))"
    rf"(?P<label>{_LABEL})(?:即[一-鿿]{{2,6}})?\s?(?P<aside>{_ASIDE}(?:{_ASIDE})?"
    r")?"
    rf"\s?:\s*(?P<name>[^\n,;。:]{{0,60}}?){_END}"
)
_CALLED = r"(?:以下|下文?|本(?:合同|协议)中|在本(?:合同|协议)中)?(?:简|统)?称(?:之)?(?:为|作)?"
_BEHIND = re.compile(
    rf"(?P<name>[一-鿿A-Za-z()·]{{2,40}}?)\s?(?:[(]\s?(?:{_CALLED}|即|作为)?"
    rf"|,\s?[^,;。\n:]{{0,30}}?,?\s?{_CALLED})\s?[\"']?"
    r"(?P<label>[甲乙]方|客户|服务商|服务提供商|委托方|受托方)[\"']?(?=[^()\n]{0,14}[)](?!\s?:)"
    r"|\s?[;,。\n]|\Z)"
)
# "甲方"指某公司, (甲方)某公司, 甲方 某公司 on a line of its own
_FIRM = (
    r"(?:有限责任公司|股份有限公司|有限公司|分公司|公司|中心|商行|工作室|合作社|事务所|经营部"
    r"|商贸部|旗舰店|厂)"
)
_MEANS = re.compile(
    r"(?:(?P<aside>[一-鿿]{2,8})[\"']?(?:或|、|/)[\"']?)?[\"'](?P<label>[甲乙]方)[\"']\s?(?:\s?"
    r"或[\"'][^\"'\n]{1,8}[\"'])?"
    rf"(?:系?指|即|为|是|:)\s?(?P<name>[一-鿿A-Za-z][一-鿿A-Za-z()·]{{1,36}}?{_FIRM})(?=\s*(?:"
    rf"[\n,;。(]|\Z))"
)
_ALONE = re.compile(
    rf"(?:\A|(?<=\n))\s*(?:(?P<label>[甲乙]方)[ \t]*"
    rf"|[(](?P<label2>[甲乙]方)[)]\s?)(?P<name>[一-鿿A-Za-z()·]{{2,36}}?{_FIRM})(?=\s*(?:"
    rf"[\n,;。(]|\Z))"
)
# 合同甲方:某公司第一条: nothing separates the title, the names and the first article
_GLUED = re.compile(
    rf"(?P<label>[甲乙]方)\s?(?P<aside>{_ASIDE})?\s?:\s?(?P<name>[一-鿿A-Za-z()·]{{2,36}}?{_FIRM})"
    r"(?:(?<=限公司)|(?<=任公司)|(?=第[一二三1]|[甲乙]方|[一1][、.]|鉴于|根据|依据|为|双方|经"
    r"|本着|地址"
    r"|住所|法定|统一|[\n,;。(]|\Z))"
)
# 承包人(乙方):某公司, right behind another name
_ROLE_FIRST = re.compile(
    rf"(?P<aside>{_ROLE_WORDS}|[一-鿿]{{2,4}}[方人商位])\s?[(](?P<label>[甲乙]方)[)]\s?:\s?"
    rf"(?P<name>[一-鿿A-Za-z·][一-鿿A-Za-z()·]{{1,36}}?{_FIRM})"
)
_SEALED = re.compile(
    rf"(?P<label>[甲乙]方)\s?[(](?:盖章|公章|签章|签字或盖章|签字/盖章"
    rf"|签字盖章)[)]\s?:?\s?(?P<name>[一-鿿A-Za-z()·]{{2,36}}?{_FIRM})"
    r"(?=\s*(?:[\n,;。(]|[甲乙]方|\Z))"
)
# | | 甲方 | 乙方 | over | 名称 | 某公司 | 某公司 |
_COLUMNS = re.compile(
    r"\|\s?(?P<one>[甲乙]方)[^|\n]{0,12}\|\s?(?P<two>[甲乙]方)[^|\n]{0,12}\|?\s*\n"
    r"(?:[|\-: ]+\n)?\|?\s?(?:单位|公司)?(?:名称|全称)\s?\|\s?(?P<first>[^|\n]{2,40}?)\s?\|\s?"
    r"(?P<second>[^|\n]{2,40}?)\s?(?:\||\n|\Z)"
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
    r"|(?P<label2>[甲乙]方)\s?(?:[(][^()\n]{1,12}[)])?(?:单位)?(?:名称|全称|姓名)\s?[:|]\s*"
    r"(?P<name2>"
    r"[^\n,;。:|]{2,40}?)\s*(?=[\n|;,。(])"
)
_LEAD = re.compile(
    r"\A(?:[\d.、()]+|[一二][、.])?(?:(?:本|下列|兹|现|双方|合同|协议"
    r"|当事人|签订|订立|经|鉴于)[一-鿿]*?(?:为|由|是|系|委托|聘请))?"
    r"(?:我司|我方|我公司|由|与|和|及|同|兹|现|委托|聘请|交由|就)*(?=[一-鿿]{4})"
)
_NOT_NAMES = re.compile(
    r"盖章|签章|签字|签名|公章|代表|日期|地址|电话|\A(?:应|须|负责|的)|权利|义务|(?<!有限)责任"
)
_COMPANY = re.compile(r"公司|中心|商行|集团|店|厂|部|所|合作社|事务所|工作室|院|局|会|社|馆|企业")


@dataclass(frozen=True, slots=True)
class Named:
    """One side's line: the label or word before it, its name, or None for an open place."""

    label: str
    aside: str
    name: str | None


def party_lines(text: str) -> Iterator[Noted[Named]]:
    """Lines with a label first, then freer forms, the signatures last."""
    yield from _labelled(text)
    for pattern in (_NAMED_LATER, _MEANS, _WITHOUT_COLON, _ALONE):
        for match in pattern.finditer(text):
            yield from _named(match)
    yield from _columns(text)
    for match in _BELOW.finditer(text):
        yield from _named(match)
    for match in _BEHIND.finditer(text):
        name = _LEAD.sub("", match["name"])
        named = _COMPANY.search(name) and not _NOT_NAMES.search(name)
        if named and not name.endswith(("甲方", "乙方")):
            end = match.end("name")
            yield Noted(Named(match["label"], "", _clean(name)), end - len(name), end, LIKELY)
    for pattern in (_GLUED, _ROLE_FIRST, _SEALED):
        for match in pattern.finditer(text):
            yield from _named(match)


# One firm or one person and nothing else: what else stands there makes a name doubtful.
_PLAIN_NAME = re.compile(
    rf"(?:(?!{_ROLE_WORDS}|[甲乙]方)[一-鿿A-Za-z()·]){{2,26}}?(?<![()]){_FIRM}|[一-鿿·]{{2,4}}"
)


def _labelled(text: str) -> Iterator[Noted[Named]]:
    for match in _LINE.finditer(text):
        name = match["name"].strip(' \t"')
        aside = match["aside"] or ""
        if patterns.search(r"盖章|签章|签字|签名", aside) or _NOT_NAMES.search(name):
            continue
        start = match.start("name") + (len(match["name"]) - len(match["name"].lstrip()))
        if _is_open(name):
            yield Noted(Named(match["label"], aside, None), match.start(), match.end())
            continue
        sure = SURE if _PLAIN_NAME.fullmatch(_clean(name)) else LIKELY
        yield Noted(Named(match["label"], aside, _clean(name)), start, start + len(name), sure)


def _named(match: re.Match[str]) -> Iterator[Noted[Named]]:
    """A side of a freer form, where what stands there is a name."""
    parts = match.groupdict()
    which = "" if parts.get("name") else "2"
    name, start = match["name" + which].strip(), match.start("name" + which)
    aside = parts.get("aside") or ""
    label = parts.get("label") or match["label2"]
    if _is_open(name):
        yield Noted(Named(label, aside, None), match.start(), match.end(), LIKELY)
    elif not _NOT_NAMES.search(name):
        yield Noted(Named(label, aside, _clean(name)), start, start + len(name), LIKELY)


def _columns(text: str) -> Iterator[Noted[Named]]:
    for match in _COLUMNS.finditer(text):
        for label, name in (("one", "first"), ("two", "second")):
            if not _is_open(match[name]):
                named = Named(match[label], "", _clean(match[name]))
                yield Noted(named, match.start(name), match.end(name), LIKELY)


def _is_open(name: str) -> bool:
    bare = name.replace(" ", "")
    return not bare or any(gap.end - gap.start >= len(name) - 2 for gap in gaps_in(name))


_TAIL = re.compile(
    r"[(](?:[一-鿿]{1,4}[方人]|盖章|公章|签章|以下[^()]*|下称[^()]*)[)]\Z"
    r"|(?<=公司|中心|商行|作室|作社)[(][^()]{1,20}[)]\Z"
    r"|(?<=[一-鿿][一-鿿])[(][^()]*\Z"
    r"|(?<=[店铺部坊厂行])[(](?:网店|个体|实体店?|线[上下]|门店|淘宝|天猫|拼多多|抖店|老板)[^()]*[)]\Z"
)


# What follows a firm's name in a paper without line breaks: the other side, or the first sentence.
_FIRST_FIRM = re.compile(
    r"\A(?P<firm>.{2,30}?(?:股份有限公司|有限责任公司|有限公司"
    r"|(?<!分)公司)(?:[一-鿿]{2,8}分公司)?)"
    r"(?![一-鿿]{2,8}(?:分公司|分行|支公司|办事处)\Z)(?P<rest>.+)\Z"
)
_OTHER_SIDE = re.compile(rf"(?<=..)(?:[甲乙]方|甲、乙|(?:{_ROLE_WORDS})\Z).*\Z")


def _clean(name: str) -> str:
    name = re.sub(r"\A[\d.、\s]+(?=[一-鿿])", "", _TAIL.sub("", name))
    name = re.sub(r"\s+(?=[一-鿿()])|(?<=[一-鿿()])\s+", "", name)
    glued = _FIRST_FIRM.match(name)
    return glued["firm"] if glued else _OTHER_SIDE.sub("", name)
