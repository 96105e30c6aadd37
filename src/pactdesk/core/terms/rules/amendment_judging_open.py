"""AMENDMENT_JUDGING_OPEN: a level changes inside a month, and nobody said how to judge it."""

from __future__ import annotations

from datetime import timedelta

from pactdesk.core.terms.amendments import Amendment, Change, is_dated
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity

_JUDGED = {"service_level", "deduction", "deduction_cap", "service_hours", "conventions"}
"""Kinds that decide what a level is, how it is measured, or what it costs."""


def amendment_judging_open(contract: Contract) -> tuple[Finding, ...]:
    """A change that holds from the first of a month needs no word: no month knows both sides."""
    if not all(is_dated(each) for each in contract.amendments):
        return ()
    return tuple(
        Finding(
            "AMENDMENT_JUDGING_OPEN",
            Severity.WARNING,
            (each.id, change.clause),
            (each.source,) if each.source else (),
            {
                "amendment": each.title or each.id,
                "clause": change.clause,
                "day": each.effective.isoformat(),
            },
        )
        for each in contract.amendments
        for change in each.changes
        if each.effective.day != 1 and change.judged is None and _is_judged(contract, each, change)
    )


def _is_judged(contract: Contract, amendment: Amendment, change: Change) -> bool:
    before = contract.on(amendment.effective - timedelta(days=1))
    after = contract.on(amendment.effective)
    if not (before.of_kind(ServiceLevel) or after.of_kind(ServiceLevel)):
        return False
    clauses = [each for one in (before, after) for each in one.clauses if each.id == change.clause]
    return any(each.kind in _JUDGED for each in clauses)
