"""After how many days of lateness the provider may stop: 逾期超过30日的, 可暂停服务."""

from __future__ import annotations

import re

from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Passage

_STOPS = (
    r"先?停(?:下来|机|工|摆|服|派|岗|接|运)|(?:中止|暂停|停止|中断|暂缓|停供)(?!营业"
    r"|侵权|支付)|撤[回离出走]|冻结|关[停闭]|断开|收回(?:账号|人员)"
    r"|(?:把|将)?(?:人|客服)[^,;]{0,4}(?:叫|撤|带|领|喊|召)[回走出]|叫[回停]|召回|歇[工业着]|(?:不再?|别)(?:派人|干活|接待|上班)"
    r"|停掉|(?:先)?下线客服|客服下线|撤下"
)
_LATE = r"逾期|超过|拖|拖欠|欠付|未付|欠款|满|达|迟延|迟付|延迟|欠费|逾|晚付|未支付|不付"
_LEAD = r"超过|拖过|逾期|逾|满|达到?|拖欠|欠付?|超出|届|迟延[^,;]{0,4}|延迟[^,;]{0,4}|迟付"
_BEHIND = r"\s?(?:\(含\))?(?:及|或)?(?:以上|仍|未付|不付|的|后|,|还|尚)"


def read(passage: Passage) -> Noted[int] | None:
    """The days overdue; only where it is the client that is late."""
    told = re.compile(rf"(?:{_LEAD})[^,;\d]{{0,8}}\Z")
    for line in passage.saying(_STOPS, without=r"擅自|无故|未经"):
        if not patterns.search(_LATE, line.text) or not patterns.search(
            r"付|欠|款|费|逾期|拖|催", passage.text[max(0, line.start - 60) : line.end]
        ):
            continue
        stop = patterns.search(_STOPS, line.text)
        for found in quantities_in(passage.text, line.start, line.end):
            before = passage.text[max(line.start, found.start - 14) : found.start]
            after = passage.text[found.end : found.end + 12]
            if found.value.unit not in ("day", "working_day") or found.value.n < 1:
                continue
            if patterns.match(r"之?内|[^,;]{0,2}(?:书面)?通知|前", after) or patterns.search(
                r"提前|第\Z|每[^,;]{0,4}\Z", before
            ):
                continue
            late = patterns.search(_LATE, line.text[: found.end - line.start])
            plain = told.search(before)
            if plain or (late and patterns.match(_BEHIND, after)):
                start = found.start - len(before) + max(0, before.rfind(",") + 1)
                first = stop is not None and stop.start() < found.start - line.start
                sure = SURE if plain and not first else LIKELY
                return Noted(int(found.value.n), start, found.end, sure)
    return None
