"""DEDUCTION_WITHOUT_BREACHES: a price for each missed interaction of a level that counts none."""

from __future__ import annotations

from pactdesk.core.terms.clauses.deduction import Deduction, PerBreach
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted

_COUNTS_NONE = (Metric.AVAILABILITY, Metric.FIRST_RESPONSE_AVERAGE)
"""A share of time and an average are missed as a whole, no single interaction misses them."""


def deduction_without_breaches(contract: Contract) -> tuple[Finding, ...]:
    """It could never cost anything, however bad the month."""
    levels = {each.id: each for each in contract.of_kind(ServiceLevel)}
    return tuple(
        Finding(
            "DEDUCTION_WITHOUT_BREACHES",
            Severity.WARNING,
            (deduction.id, level.id),
            quoted(deduction, "rule") + quoted(level),
            {"deduction": deduction.id, "level": level.title or level.id},
        )
        for deduction in contract.of_kind(Deduction)
        if isinstance(deduction.rule, PerBreach)
        if (level := levels.get(deduction.level)) is not None and level.metric in _COUNTS_NONE
    )
