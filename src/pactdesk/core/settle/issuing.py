"""Issuing a statement: from then on it stands, and later months know its total and verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import StatementIssued, StatementMade
from pactdesk.core.facts.log import FactLog
from pactdesk.core.settle.assessment import month_verdicts
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.statement import Statement
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant

SOURCE = "pactdesk"


class AlreadyIssued(PactError):
    """`statement` was issued before; an issued statement is never edited."""


def issue_statement(statement: Statement, log: FactLog, *, at: Instant) -> None:
    """Records that the statement was issued at this instant.

    raises  AlreadyIssued
    """
    told = (each.fact.detail for each in log.facts(statement.contract_id))
    if any(isinstance(d, StatementIssued) and d.statement == statement.number for d in told):
        raise AlreadyIssued(statement=statement.number)
    log.append([issued_fact(statement, at=at), made_fact(statement, at=at)], at)


def made_fact(statement: Statement, *, at: Instant) -> Fact:
    """From the facts of which day it was made, by which rules: told in the same act."""
    made = StatementMade(
        statement=statement.number,
        evidence_day=statement.pins.evidence_day,
        rules_version=statement.rules_version,
        booked=booked(statement.lines),
    )
    return Fact.of(
        made,
        contract_id=statement.contract_id,
        source=SOURCE,
        event_id=f"{statement.number}/made",
        occurred_at=at,
    )


def booked(lines: Iterable[Line]) -> dict[str, int]:
    """Clause id → fen of its lines together."""
    fen: dict[str, int] = {}
    for line in lines:
        fen[line.clause] = fen.get(line.clause, 0) + line.amount.fen
    return fen


def issued_fact(statement: Statement, *, at: Instant) -> Fact:
    """That the statement was issued, with its total and verdicts, which later months look at."""
    issued = StatementIssued(
        statement=statement.number,
        period=str(statement.period),
        total_fen=statement.total.fen,
        verdicts=month_verdicts(statement.assessed),
    )
    return Fact.of(
        issued,
        contract_id=statement.contract_id,
        source=SOURCE,
        event_id=f"{statement.number}/issued",
        occurred_at=at,
    )
