"""SL_CONFLICT: the same level is promised twice with different figures (B8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.grammar.numerals import numeral_value
from pactdesk.documents.paper import Paper, Sentence

_METRIC = (
    r"满意度|满意率|好评率|(?:人工)?接通率|应答率|接起率|解决率|一次解决率|可用率|质检合格率|"
    r"(?:平均)?首次?响应(?:时间|时长|时限)|首响(?:时间|时长)?|平均响应(?:时间|时长)|回复率|投诉率"
)
_LEVEL = re.compile(
    rf"(?P<metric>{_METRIC})[^。；;,，\d≥≤<>%]{{0,10}}?"
    r"(?P<side>不得?低于|不少于|达到?|≥|>=|为|以上|不得?超过|不高于|≤|<=|控制在)[^。；;,，\d]{0,4}"
    r"(?P<value>\d+(?:\.\d+)?)\s?(?P<unit>[%％‰]|秒钟?|分钟|小时|分)"
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
            if re.search(_CONSEQUENCE, part):
                continue
            unit = match["unit"].replace("％", "%")
            scope = frozenset(_SCOPE.findall(sentence.text[: match.end() + 8]))
            yield _Promise(sentence, match, (match["metric"], unit, scope), match["value"])


_LIMIT = re.compile(
    r"(?P<n>\d+|[一二两三四五六七八九十]+)\s?个?(?P<unit>工作日|小时|分钟|日|天)(?:之|以)?内"
    r"[^。；;,，]{0,4}(?P<verb>恢复|办结|解决|修复|回复|首次回访|回访|响应)"
)
_SUBJECT = re.compile(r"[一-鿿]{2,6}(?:故障|投诉|咨询|工单|来件|会话|来电)")


def _limits(paper: Paper) -> Iterator[_Promise]:
    """ "停机故障…2小时内恢复": the same subject and the same verb, and how long it may take."""
    for sentence in paper.sentences:
        subject = _SUBJECT.search(sentence.words)
        if subject is None or len(_SUBJECT.findall(sentence.words)) > 1:
            continue
        for match in _LIMIT.finditer(sentence.text):
            limit = f"{numeral_value(match['n'])} {match['unit'].replace('天', '日')}"
            scope = frozenset(_SCOPE.findall(sentence.text)) - {"工作日"}
            yield _Promise(sentence, match, (match["verb"], subject[0], scope), limit)
