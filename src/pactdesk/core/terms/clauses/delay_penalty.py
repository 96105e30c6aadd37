"""迟延履行违约金: work that is done after its day (seed C 5.2)."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Day, Rate, Share


class DelayPenalty(ClauseBase):
    """The provider owes `rate_per_day` of `of` yuan for each day after `due` until `item` is done,
    or `rate_once` of it when it is late at all.

    cap  as a share of `of`, over all days
    """

    kind: Literal["delay_penalty"] = "delay_penalty"
    item: str
    due: Day | Blank
    of: Amount | Blank
    rate_per_day: Rate | Blank | None = None
    rate_once: Rate | Blank | None = None
    cap: Share | Blank | None = None
