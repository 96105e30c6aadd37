"""What an unpaid statement costs (逾期违约金): per day, or once."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Count, Rate, Share


class LateDays(StrEnum):
    """Which late days count."""

    CALENDAR = "calendar"
    WORKING = "working"


class LateBase(StrEnum):
    """Of what the rate is taken."""

    UNPAID = "unpaid"  # what is unpaid on that day
    WHOLE = "whole"  # the whole statement, whatever was paid on it meanwhile


class LateFee(ClauseBase):
    """`rate_per_day` of what is unpaid on that day; in all at most `cap` of the overdue amount.

    rate_once   instead of a rate per day: once, of what is unpaid on the first late day (A55)
    days, base  calendar days and what is unpaid, unless said otherwise
    grace_days  this many late days cost nothing; from the next on, only the later ones count
    adds_up     the months come to what all late days together are, rounded once
    """

    kind: Literal["late_fee"] = "late_fee"
    rate_per_day: Rate | Blank | None = None
    rate_once: Rate | Blank | None = None
    cap: Share | Blank | None = None
    days: LateDays | Blank | None = None
    base: LateBase | Blank | None = None
    grace_days: Count | None = None
    adds_up: bool | Blank | None = None
