"""Fees by volume (B19): units without a price, and cliffs, are said before a month is settled."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.units.errors import PactError
from tests.support.contracts import agreement, settled

Terms = dict[str, Any]
OPEN = {"blank": "____"}
TWO: list[Terms] = [{"up_to": "500", "price": "0.90"}, {"price": "0.70"}]


def fee(
    tiering: Any = "graduated", tiers: Any = TWO, measure: str = "message", **more: Any
) -> Terms:
    terms: Terms = {"id": "fee-1", "kind": "fee_per_unit", "measure": measure}
    return terms | {"tiering": tiering, "tiers": tiers} | more


def found(terms: Terms, code: str) -> list[Finding]:
    return [each for each in lint(agreement(terms)) if each.code == code]


@pytest.mark.requirement("B19")
@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (fee(tiers=[]), "tiers"),
        (fee(tiers=TWO[:1]), "tiers"),
        (fee(tiers=TWO[::-1]), "tiers"),
        (fee("whole_volume", [TWO[0], *TWO]), "tiers"),
        (fee("package", TWO[:1]), "overage"),
        (fee(measure="call_minute"), "minute_rounding"),
        (fee(measure="usage"), "usage"),
    ],
)
def test_what_settling_would_refuse_is_found_before(terms: Terms, field: str) -> None:
    (finding,) = found(terms, "UNITS_UNPRICED")
    assert (finding.severity, finding.clauses) == (Severity.ERROR, ("fee-1",))
    assert finding.facts["field"] == field
    if field != "overage":  # of packages only when a month goes beyond the last
        with pytest.raises(PactError, match="fee-1"):
            settled(agreement(terms))


@pytest.mark.parametrize(
    "terms",
    [
        fee(),
        fee("package", TWO[:1], overage="1.00"),
        fee("package"),
        fee(tiers=OPEN),
        fee(OPEN),
        fee(tiers=[{"up_to": OPEN, "price": OPEN}, {"price": OPEN}]),
        fee(measure="call_minute", minute_rounding="up"),
    ],
)
def test_complete_and_blank_terms_are_left_alone(terms: Terms) -> None:
    assert found(terms, "UNITS_UNPRICED") == []


@pytest.mark.requirement("B19")
def test_a_cliff_is_told_with_the_contracts_own_figures() -> None:
    (finding,) = found(fee("whole_volume"), "VOLUME_CLIFF")
    facts = finding.facts
    assert (facts["end"], facts["at_end"], facts["more"], facts["at_more"]) == (
        "500",
        "450.00",
        "501",
        "350.70",
    )


@pytest.mark.parametrize(
    "terms",
    [
        fee(),  # each band at its own price
        fee("whole_volume", [{"up_to": "500", "price": "0.70"}, {"price": "0.90"}]),
        fee("whole_volume", [{"up_to": "1", "price": "1.00"}, {"price": "0.50"}]),  # 1.00 and 1.00
        fee("whole_volume", OPEN),
        fee("whole_volume", [{"up_to": "500", "price": OPEN}, {"price": "0.70"}]),
    ],
)
def test_where_more_never_costs_less_nothing_is_said(terms: Terms) -> None:
    assert found(terms, "VOLUME_CLIFF") == []
