"""Which figures stand on the statement, and their captions."""

from __future__ import annotations

from typing import Any

from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.periods import Period
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain
from pactdesk.documents.figures.daily_level import daily_level_figure
from pactdesk.documents.figures.response_times import response_time_figure
from pactdesk.messages.catalogue import text

_SIZE = (7.0, 2.0)


def pictures(statement: Plain, names: Names, calendar: WorkCalendar | None) -> list[dict[str, Any]]:
    """The first missed level day by day, and its waiting times; without a miss the first level."""
    ordered = _missed_first(statement)
    daily = next((level for level in ordered if level["by_day"]), None)
    timed = next((level for level in ordered if level["histogram"]), None)
    shown = []
    if daily is not None:
        svg = daily_level_figure(
            daily,
            _clause(daily, names),
            period=Period.month(statement["period"]),
            calendar=calendar,
            language=names.language,
            size=_SIZE,
        )
        shown.append(_picture("daily", daily, svg, names))
    if timed is not None:
        svg = response_time_figure(
            timed, _clause(timed, names), language=names.language, size=_SIZE
        )
        shown.append(_picture("waits", timed, svg, names))
    return shown


def _missed_first(statement: Plain) -> list[Plain]:
    """In the statement's order, missed levels before the others."""
    missed = {each["clause"] for each in statement["assessment"] if each["verdict"] == "missed"}
    levels: list[Plain] = statement["levels"]
    return sorted(levels, key=lambda level: level["clause"] not in missed)


def _picture(kind: str, level: Plain, svg: bytes, names: Names) -> dict[str, str]:
    caption = text(
        "statement", f"figure.{kind}", names.language, level=names.level(level["clause"])
    )
    return {"caption": caption, "svg": svg.decode()}


def _clause(level: Plain, names: Names) -> ServiceLevel:
    clause = names.contract.clause(level["clause"])
    assert isinstance(clause, ServiceLevel)  # noqa: S101 - only levels are measured
    return clause
