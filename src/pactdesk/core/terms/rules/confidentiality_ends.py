"""CONF_ENDS_WITH_CONTRACT: secrecy that stops with the contract."""

from __future__ import annotations

from pactdesk.core.terms.clauses.confidentiality import Confidentiality
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def confidentiality_ends(contract: Contract) -> tuple[Finding, ...]:
    """The paper ends it with the contract; statute keeps it alive (Civil Code 501, 558)."""
    return tuple(
        Finding(
            "CONF_ENDS_WITH_CONTRACT",
            Severity.ERROR,
            (clause.id,),
            quoted(clause, "after_years", "indefinite"),
        )
        for clause in contract.of_kind(Confidentiality)
        if clause.indefinite is False and clause.after_years is None
    )
