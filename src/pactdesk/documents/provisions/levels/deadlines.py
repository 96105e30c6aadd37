"""Levels of the form "within so long, do this": 30分钟内响应, 48小时内结案, 2小时内回电."""

from __future__ import annotations

from collections.abc import Iterator

from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.levels.level import Level
from pactdesk.documents.provisions.levels.metrics import TIMES, channel_of, severity_of
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_ANSWER = r"响应|受理|到场|到位|介入|应答|接单|着手"
_MEND = r"修复|恢复|排除|解决|消除|处理完[毕成]|解除故障|修好"
_CONTACT = r"回访|回电|联系|联络|致电|首次|响应|回复|受理|反馈|回应|应答|对接"
_CLOSE = (
    r"办结|结案|处理完[毕成]|处理结论|处理结果|处理意见|解决|闭环|结论"
    r"|处置完毕|办理完毕|了结|答复|处理方案|处理|完结|关闭"
)
_SUBJECTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        r"监管|行政机关|主管机关|函转|转办|行政部门|12345|12315|12300"
        r"|政务|政府|主管部门|市场监督|市监|消协|工商",
        (("regulator_ticket_reply", r"回复|答复|反馈|办结|处理|提供|提交|回函|报送|响应"),),
    ),
    (
        r"(?:重大|升级|紧急|群体性?|恶性)[^,;。]{0,4}(?:投诉|客诉|申诉)|投诉升级",
        (
            ("complaint_close_time", r"办结|结案|处理完|方案|结论|处理意见|处理结果|解决"),
            ("major_complaint_start_time", r"启动|响应|介入|处理|上报|受理|成立|联系|报告"),
        ),
    ),
    (
        r"(?:投诉|客诉|申诉)(?:类|性)?(?:工单|事件|问题|案件)?",
        (("complaint_callback_time", _CONTACT), ("complaint_close_time", _CLOSE)),
    ),
    (
        r"故障|事故|(?:一般|普通|轻微|紧急|重要|严重|重大|致命)(?:性)?(?:问题|事件|缺陷)"
        r"|[Pp][0-4]|[一二三四1-4]级|宕机|中断",
        (("fault_response_time", _ANSWER), ("fault_fix_time", _MEND)),
    ),
    (
        r"工单|售后|问题|诉求|咨询|来件|邮件|留言|疑难",
        (
            ("resolution_time", r"办结|解决|处理完|结单|闭环|完结|关闭|处理结果"),
            ("response_time", r"响应|回复|答复|反馈|受理"),
        ),
    ),
)

_SPECIAL = 2
"""Those that decide wherever they stand; among the others the last one named does."""


def read(passage: Passage, line: Line) -> Iterator[Noted[Level]]:
    """Each length of time that is followed, before the next comma, by what must be done in it."""
    last = line.start
    for place in quantities_in(passage.text, line.start, line.end):
        if place.value.unit not in TIMES or passage.text[place.start - 1 : place.start] in "×xX*":
            continue
        if place.value.unit == "rings":
            if not patterns.search(
                r"[铃响振]", passage.text[max(line.start, place.start - 10) : place.end]
            ):
                continue
            level = Level("response_time", "<=", place.value.n, "rings", None, "phone")
            yield Noted(level, line.start, place.end, LIKELY)
            continue
        within = patterns.match(
            r"\s?(?:之?内|以内|之?前)?(?P<act>[^,;。、]{1,18})",
            passage.text[place.end : min(line.end, place.end + 22)],
        )
        lead = passage.text[line.start : place.start]
        own = patterns.compiled(r"[,;、:。]").split(passage.text[last : place.start])[-1]
        told = _metric(lead, within["act"]) if within else None
        behind = place.end + (within.end() if told and within else 0)
        named = patterns.search(r"平均|均响|首[次响句]", own)
        if told is None and not (named and not patterns.search(r"投诉|客诉", lead)):
            told = _metric(lead, own)
        last = place.end
        if told is None or patterns.search(r"提前|每\Z|月\Z|第\Z", lead[-3:]):
            continue
        metric, at = told
        scope = severity_of(lead[at:]) if metric.startswith("fault") else channel_of(lead)
        level = Level(metric, "<=", place.value.n, place.value.unit, None, scope)
        start = (
            line.start + max(at, lead.rfind(",") + 1, lead.rfind(";") + 1)
            if at < len(lead)
            else place.start
        )
        end = behind
        yield Noted(
            level,
            min(start, place.start),
            end,
            SURE if metric.startswith(("fault", "complaint")) else LIKELY,
        )


def _metric(lead: str, act: str) -> tuple[str, int] | None:
    """The last subject named before, and what is done with it."""
    subjects = [
        (found.end() + (1000 if rank < _SPECIAL else 0), found.start(), acts)
        for rank, (pattern, acts) in enumerate(_SUBJECTS)
        for found in patterns.finditer(pattern, lead)
    ]
    if patterns.search(r"整改|改正|未回复|清单", act):
        return None
    if patterns.search(r"人工(?:客服)?(?:应答|响应|回复|接待|接入)", act) and patterns.search(
        r"首次|进线|来询|咨询进入|会话接入", lead[-16:]
    ):
        return "first_response_time", lead.rfind(",") + 1
    if patterns.search(r"首次(?:人工)?(?:响应|回复|应答)", act) and not patterns.search(
        r"投诉|客诉|申诉|故障", lead
    ):
        return "first_response_time", lead.rfind(",") + 1
    asked = r"第一句|首句|首条|一进线|发来消息|开口"
    if patterns.match(r"(?:必须|要)?(?:回|应|搭话|接待|开口)", act) and patterns.search(
        asked, lead
    ):
        return "first_response_time", lead.rfind(",") + 1
    for _, start, acts in sorted(subjects, key=lambda s: (-s[0], s[1])):
        for metric, pattern in acts:
            if patterns.search(pattern, act):
                return metric, start
    return None
