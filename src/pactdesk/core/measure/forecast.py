"""Volume above forecast (超出预测): whether a month had more than the agreed part of what was told.

Source: seed E, PRACTICE 1. The exclusion itself is a fact that both parties approved, with the
cause `above_forecast`; a level that names a forecast takes it only for a month that was above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from zoneinfo import ZoneInfo

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.works import ForecastGiven
from pactdesk.core.facts.kinds import FactKind
from pactdesk.core.measure.context import Context
from pactdesk.core.measure.judging import concerns
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.instants import day_start
from pactdesk.core.units.periods import Period

ABOVE_FORECAST = "above_forecast"

Forecasts = Mapping[tuple[str, str], int]
"""(measure, month) → what was expected of it before it began."""


def forecasts(facts: Iterable[RecordedFact], zone: ZoneInfo) -> dict[tuple[str, str], int]:
    """The last told before each month began."""
    expected: dict[tuple[str, str], int] = {}
    for each in as_happened(facts, FactKind.FORECAST):
        told = each.fact.detail
        if not isinstance(told, ForecastGiven):
            continue
        if each.fact.occurred_at < day_start(Period.month(told.period).start, zone):
            expected[told.measure, told.period] = told.quantity
    return expected


def judged_in(clause: ServiceLevel, context: Context) -> Context:
    """The context, without exclusions for a volume above forecast that there was not."""
    if clause.above_forecast is None or is_above(clause, context):
        return context
    return context.without_cause(ABOVE_FORECAST)


def is_above(clause: ServiceLevel, context: Context) -> bool:
    """Whether more interactions of the level were opened in the month than forecast × times."""
    rule = clause.above_forecast
    month = Period.month(f"{context.period.start:%Y-%m}")
    expected = None if rule is None else context.forecasts.get((rule.measure, str(month)))
    if rule is None or expected is None:
        return False
    start, end = (day_start(day, context.zone) for day in (month.start, month.end))
    path = f"{clause.id}.above_forecast.times"
    opened = sum(
        start <= each.opened_at < end and concerns(clause, each, end)
        for each in context.interactions
    )
    return Fraction(opened) > expected * fraction(agreed(rule.times, path))
