"""其他各部分: what all parts of a total but the last one come to (`other_parts|clause`, yuan).

Only where an amendment changed the clause: each part that was billed keeps the price of the terms
that held then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from pactdesk.core.settle.counting import Counting
from pactdesk.core.settle.quantities.payable import Payable, is_due, payables
from pactdesk.core.settle.quantities.term_days import term_ends
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.conventions import Conventions, RoundingTerm
from pactdesk.core.terms.clauses.fee_lump_sum import LumpSumFee
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee
from pactdesk.core.terms.clauses.work_parts import PartPrice
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period
from pactdesk.core.units.rounding import Rounding


class PartUnpriced(PactError):
    """The part at `path` has neither a share nor an amount, or both."""


def part_at(contract: Contract, path: str) -> PartPrice:
    """The price at a term path; PartUnpriced unless it is either a share or an amount."""
    part = contract.value(path)
    if not isinstance(part, PartPrice) or (part.share is None) == (part.amount is None):
        raise PartUnpriced(path=path)
    return part


def is_amended(counting: Counting, clause_id: str) -> bool:
    """Whether an amendment that holds by the period's first day changes the clause."""
    return any(
        amendment.effective <= counting.period.start
        for amendment in (counting.signed.amendments if counting.signed else ())
        if any(change.clause == clause_id for change in amendment.changes)
    )


def counted(counting: Counting, clause_id: str) -> Fraction:
    """Σ of the prices of all parts but the last: as billed before the period, else as now."""
    *others, last = payables(counting, clause_id)
    prices = {part.name: part_price(counting.contract, part.path) for part in others}
    prices |= _billed_before(counting, clause_id)
    return sum((yuan for name, yuan in prices.items() if name != last.name), start=Fraction(0))


def _billed_before(counting: Counting, clause_id: str) -> dict[str, Fraction]:
    """Every part that came to be owed before the period, at the price of the terms of that day."""
    return {
        part.name: last_price(then, clause_id) if is_last else part_price(then.contract, part.path)
        for then in _earlier_terms(counting, clause_id)
        for part, is_last in _with_last(payables(then, clause_id))
        if is_due(then, part)
    }


def _earlier_terms(counting: Counting, clause_id: str) -> Iterator[Counting]:
    """The days before the period, with the terms on them that knew the clause."""
    signed = counting.signed
    assert signed is not None  # noqa: S101 - asked for amended clauses only
    first, until = term_ends(counting)[0], counting.period.start
    changes = {each.effective for each in signed.amendments}
    starts = [first, *sorted(day for day in changes if first < day < until), until]
    for start, end in pairwise(starts):
        held = signed.on(start)
        if start < end and any(each.id == clause_id for each in held.clauses):
            yield replace(counting, contract=held, period=Period(start, end))


def _with_last(parts: Sequence[Payable]) -> Iterator[tuple[Payable, bool]]:
    return ((part, part is parts[-1]) for part in parts)


def last_price(counting: Counting, clause_id: str) -> Fraction:
    """What the last part took: of what the others left of the total, all or the final share."""
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, LumpSumFee | MilestonesFee)  # noqa: S101 - its own line asks
    left = fraction(clause.total, f"{clause_id}.total") - counted(counting, clause_id)
    if isinstance(clause, LumpSumFee) and clause.final is not None:
        left *= fraction(clause.final.share, f"{clause_id}.final.share")
    return _rounding(counting.contract)(left)


def part_price(contract: Contract, path: str) -> Fraction:
    """share × total, or the amount, rounded as a line is."""
    part = part_at(contract, path)
    clause_id = path.split(".")[0]
    if part.amount is not None:
        exact = fraction(part.amount, f"{path}.amount")
    else:
        assert part.share is not None  # noqa: S101 - one of both stands
        total = str(agreed(contract.value(f"{clause_id}.total"), f"{clause_id}.total"))
        exact = fraction(part.share, f"{path}.share") * Fraction(total)
    return _rounding(contract)(exact)


def _rounding(contract: Contract) -> Rounding:
    conventions = contract.one(Conventions)
    value = agreed(conventions.money_rounding, f"{conventions.id}.money_rounding")
    assert isinstance(value, RoundingTerm)  # noqa: S101 - the field has no other shape
    return Rounding(Fraction(value.unit), value.mode)
