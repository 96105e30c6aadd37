"""Service time per row: Pactdesk's day grid beside businesstimedelta and business-duration.

    python -m benchmarks.worktime

All three answer the same random rows of October 2026 in the same run: working days 9:00-12:00
and 13:30-18:00, closed for 国庆, Saturday the 10th worked. Every answer is compared with a
table of all seconds of the month. Exits 1 below 20 times the faster peer, or with one wrong
answer of ours.

The peers get every setting they have: businesstimedelta its lunch rule and holiday rule,
business-duration the holiday list and, for the lunch break that it cannot state, one call for
the morning and one for the afternoon. Neither can state a Saturday that is worked. Times are
handed over in each one's own form; building rules and grid is not part of the time.
"""

from __future__ import annotations

import random
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from pactdesk.calendars.china import load_china
from pactdesk.core.units.instants import Instant
from pactdesk.core.worktime.grid import DayGrid
from pactdesk.core.worktime.hours import ServiceHours, Window

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import businesstimedelta
    import pytz  # type: ignore[import-untyped]  # its stubs are one more package to lock
    from business_duration import businessDuration

ROWS = 4_000
OUR_REPETITIONS = 25  # one pass of ours is too short for the clock
PASSES = 3
TARGET = 20

FIRST, PAST = date(2026, 10, 1), date(2026, 11, 1)
OPEN_DAYS = (8, 9, 10, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30)
HOLIDAYS = [date(2026, 10, day) for day in range(1, 8)]
SUNDAYS = [date(2026, 10, 4) + timedelta(days=7 * week) for week in range(7)]
MORNING, AFTERNOON = (time(9), time(12)), (time(13, 30), time(18))
_MIDNIGHT = datetime(2026, 9, 30, 16, tzinfo=UTC)  # 1 October in Shanghai
_SECONDS = 31 * 86_400

Row = tuple[int, int]
"""Start and end, in seconds of the month."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to answer: `answer` gives open seconds for a prepared row."""

    name: str
    rows: Sequence[tuple[object, object]]
    answer: Callable[..., int]
    repetitions: int = 1


def random_rows(count: int, seed: int = 20261001) -> list[Row]:
    """Any second of the month; half of the rows last up to two hours, half up to three days."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        start = chance.randrange(_SECONDS)
        longest = 7_200 if number % 2 else 3 * 86_400
        rows.append((start, min(start + chance.randrange(longest), _SECONDS)))
    return rows


def counted_seconds(rows: Sequence[Row]) -> list[int]:
    """The right answers: every second of the month is written down as open or not."""
    is_open = bytearray(_SECONDS)
    for day in OPEN_DAYS:
        for opens, closes in (MORNING, AFTERNOON):
            start = (day - 1) * 86_400 + opens.hour * 3600 + opens.minute * 60
            end = (day - 1) * 86_400 + closes.hour * 3600 + closes.minute * 60
            is_open[start:end] = b"\1" * (end - start)
    return [is_open.count(1, start, end) for start, end in rows]


def pactdesk(rows: Sequence[Row]) -> Contender:
    windows = (Window.written("9:00-12:00"), Window.written("13:30-18:00"))
    hours = ServiceHours(ZoneInfo("Asia/Shanghai"), (windows,) * 5 + ((), ()))
    elapsed = DayGrid.build(hours, load_china(), FIRST, PAST - timedelta(days=1)).elapsed
    base = round(_MIDNIGHT.timestamp()) * 1000
    prepared = [(Instant(base + start * 1000), Instant(base + end * 1000)) for start, end in rows]
    return Contender("pactdesk", prepared, elapsed, OUR_REPETITIONS)


def business_time_delta(rows: Sequence[Row]) -> Contender:
    # A fixed offset: right for Shanghai in 2026, and seven times as fast there.
    zone = pytz.FixedOffset(480)
    rules = businesstimedelta.Rules(
        [
            businesstimedelta.WorkDayRule(MORNING[0], AFTERNOON[1], [0, 1, 2, 3, 4], tz=zone),
            businesstimedelta.LunchTimeRule(MORNING[1], AFTERNOON[0], [0, 1, 2, 3, 4], tz=zone),
            # It looks for the next holiday day by day and fails where none follows: with the
            # Sundays, closed anyway, in the set it finds one soon.
            businesstimedelta.HolidayRule({*HOLIDAYS, *SUNDAYS}, tz=zone),
        ]
    )

    def answer(start: datetime, end: datetime) -> int:
        found = rules.difference(start, end)
        return int(found.hours * 3600 + found.seconds)

    prepared = [(start.astimezone(zone), end.astimezone(zone)) for start, end in map(_aware, rows)]
    return Contender("businesstimedelta", prepared, answer)


def business_duration(rows: Sequence[Row]) -> Contender:
    def answer(start: datetime, end: datetime) -> int:
        return sum(
            round(businessDuration(start, end, opens, closes, holidaylist=HOLIDAYS, unit="sec"))
            for opens, closes in (MORNING, AFTERNOON)
        )

    prepared = [(_on_the_wall(start), _on_the_wall(end)) for start, end in map(_aware, rows)]
    return Contender("business-duration", prepared, answer)


def _on_the_wall(moment: datetime) -> datetime:
    """What business-duration reads: local time without a zone."""
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)


def _aware(row: Row) -> tuple[datetime, datetime]:
    return _MIDNIGHT + timedelta(seconds=row[0]), _MIDNIGHT + timedelta(seconds=row[1])


def rows_per_second(contender: Contender) -> float:
    """The best of a few passes: what else the machine does only slows down."""
    answer, rows = contender.answer, contender.rows
    best = float("inf")
    for _ in range(PASSES):
        began = perf_counter()
        for _ in range(contender.repetitions):
            for start, end in rows:
                answer(start, end)
        best = min(best, perf_counter() - began)
    return contender.repetitions * len(rows) / best


def share_wrong(contender: Contender, right: Sequence[int], unit: int) -> float:
    """Share of rows whose answer, in `unit`s a second, is not the counted one."""
    answers = (contender.answer(start, end) for start, end in contender.rows)
    return sum(a != r * unit for a, r in zip(answers, right, strict=True)) / len(right)


def main() -> int:
    """Run, print, and say by the exit code whether the target is met."""
    rows = random_rows(ROWS)
    right = counted_seconds(rows)
    ours, *peers = (make(rows) for make in (pactdesk, business_time_delta, business_duration))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        speeds = {each.name: rows_per_second(each) for each in (ours, *peers)}
        wrong = {each.name: share_wrong(each, right, 1) for each in peers}
    wrong[ours.name] = share_wrong(ours, right, 1000)

    print(f"{ROWS:,} rows, October 2026, 9:00-12:00 and 13:30-18:00 on working days\n")
    print(f"{'':<20}{'rows/s':>14}{'ours is faster':>18}{'wrong answers':>16}")
    for name, speed in speeds.items():
        ratio = "" if name == ours.name else f"{speeds[ours.name] / speed:,.0f} ×"
        print(f"{name:<20}{speed:>14,.0f}{ratio:>18}{wrong[name]:>15.2%}")
    ratio_to_fastest = speeds[ours.name] / max(speeds[each.name] for each in peers)
    met = ratio_to_fastest >= TARGET and wrong[ours.name] == 0
    print(f"\ntarget: at least {TARGET} × the faster peer, 0 wrong: {'met' if met else 'MISSED'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
