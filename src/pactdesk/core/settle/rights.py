"""Rights that a month gives: to demand remediation, to terminate, to suspend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.assessment import Assessed
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.assessment import Assessment
from pactdesk.core.terms.clauses.suspension import Suspension
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period, add_days


class RightKind(StrEnum):
    """What a party may now do. Nothing is done by itself."""

    REMEDIATION = "remediation"  # the client may demand it (整改)
    TERMINATION = "termination"  # the client may terminate
    SUSPENSION = "suspension"  # the provider may suspend


@dataclass(frozen=True, slots=True)
class Right:
    """`because`: the clause id of the missed level, or the unpaid statement; `count` of it."""

    kind: RightKind
    clause: str
    because: str
    count: int
    since: date

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        return {
            "kind": str(self.kind),
            "clause": self.clause,
            "because": self.because,
            "count": self.count,
            "since": self.since.isoformat(),
        }


def rights(
    contract: Contract,
    assessed: tuple[Assessed, ...],
    ledger: tuple[EarlierStatement, ...],
    period: Period,
) -> tuple[Right, ...]:
    """Every right that stands at the end of the period."""
    found = (*_of_misses(contract, assessed, period), *_of_arrears(contract, ledger, period))
    return tuple(dict.fromkeys(found))  # two stretches of one level give no right twice


def _of_misses(
    contract: Contract, assessed: tuple[Assessed, ...], period: Period
) -> tuple[Right, ...]:
    rule = contract.optional(Assessment)
    if rule is None:
        return ()
    needed = agreed(rule.consecutive_misses, f"{rule.id}.consecutive_misses")
    found = []
    for each in assessed:
        if each.verdict is not Verdict.MISSED:
            continue
        if rule.remediation is not None:
            right = Right(RightKind.REMEDIATION, rule.id, each.clause, 1, period.end)
            found.append(right)
        if needed is not None and each.misses_in_a_row >= needed:
            run = each.misses_in_a_row
            found.append(Right(RightKind.TERMINATION, rule.id, each.clause, run, period.end))
        in_year, most = each.misses_in_year, rule.misses_in_year
        if in_year is not None and in_year >= agreed(most, f"{rule.id}.misses_in_year"):  # type: ignore[operator]  # counted only where it is agreed
            found.append(Right(RightKind.TERMINATION, rule.id, each.clause, in_year, period.end))
    return tuple(found)


def _of_arrears(
    contract: Contract, ledger: tuple[EarlierStatement, ...], period: Period
) -> tuple[Right, ...]:
    """Overdue for more than the agreed days on the last day of the period."""
    rule = contract.optional(Suspension)
    if rule is None:
        return ()
    allowed = agreed(rule.after_days, f"{rule.id}.after_days")
    found = []
    for each in ledger:
        if each.due_on is None:
            continue
        overdue = (period.last_day - each.due_on).days
        if overdue > allowed and each.unpaid_fen(period.last_day, counts_payment_day=False):
            since = add_days(each.due_on, allowed + 1)
            found.append(Right(RightKind.SUSPENSION, rule.id, each.statement, overdue, since))
    return tuple(found)
