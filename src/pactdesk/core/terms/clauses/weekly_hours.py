"""How many hours a week are promised (每周工作时间不少于20小时, seed D 2.1)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Step


class WeeklyHours(ClauseBase):
    """At least `least_hours` hours from Monday to Sunday.

    leave_counts  whether approved leave lowers what is asked, by its part of the service hours
    """

    kind: Literal["weekly_hours"] = "weekly_hours"
    least_hours: Step | Blank
    leave_counts: bool | Blank
