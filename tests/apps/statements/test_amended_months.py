"""An amendment inside a month, from the stored terms to the issued statement and what is behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pactdesk.apps.contracts.actions import replace_terms
from pactdesk.apps.evidence.kept import facts_now
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.statements.actions import issue
from pactdesk.apps.statements.behind import interactions_behind, why_line
from pactdesk.apps.statements.hands import log_of
from pactdesk.apps.statements.papers import statement_pdf
from pactdesk.apps.statements.queries import statement_of
from pactdesk.apps.statements.values import to_plain
from pactdesk.core.facts.kinds import FactKind
from tests.support.cast import Cast
from tests.support.contracts import amend, change, fixed_fee, level, service_terms
from tests.support.october import AT


def test_a_month_with_an_amendment_is_issued_in_stretches(
    cast: Cast, sealed: Callable[[date], None]
) -> None:
    stricter = level(target="0.95", within={"n": 60, "unit": "s"}, channel="chat")
    terms = amend(
        service_terms(),
        "2026-10-16",
        change(fixed_fee("20000.00")),
        change(stricter, judged="separate"),
    )
    since = date(2026, 10, 1)
    replace_terms(cast["operator"], contract=cast.contract_baita, terms=terms, in_force_from=since)
    sealed(date(2026, 11, 1))
    made = issue(cast["finance"], contract=cast.contract_baita, period="2026-10", at=AT)
    with scoped(cast["manager_of_baita"]) as scope:
        statement = statement_of(scope, made)
        plain = to_plain(statement)
        fees = [each for each in plain["lines"] if each["kind"] == "fee_fixed"]
        # 18,000 × 15/31 = 8,709.677…; 20,000 × 16/31 = 10,322.580…
        assert [each["amount_fen"] for each in fees] == [870_968, 1_032_258]
        first, second = (each for each in plain["levels"] if each["clause"] == "level-1")
        behind = interactions_behind(scope, cast.contract_baita, "2026-10", "level-1")
        assert behind.denominator == first["denominator"] + second["denominator"]
        assert behind.numerator == first["numerator"] + second["numerator"]
        assert "2026-10-16" in why_line(scope, statement, 2, "zh").title
        assert statement_pdf(scope, statement).startswith(b"%PDF")
        told = [each.fact.kind for each in facts_now(log_of(statement.contract))]
    assert told.count(FactKind.STATEMENT_MADE) == told.count(FactKind.STATEMENT_ISSUED) == 1
