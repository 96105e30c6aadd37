"""UNSPECIFIED_CONSECUTIVE: 连续多次, without saying how many."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.assessment import Assessment
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def unspecified_consecutive(contract: Contract) -> tuple[Finding, ...]:
    """The right to terminate hangs on a number that is not there (E22)."""
    return tuple(
        Finding(
            "UNSPECIFIED_CONSECUTIVE",
            Severity.ERROR,
            (assessment.id,),
            quoted(assessment, "consecutive_misses"),
        )
        for assessment in contract.of_kind(Assessment)
        if isinstance(assessment.consecutive_misses, Blank)
        and not _COUNTED.search(assessment.consecutive_misses.blank)
    )


_COUNTED = re.compile(
    r"(?:连续|累计)?[两二三四五六\d]\s?(?:个|次|年|季)|\A[_＿…□\s\[\]【】（）()]+\Z"
)
"""A number is told; or the place is left open, which is a blank of its own, no vague word."""
