"""What the parties have between them about a statement: disputes, and remedies agreed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.statements.disputes import disputes_of
from pactdesk.apps.statements.events_offered import Offer
from pactdesk.apps.statements.hands import log_of, may_speak, party_of
from pactdesk.apps.statements.kinds import DisputeState
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.values import Plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.families.life import NoticeGiven
from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.names import NoticeEvent
from pactdesk.core.settle.excess import AGREED_SUMS
from pactdesk.core.settle.obligations.proposals import Remedy, remedy_of
from pactdesk.core.terms.clauses.compensation import Compensation
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.instants import local_day, zone_named
from pactdesk.documents.explain.values import fen_text
from pactdesk.web.portal.dispute_words import say


@dataclass(frozen=True, slots=True)
class RemedyShown:
    """A remedy beside the line that it is about."""

    line: int
    words: str


def between_of(scope: Scope, statement: Statement, plain: Plain, terms: Terms) -> dict[str, Any]:
    """For the page of the statement; nothing for who is no party."""
    party = party_of(scope, statement.contract)
    if party is None:
        return {}
    disputes = list(disputes_of(scope, statement.pk))
    is_open = any(each.state == DisputeState.OPEN.value for each in disputes)
    speaks = may_speak(scope, statement.contract, party)
    return {
        "disputes": disputes,
        "may_dispute": speaks and not is_open,
        "remedies": [*_remedies(statement, _lines(plain, terms)), *_sums(statement, plain, terms)],
        "remedy_ways": _ways(statement, plain, Offer(terms, party)) if speaks else [],
    }


def _lines(plain: Plain, terms: Terms) -> dict[str, int]:
    """Clause → its first line; of a level, the first of what hangs on it."""
    lines: dict[str, int] = {}
    for line in plain["lines"]:
        clause, number = line["clause"], int(line["number"])
        lines.setdefault(clause, number)
        known = next((each for each in terms.clauses if each.id == clause), None)
        lines.setdefault(getattr(known, "level", clause), number)
    return lines


def _remedies(statement: Statement, lines: Mapping[str, int]) -> list[RemedyShown]:
    """Of its month, each beside its line."""
    return [
        RemedyShown(lines[each.clause], _words(each))
        for each in _agreed(statement)
        if each.period == statement.period and each.clause in lines
    ]


def _sums(statement: Statement, plain: Plain, terms: Terms) -> list[RemedyShown]:
    """What both agreed on in its month, beside the line that bills it."""
    claimants = {each.id: each.claimant for each in terms.of_kind(Compensation)}
    zone = zone_named(terms.zone)
    found: list[RemedyShown] = []
    for each in facts_now(log_of(statement.contract)):
        told = each.fact.detail
        if not isinstance(told, LossShown) or not told.claim.startswith(AGREED_SUMS):
            continue
        if f"{local_day(each.fact.occurred_at, zone):%Y-%m}" != statement.period:
            continue
        words = say("agreed_sum", what=told.reason, amount=fen_text(told.evidenced_fen))
        numbers = (e["number"] for e in plain["lines"] if claimants.get(e["clause"]) == told.by)
        found += [RemedyShown(int(number), words) for number in list(numbers)[:1]]
    return found


def _ways(statement: Statement, plain: Plain, offer: Offer) -> list[tuple[int, str]]:
    """Lines that cost somebody something, with the form for another remedy."""
    url = reverse("portal:tell", args=[statement.contract_id, "remedy"])
    return [
        (int(line["number"]), f"{url}?clause={line['clause']}&period={statement.period}")
        for line in plain["lines"]
        if line["amount_fen"] and line["clause"] in offer.remediable
    ]


def _agreed(statement: Statement) -> list[Remedy]:
    facts = facts_now(log_of(statement.contract))
    told = [each.fact.detail for each in facts]
    agreed = (
        remedy_of(each)
        for each in told
        if isinstance(each, NoticeGiven) and each.event is NoticeEvent.ARRIVED
    )
    return [each for each in agreed if each is not None]


def _words(remedy: Remedy) -> str:
    key = "remedies_waived" if remedy.waived_fen else "remedies"
    return say(
        key,
        what=remedy.what,
        party=say(f"party.{remedy.party}"),
        due=remedy.due.isoformat(),
        amount=fen_text(remedy.waived_fen),
    )
