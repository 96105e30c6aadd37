"""A deposit: 押金 that the client lodges, or 履约保证金 that the provider does."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase
from pactdesk.core.terms.durations import Duration


class Deposit(ClauseBase):
    """`amount` yuan, asked for when the term begins and given back after the contract's last day.

    paid_by         who lodges it
    returned_after  how long after the last day
    forfeited_for   incidents of who lodged it, by the words of incident facts, for which it is kept
    """

    kind: Literal["deposit"] = "deposit"
    amount: Amount | Blank
    paid_by: Literal["client", "provider"]
    returned_after: Duration | Blank
    forfeited_for: tuple[str, ...] = ()
