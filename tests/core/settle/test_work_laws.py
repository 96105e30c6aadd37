"""Fees for work, expenses, deposits over a whole life: what adds up, whatever happens when."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.settle.fees.by_parts import PartsExceedTotal
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.money import Money, total
from tests.support.contracts import agreement, always, amend, settled
from tests.support.laws import cases
from tests.support.works import WorkBook

Terms = dict[str, Any]

START = date(2026, 2, 1)
END = date(2026, 4, 30)
LIFE = [f"2026-{month:02d}" for month in range(2, 8)]
"""The three months of the term, and three after it."""


def yuan(fen: int) -> str:
    return str(Decimal(fen) / 100)


def over_the_life(contract: Contract, facts: list[RecordedFact]) -> list[int]:
    """Fen of each month's lines."""
    statements = (settled(contract, facts, month) for month in LIFE)
    return [total(line.amount for line in each.lines).fen for each in statements]


days = st.integers(-20, 149).map(lambda n: (START + timedelta(days=n)).isoformat())
"""From before the term to the end of the life."""


@st.composite
def lump_sums(draw: st.DrawFn) -> Terms:
    """Shares in hundredths of a percent; the final part takes what is left."""
    shares = st.integers(0, 2000).map(lambda n: str(Decimal(n) / 10_000))
    fee: Terms = {"id": "fee-1", "kind": "fee_lump_sum", "final": {"share": "1"}}
    fee["total"] = yuan(draw(st.integers(0, 1_000_000)))
    fee["gates"] = draw(st.lists(st.sampled_from(["done", "accepted", "invoice"]), unique=True))
    if draw(st.booleans()):
        fee["advance"] = {"share": draw(shares), "event": "contract_signed"}
    if draw(st.booleans()):
        fee["monthly"] = {"share": draw(shares)}
    dated = {"name": "second", "day": "2026-03-31", "share": draw(shares)}
    fee["instalments"] = [dated] if draw(st.booleans()) else []
    return fee


NAMES = ("second", "2026-02", "2026-03", "2026-04", "final")


@st.composite
def told(draw: st.DrawFn) -> list[RecordedFact]:
    """Every gate of every part opens on some day, in any order."""
    book = WorkBook().step("signed", draw(days))
    for name in NAMES:
        gates = ((gate, draw(days)) for gate in ("done", "accepted", "invoice"))
        book.work(f"fee-1.{name}", *gates)
    return draw(st.permutations(book.facts))


@pytest.mark.requirement("A41", "A51")
@settings(max_examples=cases(25))
@given(lump_sums(), told())
def test_all_parts_make_the_total_and_never_more(fee: Terms, facts: list[RecordedFact]) -> None:
    contract = agreement(fee, service_hours=always(), start=str(START), end=str(END))
    try:
        billed = over_the_life(contract, facts)
    except PartsExceedTotal:  # a total of a few fen, of which every part is rounded up
        assert Money.of(fee["total"]).fen < len(NAMES)
        return
    assert sum(billed) == Money.of(fee["total"]).fen
    assert min(billed) >= 0
    assert max(accumulate(billed)) <= Money.of(fee["total"]).fen


@st.composite
def repriced(draw: st.DrawFn) -> tuple[Terms, Terms]:
    """A fee, and the same parts at other prices."""
    fee = draw(lump_sums()) | {"total": "10000.01"}
    share = st.integers(0, 2000).map(lambda n: {"share": str(Decimal(n) / 10_000)})
    parts = {name: fee[name] | draw(share) for name in ("advance", "monthly") if name in fee}
    dated = [each | draw(share) for each in fee["instalments"]]
    return fee, fee | parts | {"instalments": dated}


@pytest.mark.requirement("A41", "A54")
@settings(max_examples=cases(20))
@given(repriced(), told(), st.integers(0, 149))
def test_parts_make_the_total_whatever_their_prices_became(
    fees: tuple[Terms, Terms], facts: list[RecordedFact], after: int
) -> None:
    """The final part comes last and takes what the prices of each day have left."""
    fee, later = fees
    day = (START + timedelta(days=after)).isoformat()
    contract = agreement(fee, service_hours=always(), start=str(START), end=str(END))
    replaced = {"op": "replace", "clause": "fee-1", "to": later}
    contract = amend(contract, day, replaced, signed="2026-01-01")
    last = WorkBook().ready("fee-1.final", "2026-07-01")
    others = [each for each in facts if "fee-1.final" not in each.fact.measured.values()]
    billed = over_the_life(contract, [*others, *last.facts])
    assert sum(billed) == 1_000_001
    assert min(billed) >= 0


@pytest.mark.requirement("A45", "A46", "A47")
@settings(max_examples=cases(25))
@given(lump_sums(), told(), st.sampled_from(NAMES), st.sampled_from(["done", "accepted"]), days)
def test_a_gate_that_opens_later_moves_a_part_and_changes_no_price(
    fee: Terms, facts: list[RecordedFact], name: str, gate: str, later: str
) -> None:
    """What is paid until any month is what was due until then; at the end it is the same."""
    contract = agreement(
        fee | {"total": "9999.99"}, service_hours=always(), start=str(START), end=str(END)
    )
    moved = WorkBook().work(f"fee-1.{name}", (gate, later)).facts[0].fact
    kept = [
        each
        for each in facts
        if (each.fact.kind, each.fact.measured.get("item"), each.fact.measured.get("event"))
        != (moved.kind, f"fee-1.{name}", gate)
    ]
    assert len(kept) == len(facts) - 1
    before = over_the_life(contract, facts)
    after = over_the_life(contract, [*kept, RecordedFact(moved, moved.occurred_at)])
    assert sum(before) == sum(after)
    differing = [one - other for one, other in zip(before, after, strict=True) if one != other]
    # one part left a month and came to another, whole
    assert sum(differing) == 0
    assert len(differing) in (0, 2)


@settings(max_examples=cases(20))
@given(
    st.lists(st.tuples(st.integers(1, 90_000), days, st.booleans()), max_size=6),
    st.integers(0, 50_000),
    st.integers(0, 90_000),
    st.randoms(use_true_random=False),
)
@pytest.mark.requirement("A52")
def test_expenses_keep_to_their_caps_in_any_order(
    claims: list[tuple[int, str, bool]], per_item: int, per_month: int, shuffled: Random
) -> None:
    travel = {"category": "travel", "cap_per_item": yuan(per_item)}
    clause = {"id": "expenses-1", "kind": "expenses", "needs_receipt": True}
    contract = agreement(
        clause | {"reimbursed": [travel | {"cap_per_month": yuan(per_month)}]},
        service_hours=always(),
        start=str(START),
        end=str(END),
    )
    book = WorkBook()
    by_month = dict.fromkeys(LIFE, 0)
    for n, (fen, day, with_receipt) in enumerate(claims):
        book.expense(f"e-{n}", day, fen, receipt="ab" * 32 if with_receipt else None)
        if with_receipt and day[:7] in by_month:
            by_month[day[:7]] += min(fen, per_item)
    facts = list(book.facts)
    shuffled.shuffle(facts)
    assert over_the_life(contract, facts) == [min(each, per_month) for each in by_month.values()]


@settings(max_examples=cases(20))
@given(
    st.integers(0, 100_000),
    st.sampled_from(["client", "provider"]),
    st.integers(1, 60),
    st.none() | st.tuples(days.filter(lambda day: day < "2026-05-01"), st.integers(0, 150_000)),
)
def test_of_a_deposit_only_what_is_forfeited_stays(
    amount: int, paid_by: str, after: int, kept: tuple[str, int] | None
) -> None:
    clause = {"id": "deposit-1", "kind": "deposit", "amount": yuan(amount), "paid_by": paid_by}
    contract = agreement(
        clause | {"returned_after": {"n": after, "unit": "day"}, "forfeited_for": ["abuse"]},
        service_hours=always(),
        start=str(START),
        end=str(END),
    )
    book, stays = WorkBook(), 0
    if kept is not None:
        day, fen = kept
        book.incident("abuse", day, by=paid_by)
        if fen:
            book.deposit("forfeited", day, fen)
        stays = min(fen or amount, amount)
    moves = over_the_life(contract, book.facts)
    sign = 1 if paid_by == "client" else -1
    assert sum(moves) == sign * stays
    assert moves[0] == sign * amount


@settings(max_examples=cases(25))
@given(
    st.integers(0, 1_000_000),
    st.sampled_from(["month", "quarter", "year"]),
    st.integers(-400, 80),
    st.integers(1, 5),
)
@pytest.mark.requirement("C18")
def test_a_fee_collected_before_or_after_comes_to_the_same(
    fen: int, per: str, since: int, months: int
) -> None:
    """But for the rounding of single lines: two parts of a period may fall into one line."""
    first = (START + timedelta(days=since)).isoformat()
    end = (date(2026, 2 + months, 1) - timedelta(days=1)).isoformat()

    def collected(billing: str) -> list[int]:
        fee = {"id": "fee-1", "kind": "fee_fixed", "amount": yuan(fen), "per": per}
        contract = agreement(
            fee | {"billing": billing, "since": first},
            service_hours=always(),
            start=str(START),
            end=end,
        )
        return [settled(contract, (), month).total.fen for month in LIFE[:months]]

    before, after = collected("in_advance"), collected("in_arrears")
    assert abs(sum(before) - sum(after)) <= months
    assert all(sum(before[:n]) >= sum(after[:n]) - n for n in range(months + 1))


@settings(max_examples=cases(8))
@given(lump_sums(), told(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_kept_changes_no_byte(
    fee: Terms, facts: list[RecordedFact], shuffled: Random
) -> None:
    contract = agreement(
        fee | {"total": "9999.99"}, service_hours=always(), start=str(START), end=str(END)
    )
    other = list(facts)
    shuffled.shuffle(other)
    one, same = (settled(contract, each, "2026-04").to_plain() for each in (facts, other))
    assert canonical_json(one) == canonical_json(same)
