"""PENALTY_UNDETERMINED: a penalty without an amount."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank, ClauseBase
from pactdesk.core.terms.clauses.deduction import Deduction, PerBreach, Tiered
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def penalty_undetermined(contract: Contract) -> tuple[Finding, ...]:
    """A late fee or deduction left open without even an example (A55, A60)."""
    return tuple(
        Finding(
            "PENALTY_UNDETERMINED",
            Severity.WARNING if _GAP.fullmatch(blank.blank) else Severity.ERROR,
            (clause.id,),
            quoted(clause, "rate_per_day", "rule"),
            {"printed": blank.blank},
        )
        for clause in contract.clauses
        if (blank := _open_amount(clause)) is not None
        and blank.suggested is None
        and not _FIGURE.search(blank.blank)
    )


_GAP = re.compile(r"[_\s%％元]+")
"""A place for the amount, that only needs filling."""
_FIGURE = re.compile(r"\d|[百千万]分之|[一二三四五六七八九十百千万]元")
"""An amount stands there, if in words that have no field."""


def _open_amount(clause: ClauseBase) -> Blank | None:
    value: object = None
    if isinstance(clause, LateFee):
        value = clause.rate_per_day if clause.rate_once is None else clause.rate_once
    elif isinstance(clause, Deduction):
        value = _amount_of(clause)
    return value if isinstance(value, Blank) else None


def _amount_of(clause: Deduction) -> object:
    match clause.rule:
        case PerBreach() as rule:
            return rule.amount
        case Tiered() as rule:
            return next((t.rate for t in rule.tiers if isinstance(t.rate, Blank)), None)
        case Blank() as rule:
            return rule
        case rule:
            return rule.rate
