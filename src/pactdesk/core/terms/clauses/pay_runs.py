"""When a part-time agent is paid, and where the minimum wage is looked up (seed D 3.2)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Count, Model
from pactdesk.core.terms.clauses.payment import BankAccount


class PayRunLength(StrEnum):
    """The days that one pay slip is for; no run crosses the end of a month."""

    MONTHLY = "monthly"
    SEMI_MONTHLY = "semi_monthly"  # 1 to 15, 16 to the end
    EVERY_10_DAYS = "every_10_days"  # 1 to 10, 11 to 20, 21 to the end
    WEEKLY = "weekly"  # Monday to Sunday, cut at the ends of the month


class PayDueKind(StrEnum):
    """How the pay day is counted."""

    DAY_OF_MONTH = "day_of_month"  # of the month that follows the run's
    CALENDAR_DAYS_AFTER = "calendar_days_after"  # the run's last day


class PayDue(Model):
    """The last day on which pay is on time; on a day off, the working day before it."""

    kind: PayDueKind | Blank
    n: Count | Blank


class PayRuns(ClauseBase):
    """`runs` are paid when `due` says; `city` is whose minimum wage holds ("上海").

    account  the agent's own lawful account (seed D 3.3)
    """

    kind: Literal["pay_runs"] = "pay_runs"
    runs: PayRunLength | Blank
    due: PayDue | Blank
    city: str | Blank | None = None
    account: BankAccount | None = None
