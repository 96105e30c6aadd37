"""The month so far: levels, verdicts, and what the statement would say if it ended now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of, terms_of
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.evidence.queries import database_time
from pactdesk.apps.statements.hands import log_of
from pactdesk.apps.statements.models import Standing as StandingRow
from pactdesk.apps.statements.queries import readable
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.settle.level_form import level_to_plain
from pactdesk.core.settle.month import MonthSoFar, month_until, provisional_statement
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.periods import Period
from pactdesk.messages.catalogue import Language, say

STANDING_FORMAT = "pactdesk.standing/1"
OLDEST_MS = 10 * 60 * 1000
"""A kept standing older than this is measured anew by whoever asks: its job stands still."""

_FEES, _DEDUCTIONS = "fee_", "deduction"


@dataclass(frozen=True, slots=True)
class Standing:
    """A month as it stands; provisional, sealed by nothing.

    as_of_ms  what was recorded later is not in it
    plain     as a statement's plain form, without pins; `lines` is empty when money is withheld
    """

    contract: UUID
    period: str
    as_of_ms: int
    plain: Mapping[str, Any]

    @property
    def levels(self) -> list[dict[str, Any]]:
        """As in a statement's plain form."""
        return list(self.plain["levels"])

    @property
    def verdicts(self) -> dict[str, dict[str, Any]]:
        """Clause → verdict, target, value, misses in a row."""
        return {each["clause"]: each for each in self.plain["assessment"]}

    @property
    def fee_fen(self) -> int:
        """The fees so far, before deductions."""
        lines = (each for each in self.plain["lines"] if each["kind"].startswith(_FEES))
        return sum(int(each["amount_fen"]) for each in lines)

    @property
    def at_risk_fen(self) -> int:
        """Money at risk: what would be deducted if the month ended now, after caps; ≥ 0."""
        lines = (each for each in self.plain["lines"] if each["kind"].startswith(_DEDUCTIONS))
        deducted: int = sum(each["amount_fen"] for each in lines)
        return -deducted

    @property
    def total_fen(self) -> int:
        """What the client would owe."""
        return int(self.plain["total_fen"])

    def withheld(self, language: Language) -> str:
        """Why there is no money in it; empty when there is."""
        told: Mapping[str, str] = self.plain["withheld"] or {}
        return told.get(language, "")


def standing_of(scope: Scope, contract: UUID, on: date, *, oldest_ms: int = OLDEST_MS) -> Standing:
    """The month of `on`, as kept by the job; measured now when that is too old.

    raises  ContractUnknown, TermsNotYet
    """
    stored = _readable(scope, contract)
    period = str(_month_of(on))
    kept = StandingRow.objects.filter(contract=stored, period=period).first()
    if kept is not None and kept.as_of_ms >= database_time() - oldest_ms:
        return Standing(contract, period, kept.as_of_ms, kept.plain)
    return refresh_standing(scope, contract, on)


levels_so_far = standing_of


def refresh_standing(
    scope: Scope, contract: UUID, on: date, *, until: Instant | None = None
) -> Standing:
    """Measure the month of `on` up to `until` (now), and keep it for the pages.

    It tells nothing new, so the audit has no entry of it.

    raises  ContractUnknown, TermsNotYet
    """
    stored = _readable(scope, contract)
    period = _month_of(on)
    terms = terms_of(scope, contract, period.last_day)
    as_of = database_time() if until is None else until
    plain = _plain(stored, terms, period, as_of)
    made = StandingRow(contract=stored, period=str(period), as_of_ms=as_of, plain=plain)
    StandingRow.objects.bulk_create(
        [made],
        update_conflicts=True,
        unique_fields=["contract", "period"],
        update_fields=["as_of_ms", "plain"],
    )
    return Standing(contract, str(period), as_of, plain)


def _readable(scope: Scope, contract: UUID) -> Contract:
    if contract not in readable(scope):
        raise ContractUnknown(contract=contract)
    return contract_of(scope, contract)


def _month_of(on: date) -> Period:
    return Period.month(f"{on:%Y-%m}")


def _plain(stored: Contract, terms: CoreContract, period: Period, as_of: Instant) -> dict[str, Any]:
    known = tuple(each for each in facts_now(log_of(stored)) if each.recorded_at <= as_of)
    head = {"format": STANDING_FORMAT, "period": str(period), "as_of_ms": as_of}
    empty = {"levels": [], "assessment": [], "lines": [], "total_fen": 0, "withheld": None}
    try:
        month = month_until(terms, known, load_china(), period, as_of)
    except PactError as refusal:
        return {**empty, **head, "withheld": _told(refusal)}
    try:
        plain = provisional_statement(terms, month, load_china()).to_plain()
    except PactError as refusal:
        return {**empty, **_measured(month), **head, "withheld": _told(refusal)}
    del plain["pins"]
    return {**plain, **head, "withheld": None}


def _measured(month: MonthSoFar) -> dict[str, Any]:
    return {
        "levels": [level_to_plain(level) for level in month.measured.levels],
        "assessment": [each.to_plain() for each in month.assessed],
    }


def _told(refusal: PactError) -> dict[str, str]:
    sentence = partial(say, refusal)
    return {"error": type(refusal).__name__, "zh": sentence("zh"), "en": sentence("en")}
