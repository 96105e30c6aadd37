"""Durations and due dates as contracts write them."""

from __future__ import annotations

from enum import StrEnum

from pactdesk.core.terms.base import Blank, Count, Model


class TimeUnit(StrEnum):
    """A level stated in one unit keeps it: 24 hours is not one day."""

    SECOND = "s"
    MINUTE = "min"
    HOUR = "h"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


class Duration(Model):
    """`n` units: 30 seconds, 2 working days."""

    n: Count | Blank
    unit: TimeUnit | Blank


MILLISECONDS = {TimeUnit.SECOND: 1000, TimeUnit.MINUTE: 60_000, TimeUnit.HOUR: 3_600_000}
"""Of the units whose length no calendar changes."""


class DueKind(StrEnum):
    """How a due date is counted: from an event, or as a day of a month that follows the period."""

    WORKING_DAYS_AFTER = "working_days_after"
    CALENDAR_DAYS_AFTER = "calendar_days_after"
    HALF_MONTHS_AFTER = "half_months_after"  # 半个月: of 15 days each
    MONTHS_AFTER = "months_after"
    WEEKDAY_NEXT_WEEK = "weekday_next_week"  # 1 is Monday; of the week after the event's
    DAY_OF_MONTH = "day_of_month"  # of the month that follows the period
    DAYS_OF_MONTH = "days_of_month"  # the first of several days: `n` and those of `also`
    DAY_OF_QUARTER_FIRST_MONTH = "day_of_quarter_first_month"  # of the quarter that follows
    DAY_OF_HALF_YEAR_FIRST_MONTH = "day_of_half_year_first_month"


class DueEvent(StrEnum):
    """What starts the clock of a due date."""

    PERIOD_END = "period_end"
    STATEMENT_RECEIVED = "statement_received"
    STATEMENT_CONFIRMED = "statement_confirmed"
    INVOICE_RECEIVED = "invoice_received"
    STATEMENT_AND_INVOICE_RECEIVED = "statement_and_invoice_received"  # the later of both
    ACCEPTED = "accepted"  # the work of the period was accepted
    CONTRACT_SIGNED = "contract_signed"
    DOCUMENTS_RECEIVED = "documents_received"


class Due(Model):
    """ "10 working days after the invoice was received": kind, n, event.

    also   more days of the month, for `days_of_month`
    needs  what must have happened too: the clock starts with the last of them; a day of a month is
           the first such day that is not before it
    """

    kind: DueKind | Blank
    n: Count | Blank
    event: DueEvent | Blank = DueEvent.PERIOD_END
    also: tuple[Count, ...] | None = None
    needs: tuple[DueEvent, ...] | None = None
