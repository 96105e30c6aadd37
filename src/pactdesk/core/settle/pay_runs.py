"""Pay runs of a month and their pay days (seed D 3.2; 劳动合同法 72; 工资支付暂行规定 7)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.pay_runs import PayDueKind, PayRunLength, PayRuns
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period, add_months
from pactdesk.core.worktime.calendars import WorkCalendar

_ONE_DAY = timedelta(days=1)
_SUNDAY = 7
_LAST_DAYS = {
    PayRunLength.MONTHLY: (),
    PayRunLength.SEMI_MONTHLY: (15,),
    PayRunLength.EVERY_10_DAYS: (10, 20),
}


class PayRunUnknown(PactError):
    """The month has no pay run `run`; its runs are `known`."""


def runs_of(length: PayRunLength, month: Period) -> tuple[Period, ...]:
    """The runs of a calendar month, in order; together they are the month."""
    if length is PayRunLength.WEEKLY:
        ends = [day for day in month if day.isoweekday() == _SUNDAY]
    else:
        ends = [month.start.replace(day=last) for last in _LAST_DAYS[length]]
    starts = [month.start, *(end + _ONE_DAY for end in ends if end < month.last_day)]
    return tuple(
        Period(start, end) for start, end in zip(starts, [*starts[1:], month.end], strict=True)
    )


def run_named(clause: PayRuns, month: Period, name: str) -> Period:
    """The run that is called so: "2026-10", or "2026-10-01..2026-10-15".

    raises  PayRunUnknown, BlankLeft
    """
    runs = runs_of(agreed(clause.runs, f"{clause.id}.runs"), month)
    for run in runs:
        if str(run) == name:
            return run
    raise PayRunUnknown(run=name, known=[str(run) for run in runs])


def pay_day(clause: PayRuns, run: Period, calendar: WorkCalendar) -> date:
    """The last day on which pay is on time: on a day off, the working day before it.

    Source: 工资支付暂行规定 7 (如遇节假日或休息日，则应提前在最近的工作日支付).

    raises  BlankLeft; CalendarNotPublished
    """
    due = agreed(clause.due, f"{clause.id}.due")
    n = agreed(due.n, f"{clause.id}.due.n")
    if agreed(due.kind, f"{clause.id}.due.kind") is PayDueKind.CALENDAR_DAYS_AFTER:
        day = run.last_day + timedelta(days=n)
    else:
        following = add_months(run.start.replace(day=1), 1)
        day = following.replace(day=min(n, monthrange(following.year, following.month)[1]))
    while not calendar.is_working_day(day):
        day -= _ONE_DAY
    return day
