"""The clock of the cast, and what the facts of both contracts say of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from uuid import UUID

import pytest

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.seat_time import clocked
from tests.support.cast import TERMS, Cast

Facts = Callable[[str], list[RecordedFact]]
Worked = Callable[[str, UUID], Fraction]

EVER = ((-(2**53), 2**53),)


@pytest.fixture
def facts(cast: Cast) -> Facts:
    """The facts of 青禾's or 白塔's contract."""
    from pactdesk.apps.evidence.factlog import PostgresFactLog
    from pactdesk.apps.walls.scope import Scope, within
    from pactdesk.core.units.instants import zone_named

    def of(merchant: str) -> list[RecordedFact]:
        contract = {"qinghe": cast.contract_qinghe, "baita": cast.contract_baita}[merchant]
        code = TERMS[merchant]().contract_id
        with within(Scope(contracts={contract: frozenset()})):
            return list(PostgresFactLog(contract, code, zone_named("Asia/Shanghai")).facts(code))

    return of


@pytest.fixture
def worked(facts: Facts) -> Worked:
    """Milliseconds that an agent worked for a merchant, by its facts alone."""
    from pactdesk.apps.workforce.values import agent_code

    def of(merchant: str, person: UUID) -> Fraction:
        found = clocked(facts(merchant)).get(agent_code(person))
        return found.inside(EVER) if found else Fraction(0)  # type: ignore[arg-type]  # integers

    return of
