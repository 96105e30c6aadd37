"""Levels that are counted per period: reports, backups, drills, training."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.levels.level import Level
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.provisions.passage import Line

_PERIODS = {
    "日": "per_day",
    "天": "per_day",
    "季": "per_quarter",
    "季度": "per_quarter",
    "年": "per_year",
    "年度": "per_year",
    "半年": "per_half_year",
    "月": "per_month",
    "个月": "per_month",
    "周": "per_week",
}
_EVERY = r"每(?:个)?(?:自然)?(?P<period>半年|季度?|年度?|个?月|[日天]|周)"
_BACKUP = re.compile(
    rf"{_EVERY}[^,;。]{{0,12}}?备份(?:[^,;。]{{0,4}}?(?P<n>{NUMERAL})\s?次)?"
    rf"|备份[^;。]{{0,14}}?{_EVERY.replace('period', 'p2')}[^,;。]{{0,6}}?(?P<m>{NUMERAL})\s?次"
    rf"|每(?P<h>{NUMERAL})\s?个?小时[^,;。]{{0,6}}?备份"
)
_RECOVERY = r"(?:恢复|灾备|应急|容灾|灾难|切换|(?=演练恢复))"
_A_YEAR = r"一(?:个)?(?P<p4>年|季度?)"
_DRILL = re.compile(
    rf"{_EVERY}[^,;。]{{0,18}}?{_RECOVERY}[^,;。]{{0,4}}?演练(?:[^,;。]{{0,4}}?{NUMERAL}\s?"
    r"[次回场])?"
    rf"|{_RECOVERY}[^,;。]{{0,6}}?演练[^;。\d每]{{0,6}}?{_EVERY.replace('period', 'p2')}"
    rf"[^,;。]{{0,8}}?{NUMERAL}\s?[次回场]|{_RECOVERY}[^,;。]{{0,6}}?演练,?{_A_YEAR}"
    rf"[^,;。]{{0,4}}?{NUMERAL}\s?[次回场]"
)
_REPORT = re.compile(
    r"(?:(?:每月|次月|月度?|每个月|下个?月|每自然月|翌月|隔月)(?:的)?\s?(?:第|前|头)?(?P<n>"
    rf"{NUMERAL})\s?(?P<unit>[日号]|个?工作日)"
    r"|(?:每(?:个|一)?(?:自然)?月|月度?|次月|当月|上月)(?:结束|终了"
    rf"|届满|度终了|开始)后?(?:的)?(?:第)?\s?(?P<m>{NUMERAL})\s?(?P<unit2>[日天号]"
    r"|个?工作日|个?自然日))"
    r"(?P<by>之?前|内|以前|之内|以内)?"
)
_REPORTED = r"(?<!病害)报告|报表|月报(?!酬|价)|分析|简报|工作总结|运营数据"
_HANDS_IN = r"提出|报送|提交|提供|出具|递交|交付|发送|送交|上报|报|送达|交|寄送|寄|完成|出"
_NO_REPORT = r"结算|对账|发票|账单|请款|工资|薪|付款|支付|故障报告|费用清单|考核报告"
_HOURS = re.compile(
    rf"(?:{_EVERY})?[^,;。]{{0,14}}?(?:培训|训练|轮训|受训)[^,;。]{{0,12}}?(?P<n>{NUMERAL})\s?"
    rf"个?(?:学时|小时|课时)|{_EVERY.replace('period', 'p2')}[^,;。]{{0,12}}?"
    rf"(?P<m>{NUMERAL})\s?个?(?:学时|小时|课时)[^,;。]{{0,6}}?(?:培训|训练|轮训|受训)"
)
_SESSIONS = re.compile(
    rf"{_EVERY}[^,;。]{{0,14}}?(?P<n>{NUMERAL})\s?[次场][^,;。]{{0,10}}?(?:培训|训练|轮训|受训)"
    rf"|{_EVERY.replace('period', 'p2')}[^,;。]{{0,14}}?(?:培训|训练|轮训|受训)[^,;。]{{0,8}}?"
    rf"(?P<m>{NUMERAL})\s?[次场]"
    rf"|(?:培训|训练|轮训|受训),?{_EVERY.replace('period', 'p3')}[^,;。\d参]{{0,6}}?(?P<k>"
    rf"{NUMERAL})\s?[次场]"
)
_PER_MANY = re.compile(
    rf"每(?P<of>[万千])[^,;。]{{0,6}}投诉[^,;。\d]{{0,24}}?(?P<n>{NUMERAL})"
    r"\s?[件起例]"
)


def _times(match: re.Match[str]) -> Decimal:
    """How often: 每年做两次恢复演练; once where no number stands."""
    told = patterns.search(rf"({NUMERAL})\s?[次回场]", match[0])
    return numeral_value(told[1]) if told else Decimal(1)


def read(line: Line) -> Iterator[Noted[Level]]:
    """What a line owes per period."""

    def noted(
        metric: str,
        match: re.Match[str],
        number: Decimal,
        unit: str,
        at: str = ">=",
        scope: str | None = None,
    ) -> Noted[Level]:
        return Noted(
            Level(metric, at, number, unit, None, scope),
            line.at(match.start()),
            line.at(match.end()),
            LIKELY,
        )

    for match in _BACKUP.finditer(line.text):
        period = match["period"] or match["p2"] or "日"
        times = numeral_value(match["n"] or match["m"] or "1")
        if match["h"]:
            times = 24 / numeral_value(match["h"])
        yield noted("backup_frequency", match, times, _PERIODS[period])
    for match in _DRILL.finditer(line.text):
        yield noted(
            "restore_drill",
            match,
            _times(match),
            _PERIODS[match["period"] or match["p2"] or match["p4"]],
        )
    report = _report(line.text)
    if report:
        unit = (
            "working_day_of_next_month"
            if "工作" in (report["unit"] or report["unit2"])
            else "day_of_month"
        )
        yield noted(
            "report_delivery",
            report,
            numeral_value(report["n"] or report["m"]),
            unit,
            "<=",
            "monthly_report",
        )
    for match in _HOURS.finditer(line.text):
        every = patterns.search(_EVERY, line.text[: match.end()])
        period = _PERIODS[every["period"]] if every else ""
        unit = "h_per_quarter" if period == "per_quarter" else "h"
        yield noted(
            "training_hours",
            match,
            numeral_value(match["n"] or match["m"]),
            unit,
            scope=period or None,
        )
    for match in _SESSIONS.finditer(line.text):
        period = _PERIODS[match["period"] or match["p2"] or match["p3"]]
        yield noted(
            "training_sessions",
            match,
            numeral_value(match["n"] or match["m"] or match["k"]),
            period,
        )
    for match in _PER_MANY.finditer(line.text):
        unit = "per10k" if match["of"] == "万" else "permille"
        yield noted("complaint_rate", match, numeral_value(match["n"]), unit, "<=")


def _report(text: str) -> re.Match[str] | None:
    """The day by which a report is handed in; the day of a bill or of pay is not it."""
    for found in _REPORT.finditer(text):
        before = patterns.compiled(r"[;。]").split(text[: found.start()])[-1][-28:]
        behind = patterns.compiled(r"[;。]").split(text[found.end() : found.end() + 44])[0]
        if not found["by"] and not patterns.search(r"(?:不[晚迟]于|最[晚迟])\Z", before):
            continue
        near = before + behind
        if not patterns.search(_REPORTED, near) or not patterns.search(_HANDS_IN, near):
            continue
        first = patterns.search(_REPORTED, behind)
        if patterns.search(_NO_REPORT, behind[: first.end() + 8] if first else near):
            continue
        return found
    return None
