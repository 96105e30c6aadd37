"""A month settled by the independent verifier, from the same terms and facts as the engine."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_to_plain
from pactverify.book import Book
from pactverify.facts import Fact
from pactverify.late import RULES_VERSION
from pactverify.settlement import Settlement
from pactverify.terms import Contract as Terms
from pactverify.worktime import WorkCalendar

Settled = tuple[list[tuple[str, str, int]], list[tuple[str, str | None]]]
"""(kind, clause, fen) of each line; (statement, due day) of each ledger entry."""


def by_the_engine(statement: Statement) -> Settled:
    """What the engine's statement says."""
    lines = [(line.kind, line.clause, line.amount.fen) for line in statement.lines]
    ledger = [(each.statement, each.due_on) for each in statement.ledger]
    return lines, [(name, day.isoformat() if day else None) for name, day in ledger]


def by_the_verifier(contract: Contract, facts: Iterable[RecordedFact], month: str) -> Settled:
    """What the verifier says that the statement must be."""
    terms, calendar, told = given_to_it(contract, facts)
    settlement = Settlement(Book(told, calendar, terms, RULES_VERSION), month)
    lines = [(line.kind, line.clause, line.amount_fen) for line in settlement.lines]
    plain = (entry.to_plain() for entry in settlement.ledger)
    return lines, [(each["statement"], each["due_on"]) for each in plain]


def given_to_it(
    contract: Contract, facts: Iterable[RecordedFact]
) -> tuple[Terms, WorkCalendar, list[Fact]]:
    """Terms, calendar and facts as the verifier reads them."""
    terms = Terms(json.loads(json.dumps(contract_to_plain(contract))))
    calendar = WorkCalendar(json.loads(json.dumps(load_china().canonical())))
    return terms, calendar, sorted((_fact(each) for each in facts), key=lambda fact: fact[:3])


def _fact(each: RecordedFact) -> Fact:
    fact = each.fact
    return Fact(
        at=fact.occurred_at,
        source=fact.source,
        event_id=fact.event_id,
        kind=str(fact.kind),
        measured=fact.measured,
        recorded_at=each.recorded_at,
    )
