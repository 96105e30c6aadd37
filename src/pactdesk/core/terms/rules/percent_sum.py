"""PERCENT_SUM_UNCHECKED: the parts of a total that do not make it (A51)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.fee_lump_sum import LumpSumFee
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.clauses.work_parts import PartPrice
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted
from pactdesk.core.units.periods import add_months

_FEN = Decimal("0.01")


def percent_sum(contract: Contract) -> tuple[Finding, ...]:
    """More than the total: an error. Less without a final part: too. Blanks: look yourself."""
    lump_sums, milestones = contract.of_kind(LumpSumFee), contract.of_kind(MilestonesFee)
    fees: tuple[LumpSumFee | MilestonesFee, ...] = (*lump_sums, *milestones)
    return tuple(finding for fee in fees for finding in _of_fee(fee, contract))


def _of_fee(fee: LumpSumFee | MilestonesFee, contract: Contract) -> Iterator[Finding]:
    if isinstance(fee.total, Blank) or fee.total == 0:
        return
    shares = [_share(part, fee.total) for part in _parts(fee, contract)]
    known = [share for share in shares if share is not None]
    together = sum(known, start=Decimal(0))
    if len(known) < len(shares):
        yield _finding(fee, Severity.WARNING, "____")
    elif together > 1 + _FEN / fee.total or not (_is_open(fee) or _makes_total(together, fee)):
        yield _finding(fee, Severity.ERROR, f"{(together * 100).normalize():f}%")


def _is_open(fee: LumpSumFee | MilestonesFee) -> bool:
    return isinstance(fee, LumpSumFee) and fee.final is not None


def _makes_total(together: Decimal, fee: LumpSumFee | MilestonesFee) -> bool:
    """But for less than a fen."""
    return isinstance(fee.total, Decimal) and abs(together - 1) * fee.total < _FEN


def _parts(fee: LumpSumFee | MilestonesFee, contract: Contract) -> Iterator[PartPrice | None]:
    """Every part but the final one, each month by itself; None for what cannot be told."""
    if isinstance(fee, MilestonesFee):
        yield from [None] if isinstance(fee.milestones, Blank) else fee.milestones
        return
    if fee.advance is not None:
        yield fee.advance
    yield from fee.instalments
    if fee.monthly is not None:
        months = _months(contract)
        yield from [fee.monthly] * months if months else [None]


def _months(contract: Contract) -> int:
    """Whole months of the term; 0 while it is not known."""
    term = next(iter(contract.of_kind(TermPeriod)), None)
    if term is None or isinstance(term.start, Blank) or isinstance(term.end, Blank):
        return 0
    months = 0
    while add_months(term.start, months + 1) - timedelta(days=1) <= term.end:
        months += 1
    return months


def _share(part: PartPrice | None, total: Decimal) -> Decimal | None:
    if part is None or isinstance(part.share, Blank) or isinstance(part.amount, Blank):
        return None
    if part.share is not None:
        return part.share
    return None if part.amount is None else part.amount / total


def _finding(fee: LumpSumFee | MilestonesFee, severity: Severity, together: str) -> Finding:
    quotes = quoted(fee, "total")
    return Finding("PERCENT_SUM_UNCHECKED", severity, (fee.id,), quotes, {"sum": together})
