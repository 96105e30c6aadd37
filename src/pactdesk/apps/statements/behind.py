"""What stands behind a figure: the interactions of a level, the working of a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pactdesk.apps.contracts.errors import ContractUnknown
from pactdesk.apps.contracts.queries import contract_of, terms_of, version_of
from pactdesk.apps.conversations.queries import conversations_visible_to
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.statements.hands import log_of
from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.queries import readable, statement_for, terms_behind
from pactdesk.apps.statements.recent import Recent
from pactdesk.apps.statements.standing import Standing, standing_of
from pactdesk.apps.statements.values import to_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.context import Context
from pactdesk.core.measure.listing import Listed, Place, listed_in
from pactdesk.core.measure.measuring import month_context
from pactdesk.core.settle.stretches import OutsideTerm, Stretch, split_month
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract as Terms
from pactdesk.core.units.instants import Instant, day_start
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.explanation import Explanation
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.level import LevelUnknown
from pactdesk.documents.explain.line import explain_line
from pactdesk.messages.catalogue import Language

PAGE = 50

FOLDED = Recent[Context](most=6)
"""Months that this process has folded: thousands of interactions each, so only the latest."""


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
    terms = terms_of(scope, standing.contract, Period.month(standing.period).last_day)
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
    terms = held_in(terms_of(scope, contract, month.last_day), period)
    for level in terms.of_kind(ServiceLevel):
        if level.metric is Metric.AVAILABILITY:
            continue
        for each in _listed(scope, contract, month, level.id):
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
    named = held_in(terms, statement.period)
    clause = getattr(named.clause(found["clause"]), "level", None) if found else None
    if not isinstance(clause, str):
        return {}
    return _times(scope, statement.contract_id, statement.period, clause)


def _listed(scope: Scope, contract: UUID, period: Period, clause: str) -> tuple[Listed, ...]:
    terms = terms_of(scope, contract, period.last_day)
    known = [each.id for each in held_in(terms, str(period)).of_kind(ServiceLevel)]
    if clause not in known:
        raise LevelUnknown(statement=str(period), clause=clause, known=", ".join(known))
    return tuple(
        each
        for stretch in _stretches(terms, period, clause)
        for each in listed_in(_context(scope, contract, period, stretch), stretch.contract, clause)
    )


def _stretches(terms: Terms, period: Period, clause: str) -> tuple[Stretch, ...]:
    """The days on which the level is measured by itself; a month outside the term is one."""
    try:
        return split_month(terms, period).stretches(clause)
    except OutsideTerm:
        return (Stretch(period, period, terms.on(period.last_day)),)


def _context(scope: Scope, contract: UUID, period: Period, stretch: Stretch) -> Context:
    """The days, folded once for all levels that are looked at; whoever asks, may read it."""
    statement = statement_for(scope, contract, str(period))
    if statement is not None:
        until, known_as = None, statement.plain_hash
    else:
        until = Instant(standing_of(scope, contract, period.last_day).as_of_ms)
        known_as = f"{until}"
    version = version_of(scope, contract, period.last_day).terms_hash
    terms, days = stretch.contract, stretch.over

    def folded() -> Context:
        log = log_of(contract_of(scope, contract))
        facts = _facts_of_statement(log, statement) if statement else _known_at(log, until)
        return month_context(terms, tuple(facts), load_china(), days, until)

    key = (contract, f"{days} {stretch.days}", known_as, version)
    return FOLDED.get(key, folded)


def _known_at(log: PostgresFactLog, at: Instant | None) -> Iterable[RecordedFact]:
    return (each for each in facts_now(log) if at is None or each.recorded_at <= at)


def _facts_of_statement(log: PostgresFactLog, statement: Statement) -> Iterable[RecordedFact]:
    sealed = date.fromisoformat(to_plain(statement)["pins"]["evidence"]["day"])
    end = day_start(date.fromordinal(sealed.toordinal() + 1), log.zone)
    return (each for each in facts_now(log) if each.recorded_at < end)
