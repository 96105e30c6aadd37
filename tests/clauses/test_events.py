"""按次扣款, 违约金, 赔偿, 退还: what single events cost, from facts that both parties agreed to."""

from __future__ import annotations

from typing import Any

import pytest

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.families.works import IncidentHappened, WorkTold
from pactdesk.core.facts.kinds import Payment, StatementIssued, StatementMade
from pactdesk.core.facts.names import ContractEvent, Party, WorkEvent
from pactdesk.core.settle.consequences.breach_penalty import CapNeedsFixedPrice
from tests.support.contracts import agreement, amounts, fixed_fee, settled
from tests.support.facts import Book

Terms = dict[str, Any]
BOTH = (Party.PROVIDER, Party.CLIENT)


def told(*facts: tuple[str, Any]) -> tuple[RecordedFact, ...]:
    book = Book()
    for at, detail in facts:
        book.told(at, detail)
    return tuple(book.facts)


def leak(name: str, quantity: int = 1, by: tuple[Party, ...] = BOTH) -> IncidentHappened:
    return IncidentHappened(name, "data_leak", Party.PROVIDER, quantity, by)


def per_event(price: Terms, **more: Any) -> Terms:
    terms = {"id": "event-1", "kind": "deduction_event", "what": "data_leak", "price": price}
    return terms | more


def of_month(facts: tuple[RecordedFact, ...], *clauses: Terms, month: str = "2026-10") -> Any:
    return amounts(settled(agreement(fixed_fee("31000.00"), *clauses), facts, month))


@pytest.mark.requirement("E29", "A58")
@pytest.mark.parametrize(
    ("price", "more", "expected"),
    [
        ({"kind": "amount", "amount": "500.00"}, {}, "-1,000.00"),  # two leaks of three persons
        ({"kind": "amount", "amount": "500.00"}, {"counts": "quantity"}, "-2,000.00"),  # 1 + 3
        ({"kind": "amount", "amount": "500.00"}, {"free": 1}, "-500.00"),
        ({"kind": "amount", "amount": "500.00"}, {"free": 3}, "0.00"),
        ({"kind": "share_of_fee", "rate": "0.20"}, {}, "-12,400.00"),  # 20 % each
        ({"kind": "share_of_fee", "rate": "0.20"}, {"cap": "0.30"}, "-9,300.00"),
        ({"kind": "daily_fees", "days": "3"}, {}, "-6,000.00"),  # 31,000 ÷ 31 × 3 each
        ({"kind": "share_of_contract", "rate": "0.01", "of": "120000.00"}, {}, "-2,400.00"),
    ],
)
def test_two_leaks_cost_what_the_price_says(price: Terms, more: Terms, expected: str) -> None:
    facts = told(
        ("2026-10-03 10:00", leak("n-1")),
        ("2026-10-04 10:00", leak("n-1")),  # told again: the same leak
        ("2026-10-31 23:59:59.999", leak("n-2", 3)),
        ("2026-10-12 10:00", leak("n-3", by=(Party.CLIENT,))),  # the provider does not agree
        ("2026-11-01 00:00", leak("n-4")),  # next month
    )
    assert of_month(facts, per_event(price, **more))["event-1"] == expected


def penalty(**more: Any) -> Terms:
    price = {"kind": "share_of_contract", "rate": "0.05", "of": "100000.00"}
    terms = {"id": "penalty-1", "kind": "breach_penalty", "party": "client", "what": "no_data"}
    return terms | {"price": price} | more


@pytest.mark.requirement("C20", "C38", "D16")
@pytest.mark.parametrize(
    ("more", "october", "november"),
    [
        ({}, "5,000.00", "10,000.00"),
        ({"party": "provider", "what": "late"}, "-5,000.00", "0.00"),
        ({"cap": "12000.00"}, "5,000.00", "7,000.00"),  # 12,000 over the whole contract
        ({"cap": "4000.00"}, "4,000.00", "0.00"),
    ],
)
def test_a_breach_of_the_client_costs_five_percent_of_the_contract(
    more: Terms, october: str, november: str
) -> None:
    def no_data(name: str) -> IncidentHappened:
        return IncidentHappened(name, "no_data", Party.CLIENT, 1, BOTH)

    facts = told(
        ("2026-10-08 09:00", no_data("n-1")),
        ("2026-10-09 09:00", IncidentHappened("n-9", "late", Party.PROVIDER, 1, BOTH)),
        ("2026-11-03 09:00", no_data("n-2")),
        ("2026-11-04 09:00", no_data("n-3")),
    )
    assert of_month(facts, penalty(**more))["penalty-1"] == october
    assert of_month(facts, penalty(**more), month="2026-11")["penalty-1"] == november


def test_a_cap_over_the_contract_needs_a_price_that_stays_the_same() -> None:
    clause = penalty(price={"kind": "share_of_fee", "rate": "0.1"}, cap="100.00")
    breach = IncidentHappened("n-1", "no_data", Party.CLIENT, 1, BOTH)
    with pytest.raises(CapNeedsFixedPrice):
        of_month(told(("2026-10-08 09:00", breach)), clause)


def loss(claim: str, fen: int, *parts: str, by: Party = Party.CLIENT) -> LossShown:
    severity, impact, fault = parts or ("1", "1", "1")
    return LossShown(claim, by, fen, severity, impact, fault, "双方核定", BOTH)


@pytest.mark.requirement("E32", "E34", "E82", "A61", "E58")
@pytest.mark.parametrize(
    ("cap", "october", "november"),
    [(None, "-12,500.00", "-3,000.00"), ("13000.00", "-12,500.00", "-500.00")],
)
def test_losses_are_made_good_by_severity_impact_and_fault(
    cap: str | None, october: str, november: str
) -> None:
    clause: Terms = {"id": "loss-1", "kind": "compensation", "claimant": "client"}
    clause |= {} if cap is None else {"cap": cap}
    facts = told(
        ("2026-10-05 10:00", loss("k-1", 5_000_000, "1/2", "3/4", "2/3")),  # 50,000 × 1/4
        ("2026-10-06 10:00", loss("k-2", 99_900, by=Party.PROVIDER)),  # another clause's
        ("2026-11-02 10:00", loss("k-3", 300_000)),
    )
    assert of_month(facts, clause)["loss-1"] == october
    assert of_month(facts, clause, month="2026-11")["loss-1"] == november
    assert of_month(facts, {**clause, "claimant": "provider"})["loss-1"] == "999.00"


@pytest.mark.requirement("A56", "A46")
@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), "0.00"),
        (((WorkEvent.DONE, "1"),), "0.00"),  # delivered, and nobody refused
        (((WorkEvent.ACCEPTED, "9/10"),), "-3,100.00"),
        (((WorkEvent.REFUSED, "1/4"),), "-7,750.00"),
        (((WorkEvent.REFUSED, "1"), (WorkEvent.ACCEPTED, "1")), "0.00"),  # mended in time
    ],
)
def test_what_was_not_accepted_is_not_paid(
    events: tuple[tuple[WorkEvent, str], ...], expected: str
) -> None:
    days = (f"2026-10-{20 + n} 10:00" for n in range(len(events)))
    facts = told(*((at, WorkTold("month", *each)) for at, each in zip(days, events, strict=True)))
    clause = {"id": "unserved-1", "kind": "deduction_unserved", "item": "month"}
    assert of_month(facts, clause)["unserved-1"] == expected


def delay(**more: Any) -> Terms:
    terms = {"id": "delay-1", "kind": "delay_penalty", "item": "report", "due": "2026-10-20"}
    return terms | {"of": "100000.00", "rate_per_day": "0.001"} | more


@pytest.mark.requirement("C21", "C34", "E80")
@pytest.mark.parametrize(
    ("more", "done", "october", "november"),
    [
        ({}, "2026-10-20 23:59", "0.00", "0.00"),  # on the day
        ({}, "2026-10-21 00:00", "-100.00", "0.00"),
        ({}, "2026-11-03 10:00", "-1,100.00", "-300.00"),  # 11 days and 3
        ({"cap": "0.012"}, "2026-11-03 10:00", "-1,100.00", "-100.00"),
        ({"rate_per_day": None, "rate_once": "0.02"}, "2026-11-03 10:00", "-2,000.00", "0.00"),
    ],
)
def test_a_late_report_costs_by_the_day_or_once(
    more: Terms, done: str, october: str, november: str
) -> None:
    clause = {name: value for name, value in delay(**more).items() if value is not None}
    facts = told((done, WorkTold("report", WorkEvent.DONE)))
    assert of_month(facts, clause)["delay-1"] == october
    assert of_month(facts, clause, month="2026-11")["delay-1"] == november


@pytest.mark.requirement("A29", "A74")
@pytest.mark.parametrize(
    ("of", "by", "expected"),
    [
        ("paid", Party.PROVIDER, "-60,000.00"),
        ("unserved", Party.PROVIDER, "-10,191.78"),  # 62 of 365 days: 10,191.7808…
        ("paid", Party.CLIENT, "0.00"),
    ],
)
def test_when_the_provider_ends_it_what_was_paid_goes_back(
    of: str, by: Party, expected: str
) -> None:
    ended = ContractStep(ContractEvent.TERMINATED, by, "breach", "2026-10-30")
    book = Book()
    book.told("2026-09-10 10:00", Payment("s-1", 6_000_000))
    book.told("2026-10-28 10:00", ended)
    clause = {"id": "refund-1", "kind": "refund", "share": "1", "of": of}
    statement = settled(agreement(fixed_fee("31000.00"), clause), book.facts)
    # One line for the days until the 30th, and one at zero for the 31st, after the end.
    assert [str(each.amount) for each in statement.lines[1:]] == [expected, "0.00"]
    assert of_month(tuple(book.facts), clause, month="2026-11")["refund-1"] == "0.00"


BESIDE: tuple[Terms, ...] = (
    {"id": "late-1", "kind": "late_fee", "rate_per_day": "0.0005"},
    {"id": "expenses-1", "kind": "expenses", "reimbursed": [], "needs_receipt": True},
    {
        "id": "deposit-1",
        "kind": "deposit",
        "amount": "1000.00",
        "paid_by": "client",
        "returned_after": {"n": 7, "unit": "day"},
    },
    per_event({"kind": "amount", "amount": "500.00"}),
)
"""What a statement may ask for, or let off, beside the fee of 31,000.00."""


@pytest.mark.requirement("A29")
@pytest.mark.parametrize(
    ("booked", "paid", "expected"),
    [
        # All is paid: the fee of 31,000 goes back, not the late fee, the expenses, the deposit.
        ({"fee-1": 3_100_000, "late-1": 20_000, "expenses-1": 30_000}, 3_150_000, "-31,000.00"),
        ({"fee-1": 3_100_000, "deposit-1": 100_000}, 3_200_000, "-31,000.00"),
        # What was deducted was never paid: 31,000 − 500.
        ({"fee-1": 3_100_000, "event-1": -50_000, "late-1": 20_000}, 3_070_000, "-30,500.00"),
        # 10,000 on 31,500: the 500 beside the fee are settled first, 9,500 are of the fee.
        ({"fee-1": 3_100_000, "late-1": 50_000}, 1_000_000, "-9,500.00"),
        ({"fee-1": 3_100_000, "late-1": 50_000}, 30_000, "0.00"),
        # More was paid than asked for: what is beyond is no fee.
        ({"fee-1": 3_100_000}, 3_500_000, "-31,000.00"),
        # A deposit given back was set off: 30,000 in money is all that was paid.
        ({"fee-1": 3_100_000, "deposit-1": -100_000}, 3_000_000, "-30,000.00"),
        # What adjusted an issued month belongs to the fee.
        ({"fee-1": 3_100_000, "conventions-1": 200_000}, 3_300_000, "-33,000.00"),
    ],
)
def test_only_what_was_paid_of_fees_goes_back(
    booked: dict[str, int], paid: int, expected: str
) -> None:
    facts = told(
        ("2026-09-02 10:00", StatementIssued("s-1", "2026-08", sum(booked.values()), {})),
        ("2026-09-02 10:00", StatementMade("s-1", "2026-09-01", 2, booked)),
        ("2026-09-10 10:00", Payment("s-1", paid)),
        ("2026-10-28 10:00", TERMINATED),
    )
    clause = {"id": "refund-1", "kind": "refund", "share": "1", "of": "paid"}
    statement = settled(agreement(fixed_fee("31000.00"), *BESIDE, clause), facts)
    refunds = [str(line.amount) for line in statement.lines if line.clause == "refund-1"]
    assert refunds == [expected, "0.00"]


TERMINATED = ContractStep(ContractEvent.TERMINATED, Party.PROVIDER, "breach", "2026-10-30")
