"""What stands behind a figure: the interactions of a level, the working of a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.contracts.queries import contract_of, terms_of
from pactdesk.apps.conversations.queries import conversations_visible_to
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.statements.hands import log_of
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.queries import readable, statement_for, terms_behind
from pactdesk.apps.statements.standing import Standing, standing_of
from pactdesk.apps.statements.values import to_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.listing import Listed, Place, listed
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.units.instants import Instant, day_start
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.explanation import Explanation
from pactdesk.documents.explain.level import LevelUnknown
from pactdesk.documents.explain.line import explain_line
from pactdesk.messages.catalogue import Language

PAGE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the interactions behind a level, and the sums over all of them.

    numerator, denominator  the level's own
    places                  how many stand where, for tabs
    total                   how many there are of the place that was asked for
    conversations           code → id, of those on the page that the person may open
    """

    clause: str
    period: str
    numerator: int
    denominator: int
    places: Mapping[Place, int]
    total: int
    items: Sequence[Listed]
    conversations: Mapping[str, UUID]


def interactions_behind(
    scope: Scope,
    contract: UUID,
    period: str,
    clause: str,
    *,
    place: Place | None = None,
    offset: int = 0,
    limit: int = PAGE,
) -> Behind:
    """Those that a level of the month counted, in order of opening and code.

    Of an issued month, exactly the sealed facts that its statement was made from; of the month
    so far, those of its standing: so the page and the figure that led to it agree.

    raises  ContractUnknown, TermsNotYet, LevelUnknown
    """
    if contract not in readable(scope):
        raise ContractUnknown(contract=contract)
    every = _listed(scope, contract, Period.month(period), clause)
    asked = [each for each in every if place in (None, each.place)]
    shown = asked[offset : offset + limit]
    codes = [each.interaction for each in shown]
    opened = conversations_visible_to(scope).filter(contract_id=contract, code__in=codes)
    return Behind(
        clause=clause,
        period=period,
        numerator=sum(each.numerator for each in every),
        denominator=sum(each.denominator for each in every),
        places=Counter(each.place for each in every),
        total=len(asked),
        items=shown,
        conversations=dict(opened.values_list("code", "id")),
    )


def why_line(scope: Scope, statement: Statement, line: int, language: Language) -> Explanation:
    """Why a line of an issued statement has its amount, with the clause and the facts behind.

    raises  LineUnknown
    """
    terms, plain = terms_behind(scope, statement), to_plain(statement)
    return explain_line(plain, terms, line, language, elapsed_ms=_elapsed(scope, statement, line))


def why_line_so_far(scope: Scope, standing: Standing, line: int, language: Language) -> Explanation:
    """The same of a provisional line; raises LineUnknown."""
    terms = terms_of(scope, standing.contract, Period.month(standing.period).start)
    return explain_line(standing.plain, terms, line, language)


def times_behind(
    scope: Scope, contract: UUID, period: str, clauses: Iterable[str]
) -> dict[str, dict[str, int]]:
    """Level → interaction → milliseconds on the level's clock; raises as `interactions_behind`."""
    if contract not in readable(scope):
        raise ContractUnknown(contract=contract)
    return {clause: _times(scope, contract, period, clause) for clause in clauses}


def judged(scope: Scope, contract: UUID, period: str, code: str) -> dict[str, Listed]:
    """Level → how it looks at the interaction `code` in the month; without those that do not.

    raises  ContractUnknown, TermsNotYet
    """
    if contract not in readable(scope):
        raise ContractUnknown(contract=contract)
    month = Period.month(period)
    found: dict[str, Listed] = {}
    for level in terms_of(scope, contract, month.start).of_kind(ServiceLevel):
        if level.metric is Metric.AVAILABILITY:
            continue
        for each in _listed(scope, contract, month, level.id, only=code):
            if each.interaction == code:
                found[level.id] = each
    return found


def _times(scope: Scope, contract: UUID, period: str, clause: str) -> dict[str, int]:
    every = _listed(scope, contract, Period.month(period), clause)
    return {each.interaction: each.elapsed_ms for each in every if each.elapsed_ms is not None}


def _elapsed(scope: Scope, statement: Statement, line: int) -> dict[str, int]:
    """Times of the interactions behind a deduction, which the explanation names."""
    terms = terms_behind(scope, statement)
    lines: list[dict[str, Any]] = to_plain(statement)["lines"]
    found = next((each for each in lines if each["number"] == line), None)
    clause = getattr(terms.clause(found["clause"]), "level", None) if found else None
    if not isinstance(clause, str):
        return {}
    return _times(scope, statement.contract_id, statement.period, clause)


def _listed(
    scope: Scope, contract: UUID, period: Period, clause: str, *, only: str | None = None
) -> tuple[Listed, ...]:
    """only  the interaction that is asked for: what concerns others alone is not looked at"""
    stored = contract_of(scope, contract)
    terms = terms_of(scope, contract, period.start)
    known = [each.id for each in terms.of_kind(ServiceLevel)]
    if clause not in known:
        raise LevelUnknown(statement=str(period), clause=clause, known=", ".join(known))
    log = log_of(stored)
    statement = statement_for(scope, contract, str(period))
    if statement is not None:
        facts = _about(only, _facts_of_statement(log, statement))
        return listed(terms, facts, load_china(), period, clause)
    as_of = Instant(standing_of(scope, contract, period.start).as_of_ms)
    known_then = (each for each in facts_now(log) if each.recorded_at <= as_of)
    return listed(terms, _about(only, known_then), load_china(), period, clause, until=as_of)


def _about(interaction: str | None, facts: Iterable[RecordedFact]) -> Iterable[RecordedFact]:
    """The facts of one interaction, and those of none, such as exclusions."""
    if interaction is None:
        return facts
    return (
        each for each in facts if each.fact.measured.get("interaction", interaction) == interaction
    )


def _facts_of_statement(log: PostgresFactLog, statement: Statement) -> Iterable[RecordedFact]:
    sealed = date.fromisoformat(to_plain(statement)["pins"]["evidence"]["day"])
    end = day_start(date.fromordinal(sealed.toordinal() + 1), log.zone)
    return (each for each in facts_now(log) if each.recorded_at < end)
