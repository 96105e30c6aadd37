"""After how many days of lateness the provider may stop: 逾期超过30日的, 可暂停服务."""

from __future__ import annotations

from pactdesk.documents.grammar.quantities import quantities_in
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import SURE, Noted
from pactdesk.documents.provisions.passage import Passage

_STOPS = r"先?停(?:下来|工|摆)|(?:中止|暂停|停止|中断)(?!营业|侵权)"


def read(passage: Passage) -> Noted[int] | None:
    """The days overdue; only where it is the client that is late."""
    for line in passage.saying(_STOPS):
        if not patterns.search(r"逾期|超过|拖|拖欠|欠付|未付|欠款|满|达", line.text):
            continue
        for found in quantities_in(passage.text, line.start, line.end):
            before = passage.text[max(line.start, found.start - 10) : found.start]
            after = passage.text[found.end : found.end + 12]
            if found.value.unit not in ("day", "working_day") or patterns.match(
                r"内|[^,;]{0,2}(?:书面)?通知", after
            ):
                continue
            if (
                patterns.search(r"超过|拖过|逾期|满|达|拖欠|欠|超出|以上|届", before + after[:4])
                and found.value.n >= 1
            ):
                start = found.start - len(before) + max(0, before.rfind(",") + 1)
                return Noted(int(found.value.n), start, found.end, SURE)
    return None
