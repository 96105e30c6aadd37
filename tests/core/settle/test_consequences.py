"""Laws of consequences: better never costs more, caps hold, the order of facts is nothing."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.families.works import IncidentHappened
from pactdesk.core.facts.names import Party
from pactdesk.core.settle.counting import Records
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.statement import Statement, settle
from tests.support.contracts import (
    PINS,
    agreement,
    assessment,
    deduction,
    fixed_fee,
    late_fee,
    level,
    settled,
)
from tests.support.facts import Book
from tests.support.months import a_month

Terms = dict[str, Any]
BOTH = (Party.PROVIDER, Party.CLIENT)

SHARES = st.integers(0, 100).map(lambda n: f"{n / 100:.2f}")
COUNTED = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def fen(made: Statement, clause: str) -> int:
    return next(line.amount.fen for line in made.lines if line.clause == clause)


def rising_tiers(marks: list[int], rates: list[int]) -> Terms:
    pairs = zip(sorted(marks, reverse=True), sorted(rates), strict=True)
    tiers = [{"beyond": f"0.{m:02}", "rate": f"0.{r:02}"} for m, r in pairs]
    return {"kind": "tiered", "tiers": tiers}


TIERED = st.integers(1, 4).flatmap(
    lambda n: st.builds(
        rising_tiers,
        st.lists(st.integers(1, 94), min_size=n, max_size=n, unique=True),
        st.lists(st.integers(0, 99), min_size=n, max_size=n),
    )
)
LINE = st.builds(
    lambda worst, rate: {"kind": "interpolated", "worst": f"0.{worst:02}", "rate": rate},
    st.integers(0, 94),
    SHARES,
)


@given(TIERED | LINE, COUNTED, COUNTED, st.none() | SHARES)
def test_a_better_level_never_costs_more(
    rule: Terms, one: tuple[int, int], other: tuple[int, int], cap: str | None
) -> None:
    terms = deduction(rule) | ({} if cap is None else {"cap": cap})
    contract = agreement(fixed_fee("9999.99"), level(target="0.95"), terms)
    worse, better = sorted((one, other), key=lambda counted: Fraction(*counted))
    costs = [
        -fen(settle(contract, a_month(contract, {"level-1": counted}), (), PINS), "deduction-1")
        for counted in (better, worse)
    ]
    assert 0 <= costs[0] <= costs[1]
    if cap is not None:
        assert costs[1] <= Fraction(cap) * 999_999 + 1


@given(COUNTED, COUNTED, st.sampled_from(["steps", "line"]))
def test_a_better_level_never_scores_less(
    one: tuple[int, int], other: tuple[int, int], between: str
) -> None:
    bands = [("0", "0.5"), ("60", "0.8"), ("85", "1"), ("95", "1.10")]
    item = {"kind": "level", "level": "level-1", "weight": "100", "step": "0.01", "points": "3"}
    sheet: Terms = {"id": "score-1", "kind": "score_sheet", "items": [item], "between": between}
    sheet["bands"] = [{"score": score, "payable": payable} for score, payable in bands]
    contract = agreement(fixed_fee("10000.00"), level(target="0.95"), sheet)
    worse, better = sorted((one, other), key=lambda counted: Fraction(*counted))
    low, high = (
        fen(settle(contract, a_month(contract, {"level-1": counted}), (), PINS), "score-1")
        for counted in (worse, better)
    )
    assert -500_000 <= low <= high <= 100_000


EVENTS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 9), st.integers(0, 12), st.booleans()),
    max_size=12,
)
"""(day from 1 September, quantity, incident, agreed by both)"""


def incidents(events: list[tuple[int, int, int, bool]], party: Party) -> Book:
    book = Book()
    for day, quantity, name, agreed in events:
        at = date(2026, 9, 1) + timedelta(days=day)
        by = BOTH if agreed else (Party.CLIENT,)
        book.told(f"{at} 10:00", IncidentHappened(f"n-{name}", "abuse", party, quantity, by))
    return book


@given(EVENTS, st.randoms(use_true_random=False), st.sampled_from(["incident", "quantity"]))
def test_events_cost_the_same_in_any_order_and_one_more_never_costs_less(
    events: list[tuple[int, int, int, bool]], rng: random.Random, counts: str
) -> None:
    clause: Terms = {"id": "event-1", "kind": "deduction_event", "what": "abuse", "counts": counts}
    clause |= {"price": {"kind": "share_of_fee", "rate": "0.07"}, "free": 1, "cap": "0.20"}
    contract = agreement(fixed_fee("10000.00"), clause)
    facts = incidents(events, Party.PROVIDER).facts
    cost = -fen(settled(contract, facts), "event-1")
    assert 0 <= cost <= 200_000
    shuffled = list(facts)
    rng.shuffle(shuffled)
    assert -fen(settled(contract, shuffled), "event-1") == cost
    more = incidents([*events, (40, 1, 99, True)], Party.PROVIDER).facts
    assert -fen(settled(contract, more), "event-1") >= cost


@given(EVENTS, st.integers(0, 3000))
def test_over_all_months_a_penalty_stays_under_its_cap(
    events: list[tuple[int, int, int, bool]], cap: int
) -> None:
    clause: Terms = {"id": "penalty-1", "kind": "breach_penalty", "party": "client"}
    clause |= {"what": "abuse", "price": {"kind": "amount", "amount": "250.00"}, "cap": f"{cap}.00"}
    contract = agreement(fixed_fee("10000.00"), clause)
    facts = incidents(events, Party.CLIENT).facts
    months = ("2026-09", "2026-10", "2026-11")
    billed = sum(fen(settled(contract, facts, month), "penalty-1") for month in months)
    agreed = {name for _, _, name, both in events if both}
    assert billed == min(25_000 * len(agreed), cap * 100)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 10**8), SHARES), max_size=6),
    st.integers(0, 10**6),
)
def test_over_all_months_losses_are_made_good_up_to_the_limit(
    losses: list[tuple[int, int, str]], cap: int
) -> None:
    book, owed = Book(), Fraction(0)
    for number, (day, lost, fault) in enumerate(losses):
        at = date(2026, 10, 1) + timedelta(days=day)
        share = str(Fraction(fault))
        told = LossShown(f"k-{number}", Party.CLIENT, lost, "1", "1", share, "核定", BOTH)
        book.told(f"{at} 10:00", told)
        owed += lost * Fraction(fault)
    clause: Terms = {"id": "loss-1", "kind": "compensation", "claimant": "client"}
    contract = agreement(fixed_fee("10000.00"), clause | {"cap": f"{cap}.00"})
    billed = [-fen(settled(contract, book.facts, m), "loss-1") for m in ("2026-10", "2026-11")]
    assert all(each >= 0 for each in billed)
    assert abs(sum(billed) - min(owed, Fraction(cap * 100))) <= 2  # each month is rounded once


VARIANTS = st.fixed_dictionaries(
    {},
    optional={
        "days": st.just("working"),
        "base": st.just("whole"),
        "grace_days": st.integers(1, 40),
        "cap": SHARES,
    },
)
PAYMENTS = st.lists(st.tuples(st.integers(0, 45), st.integers(1, 600_000)), max_size=4)


@given(VARIANTS | st.just({"rate_per_day": None, "rate_once": "0.05"}), PAYMENTS, st.integers(0, 9))
def test_paying_earlier_never_costs_the_client_more(
    variant: Terms, payments: list[tuple[int, int]], sooner: int
) -> None:
    terms = {k: v for k, v in (late_fee("0.0005") | variant).items() if v is not None}
    contract = agreement(fixed_fee("0.00"), terms)
    late, early = (billed(contract, payments, shift) for shift in (0, sooner))
    assert early <= late + 1  # each of two months is rounded once


def billed(contract: Any, payments: list[tuple[int, int]], sooner: int) -> int:
    paid = sorted(
        (date(2026, 9, 25) + timedelta(days=max(0, day - sooner)), amount)
        for day, amount in payments
    )
    earlier = EarlierStatement("s-1", "2026-08", 1_000_000, {}, date(2026, 9, 30), tuple(paid))
    months = (a_month(contract, month=month) for month in ("2026-10", "2026-11"))
    records = Records((), load_china())
    made = (settle(contract, month, (earlier,), PINS, records) for month in months)
    return sum(fen(each, "late-1") for each in made)


def test_a_month_of_grace_changes_no_verdict() -> None:
    contract = agreement(level(target="0.95"), fixed_fee("1.00"), assessment(grace_months=12))
    made = settle(contract, a_month(contract, {"level-1": (0, 9)}), (), PINS)
    assert [str(each.verdict) for each in made.assessed] == ["missed"]
