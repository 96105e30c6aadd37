"""AMENDMENT_BACKDATED: an amendment holds from a day before it was signed."""

from __future__ import annotations

from datetime import date

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity


def amendment_backdated(contract: Contract) -> tuple[Finding, ...]:
    """Parties may agree on it, but statements of the days between may be out already."""
    return tuple(
        Finding(
            "AMENDMENT_BACKDATED",
            Severity.WARNING,
            (each.id, *dict.fromkeys(change.clause for change in each.changes)),
            (each.source,) if each.source else (),
            {
                "amendment": each.title or each.id,
                "effective": each.effective_from.isoformat(),
                "signed": each.signed_on.isoformat(),
            },
        )
        for each in contract.amendments
        if isinstance(each.effective_from, date)
        and isinstance(each.signed_on, date)
        and each.effective_from < each.signed_on
    )
