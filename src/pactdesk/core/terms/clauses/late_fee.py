"""What an unpaid statement costs per day (逾期违约金)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Rate, Share


class LateFee(ClauseBase):
    """`rate_per_day` of what is unpaid on that day; in all at most `cap` of the overdue amount."""

    kind: Literal["late_fee"] = "late_fee"
    rate_per_day: Rate | Blank
    cap: Share | Blank | None = None
