"""重复扣款 and what lies outside of the cap (PRACTICE 3: double jeopardy, carve-outs)."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.families.works import IncidentHappened
from pactdesk.core.facts.kinds import StatementMade
from pactdesk.core.facts.names import Party
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.quantities.charged_twice import OverlapNotPerBreach
from pactdesk.core.settle.statement import Statement, settle
from tests.support.contracts import (
    CONVENTIONS,
    PINS,
    agreement,
    amend,
    amounts,
    change,
    deduction_cap,
    fixed_fee,
    level,
    per_breach,
    per_miss,
    settled,
)
from tests.support.facts import Book
from tests.support.months import a_level, a_month

Terms = dict[str, Any]


def overlap(rule: str) -> Terms:
    named = ["deduction-1", "deduction-2"]
    return {"id": "overlap-1", "kind": "deduction_overlap", "clauses": named, "rule": rule}


def second(terms: Terms, number: int = 2) -> Terms:
    return terms | {"id": f"deduction-{number}", "level": f"level-{number}"}


def october(*clauses: Terms, missed: tuple[str, str], **facts: Any) -> Statement:
    """Two levels that missed the interactions named."""
    contract = agreement(
        fixed_fee("10000.00"),
        level(target="0.95"),
        level("resolution_share", "0.95") | {"id": "level-2"},
        *clauses,
    )
    levels = tuple(
        a_level(contract, f"level-{n + 1}", (10 - len(m.split()), 10), missed=tuple(m.split()))
        for n, m in enumerate(missed)
    )
    month = a_month(contract)
    object.__setattr__(month, "levels", levels)
    return settle(contract, month, (), PINS, **facts)


@pytest.mark.requirement("E76")
@pytest.mark.parametrize(
    ("missed", "given_back"),
    [
        (("i-1 i-2", "i-3"), "0.00"),  # three interactions, none twice
        (("i-1 i-2", "i-2 i-3"), "50.00"),  # i-2 owes 50 and 80: only 80
        (("i-1 i-2", "i-1 i-2"), "100.00"),
        (("i-1", ""), "0.00"),  # the second level is met
    ],
)
def test_an_interaction_under_two_deductions_is_charged_once(
    missed: tuple[str, str], given_back: str
) -> None:
    both = (per_breach("50.00"), second(per_breach("80.00")))
    made = october(*both, overlap("same_interaction"), missed=missed)
    assert amounts(made)["overlap-1"] == given_back


@pytest.mark.parametrize(
    ("missed", "total"),
    [(("i-1", ""), "9,500.00"), (("i-1", "i-2"), "9,200.00"), (("", ""), "10,000.00")],
)
def test_of_two_deductions_only_the_larger_stands(missed: tuple[str, str], total: str) -> None:
    both = (per_miss("0.05"), second(per_miss("0.08")))
    assert str(october(*both, overlap("largest"), missed=missed).total) == total


def test_a_share_of_the_fee_cannot_be_charged_by_interaction() -> None:
    with pytest.raises(OverlapNotPerBreach):
        october(
            per_breach("50.00"),
            second(per_miss("0.05")),
            overlap("same_interaction"),
            missed=("i-1", "i-1"),
        )


@pytest.mark.requirement("E76")
@pytest.mark.parametrize(
    ("except_for", "given_back", "total"),
    [
        (None, "2,000.00", "9,000.00"),  # 1,000 and 2,000 above the cap of 1,000
        (["event-1"], "0.00", "7,000.00"),
        (["event-1", "deduction-1"], "0.00", "7,000.00"),
    ],
)
def test_a_leak_may_lie_outside_of_the_cap(
    except_for: list[str] | None, given_back: str, total: str
) -> None:
    both = (Party.PROVIDER, Party.CLIENT)
    leak = IncidentHappened("n-1", "data_leak", Party.PROVIDER, 1, both)
    records = Records(tuple(Book().told("2026-10-08 10:00", leak).facts))
    event: Terms = {"id": "event-1", "kind": "deduction_event", "what": "data_leak"}
    event |= {"price": {"kind": "share_of_fee", "rate": "0.20"}}
    cap = deduction_cap("0.10") | ({} if except_for is None else {"except_for": except_for})
    made = october(per_miss("0.10"), event, cap, missed=("i-1", ""), records=records)
    assert amounts(made)["cap-1"] == given_back
    assert str(made.total) == total


@pytest.mark.requirement("E76")
@pytest.mark.parametrize(
    ("start", "months", "given_back"),
    [
        ("2026-01-01", {}, "0.00"),  # 1,000 deducted, 2,500 a year
        ("2026-01-01", {"2026-03": -900, "2026-07": -600}, "0.00"),  # exactly 2,500
        ("2026-01-01", {"2026-03": -900, "2026-07": -601}, "1.00"),
        ("2026-01-01", {"2025-12": -2000}, "0.00"),  # no statement of this contract's year
        ("2026-08-15", {"2026-07": -2500, "2026-08": -2000}, "500.00"),  # the year began in August
        ("2026-01-01", {"2026-05": -4000}, "1,000.00"),
    ],
)
def test_a_years_deductions_stay_under_its_cap(
    start: str, months: dict[str, int], given_back: str
) -> None:
    cap = deduction_cap("1") | {"per_year": "2500.00"}
    contract = agreement(
        fixed_fee("10000.00"), level(target="0.95"), per_miss("0.10"), cap, start=start
    )
    book = Book()
    for month, yuan in months.items():
        book.issued(month, 1, f"{month}-28 10:00", {"level-1": "missed"})
        made = StatementMade(f"s-{month}", f"{month}-27", 1, {"deduction-1": yuan * 100, "fee": 9})
        book.told(f"{month}-28 10:00", made)
    october = a_month(contract, {"level-1": (0, 1)})
    made_now = settle(contract, october, (), PINS, Records(tuple(book.facts)))
    assert amounts(made_now)["cap-1"] == given_back


@pytest.mark.requirement("E76")
@pytest.mark.parametrize("word", ["separate", "weighted"])
@pytest.mark.parametrize("rule", ["same_interaction", "largest"])
def test_two_stretches_of_one_deduction_are_no_overlap(rule: str, word: str) -> None:
    # 50.00 for a late chat before the 16th, 50.00 for one after; level-2 was never missed.
    contract = agreement(
        fixed_fee("10000.00"),
        level(target="0.95"),
        level("resolution_share", "0.95") | {"id": "level-2"},
        per_breach(),
        second(per_breach()),
        overlap(rule),
    )
    amended = amend(contract, "2026-10-16", change(CONVENTIONS | {"steps": "started"}, judged=word))
    book = Book()
    for name, day in (("a", "09"), ("b", "20")):
        book.asked(name, f"2026-10-{day} 10:00:00", f"2026-10-{day} 10:00:50")
    lines = settled(amended, book.facts).lines
    deducted = sum(line.amount.fen for line in lines if line.clause == "deduction-1")
    assert abs(deducted + 10_000) <= 1  # weighted: by days, each rounded by itself
    assert {str(line.amount) for line in lines if line.clause == "overlap-1"} == {"0.00"}
