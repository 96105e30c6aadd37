"""How one interaction was judged under each level that looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from pactdesk.apps.contracts.errors import TermsNotYet
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.evidence.queries import database_time
from pactdesk.apps.statements.behind import judged
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.listing import Listed, Place
from pactdesk.core.terms.base import BlankLeft
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.instants import local_day, zone_named
from pactdesk.core.units.periods import Period, add_months
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import month_text
from pactdesk.web.portal.interactions import InteractionRow, row_of
from pactdesk.web.portal.levels import level_clause
from pactdesk.web.ui.words import page_language


@dataclass(frozen=True, slots=True)
class JudgementShown:
    """One level's look at it.

    url    all that the level counted in that month
    limit  empty where the level has none
    """

    level: str
    clause: str
    month: str
    limit: str
    url: str
    row: InteractionRow


def judgements_of(
    scope: Scope, contract: Contract, code: str, facts: Iterable[RecordedFact]
) -> tuple[JudgementShown, ...]:
    """In the month in which it began; what that month left open, in the next one too."""
    zone = zone_named(contract.zone)
    opened = min((each.fact.occurred_at for each in facts), default=None)
    if opened is None:
        return ()
    first = local_day(opened, zone).replace(day=1)
    shown: list[JudgementShown] = []
    for month in (first, add_months(first, 1)):
        if month > local_day(database_time(), zone):
            break
        try:
            period = Period.month(f"{month:%Y-%m}")
            terms = held_in(terms_of(scope, contract.pk, period.last_day), str(period))
            found = judged(scope, contract.pk, str(period), code)
        except (TermsNotYet, BlankLeft):
            break
        shown += [_shown(contract, terms, str(period), *each) for each in found.items()]
        if all(each.place is not Place.CARRIED for each in found.values()):
            break
    return tuple(shown)


def _shown(
    contract: Contract, terms: CoreContract, month: str, clause_id: str, told: Listed
) -> JudgementShown:
    clause = level_clause(terms, clause_id)
    assert clause is not None  # noqa: S101 - it was just judged by it
    names = Names(terms, page_language())
    behind = reverse("portal:interactions", args=[contract.pk, clause_id])
    return JudgementShown(
        level=names.level(clause_id),
        clause=names.clause_number(clause_id),
        month=month_text(month, page_language()),
        limit=names.duration(clause.within),
        url=f"{behind}?month={Period.month(month)}",
        row=row_of(told, clause, names, zone_named(contract.zone)),
    )
