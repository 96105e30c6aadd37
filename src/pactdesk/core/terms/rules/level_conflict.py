"""SL_CONFLICT: two levels of the same metric, channel and case type disagree."""

from __future__ import annotations

from itertools import combinations

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def level_conflict(contract: Contract) -> tuple[Finding, ...]:
    """The same limit with two targets, or the same target with two limits (E17, B8).

    90 % within 30 s and 99 % within 60 s are two promises and no conflict.
    """
    return tuple(
        Finding(
            "SL_CONFLICT",
            Severity.ERROR,
            (one.id, other.id),
            quoted(one, "target", "within") + quoted(other, "target", "within"),
            {"one": one.title or one.id, "other": other.title or other.id},
        )
        for one, other in combinations(contract.of_kind(ServiceLevel), 2)
        if _same_thing(one, other) and _disagree(one, other)
    )


def _same_thing(one: ServiceLevel, other: ServiceLevel) -> bool:
    about = [(level.metric, level.channel, level.case_type) for level in (one, other)]
    return not isinstance(one.metric, Blank) and about[0] == about[1]


def _disagree(one: ServiceLevel, other: ServiceLevel) -> bool:
    if isinstance(one.target, Blank) or isinstance(other.target, Blank):
        return False
    return (one.within == other.within) != (one.target == other.target)
