"""Which metric a sentence speaks of, and of which channel and case type."""

from __future__ import annotations

import re

from pactdesk.core.terms.clauses.scope import CaseType, Channel
from pactdesk.core.terms.clauses.service_level import Metric

_TIMED = r"(?:秒|分钟|小时|工作日|时间)"
_METRICS = (
    (Metric.FIRST_RESPONSE_AVERAGE, r"平均(?:首次)?(?:人工)?(?:响应|回复|首响)"),
    (
        Metric.ANSWER_SHARE,
        r"(?:来电|电话|呼入|通话)[^。；;]{0,30}(?:接通|接起|接听|应答)|(?:接通|接起)率",
    ),
    (Metric.CSAT, r"满意(?:度|率)"),
    (Metric.AVAILABILITY, r"可用(?:率|性)"),
    (Metric.FIRST_RESPONSE_SHARE, r"首次(?:人工)?(?:响应|回复)|首响|响应时间|响应比例"),
    (Metric.RESOLUTION_SHARE, rf"\d\s?个?(?:服务)?{_TIMED}内[^。；;]{{0,14}}(?:解决|办结)"),
    (Metric.RESOLUTION_SHARE, rf"{_TIMED}[^。；;]{{0,20}}内[^。；;]{{0,8}}(?:解决方案|解决|办结)"),
    (Metric.RESOLUTION_RATE, r"(?<!一次)(?<!首次)(?:解决率|解决的比例)|办结率"),
)


def metric_of(text: str) -> Metric | None:
    """The metric that `text` names, or None."""
    return next((metric for metric, pattern in _METRICS if re.search(pattern, text)), None)


def channel_of(text: str) -> Channel | None:
    """The channel that a level is limited to."""
    if re.search(r"\[[^\]]*(?:电话|在线)", text):
        return None
    if re.search(r"在线|聊天|即时消息", text):
        return Channel.CHAT
    return Channel.PHONE if re.search(r"电话|来电|热线|呼入|通话", text) else None


def case_type_of(text: str) -> CaseType | None:
    """The case type that a level is limited to."""
    if "投诉" in text:
        return CaseType.COMPLAINT
    return CaseType.SUGGESTION if "建议类" in text else None
