"""The assessment: how often, from which score it is passed, how many failures end the contract."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import GUESS, LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_ABOUT = r"对[^,;]{0,3}指标|考核|考评|评分|打个?分|评估|评定|评价|检讨|检核"
_CYCLES: tuple[tuple[str, str], ...] = (
    ("bimonthly", r"每(?:两|二|2)个月|每?双月"),
    ("semiannual", r"每半年|半年度|半年(?:考|评)"),
    (
        "quarterly",
        r"每(?:一)?(?:个)?季(?:度)?|一季一|以季度?为|周期为?(?:一个)?季"
        r"|按季(?:度)?|逐季|季度(?:考|评|打|得分|服务)|每三个月",
    ),
    (
        "monthly",
        r"一月一|以(?:自然)?月为|周期为?(?:一个|每)?(?:自然)?月|每(?:个)?(?:自然)?月"
        r"|按月|逐月|月度(?:考|评|打|得分|综合|服务|质量)?|当月|次月",
    ),
    ("annual", r"每年|按年|年度(?:考|评|综合|质量|服务)|年终"),
    ("weekly", r"每周|按周"),
)
_PASS = re.compile(
    r"(?:(?:得分|评分|总分|考核分|分数)?(?:低于|不足|不满|未达到?"
    rf"|不到)\s?(?P<a>{NUMERAL})\s?分[^,;]{{0,10}}(?:不合格|不及格|未达标"
    r"|不达标|未通过)"
    rf"|(?P<b>{NUMERAL})\s?分(?:\(含\))?(?:及)?(?:\(含\))?(?:以上)?[^,;\d]{{0,8}}(?:"
    r"为|是|视为|即)?(?:合格|及格|达标|通过)"
    r"|(?:合格|及格|达标|通过)(?:线|分数?|标准)?(?:为|是|:|定为"
    rf"|设为)*\s?(?:总分)?(?P<c>{NUMERAL})\s?分"
    rf"|(?:不合格|不及格)[^,;]{{0,6}}(?:低于|不足|不满)\s?(?P<d>{NUMERAL})\s?分"
    rf"|(?:考核|考评|得分|评分|总分)[^,;\d]{{0,6}}(?P<g>\d{{2,3}})(?:分)?(?:\(含\))?(?:及)?"
    rf"以上[^,;\d]{{0,6}}(?:合格|及格|达标|通过)"
    rf"|(?:考核|考评|评定|打分|评分|评估)[^;。]{{0,20}}(?:未达到?|低于"
    rf"|不足|不满)\s?(?P<f>{NUMERAL})\s?分[^;。]{{0,12}}(?:整改|改进"
    r"|约谈|书面说明)"
    rf"|(?P<e>{NUMERAL})\s?分以下[^,;]{{0,8}}(?:不合格|不及格|未达标|不达标))"
)
_ROW = re.compile(
    rf"(?:连续|累计|连着)(?:达到?|满)?\s?(?P<n>{NUMERAL})\s?(?:个)?(?:自然|考核|评估|结算"
    r"|计费|服务|合同)?(?:月度?|季度?|次|期|周期?|考核期|年度?|个?星期)"
    rf"|(?P<m>{NUMERAL})\s?个(?:自然)?(?:月|季度?|周期?|考核期)(?:连续|连着)"
)
_FAILED = (
    r"不合格|不及格|未达标|不达标|未达到|低于|未通过|未能达|不符合|未达"
    r"|没有达到|未合格|未满足|考核|评分"
)
_ENDS = r"不再合作|停止合作|结束合作|解除|终止|解约|退出|单方"


@dataclass(frozen=True, slots=True)
class Assessment:
    """Each part None where the paper does not say it."""

    cycle: Noted[str] | None
    pass_score: Noted[Decimal] | None
    consecutive: Noted[int] | None


def read(passage: Passage) -> Assessment:
    """All three, from wherever they stand."""
    consecutive = _consecutive(passage)
    cycle = _cycle(passage) or _from_row(passage, consecutive)
    return Assessment(cycle, _pass_score(passage), consecutive)


def _from_row(passage: Passage, row: Noted[int] | None) -> Noted[str] | None:
    """连续三个季度不合格: what fails by quarters is judged by quarters."""
    if row is None:
        return None
    line = next(ln for ln in passage.lines if ln.start <= row.start < ln.end)
    if not patterns.search(
        rf"{_ABOUT}|不?合格|不?及格|得分|指标|(?:服务|质量)(?:标准|要求|水平)",
        line.text + line.topic,
    ):
        return None
    told = patterns.search(r"季|月|周|星期|年", passage.text[row.start : row.end])
    names = {"季": "quarterly", "月": "monthly", "周": "weekly", "星": "weekly", "年": "annual"}
    return Noted(names[told[0][0]], row.start, row.end, GUESS) if told else None


def _cycle(passage: Passage) -> Noted[str] | None:
    lines = list(passage.saying(_ABOUT, without=r"连续|满意度评价体系")) + list(
        passage.saying(_ABOUT)
    )
    best: tuple[int, int, Noted[str]] | None = None
    for line in lines:
        for rank, (name, pattern) in enumerate(_CYCLES):
            for found in patterns.finditer(pattern, line.text):
                near = line.text[max(0, found.start() - 14) : found.end() + 14]
                word = patterns.search(_ABOUT, near)
                if word is None or patterns.search(
                    r"报告|报送|满意度|费用?|结算|支付|通话", near[:0]
                ):
                    continue
                told = (
                    2
                    if patterns.search(
                        rf"(?:{pattern})[^,;]{{0,8}}(?:{_ABOUT})"
                        rf"|(?:{_ABOUT})[^,;]{{0,8}}(?:{pattern})",
                        near,
                    )
                    else 1
                )
                told += bool(patterns.search(r"考核|考评|质量", line.topic + near))
                key = (-told, line.start * 100 + rank)
                if best is None or key < best[:2]:
                    best = (
                        *key,
                        Noted(
                            name,
                            line.at(found.start()),
                            line.at(found.end()),
                            SURE if told > 2 else LIKELY,
                        ),
                    )
    return best[2] if best else None


def _pass_score(passage: Passage) -> Noted[Decimal] | None:
    for line in passage.saying(r"合格|及格|达标|通过|整改|改进"):
        found = _PASS.search(line.text)
        if found and not patterns.search(r"考试|培训|上岗|笔试", line.text[: found.end()][-30:]):
            value = next(found[name] for name in "abcdefg" if found[name])
            sure = SURE if patterns.search(_ABOUT, line.topic + line.text) else LIKELY
            return Noted(numeral_value(value), line.at(found.start()), line.at(found.end()), sure)
    return None


def _consecutive(passage: Passage) -> Noted[int] | None:
    lines: list[Line] = list(passage.saying(r"连续|连着"))
    for line in lines:
        for found in _ROW.finditer(line.text):
            if (
                not patterns.search(r"连续|连着", found[0])
                or not patterns.search(_FAILED, line.text)
                or not patterns.search(_ENDS, line.text)
            ):
                continue
            if patterns.search(
                r"逾期|拖欠|未付|旷工|缺勤", line.text[max(0, found.start() - 8) : found.end() + 8]
            ):
                continue
            end = patterns.match(rf"[^,;]{{0,20}}?(?:{_FAILED})(?:的)?", line.text[found.end() :])
            last = found.end() + (end.end() if end else 0)
            return Noted(
                int(numeral_value(found["n"] or found["m"])), line.at(found.start()), line.at(last)
            )
    return None
