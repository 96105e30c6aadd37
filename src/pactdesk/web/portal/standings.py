"""How the month stands: counts for a list, money at risk for the page of levels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pactdesk.apps.contracts.errors import TermsNotYet
from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.statements.standing import Standing, standing_of
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.instants import Instant, zone_named
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import fen_text
from pactdesk.web.portal.said import moment_text
from pactdesk.web.ui.words import page_language


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """How many levels are met, missed and neither, and what would be deducted now."""

    met: int
    missed: int
    undetermined: int
    deducted: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Risk:
    """What the statement would say if the month ended now.

    total       empty when it cannot be worked out, for `reason`
    deductions  (what, amount)
    adjustments the same, of issued months that late facts or amendments change; part of the total
    """

    total: str
    reason: str
    deducted: str
    deductions: tuple[tuple[str, str], ...]
    adjustments: tuple[tuple[str, str], ...] = ()


def counts_of(scope: Scope, contract: Contract, today: date) -> MonthCounts | None:
    """None while nothing is measured: a draft, or no terms in force yet."""
    if contract.state == ContractState.DRAFT:
        return None
    try:
        standing = standing_of(scope, contract.pk, today)
    except TermsNotYet:
        return None
    if not standing.levels:
        return None
    verdicts = [Verdict(each["verdict"]) for each in standing.verdicts.values()]
    return MonthCounts(
        met=verdicts.count(Verdict.MET),
        missed=verdicts.count(Verdict.MISSED),
        undetermined=verdicts.count(Verdict.UNDETERMINED),
        deducted=fen_text(standing.at_risk_fen) if standing.at_risk_fen else "",
        as_of=as_of_text(standing, contract),
    )


def as_of_text(standing: Standing, contract: Contract) -> str:
    """Until when facts are in it."""
    return moment_text(Instant(standing.as_of_ms), zone_named(contract.zone))


def risk_of(standing: Standing, terms: CoreContract) -> Risk:
    """The provisional lines that take something off, and the total."""
    reason = standing.withheld(page_language())
    if reason:
        return Risk("", reason, "", ())
    names = Names(terms, page_language())
    deductions, adjustments = (
        tuple(
            (names.line_title(line), fen_text(line["amount_fen"]))
            for line in standing.plain["lines"]
            if line["kind"].startswith(kind) and line["amount_fen"]
        )
        for kind in ("deduction", "adjustment")
    )
    deducted = fen_text(-standing.at_risk_fen)
    return Risk(fen_text(standing.total_fen), "", deducted, deductions, adjustments)
