"""How much of a quota or package is used so far, for the page of the month."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from pactdesk.apps.statements.standing import Standing
from pactdesk.core.terms.clauses.fee_per_unit import PerUnitFee
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import decimal_text
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import percent_text
from pactdesk.documents.statement.allowances import Allowance, allowances
from pactdesk.web.portal.said import say
from pactdesk.web.ui.words import page_language

_WHOLE_BAR = 100


@dataclass(frozen=True, slots=True)
class QuotaShown:
    """One fee by volume with its limit.

    length  of the bar, 0 to 100
    tone    of the badge: good, warn, bad
    """

    name: str
    clause: str
    used: str
    share: str
    length: int
    tone: str
    state: str


def quotas_of(standing: Standing, terms: Contract) -> tuple[QuotaShown, ...]:
    """Every quota of the month so far; none while there is no money in it."""
    names = Names(held_in(terms, standing.period), page_language())
    return tuple(_shown(each, names) for each in allowances(standing.plain["lines"]))


def _shown(each: Allowance, names: Names) -> QuotaShown:
    clause = names.contract.clause(each.clause)
    assert isinstance(clause, PerUnitFee)  # noqa: S101 - no other line has such nodes
    tone = "bad" if each.is_beyond else "warn" if each.is_near else "good"
    return QuotaShown(
        name=names.measure(clause),
        clause=names.clause_number(each.clause),
        used=say(
            "quotas.used",
            used=decimal_text(each.used, 1),
            limit=decimal_text(each.limit, 1),
        ),
        share=percent_text(each.share, 1),
        length=min(_WHOLE_BAR, floor(each.share * _WHOLE_BAR)),
        tone=tone,
        state=say(f"quotas.{tone}"),
    )
