"""业务量: conversations, valid conversations, calls, call minutes (`calls|channel|case type`).

Each is billed once, on one local day: that of its opening; but when only a later month makes it
billable (the first response comes, the call ends), on the first day of that month. So no unit is
lost between two months, and those of the stretches of a month add up to the month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import ceil, floor
from zoneinfo import ZoneInfo

from pactdesk.core.facts.names import ClockMetric
from pactdesk.core.measure.interactions import Interaction
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
    volume = _Volume(counting, channel, case_type)
    return Fraction(sum(volume.bills(each, each.opened_at) for each in volume.recent()))


def valid(counting: Counting, channel: str, case_type: str) -> Fraction:
    """Those that an agent answered; of a customer's on one local day of opening, one counts."""
    volume = _Volume(counting, channel, case_type)
    days: dict[tuple[str, ...], date] = {}
    for each in volume.recent_with_mates():
        answered = volume.fulfilled(each, ClockMetric.FIRST_RESPONSE)
        if answered is not None:
            key, day = volume.visit(each), volume.billed_on(each, answered)
            days[key] = min(day, days.get(key, day))
    return Fraction(sum(volume.holds(day) for day in days.values()))


def calls(counting: Counting, channel: str, case_type: str) -> Fraction:
    """Calls that were answered (`calls|channel|case`)."""
    volume = _Volume(counting, channel, case_type)
    answered = ((each, volume.fulfilled(each, ClockMetric.ANSWER)) for each in volume.recent())
    return Fraction(sum(volume.bills(each, at) for each, at in answered if at is not None))


def minutes(counting: Counting, channel: str, case_type: str, rounding: str) -> Fraction:
    """From the answer to the closing, each call rounded (`call_minutes|channel|case|up`)."""
    volume = _Volume(counting, channel, case_type)
    whole = _WHOLE[MinuteRounding(rounding)]
    return sum(
        (
            Fraction(whole(Fraction(closed - answered, _MS_PER_MINUTE)))
            for each, answered, closed in volume.talks()
            if volume.bills(each, closed)
        ),
        start=Fraction(0),
    )


@dataclass(frozen=True)
class _Volume:
    """The interactions of a channel and case type, and on which day each is billed."""

    counting: Counting
    channel: str
    case_type: str

    @cached_property
    def zone(self) -> ZoneInfo:
        return zone_named(self.counting.contract.zone)

    @cached_property
    def month(self) -> tuple[Instant, Instant]:
        """Its end is the cut-off: a stretch that ends earlier still sees what came of its units."""
        month = Period.month(f"{self.counting.period.start:%Y-%m}")
        return day_start(month.start, self.zone), day_start(month.end, self.zone)

    def every(self) -> Iterator[Interaction]:
        """Of all months until the cut-off."""
        for each in self.counting.interactions:
            if (
                each.opened_at < self.month[1]
                and self.channel in (ANY, each.channel)
                and self.case_type in (ANY, each.case_type(self.month[1]))
            ):
                yield each

    def recent(self) -> Iterator[Interaction]:
        """Those to which anything happened since the month began: no others are billed in it."""
        return (each for each in self.every() if _last_touched(each) >= self.month[0])

    def recent_with_mates(self) -> Iterator[Interaction]:
        """The same, with earlier ones of customers whose visit may have been billed before."""
        recent = list(self.recent())
        first = self.month[0]
        customers = {each.customer for each in recent if each.opened_at < first} - {None}
        return chain(recent, (each for each in self.every() if each.customer in customers))

    def talks(self) -> Iterator[tuple[Interaction, Instant, Instant]]:
        """Calls with their answer and their first closing from then on."""
        for each in self.recent():
            answered = self.fulfilled(each, ClockMetric.ANSWER)
            if answered is not None:
                closings = [at for at in each.closed_at if answered <= at < self.month[1]]
                if closings:
                    yield each, answered, min(closings)

    def fulfilled(self, each: Interaction, metric: ClockMetric) -> Instant | None:
        """When its clock was fulfilled, as seen from the cut-off."""
        run = each.run(metric, self.month[1])
        return run.fulfilled_at if run else None

    def visit(self, each: Interaction) -> tuple[str, ...]:
        """What counts as one: a customer's day; the conversation when nobody knows whose it is."""
        if each.customer is None:
            return (each.id,)
        return (each.customer, local_day(each.opened_at, self.zone).isoformat())

    def bills(self, each: Interaction, earned: Instant) -> bool:
        """Whether the interaction, billable since `earned`, is one of the period."""
        return self.holds(self.billed_on(each, earned))

    def billed_on(self, each: Interaction, earned: Instant) -> date:
        """The day of its opening; the first of the month of `earned` when that is a later one."""
        since = local_day(earned, self.zone).replace(day=1)
        return max(local_day(each.opened_at, self.zone), since)

    def holds(self, day: date) -> bool:
        """Whether the day is one of the period."""
        return self.counting.period.start <= day < self.counting.period.end


def _last_touched(each: Interaction) -> Instant:
    clocks = (events[-1][0] for events in each.clocks.values())
    return max((each.opened_at, *clocks, *each.closed_at[-1:]))
