"""From the service-hours clause to worktime's opening hours."""

from __future__ import annotations

from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses import service_hours as terms
from pactdesk.core.units.instants import zone_named
from pactdesk.core.worktime.hours import ServiceHours, Window


def opening_hours(clause: terms.ServiceHours, zone: str) -> ServiceHours:
    """The windows of each weekday; two rules for one weekday add up.

    raises  BlankLeft, WindowsOverlap, ZoneUnknown
    """
    by_day: dict[terms.Weekday, list[Window]] = {day: [] for day in terms.Weekday}
    for index, rule in enumerate(agreed(clause.week, f"{clause.id}.week")):
        windows = agreed(rule.windows, f"{clause.id}.week.{index}.windows")
        for day in rule.days:
            by_day[day] += [Window.written(text) for text in windows]
    on_holidays = agreed(clause.on_holidays, f"{clause.id}.on_holidays")
    on_make_up_days = agreed(clause.on_make_up_days, f"{clause.id}.on_make_up_days")
    worked = on_make_up_days is terms.MakeUpRule.AS_WORKDAY
    return ServiceHours(
        zone=zone_named(zone),
        week=tuple(tuple(by_day[day]) for day in terms.Weekday),
        on_holidays="closed" if on_holidays is terms.HolidayRule.CLOSED else "as_week",
        on_make_up_days="as_weekday" if worked else "as_week",
    )
