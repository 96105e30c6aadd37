"""结算口径: the points that no paper contract states and that every figure depends on.

They are proposed together and accepted in one act, as the 结算口径确认书.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Count, Model, Step
from pactdesk.core.units.rounding import RoundingMode


class RoundingTerm(Model):
    """A rounding as both sides wrote it down; `unit` in yuan or in hours."""

    unit: Step
    mode: RoundingMode


class CapOrder(StrEnum):
    """Whether a deduction is rounded before or after it meets its cap."""

    CAP_THEN_ROUND = "cap_then_round"
    ROUND_THEN_CAP = "round_then_cap"


class Steps(StrEnum):
    """What a started step below the target counts."""

    FULL = "full"  # only whole steps
    STARTED = "started"  # a started step is a step
    PROPORTIONAL = "proportional"


class ZeroVolume(StrEnum):
    """The verdict of a level with nothing to judge."""

    NOT_JUDGED = "not_judged"
    MET = "met"


class Undetermined(StrEnum):
    """What an undetermined month does to a run of consecutive misses."""

    NEUTRAL = "neutral"  # the run goes on after it
    RESETS = "resets"


class Conventions(ClauseBase):
    """Every field is a decision of both parties.

    money_rounding         of each statement line, once
    hours_rounding         of a month's seat hours, once, before the price
    counts_payment_day     whether the day of payment is itself a late day
    unanswered_after_abandon  whether a customer who left unanswered counts as missed in
                           first-response levels (False: taken out and listed)
    late_facts_months      facts told later than so many months after the end of their month are
                           refused; absent: they count whenever they come
    """

    kind: Literal["conventions"] = "conventions"
    money_rounding: RoundingTerm | Blank
    hours_rounding: RoundingTerm | Blank
    cap_order: CapOrder | Blank
    steps: Steps | Blank
    zero_volume: ZeroVolume | Blank
    undetermined: Undetermined | Blank
    counts_payment_day: bool | Blank
    unanswered_after_abandon: bool | Blank
    late_facts_months: Count | Blank | None = None
