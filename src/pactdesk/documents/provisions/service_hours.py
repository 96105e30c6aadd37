"""When service is given, in the paper's own words."""

from __future__ import annotations

import re

from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, Noted
from pactdesk.documents.provisions.passage import Passage

_ALWAYS = (
    r"7\s?[×xX*]\s?24\s?(?:小时)?|24\s?[×xX*]\s?7|全天候|(?:24"
    r"|二十四)小时不间断|每[日天](?:24|二十四)小时"
)
_CLOCK = r"\d{1,2}\s?[:点时]\s?(?:\d{2}|半)?分?"
_HALF = r"(?:上午|下午|早上?|晚上?|次日|凌晨|中午)?"
_WINDOW = rf"{_HALF}\s?{_CLOCK}\s?[-~至到]+\s?{_HALF}\s?{_CLOCK}"
_DAYS = (
    r"(?:(?:周|星期)[一二三四五六日天](?:\s?[至到\-~]\s?(?:周"
    r"|星期)?[一二三四五六日天])?|每[日天]|全年(?:无休)?|工作日"
    r"|法定工作日|节假日)"
)
_HOURS = re.compile(
    rf"{_ALWAYS}|(?:{_DAYS}[^;:\d]{{0,8}})?{_WINDOW}(?:\s?[、,和及与]\s?{_WINDOW})*"
)
_NOT = r"考核|逾期|违约|录音|监控"


def read(passage: Passage) -> Noted[str] | None:
    """The first hours that are not those of a deadline or of a machine."""
    for barred in (_NOT, r"逾期|违约"):
        for line in passage.saying(rf"{_ALWAYS}|{_WINDOW}"):
            found = _HOURS.search(line.text)
            if found and not patterns.search(
                barred, line.text[max(0, found.start() - 12) : found.start()]
            ):
                return Noted(found[0], line.at(found.start()), line.at(found.end()), LIKELY)
    return None
