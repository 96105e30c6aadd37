"""DEDUCTIONS_UNCAPPED: in a bad month the deductions may come to more than the fee."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.deduction import (
    Deduction,
    Interpolated,
    PerBreach,
    PerMiss,
    PerPoint,
    Tiered,
)
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.clauses.deduction_event import DeductionEvent
from pactdesk.core.terms.clauses.service_level import Comparator, Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def deductions_uncapped(contract: Contract) -> tuple[Finding, ...]:
    """Where nothing caps them together, and each at its worst makes more than the whole fee."""
    if contract.of_kind(DeductionCap):
        return ()
    worst = [(each, _worst(each, contract)) for each in _deducting(contract)]
    endless = [each for each, share in worst if share is None]
    known = sum((share for _, share in worst if share is not None), start=Fraction(0))
    concerned = endless or [each for each, share in worst if share and known > 1]
    if not concerned:
        return ()
    return (
        Finding(
            "DEDUCTIONS_UNCAPPED",
            Severity.WARNING,
            tuple(each.id for each in concerned),
            tuple(quote for each in concerned for quote in quoted(each)),
            {"deductions": "、".join(each.id for each in concerned)},
        ),
    )


def _deducting(contract: Contract) -> tuple[Deduction | DeductionEvent, ...]:
    return (*contract.of_kind(Deduction), *contract.of_kind(DeductionEvent))


def _worst(clause: Deduction | DeductionEvent, contract: Contract) -> Fraction | None:
    """The largest share of the fee that it may take; None where nothing bounds it.

    What is still blank is not guessed at: it counts nothing.
    """
    cap = clause.cap
    if isinstance(cap, Blank):
        return Fraction(0)
    if cap is not None:
        return Fraction(str(cap))
    if isinstance(clause, DeductionEvent):
        return None
    match clause.rule:
        case PerMiss(rate=rate) | Interpolated(rate=rate):
            return _share(rate)
        case Tiered(tiers=tiers):
            return max((_share(each.rate) for each in tiers), default=Fraction(0))
        case PerPoint() as rule:
            return _of_points(clause, rule, contract)
        case PerBreach():
            return None
        case _:
            return Fraction(0)


def _of_points(clause: Deduction, rule: PerPoint, contract: Contract) -> Fraction | None:
    """A share is below its target by the target at most; seconds know no end."""
    level = next((each for each in contract.of_kind(ServiceLevel) if each.id == clause.level), None)
    if level is None or isinstance(rule.step, Blank) or not _share(rule.step):
        return Fraction(0)
    if level.metric is Metric.FIRST_RESPONSE_AVERAGE:
        return None
    target = _share(level.target)
    furthest = target if level.comparator is Comparator.AT_LEAST else 1 - target
    return furthest / _share(rule.step) * _share(rule.rate)


def _share(value: object) -> Fraction:
    return Fraction(0) if isinstance(value, Blank) else Fraction(str(value))
