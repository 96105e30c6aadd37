"""Ids of clauses that are not there, and tiers out of order, are said before a month is settled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pactdesk.core.terms.findings import Severity
from pactdesk.core.terms.rules.catalogue import lint
from tests.support.contracts import (
    Terms,
    agreement,
    amend,
    deduction,
    deduction_cap,
    fixed_fee,
    level,
    per_breach,
    per_miss,
)

CODES = ("REFERENCE_UNKNOWN", "TIERS_DISORDERED", "WORSE_IS_CHEAPER")
OPEN = {"blank": "____"}


def found(*clauses: Terms) -> list[str]:
    """The codes about these clauses beside a fee and a level that must be 90 % or more."""
    findings = lint(agreement(fixed_fee(), level(), *clauses))
    return [each.code for each in findings if each.code in CODES]


def overlap(*named: str) -> Terms:
    return {
        "id": "overlap-1", "kind": "deduction_overlap", "clauses": [*named], "rule": "largest",
    }  # fmt: skip


def surcharge(fee: str) -> Terms:
    rule = {"kind": "of_fee", "rate": "0.1", "fee": fee}
    return {"id": "extra-1", "kind": "fee_surcharge", "rule": rule}


def bonus(named: str) -> Terms:
    return {"id": "bonus-1", "kind": "bonus", "level": named, "step": "0.01", "rate": "0.1"}


def sheet(*bands: tuple[object, str], named: str = "level-1") -> Terms:
    item = {"kind": "level", "level": named, "weight": "100", "step": "0.01", "points": "2"}
    told = [{"score": score, "payable": payable} for score, payable in bands]
    return {"id": "sheet-1", "kind": "score_sheet", "items": [item], "bands": told}


def performance(*bands: tuple[str, str], named: str = "level-1") -> Terms:
    return {
        "id": "pay-1", "kind": "fee_base_performance", "headcount": 1, "base_amount": "100",
        "performance_amount": "100", "level": named, "unjudged": "in_full",
        "bands": [{"reached": reached, "payable": payable} for reached, payable in bands],
    }  # fmt: skip


def tiered(*tiers: tuple[object, str]) -> Terms:
    told = [{"beyond": beyond, "rate": rate} for beyond, rate in tiers]
    return deduction({"kind": "tiered", "tiers": told})


GOOD_SHEET = (("0", "0.5"), ("80", "1"))


@pytest.mark.parametrize(
    ("clauses", "is_unknown"),
    [
        ((overlap("deduction-1", "deduction-2"), per_miss(), per_breach(id="deduction-2")), False),
        ((overlap("deduction-1", "deduction-9"), per_miss()), True),
        ((overlap("deduction-1", "fee-1"), per_miss()), True),
        ((deduction_cap("0.1") | {"except_for": ["deduction-1"]}, per_miss()), False),
        ((deduction_cap("0.1") | {"except_for": ["deduction-l"]}, per_miss()), True),
        ((surcharge("fee-1"),), False),
        ((surcharge("fee-9"),), True),
        ((surcharge("level-1"),), True),
        ((surcharge("extra-1"),), True),  # of itself: nothing stands above it
        ((bonus("level-1"),), False),
        ((bonus("level-9"),), True),
        ((bonus("fee-1"),), True),
        ((sheet(*GOOD_SHEET),), False),
        ((sheet(*GOOD_SHEET, named="level-9"),), True),
        ((performance(("0.8", "0.5"), ("0.9", "1")),), False),
        ((performance(("0.8", "0.5"), named="level-9"),), True),
    ],
)
def test_an_id_that_no_such_clause_has_is_an_error(
    clauses: tuple[Terms, ...], is_unknown: bool
) -> None:
    assert found(*clauses) == ["REFERENCE_UNKNOWN"] * is_unknown


def test_what_an_amendment_takes_away_must_not_be_named_any_more() -> None:
    contract = agreement(fixed_fee(), level(), per_miss(), bonus("level-1"))
    gone = {"op": "repeal", "clause": "level-1"}
    (unknown,) = (each for each in lint(amend(contract, "2026-06-01", gone)) if each.code in CODES)
    assert (unknown.code, unknown.clauses) == ("REFERENCE_UNKNOWN", ("bonus-1",))
    assert unknown.severity is Severity.ERROR


def _tiers() -> Iterator[tuple[Terms, list[str]]]:
    yield tiered(("0.90", "0.05"), ("0.85", "0.15")), []
    # The hardest first: the last one counts, so 80 % would cost 5 % and not 15 %.
    yield tiered(("0.85", "0.15"), ("0.90", "0.05")), ["TIERS_DISORDERED"]
    yield tiered(("0.90", "0.05"), ("0.90", "0.15")), ["TIERS_DISORDERED"]
    yield tiered(), ["TIERS_DISORDERED"]
    yield tiered(("0.90", "0.15"), ("0.85", "0.05")), ["WORSE_IS_CHEAPER"]
    yield tiered((OPEN, "0.15"), ("0.85", "0.05")), ["WORSE_IS_CHEAPER"]
    yield deduction({"kind": "interpolated", "worst": "0.80", "rate": "0.2"}), []
    yield deduction({"kind": "interpolated", "worst": "0.95", "rate": "0.2"}), ["TIERS_DISORDERED"]
    yield sheet(*GOOD_SHEET), []
    yield sheet(), ["TIERS_DISORDERED"]
    yield sheet(("60", "0.5"), ("80", "1")), ["TIERS_DISORDERED"]
    yield sheet(("0", "0.5"), ("80", "1"), ("70", "0.9")), ["TIERS_DISORDERED"]
    yield sheet((OPEN, "0.5"), ("80", "1")), []
    yield sheet(("0", "1"), ("80", "0.5")), ["WORSE_IS_CHEAPER"]
    yield performance(("0.9", "0.5"), ("0.8", "1")), ["TIERS_DISORDERED"]
    yield performance(("0.8", "1"), ("0.9", "0.5")), ["WORSE_IS_CHEAPER"]


@pytest.mark.parametrize(("clause", "codes"), [*_tiers()])
def test_tiers_stand_in_order_and_a_worse_one_costs_more(clause: Terms, codes: list[str]) -> None:
    assert found(clause) == codes


def test_of_seconds_the_larger_number_is_the_worse() -> None:
    slow = level("first_response_average", "30", id="level-2")
    rising = tiered(("60", "0.05"), ("90", "0.15")) | {"level": "level-2"}
    falling = tiered(("90", "0.15"), ("60", "0.05")) | {"level": "level-2"}
    assert found(slow, rising) == []
    assert found(slow, falling) == ["TIERS_DISORDERED"]
