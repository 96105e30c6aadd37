"""How many hours a part-time worker owes, and at most works."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pactdesk.documents.grammar.numerals import NUMERAL, numeral_value
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.noted import LIKELY, SURE, Noted
from pactdesk.documents.provisions.passage import Passage

_N = rf"(?P<n>{NUMERAL})\s?个?(?:工作)?(?:小时|钟头|h)"
_LEAST = r"(?:不(?:得)?(?:应)?(?:少于|低于)|至少|最少|最低|≥|>=|保底)"
_MOST = (
    r"(?:不(?:得|应|可)?(?:超过|多于|高于|超)|至多|最多|顶多|最高|撑死|最长|上限(?:为)?|≤|<=|以内)"
)
_WEEK = (
    r"(?:每周|每个?(?:星期|礼拜)|一个?(?:星期|礼拜)|周均|每个?自然周|一周|周(?:累计|总)?(?:工时|工作时间|出勤)"
    r"|每七日)"
)
_DAY = r"(?:每[日天]|日均|平均每[日天]|单日|当[日天]|一[日天]|日(?:工时|工作时间))"
_HAN = r"[一-鿿]{0,4}?"
_IN_WEEK = r"(?:(?![每单一当][日天]|日均|每班)[^;。])"
_IN_DAY = r"(?:(?!周|星期)[^;。])"
_RANGE = r"\s?(?:个?小时)?\s?(?:至|到|-|~)\s?"
_PATTERNS = {
    "min_hours_per_week": (
        rf"{_WEEK}{_IN_WEEK}{{0,34}}?{_LEAST}{_HAN}\s?{_N}",
        rf"{_WEEK}{_IN_WEEK}{{0,14}}?{_N}以上",
        rf"{_WEEK}{_IN_WEEK}{{0,10}}?(?P<n>{NUMERAL}){_RANGE}{NUMERAL}\s?个?小时",
    ),
    "max_hours_per_week": (
        rf"{_WEEK}{_IN_WEEK}{{0,34}}?{_MOST}{_HAN}\s?{_N}",
        rf"{_WEEK}{_IN_WEEK}{{0,14}}?{_N}(?:以内|为限|封顶|以下)",
        rf"{_WEEK}{_IN_WEEK}{{0,10}}?{NUMERAL}{_RANGE}{_N}",
    ),
    "max_hours_per_day": (
        rf"{_DAY}{_IN_DAY}{{0,22}}?{_MOST}{_HAN}\s?{_N}",
        rf"{_DAY}{_IN_DAY}{{0,14}}?{_N}(?:以内|为限|封顶|以下|之内)",
        rf"{_DAY}{_IN_DAY}{{0,8}}?{NUMERAL}{_RANGE}{_N}",
        rf"每班(?:次)?(?:工作|时长)?(?:为)?\s?{_N}",
    ),
}


@dataclass(frozen=True, slots=True)
class PartTime:
    """Hours; each None where the paper does not limit it."""

    min_hours_per_week: Noted[Decimal] | None
    max_hours_per_week: Noted[Decimal] | None
    max_hours_per_day: Noted[Decimal] | None


def read(passage: Passage) -> PartTime | None:
    """The limits, where there is any; hours of training are none."""
    found = {name: _first(passage, forms) for name, forms in _PATTERNS.items()}
    return PartTime(**found) if any(found.values()) else None


def _first(passage: Passage, forms: tuple[str, ...]) -> Noted[Decimal] | None:
    for number, pattern in enumerate(forms):
        for line in passage.saying(pattern):
            found = patterns.search(pattern, line.text)
            if found is None or patterns.search(
                r"培训|学习|演练", line.text[max(0, found.start() - 8) : found.end()]
            ):
                continue
            return Noted(
                numeral_value(found["n"]),
                line.at(found.start()),
                line.at(found.end()),
                LIKELY if number else SURE,
            )
    return None
