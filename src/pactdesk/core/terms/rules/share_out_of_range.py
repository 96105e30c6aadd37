"""SHARE_OUT_OF_RANGE: a share above the whole, such as 95 for 95 percent."""

from __future__ import annotations

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def share_out_of_range(contract: Contract) -> tuple[Finding, ...]:
    """Every level but the average of seconds is a share between 0 and 1."""
    return tuple(
        Finding(
            "SHARE_OUT_OF_RANGE",
            Severity.ERROR,
            (level.id,),
            quoted(level, "target"),
            {"target": f"{level.target}", "level": level.title or level.id},
        )
        for level in contract.of_kind(ServiceLevel)
        if level.metric is not Metric.FIRST_RESPONSE_AVERAGE
        and not isinstance(level.metric, Blank)
        and not isinstance(level.target, Blank)
        and not 0 <= level.target <= 1
    )
