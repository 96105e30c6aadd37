"""The rule of a deduction from what the provisions read: by point, by tier, once, by breach."""

from __future__ import annotations

import re
from decimal import Decimal

from pactdesk.core.terms.clauses.deduction import (
    DeductionTier,
    PerBreach,
    PerMiss,
    PerPoint,
    Tiered,
)
from pactdesk.core.terms.clauses.service_level import Metric
from pactdesk.documents.clauses.priced import deductions_of, passage_for
from pactdesk.documents.paper import Paper
from pactdesk.documents.provisions.deductions.kinds import Deduction
from pactdesk.documents.provisions.noted import Noted

METRICS = {
    "answer_rate": Metric.ANSWER_SHARE,
    "answer_rate_30s": Metric.ANSWER_SHARE,
    "service_level": Metric.ANSWER_SHARE,
    "csat": Metric.CSAT,
    "availability": Metric.AVAILABILITY,
    "avg_response_time": Metric.FIRST_RESPONSE_AVERAGE,
    "first_response_time": Metric.FIRST_RESPONSE_SHARE,
    "resolution_rate": Metric.RESOLUTION_RATE,
    "complaint_close_time": Metric.RESOLUTION_SHARE,
    "resolution_time": Metric.RESOLUTION_SHARE,
}
_OF_THE_FEE = frozenset({"pct_monthly_fee", "pct_base_fee"})
_PARTS = {"pct": 100, "permille": 1000, "per10k": 10000}
_HIGHEST_SCORE = 5
Rule = PerPoint | PerBreach | PerMiss | Tiered


def deductions_in(paper: Paper, start: int, end: int) -> list[Noted[Deduction]]:
    """What the provisions read in a stretch of the paper for metrics that a level can have."""
    passage = passage_for(paper)
    kept = vars(paper)
    if "_deductions" not in kept:
        # Once for a paper: this is asked for each of its sentences.
        kept["_deductions"] = tuple(deductions_of(paper))
    found = []
    for noted in kept["_deductions"]:
        first, last = passage.in_paper(noted.start, noted.end)
        if noted.value.metric in METRICS and first < end and start < last:
            found.append(noted)
    return found


def rule_of(deduction: Deduction, words: str) -> Rule | None:
    """The rule, or None where no kind of rule says it.

    Sums by point, shares of other fees, and scores are left to a person: a satisfaction level
    is a share of ratings, and 4.5分 is none.
    """
    if METRICS[deduction.metric] is Metric.CSAT and (
        re.search(r"\d\s?分(?!之)", words) or _scores(deduction)
    ):
        return None
    if deduction.trigger == "per_event":
        return _once(deduction)
    if deduction.amount_unit not in _OF_THE_FEE:
        return None
    if deduction.trigger == "tier":
        return _tiered(deduction)
    step = _step(deduction)
    if step is None or deduction.amount is None:
        return None
    return PerPoint(step=step, rate=deduction.amount / 100)


def _scores(deduction: Deduction) -> bool:
    bounds = [v for tier in deduction.tiers for k, v in tier.items() if k != "amount" and v]
    return bool(bounds) and max(bounds) <= _HIGHEST_SCORE


def _once(deduction: Deduction) -> Rule | None:
    if deduction.amount is None:
        return None
    if deduction.amount_unit == "CNY":
        return PerBreach(amount=deduction.amount)
    if deduction.amount_unit in _OF_THE_FEE and deduction.amount <= 100:
        return PerMiss(rate=deduction.amount / 100)
    return None


def _step(deduction: Deduction) -> Decimal | None:
    """In the level's own unit: one percentage point is 0.01, one second is 1."""
    if deduction.step is None or deduction.step <= 0:
        return None
    part = _PARTS.get(deduction.step_unit or "")
    if part:
        return deduction.step / part
    seconds = {"s": 1, "min": 60, "h": 3600}.get(deduction.step_unit or "")
    timed = deduction.metric == "avg_response_time"
    return deduction.step * seconds if seconds and timed else None


def _tiered(deduction: Deduction) -> Tiered | None:
    """低于99.9%扣5%,低于99.5%扣10%: from the mildest to the hardest."""
    share = METRICS[deduction.metric] is not Metric.FIRST_RESPONSE_AVERAGE
    worse = ("lt", "le") if share else ("gt", "ge")
    tiers = []
    for tier in deduction.tiers:
        bound = next((tier[key] for key in worse if tier.get(key) is not None), None)
        amount = tier["amount"]
        if amount is None or (bound is None and amount):
            return None
        if bound is not None and amount:
            beyond = bound / 100 if share else bound
            tiers.append(DeductionTier(beyond=beyond, rate=amount / 100))
    ordered = sorted(tiers, key=lambda tier: tier.rate if isinstance(tier.rate, Decimal) else 0)
    return Tiered(tiers=tuple(ordered)) if len(ordered) > 1 else None
