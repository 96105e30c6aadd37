"""What the lines of a statement stand at now: as issued, and as both parties agreed since.

What is agreed on counts from where an earlier agreement has left the line: nothing is given back,
or let off, twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.statements.dispute_models import DisputeEntry
from pactdesk.apps.statements.hands import log_of
from pactdesk.apps.statements.kinds import DisputeDeed
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.values import to_plain
from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.life import NoticeGiven
from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.kinds import FactKind
from pactdesk.core.settle.disputes import LetOff
from pactdesk.core.settle.disputes import standing_fen as standing
from pactdesk.core.settle.obligations.proposals import Remedy, remedy_of
from pactdesk.core.units.instants import Instant, instant_of

REMEDY_CLAIM = "remedy/"
"""How the claim of a sum begins that a remedy lets off; the notice's id follows."""

Fen = dict[int, int]
"""Line number → fen."""


def issued_fen(statement: Statement) -> Fen:
    """As the statement has them."""
    return {int(each["number"]): int(each["amount_fen"]) for each in to_plain(statement)["lines"]}


def standing_fen(
    statement: Statement, *, besides: UUID | None = None, until: datetime | None = None
) -> Fen:
    """As both agreed last.

    besides  a dispute whose own agreement is left out
    until    only what was agreed on before
    """
    clauses = {int(e["number"]): str(e["clause"]) for e in to_plain(statement)["lines"]}
    last = None if until is None else instant_of(until)
    every: list[tuple[Instant, Fen | LetOff]] = [*_settled(statement, besides)]
    every += _remedied(statement)
    in_time = sorted(every, key=lambda one: one[0])
    agreed = (each for at, each in in_time if last is None or at < last)
    return standing(issued_fen(statement), clauses, agreed)


def amounts_of(entry: DisputeEntry) -> Fen:
    """What a position or a proposal says of each line."""
    return {int(line): int(fen) for line, fen in entry.amounts.items()}


def _settled(statement: Statement, besides: UUID | None) -> Iterator[tuple[Instant, Fen]]:
    """What each dispute was settled at, and when."""
    said_yes = DisputeEntry.objects.filter(
        contract_id=statement.contract_id,
        dispute__statement_id=statement.pk,
        deed=DisputeDeed.ACCEPTED.value,
    )
    for each in said_yes.select_related("answers"):
        if each.answers is not None and each.dispute_id != besides:
            yield instant_of(each.at), amounts_of(each.answers)


def _remedied(statement: Statement) -> Iterator[tuple[Instant, LetOff]]:
    """Every remedy that lets something of the month off, and since when."""
    facts = facts_now(log_of(statement.contract))
    told: dict[str, Remedy] = {}
    for each in as_happened(facts, FactKind.NOTICE):
        notice = each.fact.detail
        remedy = remedy_of(notice) if isinstance(notice, NoticeGiven) else None
        if remedy is not None and isinstance(notice, NoticeGiven):
            told[f"{REMEDY_CLAIM}{notice.notice}"] = remedy
    for each in as_happened(facts, FactKind.LOSS):
        agreed = each.fact.detail
        found = told.get(agreed.claim) if isinstance(agreed, LossShown) else None
        if found is not None and found.period == statement.period:
            yield each.fact.occurred_at, LetOff(found.clause, found.waived_fen)
