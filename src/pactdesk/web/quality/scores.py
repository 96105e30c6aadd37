"""From reviews to the contract's score sheet: told as events, which both parties agree to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.quality.errors import ContestsOpen
from pactdesk.apps.quality.models import Review
from pactdesk.apps.quality.results import of_month, scores_of
from pactdesk.apps.quality.sheets import given_items
from pactdesk.apps.statements import actions
from pactdesk.apps.statements.events import Event, EventState, events_of
from pactdesk.apps.statements.hands import may_speak, party_of
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.families.works import ScoreGiven
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.instants import instant_of
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.held import held_on
from pactdesk.web.quality.said import item_name, points_text


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What an item of the score sheet would get, and how it stands."""

    name: str
    points: str
    exact: str
    state: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the reviews say for the month's score sheet.

    clause    whose sheet; none where the contract has none
    waits     contested marks without a decision: the score is not known yet
    may_tell  whether the visitor may tell what is not told yet
    """

    clause: str = ""
    items: tuple[ItemScore, ...] = ()
    waits: int = 0
    may_tell: bool = False


def score_of(scope: Scope, contract: Contract, month: str, reviews: Sequence[Review]) -> Told:
    """Of the month, by the terms of its last day."""
    sheet = given_items(_terms(scope, contract, month))
    if sheet is None or sheet.clause is None:
        return Told()
    try:
        facts = scores_of(reviews, [each.key for each in sheet.items], month)
    except ContestsOpen as waiting:
        return Told(sheet.clause, waits=int(str(waiting.facts["count"])))
    known = _told(scope, contract, month)
    items = tuple(_shown(each, known) for each in facts)
    party = party_of(scope, contract)
    may = party is not None and may_speak(scope, contract, party)
    return Told(sheet.clause, items, 0, may and any(not each.state for each in items))


def tell_score(scope: Scope, contract: Contract, month: str, at: datetime) -> None:
    """Tell every item that nobody told yet; each waits for the other party as any event does.

    raises  MonthUnreadable, NothingReviewed, ContestsOpen, and what tell_event does
    """
    period = Period.month(month)
    sheet = given_items(_terms(scope, contract, month))
    if sheet is None or scope.person is None:
        return
    known = _told(scope, contract, month)
    reviews = of_month(scope, contract.pk, period)
    for fact in scores_of(reviews, [each.key for each in sheet.items], month):
        if not any(_same(each, fact) for each in known):
            actions.tell_event(
                scope.person,
                contract=contract.pk,
                event=new_id(),
                told=fact,
                occurred_at=instant_of(at),
                at=at,
            )


def _terms(scope: Scope, contract: Contract, month: str) -> Terms:
    day = Period.month(month).last_day
    return held_on(terms_of(scope, contract.pk, day), day)


def _told(scope: Scope, contract: Contract, month: str) -> list[Event]:
    """Scores of the month that were told and not refused."""
    return [
        each
        for each in events_of(scope, contract)
        if isinstance(each.detail, ScoreGiven)
        and each.detail.period == month
        and each.state is not EventState.REFUSED
    ]


def _same(event: Event, fact: ScoreGiven) -> bool:
    told = event.detail
    return isinstance(told, ScoreGiven) and (told.item, told.points, told.of) == (
        fact.item,
        fact.points,
        fact.of,
    )


def _shown(fact: ScoreGiven, known: Sequence[Event]) -> ItemScore:
    state = next((each.state.value for each in known if _same(each, fact)), "")
    return ItemScore(
        item_name(fact.item),
        points_text(Fraction(fact.points, fact.of)),
        f"{fact.points} / {fact.of}",
        state,
    )
