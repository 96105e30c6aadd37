"""CAP_EXCEEDED: one deduction may cost more than all deductions together may."""

from __future__ import annotations

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def cap_exceeded(contract: Contract) -> tuple[Finding, ...]:
    """The smaller, common cap always wins, so the larger one is never reached."""
    return tuple(
        Finding(
            "CAP_EXCEEDED",
            Severity.WARNING,
            (deduction.id, cap.id),
            quoted(deduction, "cap") + quoted(cap, "of_fee"),
            {"single": f"{deduction.cap}", "together": f"{cap.of_fee}"},
        )
        for cap in contract.of_kind(DeductionCap)
        for deduction in contract.of_kind(Deduction)
        if deduction.cap is not None
        and not isinstance(deduction.cap, Blank)
        and not isinstance(cap.of_fee, Blank)
        and deduction.cap > cap.of_fee
    )
