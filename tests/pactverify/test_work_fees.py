"""Fees for work, expenses, deposits and due dates: the verifier comes to what the engine says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import DueEvent, DueKind
from tests.core.settle.test_work_laws import END, LIFE, START, days, repriced, told, yuan
from tests.support.contracts import agreement, always, amend, fixed_fee, late_fee, payment, settled
from tests.support.laws import cases
from tests.support.verifier import by_the_engine, by_the_verifier
from tests.support.works import WorkBook

Terms = dict[str, Any]

OUTSIDE: Terms = {"tax_rate": "0.06", "tax_included": False}


def same(contract: Contract, facts: list[RecordedFact], months: list[str]) -> None:
    for month in months:
        found = by_the_engine(settled(contract, facts, month))
        assert found == by_the_verifier(contract, facts, month), month


@settings(max_examples=cases(20))
@given(
    fees=repriced(),
    facts=told(),
    amended=st.none() | st.integers(0, 149),
    ended=st.none() | st.tuples(days, st.none() | days),
    renewed=st.none() | st.tuples(days, days),
    tax=st.sampled_from([{}, OUTSIDE]),
    last=st.integers(20, 30),
)
def test_a_lump_sum_over_its_life(
    fees: tuple[Terms, Terms],
    facts: list[RecordedFact],
    amended: int | None,
    ended: tuple[str, str | None] | None,
    renewed: tuple[str, str] | None,
    tax: Terms,
    last: int,
) -> None:
    """Amended, renewed, ended early, taxed, with a late payment and a deposit beside it."""
    contract = agreement(
        fees[0] | tax,
        late_fee(),
        payment("calendar_days_after", 5),
        fixed_fee("310.00", id="fee-9", **tax),
        {"id": "deposit-1", "kind": "deposit", "amount": "500.00", "paid_by": "client"}
        | {"returned_after": {"n": 7, "unit": "day"}},
        service_hours=always(),
        start=str(START),
        end=f"2026-04-{last}",
    )
    if amended is not None:
        day = (START + timedelta(days=amended)).isoformat()
        change = {"op": "replace", "clause": "fee-1", "to": fees[1] | tax}
        contract = amend(contract, day, change, signed="2026-01-01")
    book = WorkBook()
    book.issued("2026-02", 90_000, "2026-03-01 09:00")
    if ended is not None:
        book.step("terminated", ended[0], until=ended[1])
    if renewed is not None:
        book.step("renewed", renewed[0], until=renewed[1])
    same(contract, [*facts, *book.facts], LIFE)


@settings(max_examples=cases(20))
@given(
    kind=st.sampled_from(DueKind),
    n=st.integers(1, 31),
    event=st.sampled_from(DueEvent),
    needs=st.lists(st.sampled_from(DueEvent), max_size=2, unique=True),
    also=st.lists(st.integers(1, 31), max_size=2),
    after=st.lists(st.integers(0, 60), min_size=6, max_size=6),
)
def test_every_way_in_which_a_payment_is_due(
    kind: DueKind,
    n: int,
    event: DueEvent,
    needs: list[DueEvent],
    also: list[int],
    after: list[int],
) -> None:
    length = 1 + n % 2 if kind in (DueKind.HALF_MONTHS_AFTER, DueKind.MONTHS_AFTER) else n
    due: Terms = {"kind": str(kind), "n": length, "event": str(event)}
    due |= {"needs": [str(each) for each in needs]} if needs else {}
    due |= {"also": also} if also and kind is DueKind.DAYS_OF_MONTH else {}
    contract = agreement(
        fixed_fee(), late_fee(), payment() | {"due": due},
        service_hours=always(), start="2025-01-01", end="2025-12-31",
    )  # fmt: skip
    invoiced, received, confirmed, accepted, documents, signed = (
        (date(2025, 3, 20) + timedelta(days=each)).isoformat() for each in after
    )
    book = WorkBook().step("documents_received", documents).step("signed", signed)
    book.work("payment-1.2025-03", ("accepted", accepted))
    book.issued("2025-03", 100_000, "2025-04-01 10:00").invoiced("2025-03", f"{invoiced} 10:00")
    book.received("2025-03", f"{received} 10:00").confirmed("2025-03", f"{confirmed} 10:00")
    same(contract, book.facts, ["2025-04", "2025-06"])


@settings(max_examples=cases(20))
@given(
    fen=st.integers(0, 1_000_000),
    per=st.sampled_from(["month", "quarter", "year"]),
    billing=st.sampled_from(["in_advance", "in_arrears"]),
    since=st.integers(-400, 80),
    claims=st.lists(
        st.tuples(
            st.integers(0, 3),
            days,
            st.integers(1, 90_000),
            st.sampled_from(["approved", "claimed", "refused"]),
            st.booleans(),
        ),
        max_size=8,
    ),
    cap=st.integers(0, 60_000),
)
def test_fees_at_once_and_expenses(
    fen: int,
    per: str,
    billing: str,
    since: int,
    claims: list[tuple[int, str, int, str, bool]],
    cap: int,
) -> None:
    first = (START + timedelta(days=since)).isoformat()
    fee = {"id": "fee-1", "kind": "fee_fixed", "amount": yuan(fen), "per": per}
    travel = {"category": "travel", "cap_per_item": yuan(cap), "cap_per_month": yuan(2 * cap)}
    clause = {"id": "expenses-1", "kind": "expenses", "needs_receipt": True, "reimbursed": [travel]}
    contract = agreement(
        fee | {"billing": billing, "since": first}, clause,
        service_hours=always(), start=str(START), end=str(END),
    )  # fmt: skip
    book = WorkBook()
    for n, day, amount, event, has_receipt in claims:
        receipt = "ab" * 32 if has_receipt else None
        book.expense(f"e-{n}", day, amount, event=event, receipt=receipt)
    same(contract, book.facts, LIFE)


@pytest.mark.requirement("C11")
@settings(max_examples=cases(20))
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=4),
    st.integers(1, 100_000),
    st.lists(days, min_size=12, max_size=12),
    st.sampled_from([None, ["accepted"], ["done", "invoice"], []]),
)
def test_milestones(parts: list[int], fen: int, on: list[str], gates: list[str] | None) -> None:
    """Of whole hundredths of the total, the last of which is what is left."""
    shares = [f"0.{each:02d}" for each in parts]
    amounts = [{"name": f"part_{n}", "share": share} for n, share in enumerate(shares[:-1])]
    rest = 100 - sum(parts[:-1])
    if rest < 0:
        return
    last = {"name": "last", "share": f"{rest // 100}.{rest % 100:02d}"}
    fee = {
        "id": "fee-1",
        "kind": "fee_milestones",
        "total": yuan(fen),
        "milestones": [*amounts, last],
    }
    fee |= {} if gates is None else {"gates": gates}
    contract = agreement(fee, service_hours=always(), start=str(START), end=str(END))
    book = WorkBook()
    for n, name in enumerate([*(str(each["name"]) for each in amounts), "last"]):
        done, accepted, invoice = on[3 * n : 3 * n + 3]
        gated = (("done", done), ("accepted", accepted), ("invoice", invoice))
        book.work(f"fee-1.{name}", *gated)
    same(contract, book.facts, LIFE)
