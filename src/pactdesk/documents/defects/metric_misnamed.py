"""METRIC_MISNAMED: called a rate, stated as a time limit (B11)."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.remark import passage, remark
from pactdesk.documents.paper import Paper, Sentence

_RATE_NAME = r"[一-鿿]{2,8}率"
_LENGTH = (
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十半]+)\s?个?(?:工作日|小时|分钟|秒钟?|日|天)(?:之"
    r"|以)?内"
)
_DOES = r"(?:给出|处理|回复|响应|接听|接起|解决|答复|提供|完成|办结|联系|应答|反馈|回访)"
_RATE = (
    r"(?P<rate>(?:问题|首次|一次性?|人工|电话|在线|及时|客户|顾客|用户|消费者|投诉|工单|会话"
    r"|咨询|服务)*"
    r"(?:(?:解决|接通|应答|接起|响应|回复|接听|完结|办结|处理|好评|及时)率|满意[度率])(?:指标"
    r"|要求|标准)?)"
)
_AS_TIME = re.compile(
    rf"{_RATE}\s?(?:[:：|]|[,，]?(?:是指|指|为|即|应当?"
    rf"|须))[^。；;%％]{{0,16}}?{_LENGTH}[^。；;%％]{{0,4}}{_DOES}"
)
_TIME = (
    r"(?P<time>(?:平均|首次)*(?:响应|回复|应答|处理|解决|等待|接听|通话|答复)(?:时间|时长|时限"
    r"|速度))"
)
_AS_SHARE = re.compile(
    rf"{_TIME}\s?(?:[:：|]|为|应|须|达到?|不得?低于|不少于|不小于|≥)[^。；;,，\d秒分率比]{{0,8}}?"
    r"(?:\d+(?:\.\d+)?\s?(?:[%％]|分(?!钟|之))|百分之|[一二三四五六七八九]成)"
)
_SHARE = re.compile(r"[%％‰]|百分之|率不|比例|成以上")


def metric_misnamed(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "问题解决率:…应在X小时内提供解决方案" gives no rate, "响应时间:不低于95%" no time."""
    for level in contract.of_kind(ServiceLevel):
        if not (isinstance(level.target, Blank) and level.within is not None and level.source):
            continue
        if level.title and re.fullmatch(_RATE_NAME, level.title):
            span = (level.source.start, level.source.end)
            return remark(paper, "METRIC_MISNAMED", span, clauses=(level.id,), title=level.title)
    for sentence in paper.sentences:
        rate = _AS_TIME.search(sentence.text)
        if rate and not _SHARE.search(sentence.text, rate.start()):
            return _told(paper, sentence, rate, rate["rate"])
        time = _AS_SHARE.search(sentence.text)
        if time:
            return _told(paper, sentence, time, time["time"])
    return ()


def _told(
    paper: Paper, sentence: Sentence, found: re.Match[str], title: str
) -> tuple[Finding, ...]:
    return remark(paper, "METRIC_MISNAMED", passage(sentence, found), title=title)
