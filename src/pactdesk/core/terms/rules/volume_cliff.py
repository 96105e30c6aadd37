"""VOLUME_CLIFF: where all units take the reached band's price, one unit more may cost less."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.fee_per_unit import PerUnitFee, Tiering
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def volume_cliff(contract: Contract) -> tuple[Finding, ...]:
    """With the contract's own figures: so many units, and one more."""
    return tuple(
        Finding(
            "VOLUME_CLIFF",
            Severity.NOTE,
            (fee.id,),
            quoted(fee, "tiers"),
            {
                "fee": fee.title or fee.id,
                "end": format(end, "f"),
                "at_end": format(end * price, "f"),
                "more": format(end + 1, "f"),
                "at_more": format((end + 1) * after, "f"),
            },
        )
        for fee in contract.of_kind(PerUnitFee)
        if fee.tiering is Tiering.WHOLE_VOLUME
        for end, price, after in _bounds(fee)
        if (end + 1) * after < end * price
    )


def _bounds(fee: PerUnitFee) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """(end, price up to it, price beyond it) of the bands that are agreed."""
    if isinstance(fee.tiers, Blank):
        return
    for tier, following in pairwise(fee.tiers):
        agreed = (tier.up_to, tier.price, following.price)
        if all(isinstance(each, Decimal) for each in agreed):
            yield agreed  # type: ignore[misc]  # all three are decimals, as asked just above
