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
    """How a due date is counted."""

    WORKING_DAYS_AFTER = "working_days_after"
    CALENDAR_DAYS_AFTER = "calendar_days_after"
    DAY_OF_MONTH = "day_of_month"  # of the month that follows the period


class DueEvent(StrEnum):
    """What starts the clock of a due date."""

    PERIOD_END = "period_end"
    STATEMENT_RECEIVED = "statement_received"
    STATEMENT_CONFIRMED = "statement_confirmed"
    INVOICE_RECEIVED = "invoice_received"


class Due(Model):
    """ "10 working days after the invoice was received": kind, n, event."""

    kind: DueKind | Blank
    n: Count | Blank
    event: DueEvent | Blank = DueEvent.PERIOD_END
