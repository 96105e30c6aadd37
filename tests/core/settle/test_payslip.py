"""Pay slips of part-time agents (seed D): runs, pay days, warnings, and the sum over the runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.money import SaleTold
from pactdesk.core.facts.families.staff import AgentPaid, RewardGiven
from pactdesk.core.facts.names import SaleEvent
from pactdesk.core.measure.legal_hours import limits_on
from pactdesk.core.measure.minimum_wages import MinimumWage, MinimumWages
from pactdesk.core.settle.agent_facts import agents_in
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.obligations.obligation import Action
from pactdesk.core.settle.pay_runs import PayRunUnknown, pay_day, run_named, runs_of
from pactdesk.core.settle.pay_warnings import PayWarning, pay_warnings
from pactdesk.core.settle.payslip import PayOfSeveral, PaySlip, pay_slip
from pactdesk.core.settle.stretches import OutsideTerm
from pactdesk.core.settle.trace import Node
from pactdesk.core.terms.clauses.pay_runs import PayRunLength, PayRuns
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from tests.support.contracts import Terms, agreement, amend, change, settled
from tests.support.facts import Book
from tests.support.laws import cases

OCTOBER = Period.month("2026-10")
HOURLY: Terms = {
    "id": "fee-1",
    "kind": "fee_hourly",
    "unit_price": "28.00",
    "paid_time": "clocked",
    "multipliers": [{"when": "every_day", "windows": ["22:00-06:00"], "times": "1.5"}],
}
WEEKLY: Terms = {"id": "week-1", "kind": "weekly_hours", "least_hours": "20", "leave_counts": True}
LEAST = MinimumWages((MinimumWage("甲城", date(2025, 7, 1), Fraction(24), "n-1"),))


def runs(length: str = "semi_monthly", n: int = 5, kind: str = "day_of_month") -> Terms:
    due = {"kind": kind, "n": n}
    return {"id": "pay-1", "kind": "pay_runs", "runs": length, "due": due, "city": "甲城"}


def part_time(*more: Terms, length: str = "semi_monthly", **kept: Any) -> Contract:
    return agreement(HOURLY, runs(length), *more, **kept)


def mornings(first: int, last: int, hours: int = 4) -> Book:
    """Ann works from 9 on each of these days of October."""
    book = Book()
    for day in range(first, last + 1):
        book.seated("ann", f"2026-10-{day:02} 09:00", f"2026-10-{day:02} {9 + hours:02}:00")
    return book


def slip(contract: Contract, book: Book, run: str = "2026-10", agent: str = "ann") -> PaySlip:
    clause = contract.one(PayRuns)
    return pay_slip(contract, book.facts, load_china(), agent, run_named(clause, OCTOBER, run))


def warned(
    contract: Contract,
    made: PaySlip,
    least: MinimumWages = LEAST,
    on: date | None = None,
) -> list[str]:
    limits = limits_on(made.run.last_day)
    return [str(each.kind) for each in pay_warnings(made, contract, limits, least, on)]


@pytest.mark.requirement("D11")
@pytest.mark.parametrize(
    ("length", "month", "last_days"),
    [
        ("monthly", "2026-10", [31]),
        ("semi_monthly", "2026-10", [15, 31]),
        ("semi_monthly", "2028-02", [15, 29]),
        ("every_10_days", "2026-02", [10, 20, 28]),
        ("weekly", "2026-10", [4, 11, 18, 25, 31]),
        ("weekly", "2026-05", [3, 10, 17, 24, 31]),  # May ends on a Sunday
        ("weekly", "2027-02", [7, 14, 21, 28]),
    ],
)
def test_the_runs_of_a_month_are_the_month(length: str, month: str, last_days: list[int]) -> None:
    found = runs_of(PayRunLength(length), Period.month(month))
    assert [run.last_day.day for run in found] == last_days
    days = [day for run in found for day in run]
    assert days == list(Period.month(month))


@pytest.mark.requirement("D11")
@pytest.mark.parametrize(
    ("kind", "n", "run", "day"),
    [
        ("day_of_month", 5, "2026-10", "2026-11-05"),
        ("day_of_month", 5, "2026-09", "2026-09-30"),  # 5 October is a holiday: before, not after
        ("day_of_month", 31, "2026-01", "2026-02-28"),  # a Saturday that is worked
        ("calendar_days_after", 3, "2026-10", "2026-11-03"),
        ("calendar_days_after", 1, "2026-10", "2026-10-30"),  # 1 November is a Sunday
    ],
)
def test_pay_that_falls_due_on_a_day_off_is_due_before_it(
    kind: str, n: int, run: str, day: str
) -> None:
    clause = agreement(runs("monthly", n, kind)).one(PayRuns)
    assert pay_day(clause, Period.month(run), load_china()).isoformat() == day


def test_a_run_that_the_month_does_not_have_is_refused() -> None:
    with pytest.raises(PayRunUnknown) as refused:
        slip(part_time(), Book(), "2026-10-01..2026-10-10")
    assert refused.value.facts["known"] == ["2026-10-01..2026-10-15", "2026-10-16..2026-10-31"]


@pytest.mark.requirement("D10", "D30")
def test_a_slip_pays_the_hours_and_rewards_of_its_own_days_and_agent() -> None:
    book = mornings(12, 16)  # four mornings in the first half, one in the second
    book.seated("bo", "2026-10-12 09:00", "2026-10-12 18:00")
    book.told("2026-10-20 18:00", RewardGiven("ann", 50_00, "no complaint"))
    book.told("2026-10-20 18:00", RewardGiven("bo", 70_00, "no complaint"))
    contract = part_time({"id": "reward-1", "kind": "reward"})
    first, second = (
        slip(contract, book, run) for run in ("2026-10-01..2026-10-15", "2026-10-16..2026-10-31")
    )
    assert [str(line.amount) for line in first.lines] == ["448.00", "0.00"]  # 16 h × 28
    assert [str(line.amount) for line in second.lines] == ["112.00", "50.00"]
    assert str(second.total) == "162.00"
    assert (first.hours, second.hours) == (Fraction(16), Fraction(4))
    assert agents_in(book.facts) == ("ann", "bo")


@pytest.mark.requirement("D30")
def test_the_cap_of_a_month_is_shared_by_its_runs() -> None:
    book = mornings(12, 12)
    for day, fen in (("05", 64_00), ("20", 50_00), ("28", 30_00)):
        book.told(f"2026-10-{day} 18:00", RewardGiven("ann", fen, "no complaint"))
    contract = part_time({"id": "reward-1", "kind": "reward", "cap": "100.00"})
    made = [slip(contract, book, str(run)) for run in runs_of(PayRunLength.SEMI_MONTHLY, OCTOBER)]
    assert [str(each.lines[1].amount) for each in made] == ["64.00", "36.00"]


@pytest.mark.requirement("D6", "D24", "A23")
def test_weeks_are_held_against_the_contract_and_the_law() -> None:
    contract = part_time(WEEKLY, length="monthly", start="2026-10-12")
    twenty = slip(contract, mornings(12, 16))
    # 12 to 18 is enough; 19 to 25 lacks all; a month is longer than the law's 15 days
    assert warned(contract, twenty) == ["week_below_minimum", "run_above_legal"]
    book = mornings(12, 16, hours=5)
    book.seated("ann", "2026-10-19 09:00", "2026-10-19 13:00")
    many = slip(contract, book)
    assert warned(contract, many) == [
        "week_below_minimum",  # 4 of 20
        "week_above_legal",  # 25 of 24
        "day_above_legal",  # 5 on average
        "run_above_legal",
    ]
    exact = slip(contract, mornings(12, 17))  # six mornings: 24 hours, 4 a day
    assert "week_above_legal" not in warned(contract, exact)


@pytest.mark.parametrize(
    ("on", "said"), [("2026-10-17", False), ("2026-10-18", True), (None, True)]
)
def test_a_week_that_is_not_over_lacks_nothing_yet(on: str | None, said: bool) -> None:
    contract = part_time(WEEKLY, start="2026-10-12", end="2026-10-24")
    made = slip(contract, mornings(12, 13), "2026-10-16..2026-10-31")
    day = date.fromisoformat(on) if on else None
    assert (PayWarning.WEEK_BELOW_MINIMUM in warned(contract, made, on=day)) is said


@pytest.mark.requirement("D10")
def test_the_wage_of_an_hour_is_held_against_the_minimum_of_the_city() -> None:
    contract, book = part_time(), mornings(12, 12)
    made = slip(contract, book, "2026-10-01..2026-10-15")
    dear = MinimumWages((MinimumWage("甲城", date(2025, 7, 1), Fraction(29), "n-1"),))
    assert warned(contract, made) == ["due_too_late"]
    assert warned(contract, made, dear) == ["wage_below_minimum", "due_too_late"]
    assert warned(contract, made, MinimumWages()) == ["wage_not_checked", "due_too_late"]


def test_what_the_night_adds_does_not_lift_a_wage_above_the_minimum() -> None:
    contract = part_time()
    book = Book().seated("ann", "2026-10-12 22:00", "2026-10-13 02:00")
    made = slip(contract, book, "2026-10-01..2026-10-15")
    assert str(made.total) == "168.00"  # (4 + 4 × 0.5) × 28: 42 an hour, but 28 in the day
    dear = MinimumWages((MinimumWage("甲城", date(2025, 7, 1), Fraction(29), "n-1"),))
    assert "wage_below_minimum" in warned(contract, made, dear)


@pytest.mark.requirement("D16", "D26")
@pytest.mark.parametrize(
    ("payments", "on", "said"),
    [
        ([], None, []),
        ([], "2026-11-05", []),
        ([], "2026-11-06", ["unpaid"]),
        ([("2026-11-05 23:59", 112_00)], None, []),
        ([("2026-11-04 12:00", 100_00), ("2026-11-06 00:00", 12_00)], None, ["paid_late"]),
        ([("2026-11-04 12:00", 100_00)], "2026-11-06", ["unpaid"]),
    ],
)
def test_late_pay_is_told(payments: list[tuple[str, int]], on: str | None, said: list[str]) -> None:
    book = mornings(16, 16)
    run = "2026-10-16..2026-10-31"
    for when, fen in payments:
        book.told(when, AgentPaid("ann", run, fen))
    contract = part_time()
    made = slip(contract, book, run)
    day = date.fromisoformat(on) if on else None
    late = [w for w in warned(contract, made, on=day) if w in ("paid_late", "unpaid")]
    assert late == said


@pytest.mark.requirement("D11", "D16", "D26")
def test_pay_is_owed_from_the_end_of_its_run_on() -> None:
    first, second = "ann 2026-10-01..2026-10-15", "ann 2026-10-16..2026-10-31"
    book = mornings(12, 16).told("2026-11-04 12:00", AgentPaid("ann", first[4:], 448_00))

    def owed(on: str) -> dict[str, tuple[str, int | None]]:
        found = obligations(part_time(), book.facts, load_china(), date.fromisoformat(on))
        return {
            each.instance: (str(each.state), each.amount_fen)
            for each in found
            if each.action is Action.PAY_AGENT
        }

    assert owed("2026-10-14") == {}
    assert owed("2026-10-15") == {first: ("open", 448_00)}
    assert owed("2026-11-05") == {first: ("done", 0), second: ("open", 112_00)}
    assert owed("2026-11-06")[second] == ("overdue", 112_00)


@pytest.mark.requirement("D12")
@pytest.mark.parametrize(("holder", "said"), [("林晓", []), ("林小", ["account_of_another"])])
def test_pay_goes_to_an_account_in_the_agents_own_name(holder: str, said: list[str]) -> None:
    account = {"bank": "示例银行", "holder": holder, "number": "6200000000001234"}
    parties = {
        "id": "parties-1",
        "kind": "parties",
        "provider": {"label": "乙方", "name": "林晓"},
        "client": {"label": "甲方", "name": "青禾"},
    }
    contract = agreement(HOURLY, runs("every_10_days") | {"account": account}, parties)
    made = slip(contract, mornings(12, 12), "2026-10-11..2026-10-20")
    assert [w for w in warned(contract, made) if w != "due_too_late"] == said


def test_sales_that_name_no_agent_are_on_no_slip_of_several() -> None:
    commission: Terms = {
        "id": "fee-2",
        "kind": "fee_commission",
        "settle_window": 15,
        "rate": "0.02",
    }
    contract, run = part_time(commission), "2026-10-01..2026-10-15"
    book = mornings(12, 12)
    for order, agent in (("o-1", "ann"), ("o-2", None), ("o-3", "bo")):
        book.told("2026-10-12 10:00", SaleTold(order, SaleEvent.PAID, 100_00, agent))
    alone = slip(contract, book, run)
    assert (str(alone.lines[1].amount), alone.unassigned) == ("4.00", 0)
    book.seated("bo", "2026-10-12 09:00", "2026-10-12 13:00")
    both = [slip(contract, book, run, agent) for agent in ("ann", "bo")]
    assert [(str(s.lines[1].amount), s.unassigned) for s in both] == [("2.00", 1), ("2.00", 1)]
    assert PayWarning.UNASSIGNED in warned(contract, both[0])


def test_pay_of_several_persons_together_gives_no_slip() -> None:
    commission: Terms = {
        "id": "fee-2",
        "kind": "fee_commission",
        "settle_window": 15,
        "rate": "0.02",
        "base_amount": "1500.00",
        "seats": 3,
    }
    with pytest.raises(PayOfSeveral):
        slip(part_time(commission), mornings(12, 12), "2026-10-01..2026-10-15")


def test_a_forgotten_card_is_told() -> None:
    contract = part_time()
    book = mornings(12, 12).attendance("ann", "clock_in", "2026-10-13 09:00")
    made = slip(contract, book, "2026-10-01..2026-10-15")
    assert PayWarning.UNPAIRED in warned(contract, made)


def test_a_price_that_changes_inside_a_run_makes_two_lines() -> None:
    contract = amend(part_time(), "2026-10-14", change(HOURLY | {"unit_price": "30.00"}))
    made = slip(contract, mornings(12, 15), "2026-10-01..2026-10-15")
    assert [str(line.amount) for line in made.lines] == ["224.00", "240.00"]


def test_a_run_before_the_contract_is_refused() -> None:
    with pytest.raises(OutsideTerm):
        slip(part_time(start="2026-10-20"), Book(), "2026-10-01..2026-10-15")


shifts = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bo"]),
        st.integers(0, 32 * 24 * 60),  # minutes from 30 September on
        st.integers(1, 9 * 60),
    ),
    max_size=8,
)


def _book(told: Sequence[tuple[str, int, int]]) -> Book:
    book, minute = Book(), 60_000
    for agent, start, length in told:
        begin = 1_790_697_600_000 + start * minute  # 2026-09-30 00:00 in Shanghai
        book.seated(agent, begin, begin + length * minute)  # type: ignore[arg-type]  # instants are integers
    return book


def _paid_hours(node: Node) -> Fraction:
    own = node.value if (node.of or "").startswith("paid_hours") else Fraction(0)
    return own + sum((_paid_hours(each) for each in node.inputs), start=Fraction(0))


@settings(max_examples=cases(20))
@given(shifts, st.sampled_from(list(PayRunLength)))
def test_over_the_runs_hours_add_up_to_the_month(
    told: list[tuple[str, int, int]], length: PayRunLength
) -> None:
    book, contract = _book(told), part_time(length=length)
    slips = [
        pay_slip(contract, book.facts, load_china(), agent, run)
        for agent in agents_in(book.facts)
        for run in runs_of(length, OCTOBER)
    ]
    month = settled(contract, book.facts)
    paid = sum((_paid_hours(line.trace) for s in slips for line in s.lines), start=Fraction(0))
    assert paid == _paid_hours(month.lines[0].trace)
    # each slip is rounded once: at most half a fen away
    apart = sum(s.total.fen for s in slips) - month.total.fen
    assert abs(apart) <= len(slips)


@settings(max_examples=cases(15))
@given(shifts, st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_no_slip(told: list[tuple[str, int, int]], random: Any) -> None:
    book, contract = _book(told), part_time(WEEKLY)
    shuffled = list(book.facts)
    random.shuffle(shuffled)
    run = runs_of(PayRunLength.SEMI_MONTHLY, OCTOBER)[1]
    one, other = (
        pay_slip(contract, facts, load_china(), "ann", run) for facts in (book.facts, shuffled)
    )
    assert one.to_plain() == other.to_plain()


@settings(max_examples=cases(20))
@given(shifts)
def test_hours_of_days_add_up_to_the_run(told: list[tuple[str, int, int]]) -> None:
    book = _book(told)
    made = slip(part_time(length="monthly"), book)
    assert made.hours == sum(made.by_day.values(), start=Fraction(0))
    assert all(0 < hours <= 24 for hours in made.by_day.values())
    assert set(made.by_day) <= {OCTOBER.start + timedelta(days=n) for n in range(31)}
