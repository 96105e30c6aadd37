"""UNITS_UNPRICED: a fee by volume that could not price every month."""

from __future__ import annotations

from collections.abc import Iterator

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.fee_per_unit import Measure, PerUnitFee, Tiering
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def units_unpriced(contract: Contract) -> tuple[Finding, ...]:
    """Settling would refuse it; better said before the first month is over."""
    return tuple(
        Finding(
            "UNITS_UNPRICED",
            Severity.ERROR,
            (fee.id,),
            quoted(fee, field),
            {"fee": fee.title or fee.id, "field": field},
        )
        for fee in contract.of_kind(PerUnitFee)
        for field in _lacking(fee)
    )


def _lacking(fee: PerUnitFee) -> Iterator[str]:
    if not isinstance(fee.tiers, Blank):
        ends = [tier.up_to for tier in fee.tiers]
        closed = [end for end in ends if end is not None and not isinstance(end, Blank)]
        is_open = bool(ends) and ends[-1] is None
        if not ends or None in ends[:-1] or closed != sorted(set(closed)):
            yield "tiers"
        elif not is_open and fee.tiering is Tiering.PACKAGE and fee.overage is None:
            yield "overage"
        elif not (is_open or fee.tiering is Tiering.PACKAGE or isinstance(fee.tiering, Blank)):
            yield "tiers"
    if fee.measure is Measure.CALL_MINUTE and fee.minute_rounding is None:
        yield "minute_rounding"
    if fee.measure is Measure.USAGE and fee.usage is None:
        yield "usage"
