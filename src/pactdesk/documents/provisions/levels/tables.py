"""Rows of a table of levels as sentences: 一级 | 15分钟 under 响应时间 is 一级响应时间15分钟."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.passage import Line, Passage
from pactdesk.documents.provisions.tables import Cell, Table

_NAMES = ("指标", "项目", "名称", "级别", "等级", "类型", "类别", "内容", "优先级", "事项", "维度")
_PLAIN = re.compile(r"目标|标准|要求|承诺|指标值|达标|阈值|数值|下限|上限")
_ACTS = re.compile(r"响应|修复|恢复|解决|回访|办结|处理|时限|到场|答复|首次|率")
_NOT_LEVELS = re.compile(
    r"权重|扣|未达|措施|后果|奖惩|考核|分值|得分|处罚|备注|说明|口径"
    r"|序号|责任|价|费|元"
)
_UNIT = re.compile(
    r"[(/]?\s?(?P<unit>个?工作日|小时|分钟|秒|天|日|%|‰|分|h|min|s)(?:以内|内)?\s?\)?\Z"
)
_BARE = re.compile(r"(?:[≥≤<>]=?|不低于|不超过|不少于|不高于)?\s?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class RowSentence:
    """A cell with its names as one line of text; `start` and `end` are the row's places."""

    line: Line
    start: int
    end: int


def sentences(passage: Passage) -> Iterator[RowSentence]:
    """One for each cell that holds a level."""
    for table in passage.tables:
        name = table.column(*_NAMES) or 0
        for column, head in enumerate(table.header):
            if column != name and _holds_levels(head, table):
                for row in table.rows:
                    if column < len(row) and name < len(row):
                        yield _sentence(table, row, name, column)


def _holds_levels(head: Cell, table: Table) -> bool:
    if _NOT_LEVELS.search(head.text):
        return False
    return bool(_PLAIN.search(head.text) or (_ACTS.search(head.text) and len(table.header) > 1))


def _sentence(table: Table, row: tuple[Cell, ...], name: int, column: int) -> RowSentence:
    head, cell = table.header[column].text, row[column].text
    units = table.column("单位")
    unit = ""
    if _BARE.fullmatch(cell):
        told = _UNIT.search(row[units].text) if units is not None and units < len(row) else None
        told = told or _UNIT.search(head)
        unit = told["unit"] if told else ""
    subject = row[name].text
    about = subject + table.header[name].text
    if patterns.search(
        r"[一二三四1-4]级|[Pp][0-4]|严重|紧急|重大|一般", subject
    ) and patterns.search(r"故障|级别|等级|优先级|事件", about):
        subject += "" if patterns.search(r"故障|事件|投诉|问题", subject) else "故障"
    middle = "" if _PLAIN.search(head) and not _ACTS.search(head) else head.split("(")[0]
    text = f"{subject}{middle}{cell}{unit}"
    return RowSentence(Line(0, len(text), text, ""), row[0].start, row[-1].end)
