"""The monthly assessment and what follows from a bad one (考核, 整改, 连续未达标)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Count
from pactdesk.core.terms.clauses.payment import PaymentCycle
from pactdesk.core.terms.durations import Due, Duration


class CountedMisses(StrEnum):
    """What must be missed again for misses to be consecutive."""

    SAME_LEVEL = "same_level"
    ANY_LEVEL = "any_level"


class Assessment(ClauseBase):
    """Levels are judged each `cycle`; a miss opens remediation; N in a row, termination.

    evaluation_due  by when the client evaluates the cycle (合理评价)
    misses_in_year  累计: so many missed months within twelve, in a row or not, do the same
    grace_months  磨合期: in the first months of the term a miss has no consequence
    """

    kind: Literal["assessment"] = "assessment"
    cycle: PaymentCycle | Blank
    report_due: Due | Blank | None = None
    evaluation_due: Due | Blank | None = None
    remediation: Duration | Blank | None = None
    consecutive_misses: Count | Blank | None = None
    misses_in_year: Count | Blank | None = None
    counted: CountedMisses | Blank | None = None
    grace_months: Count | Blank | None = None
