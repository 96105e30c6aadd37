"""SL_CONFLICT: the same level is promised twice with different figures (B8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.grammar.rates import rates_in
from pactdesk.documents.paper import Paper, Sentence

_METRIC = (
    r"满意度|满意率|好评率|(?:人工)?接通率|应答率|接起率|接听率|(?:一次|首次|问题)?解决率"
    r"|可用[率性]|质检合格率|质检(?:得)?分数?|"
    r"(?:平均|首次)+响应(?:时间|时长|时限)?|首响(?:时间|时长)?"
    r"|(?:平均)?处理时长|(?:平均)?通话时长|"
    r"回复率|投诉率|出勤率|到岗率|准确率|及时率|完成率|合格率|办结率|结案率|转化率|达标率"
)
_PART = r"百分之[零一二三四五六七八九十百点]+|[一二三四五六七八九]成[一二三四五六七八九半]?"
_LEVEL = re.compile(
    rf"(?P<metric>{_METRIC})[^。；;,，\d≥≤<>%]{{0,10}}?"
    r"(?P<side>不得?低于|不少于|达到?|≥|>=|为|以上|不得?超过|不高于|≤|<=|控制在|保持在|在"
    r"|不小于|[|:：]|(?=\d+(?:\.\d+)?\s?(?:秒钟?|分钟|小时)(?:以|之)?内))"
    r"[^。；;,，\d一二三四五六七八九]{0,4}"
    rf"(?:(?P<spoken>{_PART})|(?P<value>\d+(?:\.\d+)?)\s?(?P<unit>[%％‰]|秒钟?|分钟|小时|分))"
)
_CONSEQUENCE = (
    r"扣|减付|终止|解除|违约|不合格|奖|每(?:低|高|超|降|下降)|未达|不足"
    r"|(?<![不得])低于\d|至\d+%|区间|档"
)
_SCOPE = re.compile(
    r"电话|热线|在线|邮件|微信|工单|平台|抖音|京东|天猫|淘宝|大促|双11|618|夜间|夜班"
    r"|白班|工作日|周末|"
    r"节假日|首月|磨合|试运行|一级|二级|三级|严重|一般|重大|投诉|咨询|售前|售后|VIP"
    r"|会员|普通|月度|季度|年度|单日|新人|基础|挑战|第[一二三四]"
)


@dataclass(frozen=True, slots=True)
class _Promise:
    sentence: Sentence
    match: re.Match[str]
    about: tuple[str, str, frozenset[str]]
    value: str


def level_conflict(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """Two clauses, one metric of one scope, two figures in one unit."""
    del contract
    first: dict[tuple[str, str, frozenset[str]], _Promise] = {}
    for other in [*_promises(paper), *_limits(paper)]:
        one = first.setdefault(other.about, other)
        if one.value == other.value or one.sentence is other.sentence:
            continue
        return remark(
            paper,
            "SL_CONFLICT",
            passage(one.sentence, one.match),
            passage(other.sentence, other.match),
            one=one.match[0],
            other=other.match[0],
        )
    return ()


def _promises(paper: Paper) -> Iterator[_Promise]:
    for sentence in paper.sentences:
        for match in _LEVEL.finditer(sentence.text):
            start, end = passage(sentence, match)
            part = paper.text[start:end]
            if re.search(_CONSEQUENCE, part) or part.rstrip().endswith(("的", "时", "者")):
                continue
            scope = frozenset(_SCOPE.findall(sentence.text[: match.end() + 8]))
            unit, value = _figure(match)
            yield _Promise(sentence, match, (match["metric"], unit, scope), value)


def _figure(match: re.Match[str]) -> tuple[str, str]:
    """Unit and value in one form: 百分之九十五 is 95 %."""
    if match["spoken"]:
        rate = next(iter(rates_in(match["spoken"])), None)
        return "%", f"{(rate.value * 100).normalize():f}" if rate else match["spoken"]
    unit = match["unit"].replace("％", "%").replace("秒钟", "秒")
    return unit, f"{Decimal(match['value']).normalize():f}"


_LIMIT = re.compile(
    r"(?P<n>\d+|[一二两三四五六七八九十]+)\s?个?(?P<unit>工作日|小时|分钟|日|天|秒钟?)(?:之|以)?内"
    r"[^。；;,，]{0,4}(?P<verb>恢复|办结|解决|修复|首次回复|回复|首次回访|回访|响应|接听|接起"
    r"|答复|处理)"
)
_SUBJECT = re.compile(r"故障|投诉|咨询|工单|来件|会话|来电|邮件|留言|差评|退款")
_DEGREE = re.compile(
    r"复杂|疑难|紧急|重要|轻微|简单|[高中低]等?级|首次|再次|停机|中断|升级|媒体|监管|跨部门|夜"
    r"|[一二三四]类|P\d|A类|B类"
)


def _limits(paper: Paper) -> Iterator[_Promise]:
    """ "停机故障…2小时内恢复": the same subject and the same verb, and how long it may take."""
    for sentence in paper.sentences:
        subject = _SUBJECT.search(sentence.words)
        if subject is None or len(set(_SUBJECT.findall(sentence.words))) > 1:
            continue
        for match in _LIMIT.finditer(sentence.text):
            limit = f"{numeral_value(match['n'])} {match['unit'].replace('天', '日')}"
            words = _SCOPE.findall(sentence.text) + _DEGREE.findall(sentence.text)
            scope = frozenset(words) - {"工作日", subject[0]}
            yield _Promise(sentence, match, (match["verb"], subject[0], scope), limit)
