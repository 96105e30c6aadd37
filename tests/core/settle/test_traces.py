"""Any month, settled and replayed from its plain form alone: the trace makes the amount."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from math import ceil, floor
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.facts.canonical import canonical_json, parse_canonical
from pactdesk.core.settle.rules import MONEY_KINDS
from pactdesk.core.settle.statement import Statement
from pactdesk.core.settle.trace import Op
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant
from tests.support.contracts import (
    agreement,
    assessment,
    deduction_cap,
    fixed_fee,
    headcount_fee,
    late_fee,
    level,
    payment,
    per_breach,
    per_miss,
    per_point,
    settled,
    suspension,
)
from tests.support.facts import Book, instant

Plain = dict[str, Any]
HOUR = 3_600_000


def a_contract(rng: Random) -> Contract:
    """Every money clause there is, with conventions as they fall."""
    capped = {} if rng.random() < 0.5 else {"cap": rng.choice(["0.00", "0.03", "0.10"])}
    return agreement(
        fixed_fee(rng.choice(["100.00", "31416.00"]), rng.choice(["month", "quarter", "year"])),
        headcount_fee(rng.randrange(1, 4), "38.35", rng.choice(["verified", "scheduled"]))
        | {"id": "fee-2"},
        level(),
        level("first_response_average", "15", id="level-2"),
        level("csat", "0.85", id="level-3"),
        level("availability", "0.995", id="level-4"),
        per_point(**capped),
        per_point("1", "0.005", id="deduction-2", level="level-2"),
        per_breach(id="deduction-3", level="level-1"),
        per_miss(id="deduction-4", level="level-3"),
        deduction_cap(rng.choice(["0.00", "0.05", "0.50"])),
        payment(rng.choice(["working_days_after", "calendar_days_after", "day_of_month"])),
        late_fee("0.0005", rng.choice([None, "0.001", "0.30"])),
        assessment(consecutive_misses=2, remediation={"n": 10, "unit": "working_day"}),
        suspension(),
        steps=rng.choice(["full", "started", "proportional"]),
        cap_order=rng.choice(["cap_then_round", "round_then_cap"]),
        money_rounding={
            "unit": rng.choice(["0.01", "1"]),
            "mode": rng.choice(["half_up", "half_even", "down", "up"]),
        },
        counts_payment_day=rng.random() < 0.5,
    )


def a_book(rng: Random) -> Book:
    """A few conversations, seats, probes, ratings, statements and payments."""
    book = Book()
    for n in range(rng.randrange(12)):
        at = Instant(instant("2026-09-29 09:00") + rng.randrange(30 * 24 * HOUR))
        answer = Instant(at + rng.randrange(60_000)) if rng.random() < 0.8 else None
        book.asked(f"i-{n}", at, answer)
        if rng.random() < 0.5:
            book.rated(f"i-{n}", Instant(at + HOUR), rng.randrange(6))
    day = f"2026-10-{rng.randrange(8, 30):02d}"
    book.seated("ann", f"{day} 08:30", f"{day} 17:45").assigned("ann", f"{day} 10:00", "1/3")
    book.probed("2026-10-08 00:00", f"{day} 12:00")
    book.probed(f"{day} 09:00", f"{day} 09:20", up=False)
    for month in ("2026-07", "2026-08", "2026-09")[: rng.randrange(4)]:
        verdicts = {f"level-{n}": rng.choice(["met", "missed", "undetermined"]) for n in (1, 2, 3)}
        book.issued(
            month, rng.randrange(10**6), f"2026-{int(month[5:]) + 1:02d}-02 10:00", verdicts
        )
        for _ in range(rng.randrange(3)):
            on = date(2026, 8, 10) + timedelta(days=rng.randrange(90))
            book.paid(month, rng.randrange(1, 10**6), f"{on} 12:00")
    return book


CASES = st.integers(0, 2**32).map(Random).map(lambda rng: (a_contract(rng), a_book(rng)))
Case = tuple[Contract, Book]


def nodes(node: Plain) -> Iterator[Plain]:
    yield node
    for each in node.get("inputs", []):
        yield from nodes(each)


def recomputed(node: Plain) -> Fraction:
    """The value of an inner node from the values of its inputs, by arithmetic alone."""
    values = [Fraction(each["value"]) for each in node.get("inputs", [])]
    match node["op"]:
        case "add":
            return sum(values, start=Fraction(0))
        case "subtract":
            return values[0] - values[1]
        case "multiply":
            return reduce(lambda one, other: one * other, values)
        case "divide":
            return values[0] / values[1]
        case "minimum":
            return min(values)
        case "maximum":
            return max(values)
        case "negate":
            return -values[0]
        case "floor":
            return Fraction(floor(values[0]))
        case "ceiling":
            return Fraction(ceil(values[0]))
        case "round":
            return rounded_by(node["rounding"], values[0])
        case op:
            raise AssertionError(op)


def rounded_by(rule: Plain, value: Fraction) -> Fraction:
    unit = Fraction(rule["unit"])
    below = floor(abs(value) / unit)
    part = abs(value) / unit - below
    up = {
        "down": False,
        "up": part > 0,
        "half_up": part >= Fraction(1, 2),
        "half_even": part > Fraction(1, 2) or (part == Fraction(1, 2) and below % 2 == 1),
    }[rule["mode"]]
    return (1 if value >= 0 else -1) * (below + up) * unit


LEAVES = {"term", "level", "breaches", "seat_time", "open_time", "unpaid", "late_days", "line",
          "counted", "constant"}  # fmt: skip


@pytest.mark.requirement("E11", "B22")
@given(CASES)
def test_every_figure_follows_from_the_figures_below_it(case: Case) -> None:
    plain = settled(case[0], case[1].facts).to_plain()
    for line in plain["lines"]:
        assert Fraction(line["amount_fen"], 100) == Fraction(line["trace"]["value"])
        assert line["exact"] == line["trace"]["inputs"][0]["value"]
        for node in nodes(line["trace"]):
            if node["op"] in LEAVES:
                assert leaf_value(node, plain, case[0]) == Fraction(node["value"])
            else:
                assert recomputed(node) == Fraction(node["value"])


def leaf_value(node: Plain, plain: Plain, contract: Contract) -> Fraction:
    """What the place that a leaf names really says."""
    by_clause = {each["clause"]: each for each in plain["levels"]}
    match node["op"]:
        case "term":
            return Fraction(str(contract.value(node["of"])))
        case "level":
            return Fraction(by_clause[node["of"]]["value"])
        case "breaches":
            return Fraction(len(by_clause[node["of"]]["missed"]))
        case "seat_time":
            return sum(map(Fraction, plain["seat_time"]["by_agent"].values()), start=Fraction(0))
        case "open_time":
            return Fraction(plain["open_ms"])
        case "line":
            return Fraction(plain["lines"][int(node["of"]) - 1]["amount_fen"], 100)
        case "late_days":
            first, last = (date.fromisoformat(day) for day in node["of"].split("|")[1:])
            return Fraction((last - first).days + 1)
        case "unpaid":
            return unpaid_throughout(node["of"], plain, contract)
        case _:
            known = {Fraction(0), Fraction(1), Fraction(1, 3), Fraction(1, 12), Fraction(HOUR)}
            assert Fraction(node["value"]) in known
            return Fraction(node["value"])


def unpaid_throughout(of: str, plain: Plain, contract: Contract) -> Fraction:
    """What was unpaid on every day that the leaf names; no day may differ."""
    name, first, last = of.split("|")
    (entry,) = [each for each in plain["ledger"] if each["statement"] == name]
    counts = contract.value("conventions-1.counts_payment_day")
    day, seen = date.fromisoformat(first), set()
    while day <= date.fromisoformat(last):
        paid = sum(
            each["fen"]
            for each in entry["paid"]
            if each["on"] < day.isoformat() or (each["on"] == day.isoformat() and not counts)
        )
        seen.add(entry["total_fen"] - paid)
        day += timedelta(days=1)
    (unpaid,) = seen
    return Fraction(unpaid, 100)


@given(CASES)
def test_lines_add_up_and_every_money_clause_has_exactly_one(case: Case) -> None:
    made = settled(case[0], case[1].facts)
    plain = made.to_plain()
    assert plain["total_fen"] == sum(line["amount_fen"] for line in plain["lines"])
    money = [each.id for each in case[0].clauses if type(each) in MONEY_KINDS]
    assert sorted(line.clause for line in made.lines) == sorted(money)
    assert [line.number for line in made.lines] == list(range(1, len(money) + 1))


@given(CASES, st.integers(0, 2**32).map(Random))
def test_facts_in_another_order_give_the_same_bytes(case: Case, rng: Random) -> None:
    contract, book = case
    shuffled = list(book.facts)
    rng.shuffle(shuffled)
    assert written(settled(contract, shuffled)) == written(settled(contract, book.facts))


@given(CASES)
def test_a_statement_is_canonical_and_is_read_back_as_it_was_written(case: Case) -> None:
    made = settled(case[0], case[1].facts)
    assert parse_canonical(written(made)) == made.to_plain()


def written(made: Statement) -> bytes:
    return canonical_json(made.to_plain())


def test_the_operations_are_a_closed_set() -> None:
    inner = {"add", "subtract", "multiply", "divide", "minimum", "maximum", "negate", "floor",
             "ceiling", "round"}  # fmt: skip
    assert {str(op) for op in Op} == LEAVES | inner
