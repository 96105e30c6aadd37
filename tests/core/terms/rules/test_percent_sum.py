"""PERCENT_SUM_UNCHECKED over terms: parts of a total that do not make it (A51, C11)."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.terms.findings import Severity
from pactdesk.core.terms.rules.percent_sum import percent_sum
from tests.support.contracts import agreement

Terms = dict[str, Any]

BLANK: Terms = {"blank": "____%"}


def lump_sum(**parts: Any) -> Terms:
    return {"id": "fee-1", "kind": "fee_lump_sum", "total": "100000.00"} | parts


def milestones(*shares: object) -> Terms:
    named = [{"name": f"part_{n}", "share": share} for n, share in enumerate(shares)]
    return {"id": "fee-1", "kind": "fee_milestones", "total": "1000.00", "milestones": named}


@pytest.mark.requirement("A51")
@pytest.mark.parametrize(
    ("fee", "said"),
    [
        (milestones("0.3", "0.6", "0.1"), None),
        (milestones("0.333333333333", "0.333333333333", "0.333333333333"), None),
        (milestones("0.3", "0.6", "0.2"), "110%"),
        (milestones("0.3", "0.6"), "90%"),
        (milestones("0.3", BLANK, "0.1"), "____"),
        (lump_sum(monthly={"share": "0.06"}, final={"share": "1"}), None),
        (lump_sum(monthly={"share": "0.06"}), "72%"),  # twelve months
        (lump_sum(monthly={"share": "0.09"}, final={"share": "1"}), "108%"),
        (lump_sum(monthly={"share": BLANK}, final={"share": "1"}), "____"),
        (
            lump_sum(
                advance={"amount": "28000.00", "event": "contract_signed"},
                monthly={"share": "0.06"},
            ),
            None,
        ),
        (
            lump_sum(
                instalments=[{"name": "first", "day": "2026-06-30", "amount": "1.00"}],
                monthly={"amount": "8333.25"},
            ),
            None,  # 1 + 12 × 8,333.25 = 100,000
        ),
        ({**lump_sum(monthly={"share": "0.06"}), "total": BLANK}, None),  # a blank already
    ],
)
def test_parts_make_the_total_or_it_is_said(fee: Terms, said: str | None) -> None:
    found = percent_sum(agreement(fee))
    assert [each.facts["sum"] for each in found] == ([] if said is None else [said])
    expected = Severity.WARNING if said == "____" else Severity.ERROR
    assert all(each.severity is expected for each in found)
