"""FEE_CONFLICT: two fee rules pay the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.clauses.fee_fixed import Billing, FixedFee
from pactdesk.core.terms.clauses.fee_headcount_hours import HeadcountHoursFee
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def fee_conflict(contract: Contract) -> tuple[Finding, ...]:
    """Two prices of one unit, such as two monthly fees, give two amounts for one thing.

    Fees of different units add up (FEES_TOGETHER). One that is collected at once for periods of
    its own, such as yearly maintenance, is no second rule for the same month.
    """
    return tuple(
        Finding(
            "FEE_CONFLICT",
            Severity.ERROR,
            tuple(fee.id for fee in fees),
            tuple(quote for fee in fees for quote in quoted(fee)),
            {"ids": "、".join(fee.id for fee in fees)},
        )
        for fees in fees_by_unit(contract)
        if len(fees) > 1
    )


def fees_by_unit(contract: Contract) -> Iterator[list[ClauseBase]]:
    """Fees of the whole service in a month, those of one unit together."""
    found = [(unit, each) for each in contract.clauses if (unit := _unit(each)) is not None]
    for _, same in groupby(sorted(found, key=lambda each: each[0]), key=lambda each: each[0]):
        yield [each for _, each in same]


def _unit(clause: ClauseBase) -> str | None:
    """What one price of the clause pays for; None of what is no fee for the service of a month."""
    if isinstance(clause, HeadcountHoursFee):
        return "hour"
    if isinstance(clause, FixedFee) and not _is_collected_at_once(clause):
        return str(clause.per)
    return None


def _is_collected_at_once(clause: FixedFee) -> bool:
    return clause.billing in (Billing.IN_ADVANCE, Billing.IN_ARREARS)
