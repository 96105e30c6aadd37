"""SME_PAYMENT_GT_60D: the client has more than sixty days to pay."""

from __future__ import annotations

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.payment import Payment
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import DueKind
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted

MOST_DAYS = 60
_MOST = {DueKind.CALENDAR_DAYS_AFTER: MOST_DAYS, DueKind.WORKING_DAYS_AFTER: 44}
"""44 working days are more than 60 days in any calendar."""


def sme_payment(contract: Contract) -> tuple[Finding, ...]:
    """Who is large and who is small the terms do not say: a person decides if it applies."""
    return tuple(
        Finding(
            "SME_PAYMENT_GT_60D",
            Severity.ERROR,
            (payment.id,),
            quoted(payment, "due.n"),
            {"days": f"{payment.due.n}"},
        )
        for payment in contract.of_kind(Payment)
        if not isinstance(payment.due.kind, Blank)
        and not isinstance(payment.due.n, Blank)
        and payment.due.n > _MOST.get(payment.due.kind, MOST_DAYS)
    )
