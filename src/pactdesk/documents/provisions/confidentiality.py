"""What is kept secret, and how long: 终止后三年内, 长期有效."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Line, Passage

_ABOUT = (
    r"机密|保密|商业秘密|不得(?:泄露|泄漏|披露|外泄|透露|外传)|守密|不要往外|(?:往|对)外(?:说"
    r"|讲|传|透)"
    r"|说出去|外传"
)
_FOREVER = re.compile(
    r"长期(?:有效|保密|承担)|永久|永远|终身|无限期|无期限|没有期限|不设期限|无时间限制"
    r"|不受[^,;]{0,12}(?:期限|终止"
    r"|届满)[^,;]{0,4}(?:限制|影响)|持续有效|一直有效"
    r"|直至[^,;]{0,14}(?:公知|公开|众所周知|合法公开)|始终有效|(?:进入|成为|属于)公[知开有]"
    r"|不因[^,;]{0,16}(?:终止|解除|届满)而(?:终止|失效|免除|解除)"
    r"|(?:仍|依)(?:然)?(?:持续|继续)?有效(?!.{0,4}\d)"
)
_AFTER = re.compile(
    r"终止|届满|期满|解除|结束|离职|离开|走了|到期|停止合作|离岗|终了|完毕|收工|不[干做]|散伙|[撤离退]场|完工|辞[职工]|分手"
)
_KEEPING = re.compile(r"录音|保存|留存|备份|质保|档案")


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """`after_years` after the end, or `indefinite`; both open where the paper is mute."""

    after_years: Decimal | None
    indefinite: bool


def read(passage: Passage) -> Noted[Confidentiality] | None:
    """Where two lines differ, the stricter one."""
    found = [n for line in _lines(passage) if (n := _line(passage, line))]
    if not found:
        return None
    told = {n.value for n in found if n.value.indefinite or n.value.after_years}
    best = max(found, key=lambda n: (n.value.indefinite, n.value.after_years or 0))
    return best if len(told) < 2 else best.less_sure()


def _lines(passage: Passage) -> list[Line]:
    every = passage.lines
    return [
        line
        for number, line in enumerate(every)
        if any("保密" in other.text for other in every[max(0, number - 2) : number])
        or patterns.search(_ABOUT, line.text)
        or patterns.search(r"保密|秘密", line.topic)
    ]


def _line(passage: Passage, line: Line) -> Noted[Confidentiality] | None:
    for found in quantities_in(passage.text, line.start, line.end):
        if found.value.unit not in ("year", "month"):
            continue
        around = passage.text[max(line.start, found.start - 24) : min(line.end, found.end + 14)]
        if not _AFTER.search(around) or _KEEPING.search(around):
            continue
        after = _AFTER.search(passage.text, max(line.start, found.start - 24))
        start = min(found.start, after.start() if after else found.start)
        years = found.value.n / (12 if found.value.unit == "month" else 1)
        return Noted(Confidentiality(years, False), start, found.end)
    forever = _FOREVER.search(line.text)
    if patterns.search(r"_{2,}\)?\s?(?:年|个月)", line.text):
        forever = None
    if forever and _is_about_secrets(line):
        return Noted(Confidentiality(None, True), line.start, line.at(forever.end()), LIKELY)
    if patterns.search(r"保密|不得(?:泄露|泄漏|披露|外泄|透露)", line.text):
        return Noted(Confidentiality(None, False), line.start, line.end, SURE)
    return None


def _is_about_secrets(line: Line) -> bool:
    """Under 知识产权与保密 a right to use for ever is no secrecy."""
    words = r"保密|保守|秘密|泄露|外泄"
    if patterns.search(words, line.text):
        return True
    return bool(patterns.search(words, line.topic)) and not patterns.search(
        r"使用|著作权|知识产权|软件|许可", line.text
    )
