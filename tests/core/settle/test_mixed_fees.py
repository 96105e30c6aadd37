"""Any mix of fees by volume, seats, surcharges and taxes, also when terms change half-way."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.families.works import UsageCounted
from pactdesk.core.terms.contract import Contract
from tests.core.settle.test_traces import LEAVES, nodes, recomputed
from tests.support.contracts import (
    agreement,
    always,
    amend,
    change,
    deduction_cap,
    fixed_fee,
    level,
    per_miss,
    settled,
)
from tests.support.facts import Book
from tests.support.laws import cases

Terms = dict[str, Any]
Case = tuple[Contract, Book]


def taxed(rng: Random, terms: Terms) -> Terms:
    """Outside, inside, or not a word."""
    rate = {"tax_rate": rng.choice(["0.06", "0.060", "0.13"])}
    return terms | rng.choice([rate | {"tax_included": each} for each in (False, True)] + [{}])


def by_volume(rng: Random) -> Terms:
    measure = rng.choice(["message", "valid_conversation", "call_minute"])
    tiering = rng.choice(["graduated", "whole_volume", "package"])
    bands: list[Terms] = [{"up_to": rng.choice(["2", "3.5"]), "price": "1.33"}, {"price": "0.777"}]
    terms: Terms = {"id": "fee-2", "kind": "fee_per_unit", "measure": measure, "tiers": bands}
    more = {"minute_rounding": rng.choice(["up", "down", "none"]), "tiering": tiering}
    extras = {"included": "1.5", "minimum": "4.05"}
    return terms | more | {name: extras[name] for name in extras if rng.random() < 0.5}


def seats(rng: Random) -> Terms:
    basis = rng.choice(["agreed", "present"])
    terms: Terms = {"id": "fee-3", "kind": "fee_seats", "seats": 2, "basis": basis}
    return terms | {"monthly_price": "5000.01"} | rng.choice([{}, {"minimum_seats": 1}])


def surcharge(rng: Random) -> Terms:
    days = {"holidays": rng.random() < 0.5, "dates": ["2026-10-12", "2026-10-20"]}
    band = {"rate": "0.2", "unit_price": "38.5", "windows": ["20:00-02:00"], "marked": days}
    rules: list[Terms] = [
        {"kind": "per_person_day", "amount": "200.00", "marked": days},
        {"kind": "time_band"} | band,
        {"kind": "of_fee", "rate": "0.305", "fee": rng.choice(["fee-1", "fee-2"])},
    ]
    return {"id": "fee-4", "kind": "fee_surcharge", "rule": rng.choice(rules)}


def fees(rng: Random) -> list[Terms]:
    fixed = fixed_fee(rng.choice(["100.05", "31416.00"]))
    return [taxed(rng, each) for each in (fixed, by_volume(rng), seats(rng), surcharge(rng))]


def a_contract(rng: Random) -> Contract:
    held = [level(), per_miss("0.05"), deduction_cap("0.03")]
    contract = agreement(*fees(rng), *held, service_hours=always())
    if rng.random() < 0.6:
        changed = rng.sample(fees(rng), rng.randrange(1, 4))
        contract = amend(contract, f"2026-10-{rng.randrange(2, 31):02d}", *map(change, changed))
    return contract


def a_book(rng: Random) -> Book:
    book = Book()
    for n in range(rng.randrange(10)):
        day, hour = rng.randrange(1, 32), rng.randrange(24)
        at = f"2026-10-{day:02d} {hour:02d}"
        book.told(f"{at}:00", UsageCounted("message", rng.randrange(1, 5)))
        book.asked(f"i-{n}", f"{at}:10", f"{at}:{rng.randrange(10, 60)}")
        book.asked(f"c-{n}", f"{at}:10", f"{at}:11", metric="answer", channel="phone")
        book.closed(f"c-{n}", f"{at}:{rng.randrange(11, 60)}:{rng.randrange(60):02d}")
        book.seated(rng.choice(["ann", "bo"]), f"{at}:00", f"{at}:59")
    book.assigned("bo", "2026-10-15 12:00", "1/3")
    return book


CASES = st.integers(0, 2**32).map(Random).map(lambda rng: (a_contract(rng), a_book(rng)))


@pytest.mark.requirement("B18", "B19", "E14")
@settings(max_examples=cases(25))
@given(CASES)
def test_every_figure_follows_and_the_lines_add_up(case: Case) -> None:
    plain = settled(case[0], case[1].facts).to_plain()
    assert plain["total_fen"] == sum(line["amount_fen"] for line in plain["lines"])
    for line in plain["lines"]:
        assert Fraction(line["amount_fen"], 100) == Fraction(line["trace"]["value"])
        for node in nodes(line["trace"]):
            if node["op"] not in LEAVES:
                assert recomputed(node) == Fraction(node["value"])


@settings(max_examples=cases(25))
@given(CASES)
def test_a_tax_is_its_rate_of_fees_and_of_nothing_else(case: Case) -> None:
    """The taxes of a rate, over all stretches: the rate of its fees, but for a fen a line."""
    contract, book = case
    made = settled(contract, book.facts)
    exact: dict[Fraction, Fraction] = {}
    for line in made.lines:
        held = contract.on(line.days.start if line.days else made.period.start)
        clause = held.clause(line.clause)
        if line.kind.startswith("fee_") and getattr(clause, "tax_included", None) is False:
            rate = Fraction(getattr(clause, "tax_rate", 0))
            exact[rate] = exact.get(rate, Fraction(0)) + rate * line.amount.yuan
    taxes = [line for line in made.lines if line.kind == "vat"]
    booked = sum((line.amount.yuan for line in taxes), Fraction(0))
    assert abs(booked - sum(exact.values())) <= Fraction(len(taxes), 200)
    assert bool(taxes) == bool(exact)


@settings(max_examples=cases(20))
@given(CASES)
def test_what_is_deducted_is_a_share_of_fees_without_their_tax(case: Case) -> None:
    made = settled(case[0], case[1].facts)
    fee = sum(line.amount.fen for line in made.lines if line.kind.startswith("fee_"))
    taken = sum(
        line.amount.fen for line in made.lines if line.kind in ("deduction", "deduction_cap")
    )
    assert 0 <= -taken <= fee * 3 // 100 + 1


@settings(max_examples=cases(25))
@given(CASES, st.randoms(use_true_random=False))
def test_facts_in_another_order_give_the_same_bytes(case: Case, rng: Random) -> None:
    contract, book = case
    shuffled = list(book.facts)
    rng.shuffle(shuffled)
    told = canonical_json(settled(contract, book.facts).to_plain())
    assert canonical_json(settled(contract, shuffled).to_plain()) == told
