"""Months that are over and have no statement yet: for whoever may issue one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.evidence.queries import last_sealed
from pactdesk.apps.statements.hands import may_speak
from pactdesk.apps.statements.queries import statements_visible_to
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.kinds import Party
from pactdesk.core.units.instants import zone_named
from pactdesk.core.units.periods import Period, add_months
from pactdesk.documents.explain.values import month_text
from pactdesk.web.portal.access import contracts_read_by
from pactdesk.web.portal.said import local, say
from pactdesk.web.ui.words import page_language

_LOOKED_BACK = 3
"""How many finished months are looked at."""


@dataclass(frozen=True, slots=True)
class MonthToIssue:
    """A finished month of a contract; `hindrance` says why it cannot be issued yet."""

    contract: Contract
    period: str
    month: str
    hindrance: str


def months_to_issue(scope: Scope, now: datetime) -> list[MonthToIssue]:
    """Of the contracts for whose provider the visitor may speak; the oldest first."""
    found: list[MonthToIssue] = []
    for contract in contracts_read_by(scope):
        in_force = contract.state == ContractState.IN_FORCE
        if in_force and may_speak(scope, contract, Party.PROVIDER):
            found += _months_of(scope, contract, now)
    return found


def _months_of(scope: Scope, contract: Contract, now: datetime) -> list[MonthToIssue]:
    today = local(now, zone_named(contract.zone)).date()
    mine = statements_visible_to(scope).filter(contract_id=contract.pk)
    issued = set(mine.values_list("period", flat=True))
    latest = max(issued, default="")
    sealed = last_sealed(contract.pk)
    return [
        MonthToIssue(
            contract,
            period,
            month_text(period, page_language()),
            _hindrance(period, sealed),
        )
        for period in _finished(contract, today)
        if period not in issued and period > latest
    ]


def _finished(contract: Contract, today: date) -> list[str]:
    """Whole months of the term before this one."""
    first = today.replace(day=1)
    months = [add_months(first, -back) for back in range(_LOOKED_BACK, 0, -1)]
    start, end = contract.starts_on, contract.ends_on
    return [
        f"{month:%Y-%m}"
        for month in months
        if (start is None or month >= start) and (end is None or month <= end)
    ]


def _hindrance(period: str, sealed: date | None) -> str:
    """What settling would refuse, in the words of a page; empty when the days are sealed."""
    needed = Period.month(period).last_day
    if sealed is not None and sealed >= needed:
        return ""
    if sealed is None:
        return say("statements.never_sealed", needed=needed.isoformat())
    return say("statements.not_sealed", sealed=sealed.isoformat(), needed=needed.isoformat())
