"""One field from a stretch of text: its value, or the blank that stands in its place.

Each function gives the field's value with its source, or None when nothing of that kind
stands there. A number inside a template's brackets is an example, never a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.durations import Duration, TimeUnit
from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.grammar.blanks import Gap
from pactdesk.documents.grammar.dates import dates_in
from pactdesk.documents.grammar.durations import UNIT_WORDS, lengths_in, unit_of
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import NumeralUnreadable, numeral_value
from pactdesk.documents.grammar.rates import rates_in
from pactdesk.documents.paper import Paper

T = TypeVar("T")

_UNIT = re.compile(rf"\s?({UNIT_WORDS})")
_DATE_GAP = re.compile(r"_{2,}\s?年\s?_{2,}\s?月\s?_{2,}\s?[日号]|20XX\s?年\s?XX?\s?月\s?XX?\s?日")


def length_field(
    paper: Paper, start: int, end: int, *, units: frozenset[TimeUnit] | None = None
) -> tuple[Duration | Blank, Source] | None:
    """The first length of time; "____个工作日" has a blank `n` and a known unit."""
    value = _first(
        _outside_gaps(paper, lengths_in(paper.text, start, end)),
        lambda found: units is None or found.value.unit in units,
    )
    gap = _length_gap(paper, start, end, units)
    if value and (gap is None or value.start < gap[1].start):
        length = value.value
        return Duration(n=length.n, unit=length.unit), paper.source_of(value.start, value.end)
    return gap


def share_field(paper: Paper, start: int, end: int) -> tuple[Decimal | Blank, Source] | None:
    """The first rate, as a part of one; more than the whole is no share, and left open."""
    value = _first(_outside_gaps(paper, rates_in(paper.text, start, end)))
    gap = _first(
        gap
        for gap in paper.gaps_between(start, end)
        if re.match(r"\s?[%％‰]", paper.text[gap.end : gap.end + 2])
        or "百分比" in gap.value.printed
        or (gap.value.example and _first(rates_in(gap.value.example)))
    )
    if gap and (value is None or gap.start < value.start):
        example = _first(rates_in(gap.value.example or ""))
        suggested = f"{example.value:f}" if example else None
        return paper.open(gap, suggested), paper.source_of(gap.start, gap.end)
    if value is None:
        return None
    if value.value > 1:
        return paper.vague(value.start, value.end), paper.source_of(value.start, value.end)
    return value.value, paper.source_of(value.start, value.end)


def amount_field(paper: Paper, start: int, end: int) -> tuple[Decimal | Blank, Source] | None:
    """The first amount of money, in yuan."""
    value = _first(_outside_gaps(paper, amounts_in(paper.text, start, end)))
    gap = _first(gap for gap in paper.gaps_between(start, end) if _stands_for_money(paper, gap))
    if gap and (value is None or gap.start < value.start):
        amounts = [found.value for found in amounts_in(gap.value.example or "")]
        suggested = f"{amounts[-1]:f}" if amounts else None
        return paper.open(gap, suggested), paper.source_of(gap.start, gap.end)
    if value is None:
        return None
    return value.value, paper.source_of(value.start, value.end)


def day_fields(paper: Paper, start: int, end: int) -> list[tuple[date | Blank, Source]]:
    """All days and open days, in order."""
    days: list[tuple[int, date | Blank, Source]] = [
        (found.start, found.value, paper.source_of(found.start, found.end))
        for found in _outside_gaps(paper, dates_in(paper.text, start, end))
    ]
    for gap in _DATE_GAP.finditer(paper.text, start, end):
        source = paper.source_of(gap.start(), gap.end())
        days.append((gap.start(), Blank(blank=gap[0], source=source), source))
    for open_day in paper.gaps_between(start, end):
        if "日期" in open_day.value.printed or "年月日" in open_day.value.printed:
            source = paper.source_of(open_day.start, open_day.end)
            days.append((open_day.start, paper.open(open_day), source))
    return [(day, source) for _, day, source in sorted(days, key=lambda item: item[0])]


def count_field(paper: Paper, start: int, end: int, unit: str) -> tuple[int | Blank, Source] | None:
    """The first number, or gap, before a counted word such as 名 or 份."""
    number = re.compile(rf"(\d+|[零一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]+)\s?(?:{unit})")
    value = _first(
        _outside_gaps(
            paper,
            (Found(m[1], m.start(1), m.end(1)) for m in number.finditer(paper.text, start, end)),
        )
    )
    if value is not None and numeral_value(value.value) >= 1:
        return int(numeral_value(value.value)), paper.source_of(value.start, value.end)
    gap = _first(
        gap
        for gap in paper.gaps_between(start, end)
        if re.match(rf"\s?(?:{unit})", paper.text[gap.end : gap.end + 4])
    )
    return (paper.open(gap), paper.source_of(gap.start, gap.end)) if gap else None


def in_years_or_months(duration: Duration) -> int | Blank:
    """Whole months of a length in months or years; a blank stays a blank."""
    if isinstance(duration.n, Blank):
        return duration.n
    return duration.n * 12 if duration.unit is TimeUnit.YEAR else duration.n


def _length_gap(
    paper: Paper, start: int, end: int, units: frozenset[TimeUnit] | None
) -> tuple[Duration | Blank, Source] | None:
    for gap in paper.gaps_between(start, end):
        source = paper.source_of(gap.start, gap.end)
        word = _UNIT.match(paper.text, gap.end)
        unit = unit_of(word[1]) if word else None
        if unit is not None and not _inside_date(paper, gap):
            if units is None or unit in units:
                return Duration(n=paper.open(gap, _number(gap.value)), unit=unit), source
        elif re.search(r"时间|期限|时长|小时|工作日|分钟|秒", gap.value.printed):
            return paper.open(gap, _length_example(gap.value)), source
    return None


def _inside_date(paper: Paper, gap: Found[Gap]) -> bool:
    """____年____月____日 has three gaps and no length of time."""
    if re.match(r"\s?年\s?_{2,}\s?月", paper.text[gap.end : gap.end + 24]):
        return True
    before = paper.text[max(0, gap.start - 2) : gap.start]
    return before.rstrip().endswith(("年", "月")) and paper.text[gap.end : gap.end + 1] in "月日号"


def _number(gap: Gap) -> int | None:
    try:
        return int(numeral_value(gap.example)) if gap.example else None
    except NumeralUnreadable:
        return None


def _length_example(gap: Gap) -> dict[str, object] | None:
    example = _first(lengths_in(gap.example or ""))
    return {"n": example.value.n, "unit": example.value.unit.value} if example else None


def _stands_for_money(paper: Paper, gap: Found[Gap]) -> bool:
    before = paper.text[max(0, gap.start - 4) : gap.start]
    after = paper.text[gap.end : gap.end + 2]
    if re.match(r"\s?元", after) or re.search(r"人民币\s?\Z|[¥￥]\s?\Z", before):
        return True
    return bool(gap.value.example and _first(amounts_in(gap.value.example)))


def _outside_gaps(paper: Paper, places: Iterable[Found[T]]) -> Iterator[Found[T]]:
    for place in places:
        if not any(gap.start <= place.start < gap.end for gap in paper.gaps):
            yield place


def _first(
    places: Iterable[Found[T]], wanted: Callable[[Found[T]], bool] | None = None
) -> Found[T] | None:
    return next((place for place in places if wanted is None or wanted(place)), None)
