"""业务量: conversations, valid conversations, calls, call minutes (`calls|channel|case type`).

Each is billed once, on one local day: that of its opening; but when only a later month makes it
billable (the first response comes, the call ends), on the first day of that month. So no unit is
lost between two months, and those of the stretches of a month add up to the month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from math import ceil, floor

from pactdesk.core.facts.names import ClockMetric
from pactdesk.core.measure.interactions import Interaction, interactions
from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.clauses.fee_per_unit import MinuteRounding
from pactdesk.core.units.instants import Instant, day_start, local_day, zone_named
from pactdesk.core.units.periods import Period

ANY = "any"
"""The argument that narrows nothing."""

_MS_PER_MINUTE = 60_000
_WHOLE: dict[MinuteRounding, Callable[[Fraction], Fraction | int]] = {
    MinuteRounding.UP: ceil,
    MinuteRounding.DOWN: floor,
    MinuteRounding.NONE: lambda minutes: minutes,
}


def opened(counting: Counting, channel: str, case_type: str) -> Fraction:
    """Interactions that were opened, whatever became of them (`interactions|channel|case`)."""
    every = _narrowed(counting, channel, case_type)
    return Fraction(sum(_is_billed(counting, each, each.opened_at) for each in every))


def valid(counting: Counting, channel: str, case_type: str) -> Fraction:
    """Those that an agent answered; of a customer's on one local day of opening, one counts."""
    days: dict[tuple[str, ...], date] = {}
    for each in _narrowed(counting, channel, case_type):
        answered = _fulfilled(counting, each, ClockMetric.FIRST_RESPONSE)
        if answered is not None:
            key, day = _visit(counting, each), _billed_on(counting, each, answered)
            days[key] = min(day, days.get(key, day))
    return Fraction(sum(_holds(counting, day) for day in days.values()))


def calls(counting: Counting, channel: str, case_type: str) -> Fraction:
    """Calls that were answered (`calls|channel|case`)."""
    every = _narrowed(counting, channel, case_type)
    answered = ((each, _fulfilled(counting, each, ClockMetric.ANSWER)) for each in every)
    return Fraction(sum(_is_billed(counting, each, at) for each, at in answered if at is not None))


def minutes(counting: Counting, channel: str, case_type: str, rounding: str) -> Fraction:
    """From the answer to the closing, each call rounded (`call_minutes|channel|case|up`)."""
    whole = _WHOLE[MinuteRounding(rounding)]
    return sum(
        (
            Fraction(whole(Fraction(closed - answered, _MS_PER_MINUTE)))
            for each, answered, closed in _talks(counting, channel, case_type)
            if _is_billed(counting, each, closed)
        ),
        start=Fraction(0),
    )


def _talks(
    counting: Counting, channel: str, case_type: str
) -> Iterator[tuple[Interaction, Instant, Instant]]:
    """Calls with their answer and their first closing from then on."""
    for each in _narrowed(counting, channel, case_type):
        answered = _fulfilled(counting, each, ClockMetric.ANSWER)
        if answered is not None:
            closings = [at for at in each.closed_at if answered <= at < _cutoff(counting)]
            if closings:
                yield each, answered, min(closings)


def _narrowed(counting: Counting, channel: str, case_type: str) -> Iterable[Interaction]:
    return (
        each
        for each in interactions(counting.facts)
        if each.opened_at < _cutoff(counting)
        and channel in (ANY, each.channel)
        and case_type in (ANY, each.case_type)
    )


def _cutoff(counting: Counting) -> Instant:
    """The end of the month: a stretch that ends earlier still sees what came of its units."""
    month = Period.month(f"{counting.period.start:%Y-%m}")
    return day_start(month.end, zone_named(counting.contract.zone))


def _fulfilled(counting: Counting, each: Interaction, metric: ClockMetric) -> Instant | None:
    run = each.run(metric, _cutoff(counting))
    return run.fulfilled_at if run else None


def _visit(counting: Counting, each: Interaction) -> tuple[str, ...]:
    """What counts as one: a customer's day, or the conversation when nobody knows whose it is."""
    if each.customer is None:
        return (each.id,)
    zone = zone_named(counting.contract.zone)
    return (each.customer, local_day(each.opened_at, zone).isoformat())


def _is_billed(counting: Counting, each: Interaction, earned: Instant) -> bool:
    return _holds(counting, _billed_on(counting, each, earned))


def _billed_on(counting: Counting, each: Interaction, earned: Instant) -> date:
    """The day of the opening; the first of the month of `earned` when that month is a later one."""
    zone = zone_named(counting.contract.zone)
    day, since = local_day(each.opened_at, zone), local_day(earned, zone).replace(day=1)
    return max(day, since)


def _holds(counting: Counting, day: date) -> bool:
    return counting.period.start <= day < counting.period.end
