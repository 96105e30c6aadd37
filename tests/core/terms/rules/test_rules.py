"""Rules over terms: each is silent on a sound contract and speaks on the unsound one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Severity
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.terms.text import contract_from_plain
from pactdesk.core.units.periods import add_months

SOUND: dict[str, dict[str, Any]] = {
    "period-1": {"kind": "period", "start": "2026-01-01", "end": "2026-12-31", "months": 12},
    "hours-1": {
        "kind": "service_hours",
        "week": [{"days": ["mon", "tue"], "windows": ["09:00-12:00", "12:00-18:00"]}],
        "on_holidays": "closed",
        "on_make_up_days": "as_workday",
    },
    "level-1": {
        "kind": "service_level",
        "metric": "first_response_share",
        "target": "0.90",
        "within": {"n": 30, "unit": "s"},
    },
    "level-2": {
        "kind": "service_level",
        "metric": "first_response_share",
        "target": "0.99",
        "within": {"n": 60, "unit": "s"},
    },
    "fee-1": {"kind": "fee_fixed", "amount": "20000.00", "per": "month"},
    "payment-1": {
        "kind": "payment",
        "cycle": "monthly",
        "due": {"kind": "working_days_after", "n": 10},
    },
    "late-fee-1": {"kind": "late_fee", "rate_per_day": "0.0005"},
    "deduction-1": {
        "kind": "deduction",
        "level": "level-1",
        "rule": {"kind": "per_point", "step": "0.01", "rate": "0.02"},
        "cap": "0.10",
    },
    "deduction-cap-1": {"kind": "deduction_cap", "of_fee": "0.15"},
    "assessment-1": {"kind": "assessment", "cycle": "monthly", "consecutive_misses": 3},
    "confidentiality-1": {
        "kind": "confidentiality",
        "bound": "provider",
        "during_term": True,
        "after_years": 3,
        "indefinite": False,
    },
    "dispute-1": {
        "kind": "dispute",
        "route": ["negotiation", "arbitration"],
        "arbitration_body": "湖州仲裁委员会",
    },
}


def contract(**changes: dict[str, Any] | None) -> Contract:
    """The sound contract with clauses changed, added, or (None) removed."""
    clauses = {key: dict(value) for key, value in SOUND.items()}
    for key, change in changes.items():
        clause_id = key.replace("_", "-")
        if change is None:
            clauses.pop(clause_id)
        else:
            clauses[clause_id] = {**clauses.get(clause_id, {}), **change}
    return contract_from_plain(
        {
            "contract_id": "c-1",
            "title": "t",
            "contract_type": "service_agreement",
            "clauses": [{"id": key, **value} for key, value in clauses.items()],
        }
    )


def codes(found: Contract) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in lint(found)}


OPEN = {"blank": "____"}

CASES: list[tuple[str, dict[str, Any]]] = [
    ("TERM_MISMATCH", {"period_1": {"months": 11}}),
    ("DATE_INVALID", {"period_1": {"end": "2025-12-31", "months": None}}),
    (
        "FEE_CONFLICT",
        {"fee_2": {"kind": "fee_fixed", "amount": "20000.00", "per": "month"}},
    ),
    (
        "FEES_TOGETHER",
        {
            "fee_2": {
                "kind": "fee_headcount_hours",
                "headcount": 6,
                "unit_price": "38.00",
                "hours_basis": "verified",
            }
        },
    ),
    ("SL_CONFLICT", {"level_2": {"within": {"n": 30, "unit": "s"}}}),
    ("SL_CONFLICT", {"level_2": {"target": "0.90"}}),
    ("SHARE_OUT_OF_RANGE", {"level_1": {"target": "95"}}),
    ("PENALTY_EXCESSIVE", {"late_fee_1": {"rate_per_day": "0.003"}}),
    ("PENALTY_EXCESSIVE", {"late_fee_1": {"rate_per_day": "0.001"}}),
    ("PENALTY_UNDETERMINED", {"late_fee_1": {"rate_per_day": OPEN}}),
    ("PENALTY_UNDETERMINED", {"deduction_1": {"rule": OPEN}}),
    ("DEDUCTION_WITHOUT_LEVEL", {"deduction_1": {"level": "level-9"}}),
    ("CAP_EXCEEDED", {"deduction_1": {"cap": "0.20"}}),
    # 0.90 ÷ 0.01 points × 2 % are 180 % of the fee.
    ("DEDUCTIONS_UNCAPPED", {"deduction_1": {"cap": None}, "deduction_cap_1": None}),
    (
        "DEDUCTIONS_UNCAPPED",
        {
            "deduction_1": {"cap": None, "rule": {"kind": "per_breach", "amount": "50.00"}},
            "deduction_cap_1": None,
        },
    ),
    (
        "DEDUCTION_WITHOUT_BREACHES",
        {
            "level_1": {"metric": "availability", "within": None},
            "deduction_1": {"rule": {"kind": "per_breach", "amount": "50.00"}},
        },
    ),
    (
        "HOURS_OVERLAP",
        {"hours_1": {"week": [{"days": ["mon"], "windows": ["09:00-13:00", "12:00-18:00"]}]}},
    ),
    (
        "HOURS_OVERLAP",
        {
            "hours_1": {
                "week": [{"days": ["sun", "mon"], "windows": ["20:00-09:00", "08:00-12:00"]}]
            }
        },
    ),
    ("UNSPECIFIED_CONSECUTIVE", {"assessment_1": {"consecutive_misses": {"blank": "连续多次"}}}),
    ("LATE_FEE_ABSENT", {"late_fee_1": None}),
    ("CONF_ENDS_WITH_CONTRACT", {"confidentiality_1": {"after_years": None}}),
    ("ARB_THEN_LIT", {"dispute_1": {"route": ["arbitration", "litigation"]}}),
    ("ARB_OR_LIT", {"dispute_1": {"route": {"blank": "仲裁或者诉讼"}}}),
    ("ARB_BODY_UNSPECIFIED", {"dispute_1": {"arbitration_body": None}}),
    ("VENUE_BLANK", {"dispute_1": {"venue": "合同签订地"}}),
]


def test_a_sound_contract_has_no_findings() -> None:
    assert lint(contract()) == ()


@pytest.mark.parametrize(("code", "changes"), CASES, ids=lambda v: v if isinstance(v, str) else "")
def test_each_rule_speaks_alone(code: str, changes: dict[str, Any]) -> None:
    assert set(codes(contract(**changes))) == {code}


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 48))
def test_whole_months_from_any_day_are_no_mismatch(start: date, months: int) -> None:
    end = add_months(start, months)
    last = date.fromordinal(end.toordinal() - 1)
    given_term = {"start": start.isoformat(), "end": last.isoformat(), "months": months}
    assert "TERM_MISMATCH" not in codes(contract(period_1=given_term))
    given_term["months"] = months + 1
    assert "TERM_MISMATCH" in codes(contract(period_1=given_term))


@given(st.decimals(Decimal("0"), Decimal("0.02"), places=5))
def test_a_higher_late_fee_is_never_judged_more_mildly(rate: Decimal) -> None:
    severity = codes(contract(late_fee_1={"rate_per_day": f"{rate:f}"})).get("PENALTY_EXCESSIVE")
    if rate >= Decimal("0.003"):
        assert severity is Severity.ERROR
    elif rate <= Decimal("0.0005"):
        assert severity is None
    else:
        assert severity in (None, Severity.NOTE)


def test_a_late_fee_with_an_example_is_only_a_blank() -> None:
    suggested = {"blank": "[例如:万分之五]", "suggested": "0.0005"}
    assert codes(contract(late_fee_1={"rate_per_day": suggested})) == {}


def test_windows_around_the_clock_do_not_overlap() -> None:
    week = [
        {
            "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "windows": ["00:00-24:00"],
        }
    ]
    assert codes(contract(hours_1={"week": week})) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"deduction_cap_1": None},  # its own cap of 10 %
        {  # 30 % at most: 0.90 ÷ 0.03 points × 1 %
            "deduction_cap_1": None,
            "deduction_1": {
                "cap": None,
                "rule": {"kind": "per_point", "step": "0.03", "rate": "0.01"},
            },
        },
        {
            "deduction_cap_1": None,
            "deduction_1": {"cap": None, "rule": {"kind": "per_miss", "rate": "0.05"}},
        },
    ],
)
def test_deductions_that_stay_below_the_fee_need_no_cap(changes: dict[str, Any]) -> None:
    assert "DEDUCTIONS_UNCAPPED" not in codes(contract(**changes))


@pytest.mark.requirement("B18", "E11")
def test_fees_of_different_units_add_up_and_two_of_one_unit_conflict() -> None:
    yearly = {"kind": "fee_fixed", "amount": "1200.00", "per": "year"}
    found = codes(contract(fee_2=yearly))
    assert "FEES_TOGETHER" in found
    assert "FEE_CONFLICT" not in found
    both = codes(contract(fee_2=yearly, fee_3=yearly))
    assert both["FEE_CONFLICT"] is Severity.ERROR
