"""One event, two deductions: charged once where the contract says so (PRACTICE 3)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase


class OverlapRule(StrEnum):
    """What is given back."""

    LARGEST = "largest"  # of the named deductions of a period only the largest stands
    SAME_INTERACTION = "same_interaction"  # an interaction under several `per_breach`: once


class DeductionOverlap(ClauseBase):
    """The deductions `clauses` do not add up: what is charged twice is given back.

    SAME_INTERACTION: each named clause deducts per breach; an interaction that missed several of
    their levels is charged only the highest amount.
    """

    kind: Literal["deduction_overlap"] = "deduction_overlap"
    clauses: tuple[str, ...]
    rule: OverlapRule | Blank
