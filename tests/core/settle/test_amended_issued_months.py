"""An amendment that reaches into issued months: the difference is a line of the next statement."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.settle.adjusting import resettled
from pactdesk.core.settle.made import made_statements
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from tests.support.contracts import (
    agreement,
    always,
    amend,
    assessment,
    change,
    fixed_fee,
    level,
    per_point,
)
from tests.support.houses import SEPTEMBER_ON_TIME, TWO_MORE, House, chats, told
from tests.support.issuing import Issuing
from tests.support.laws import cases

CONTRACT = agreement(fixed_fee("10000.00"), level(target="0.90"), per_point(rate="0.02"))


def billed(statement: Statement) -> list[tuple[str, str | None, str]]:
    return [(line.kind, line.of, str(line.amount)) for line in statement.lines]


def dearer(signed: str, since: str = "2026-09-16") -> Contract:
    return amend(CONTRACT, since, change(fixed_fee("20000.00")), signed=signed)


@pytest.mark.requirement("A54", "E14")
def test_a_price_agreed_for_an_issued_month_is_billed_with_the_next_statement() -> None:
    # September was issued at 10,000. On 20 October the parties sign that 20,000 hold from
    # 16 September on: 10,000 × 15/30 + 20,000 × 15/30 = 15,000, so that 5,000 are missing.
    house = House(CONTRACT, SEPTEMBER_ON_TIME)
    house.through(date(2026, 10, 5)).issue("2026-09")
    house.contract = dearer("2026-10-20")
    october = house.through(date(2026, 11, 3)).issue("2026-10")
    assert billed(october) == [
        ("fee_fixed", None, "20,000.00"),
        ("deduction", None, "0.00"),
        ("adjustment", "2026-09", "5,000.00"),
    ]
    november = house.through(date(2026, 12, 3)).issue("2026-11")
    assert [line[0] for line in billed(november)] == ["fee_fixed", "deduction"]


def test_one_line_bills_the_late_facts_and_the_late_amendment() -> None:
    # Ten of twelve: six points, 12 %. Of 15,000 that is 1,800; 15,000 − 1,800 − 10,000.
    house = Issuing(CONTRACT, [*SEPTEMBER_ON_TIME, *TWO_MORE])
    house.issue("2026-09", date(2026, 10, 5))
    house.contract = dearer("2026-10-20")
    october = house.issue("2026-10", date(2026, 11, 3))
    assert billed(october)[-1] == ("adjustment", "2026-09", "3,200.00")


@pytest.mark.parametrize(
    ("signed", "fee", "adjusted"),
    [
        ("2026-11-03", "20,000.00", ["5,000.00"]),  # the last sealed day
        ("2026-11-04", "10,000.00", []),  # signed after it: this statement does not know it yet
    ],
)
def test_a_statement_knows_what_was_signed_by_its_last_sealed_day(
    signed: str, fee: str, adjusted: list[str]
) -> None:
    house = Issuing(CONTRACT, SEPTEMBER_ON_TIME)
    house.issue("2026-09", date(2026, 10, 5))
    house.contract = dearer(signed)
    october = house.issue("2026-10", date(2026, 11, 3))
    assert str(october.lines[0].amount) == fee
    assert [str(line.amount) for line in october.lines if line.of] == adjusted
    november = house.issue("2026-11", date(2026, 12, 3))
    late = [] if adjusted else [("2026-09", "5,000.00"), ("2026-10", "10,000.00")]
    assert [(line.of, str(line.amount)) for line in november.lines if line.of] == late


def test_an_amendment_of_later_months_adjusts_nothing() -> None:
    house = Issuing(CONTRACT, SEPTEMBER_ON_TIME)
    house.issue("2026-09", date(2026, 10, 5))
    house.contract = dearer("2026-10-20", since="2026-10-01")
    october = house.issue("2026-10", date(2026, 11, 3))
    assert [line.of for line in october.lines if line.of] == []


@pytest.mark.requirement("E22", "A54")
def test_a_target_agreed_for_an_issued_month_turns_its_verdict() -> None:
    # September and October reached 0.80 of 0.90. On 20 November both sides sign that 0.75 was
    # enough in September: October stays missed, but is no longer the second in a row.
    contract = agreement(
        fixed_fee("10000.00"),
        level(target="0.90"),
        per_point(rate="0.02"),
        assessment(consecutive_misses=3),
        service_hours=always(),
    )
    months = ("2026-09", "2026-10", "2026-11")
    facts = [e for m in months for e in told(chats(m, 8, 2), f"{m}-20", m)]
    house = Issuing(contract, facts)
    house.issue("2026-09", date(2026, 10, 5))
    house.issue("2026-10", date(2026, 11, 3))
    milder = amend(contract, "2026-09-01", change(level(target="0.75")), signed="2026-11-20")
    milder = amend(
        milder, "2026-10-01", change(level(target="0.90")), signed="2026-11-20", id="amendment-2"
    )
    house.contract = milder
    november = house.issue("2026-11", date(2026, 12, 3))
    assert november.assessed[0].misses_in_a_row == 2
    assert november.rights == ()
    # Ten points below 0.90, 20 % of 10,000, are given back.
    assert billed(november)[-1] == ("adjustment", "2026-09", "2,000.00")


@settings(max_examples=cases(8))
@given(
    st.lists(
        st.tuples(
            st.dates(date(2026, 8, 20), date(2026, 11, 20)),  # effective
            st.dates(date(2026, 8, 20), date(2026, 12, 20)),  # signed
            st.integers(1, 40),
        ),
        max_size=4,
        unique_by=(lambda each: each[0], lambda each: each[1]),
    )
)
def test_whatever_is_signed_when_all_statements_come_to_what_the_last_terms_say(
    signed: list[tuple[date, date, int]],
) -> None:
    """Conservation: own lines and adjustments together are the months by the terms in the end."""
    contract = agreement(fixed_fee("10000.00"))
    for n, (effective, day, price) in enumerate(signed):
        fee = change(fixed_fee(f"{price}000.00"))
        contract = amend(
            contract, effective.isoformat(), fee, signed=day.isoformat(), id=f"amendment-{n}"
        )
    house = Issuing(contract, [])
    for month in (9, 10, 11):
        house.issue(f"2026-{month:02}", date(2026, month + 1, 5))
    last = house.issue("2026-12", date(2027, 1, 4))
    own = sum(line.amount.fen for line in last.lines if line.of is None)
    together = sum(each.total.fen for each in house.issued) - own
    in_the_end = sum(
        line.amount.fen
        for made in made_statements(house.facts, contract)
        if made.month != last.period
        for line in resettled(contract, house.facts, load_china(), made)
    )
    assert together == in_the_end
