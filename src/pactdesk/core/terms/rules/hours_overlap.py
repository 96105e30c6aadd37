"""HOURS_OVERLAP: service windows of one day overlap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.service_hours import ServiceHours, Weekday
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted

_DAY = 24 * 60
_WEEK = tuple(Weekday)


def hours_overlap(contract: Contract) -> tuple[Finding, ...]:
    """The same minute in two windows; a window past midnight reaches into the next day."""
    return tuple(
        Finding("HOURS_OVERLAP", Severity.ERROR, (hours.id,), quoted(hours, "week"))
        for hours in contract.of_kind(ServiceHours)
        if not isinstance(hours.week, Blank) and _overlaps(sorted(_spans(hours)))
    )


def _overlaps(spans: list[tuple[int, int]]) -> bool:
    around = spans[0][0] + 7 * _DAY if spans else 0
    return any(one[1] > other[0] for one, other in pairwise(spans)) or (
        bool(spans) and max(end for _, end in spans) > around
    )


def _spans(hours: ServiceHours) -> Iterator[tuple[int, int]]:
    """Minutes of the week, from Monday 00:00."""
    if isinstance(hours.week, Blank):
        return
    for rule in hours.week:
        if isinstance(rule.windows, Blank):
            continue
        for window in rule.windows:
            opens, closes = (_minutes(text) for text in window.split("-"))
            length = (closes - opens) % _DAY or _DAY
            for day in rule.days:
                start = _WEEK.index(day) * _DAY + opens
                yield start, start + length


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
