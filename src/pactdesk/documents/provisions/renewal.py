"""What follows the end: 自动续期, or a new agreement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pactdesk.documents.grammar.quantities import Quantity, quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_RENEW = (
    r"(?:按|以|依)(?:原|相同|同等)(?:合同)?条件(?:继续|顺延|延续)|"
    r"续签|续约|续期|续订|续展|展期|自动延(?:长|续|展)|继续合作|自动续|续聘|再续|另签新"
    r"|(?:期满|到期|届满|有效期|期限)[^;]{0,40}(?:延长|延续|顺延|延展|再谈|再商量|再议|另写|延期)"
    r"|(?:期满|到期|届满|有效期)[^;]{0,40}(?:重新签[订署]|另行签[订署]|另签|再签)"
    r"|自动顺延|自动更新|(?:合同|协议|有效期|期限)[^;,]{0,8}(?:续行|每次延展)"
)
_END = r"期满|满期|届期|到期|届满|届时|终止日|(?:合同|合作|用工|活动)结束|做完"
_GO_ON = (
    r"续[用做作聘行展]|续不续|还需要|(?:不|再|愿意?|拟|想|需要?|要|如|有意|是否)继续|有意|仍有需要|接着"
    r"|追加|继续(?:合作|采购|使用|委托|承接|履行|聘用)"
    r"|(?:重新|另行?|再)(?:订|立|签|写|约|议|商|谈|坐|磋|协|定)|新(?:的)?(?:合同|协议|契约|约定|条件)"
)
_TALK = (
    r"协商|磋商|商[量定谈议讨]|洽谈|签约|再定|[再谈]谈|谈[判妥定]|坐下来|重新|另(?:行)?(?:订|立|签|写|约|议|商|谈)"
    r"|新(?:的)?(?:合同|协议|契约|约定|条件|工作说明书|SOW)|书面(?:合同|协议)|商|谈"
)
_WISHED = re.compile(
    r"(?:拟|如需|如要|如欲|如|若需?|需要?|要|有意|愿意?|想)(?:继续|再|续(?!费))[^;]{0,24}"
    r"(?:协商|商[量定谈议]|洽谈|谈|另|重新|新(?:的)?(?:合同|协议))"
    r"|(?:要不要|用不用|想不想|做不做|干不干|续不续|是否(?=[^;]{0,20}(?:到时|那时|届时)))(?:再|还)?(?:接着|继续|续|往下)?[^;]{0,20}"
    r"(?:到时候?|那时|届时|再|另)[^;]{0,8}(?:商|谈|定|说|议)"
)
_SAME_AGAIN = re.compile(
    rf"(?:{_END})[^;]{{0,24}}?(?:没人|无人|未|没有?|无)[^;,]{{0,16}}?,[^;]{{0,14}}?"
    r"(?:续行|再(?:干|做|合作|延|续|履行)|继续(?:履行|有效|执行)|(?:顺|续|展)延|延[长展续]|续期)"
    r"|除[^;]{0,30}不(?:再)?续[^;]{0,8}外,[^;]{0,16}(?:延[长展续]|顺延|续)"
    r"|视为[^;,]{0,12}(?:续期|续约|续签|延[长展续]|顺延|展期)"
    r"|(?:合同|协议|届满|期满|到期|期限)[^;,]{0,6}自动更新"
)
_AUTOMATIC = re.compile(
    r"(?:按|以|依)(?:原|相同|同等)(?:合同)?条件(?:继续|顺延|延续)(?:执行|履行|有效)?|"
    r"(?<!不)(?<!不会)(?<!不再)(?<!不得)(?<!非)自(?:动|然)(?:顺|延|续|展|接续)|自行(?:顺|延|续)延?"
    r"|视为(?:同意)?(?:本)?(?:合同|协议|双方)?(?:同意)?(?:自动)?(?:续|延|顺)"
    r"|(?:则|即|，|,)?(?:本)?(?:合同|协议|有效期|期限)(?:即|则)?(?:顺延|续延|续期|延长)(?:\d"
    r"|[一二两三半])"
    r"|(?:则|即)顺延|视为同意(?:续|延)|未[^;]{0,24}(?:反对|异议|不再续"
    r"|终止|表示|提出)[^;]{0,16},[^;]{0,14}(?:续约|续期|续签|展期|延续"
    r"|顺延|续展)"
)
_NOT = (
    r"时限顺延|工期顺延|遇[^,;]{0,8}(?:节假日|休息日)[^,;]{0,6}顺延|期限相应顺延|相应顺延|考核"
    r"|(?:视为|构成|视同|按)[^;]{0,6}违约"
)
_NO_END = r"保密|违约|付款|支付|逾期|结算|整改|押金|保证金|不可抗力|尾款|验收|费用"
_TIMES = re.compile(
    r"(?:最多|至多|不超过|以)\s?(?:续(?:期|签|约|展)?"
    r"|顺延)?\s?(?P<n>[\d一二两三四五])\s?次"
)
_NUMBERS = "零一二三四五"


@dataclass(frozen=True, slots=True)
class Renewal:
    """`kind`: auto or negotiated; `months` of each renewal; who objects does so before."""

    kind: str
    months: int | None = None
    notice: Quantity | None = None
    most: int | None = None


def read(passage: Passage) -> Noted[Renewal] | None:
    """The line on renewal; an automatic one weighs more than the words around it."""
    lines = [line for line in passage.lines if _is_about_it(line)]
    automatic = [line for line in lines if _automatic(line.text)]
    for line in automatic or lines:
        kind = "auto" if automatic else "negotiated"
        value = Renewal(kind, _months(passage, line), _notice(passage, line), _most(line))
        first = patterns.search(r"[^,]*\Z", line.text[: _renew_at(line)])
        start = line.start if automatic or first is None else line.at(first.start())
        plain = automatic and len(automatic) == len(lines)
        return Noted(value, start, line.end, SURE if plain else LIKELY)
    return None


def _is_about_it(line: Line) -> bool:
    """What follows the end is said; that it simply ends is not enough."""
    text = line.text
    if patterns.search(_NOT, text):
        return False
    if _automatic(text):
        return True
    end = patterns.search(_END, text)
    after = text[end.end() :] if end else ""
    talked = patterns.search(_GO_ON, after[:40]) and patterns.search(_TALK, after[:60])
    if talked and not patterns.search(_NO_END, text):
        return True
    if _WISHED.search(text) and not patterns.search(_NO_END, text):
        return True
    refused = patterns.search(
        r"不(?:再|会|得)?(?:自动)?(?:续|顺延|延[长续展])(?:签|约|期)?(?!.*(?:的|则))", text
    )
    return not refused and bool(patterns.search(_RENEW, text))


def _automatic(text: str) -> re.Match[str] | None:
    return _AUTOMATIC.search(text) or _SAME_AGAIN.search(text)


def _renew_at(line: Line) -> int:
    found = patterns.search(_RENEW, line.text)
    return found.start() if found else 0


def _months(passage: Passage, line: Line) -> int | None:
    after = _automatic(line.text)
    if after is None:
        return None
    for found in quantities_in(passage.text, line.at(after.start()), line.end):
        if (
            found.value.unit in ("month", "year")
            and passage.text[found.end : found.end + 1] != "前"
            and passage.text[found.start - 1 : found.start] != "前"
        ):
            return int(found.value.n * (12 if found.value.unit == "year" else 1))
    return None


def _notice(passage: Passage, line: Line) -> Quantity | None:
    for found in quantities_in(passage.text, line.start, line.end):
        before = passage.text[max(line.start, found.start - 8) : found.start]
        after = passage.text[found.end : found.end + 4]
        told = patterns.search(r"提前|前(?:的|至少)?\s?\Z|(?:期|届)满前|到期前", before)
        told = told or patterns.match(r"(?:之)?前", after)
        if told and found.value.unit in ("day", "working_day", "month", "h"):
            return found.value
    return None


def _most(line: Line) -> int | None:
    found = _TIMES.search(line.text)
    if found is None:
        return None
    word = found["n"].replace("两", "二")
    return int(word) if word.isdigit() else _NUMBERS.index(word)
