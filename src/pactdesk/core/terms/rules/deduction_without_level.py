"""DEDUCTION_WITHOUT_LEVEL: a deduction refers to no level of the contract."""

from __future__ import annotations

from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def deduction_without_level(contract: Contract) -> tuple[Finding, ...]:
    """Nothing is measured for it, so it could never be owed."""
    levels = {level.id for level in contract.of_kind(ServiceLevel)}
    return tuple(
        Finding(
            "DEDUCTION_WITHOUT_LEVEL",
            # On paper the level may stand in words that have no field.
            Severity.WARNING if deduction.source else Severity.ERROR,
            (deduction.id,),
            quoted(deduction),
            {"level": deduction.level, "deduction": deduction.id},
        )
        for deduction in contract.of_kind(Deduction)
        if deduction.level not in levels
    )
