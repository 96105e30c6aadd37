"""Days: 2026年10月1日, 二〇二六年十月一日, 2026-10-01, 2026/10/1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pactdesk.documents.grammar.found import Found
from pactdesk.documents.grammar.numerals import numeral_value

_C = "零〇○一二三四五六七八九十"
# No contract runs longer, and a term counted from later would leave the calendar.
_LAST_YEAR = 2999
_DATE = re.compile(
    rf"(?P<y>\d{{4}}|[{_C}]{{4}})\s?年\s?(?P<m>\d{{1,2}}|[{_C}]{{1,3}})\s?月\s?"
    rf"(?P<d>\d{{1,2}}|[{_C}]{{1,3}})\s?[日号]"
    r"|(?P<iy>\d{4})(?P<sep>[-/.])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})(?!\d)"
)


def dates_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[date]]:
    """Every possible day in a stretch of text.

    >>> [f.value.isoformat() for f in dates_in("自二〇二六年十月一日至2026-12-31")]
    ['2026-10-01', '2026-12-31']
    """
    for place in written_dates_in(text, start, end):
        if place.value is not None:
            yield Found(place.value, place.start, place.end)


def written_dates_in(
    text: str, start: int = 0, end: int | None = None
) -> Iterator[Found[date | None]]:
    """Every written day; None for one that no calendar has (2026年2月30日)."""
    for match in _DATE.finditer(text, start, len(text) if end is None else end):
        parts = (match["y"] or match["iy"], match["m"] or match["im"], match["d"] or match["id"])
        year, month, day = (int(numeral_value(part)) for part in parts)
        try:
            found: date | None = date(year, month, day) if year <= _LAST_YEAR else None
        except ValueError:
            found = None
        yield Found(found, match.start(), match.end())
