"""Late facts: an issued month is computed again, and the difference is a line of the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.families.works import ScoreGiven
from pactdesk.core.facts.kinds import Party, StatementMade
from pactdesk.core.settle import rules
from pactdesk.core.settle.adjusting import resettled
from pactdesk.core.settle.late_facts import concerned_day, may_change
from pactdesk.core.settle.made import Made, made_statements
from pactdesk.core.settle.month import IssueNotSealed
from pactdesk.core.settle.rules import RULES, RulesUnknown
from pactdesk.core.settle.statement import Statement
from pactdesk.core.units.instants import Instant, day_start
from pactdesk.core.units.periods import Period
from tests.support.contracts import (
    agreement,
    always,
    amend,
    change,
    fixed_fee,
    headcount_fee,
    late_fee,
    level,
    payment,
    per_breach,
    per_miss,
    per_point,
)
from tests.support.facts import SHANGHAI, Book
from tests.support.histories import random_events
from tests.support.houses import EXCUSED, SEPTEMBER_ON_TIME, TWO_MORE, House, chats, told
from tests.support.laws import cases

CONTRACT = agreement(fixed_fee("10000.00"), level(target="0.90"), per_point(rate="0.02"))
SEPTEMBER = Period.month("2026-09")


def lines(statement: Statement) -> list[tuple[str, str | None, str]]:
    return [(line.kind, line.of, str(line.amount)) for line in statement.lines]


def test_what_comes_late_is_billed_with_the_next_statement() -> None:
    # September: 10 of 10, nothing is deducted. Then two late ones come to light: 10 of 12 is
    # 0.8333, six full points below 0.90, 12 % of 10,000. In November both sides excuse that day.
    house = House(CONTRACT, [*SEPTEMBER_ON_TIME, *TWO_MORE, *EXCUSED])
    own = [("fee_fixed", None, "10,000.00"), ("deduction", None, "0.00")]
    assert lines(house.through(date(2026, 10, 5)).issue("2026-09")) == own
    october = house.through(date(2026, 11, 3)).issue("2026-10")
    assert lines(october) == [*own, ("adjustment", "2026-09", "-1,200.00")]
    november = house.through(date(2026, 12, 3)).issue("2026-11")
    assert lines(november) == [*own, ("adjustment", "2026-09", "1,200.00")]
    assert lines(house.through(date(2027, 1, 4)).issue("2026-12")) == own


def test_the_trace_leads_to_both_sums_and_the_statement_lists_what_changed() -> None:
    house = House(CONTRACT, [*SEPTEMBER_ON_TIME, *TWO_MORE])
    house.through(date(2026, 10, 5)).issue("2026-09")
    plain = house.through(date(2026, 11, 3)).issue("2026-10").to_plain()
    line = plain["lines"][-1]
    assert (line["of"], line["clause"], line["exact"]) == ("2026-09", "conventions-1", "-1200")
    subtraction = line["trace"]["inputs"][0]
    assert subtraction["op"] == "subtract"
    assert [(each["of"], each["value"]) for each in subtraction["inputs"]] == [
        ("resettled|2026-09|2026-11-03", "8800"),
        ("resettled|2026-09|2026-10-05", "10000"),
    ]
    assert plain["adjustments"] == [
        {
            "period": "2026-09",
            "statement": "c-1-2026-09",
            "rules_version": 2,
            "before": "2026-10-05",
            "after": "2026-11-03",
            "lines": [
                {
                    "kind": "deduction",
                    "clause": "deduction-1",
                    "before_fen": 0,
                    "after_fen": -120_000,
                }
            ],
        }
    ]


def test_a_statement_says_from_which_facts_it_was_made() -> None:
    house = House(CONTRACT, SEPTEMBER_ON_TIME)
    house.through(date(2026, 10, 5)).issue("2026-09")
    (made,) = made_statements(house.log.facts("c-1"), CONTRACT)
    assert (made.statement, made.evidence_day.isoformat()) == ("c-1-2026-09", "2026-10-05")
    assert (made.rules_version, made.known_on.isoformat()) == (2, "2026-10-06")
    plain = house.issued[0].to_plain()
    assert "adjustments" not in plain
    assert "refused_facts" not in plain


def test_a_payment_told_late_takes_its_late_fee_back() -> None:
    # 10,000 of September are due on 9 November; unpaid from the 10th to the 30th are 21 days.
    # 10,000 × 0.0005 × 21 = 105. The payment of 20 November is told in December: it leaves the ten
    # days before it, which are 50; 55 go back.
    contract = agreement(
        fixed_fee("10000.00"), late_fee(), payment("calendar_days_after", 9, "invoice_received")
    )
    invoiced = Book().invoiced("x", "2026-10-31 10:00")
    named = [
        replace(e, fact=replace(e.fact, measured={"statement": "c-1-2026-09"}))
        for e in told(invoiced, "2026-10-31", "invoice")
    ]
    paid = [
        replace(
            e, fact=replace(e.fact, measured={"statement": "c-1-2026-09", "amount_fen": 1_000_000})
        )
        for e in told(Book().paid("x", 1_000_000, "2026-11-20 10:00"), "2026-12-20", "paid")
    ]
    house = House(contract, [*SEPTEMBER_ON_TIME, *named, *paid])
    house.through(date(2026, 10, 5)).issue("2026-09")
    house.through(date(2026, 11, 3)).issue("2026-10")
    november = house.through(date(2026, 12, 3)).issue("2026-11")
    assert lines(november)[1] == ("late_fee", None, "105.00")
    december = house.through(date(2027, 1, 4)).issue("2026-12")
    assert lines(december)[1:] == [
        ("late_fee", None, "0.00"),
        ("adjustment", "2026-11", "-55.00"),
    ]


def test_facts_later_than_agreed_are_refused_and_listed_once() -> None:
    strict = agreement(
        fixed_fee("10000.00"), level(target="0.90"), per_point(rate="0.02"), late_facts_months=1
    )
    # September's facts are taken until the end of October; the excuse comes on 20 November.
    house = House(strict, [*SEPTEMBER_ON_TIME, *TWO_MORE, *EXCUSED])
    house.through(date(2026, 10, 5)).issue("2026-09")
    october = house.through(date(2026, 11, 3)).issue("2026-10")
    assert lines(october)[-1] == ("adjustment", "2026-09", "-1,200.00")
    november = house.through(date(2026, 12, 3)).issue("2026-11")
    assert [line.kind for line in november.lines] == ["fee_fixed", "deduction"]
    (entry,) = november.to_plain()["refused_facts"]
    assert (entry["event_id"], entry["kind"]) == ("excused-e000000", "exclusion")
    assert house.through(date(2027, 1, 4)).issue("2026-12").refused_facts == ()


@pytest.mark.parametrize(("day", "refused"), [("2026-10-31", 0), ("2026-11-01", 1)])
def test_the_last_day_of_the_agreed_month_is_still_in_time(day: str, refused: int) -> None:
    strict = agreement(fixed_fee("10000.00"), late_facts_months=1)
    seat = told(Book().attendance("ann", "clock_in", "2026-09-30 23:59:59"), day, "seat")
    statement = House(strict, seat).through(date(2026, 11, 3)).issue("2026-10")
    assert len(statement.refused_facts) == refused


def test_money_that_arrived_is_never_refused() -> None:
    strict = agreement(fixed_fee("10000.00"), late_facts_months=1)
    paid = told(Book().paid("2026-01", 100, "2026-01-05 10:00"), "2026-09-20", "paid")
    assert House(strict, paid).through(date(2026, 10, 3)).issue("2026-09").refused_facts == ()


def test_a_session_over_the_month_end_is_settled_once_it_ended() -> None:
    contract = agreement(headcount_fee(5, "10.00", "verified"), service_hours=always())
    night = Book().seated("ann", "2026-09-30 22:00", "2026-10-01 06:00").facts
    begun, ended = (
        told(_book_of(each), day, name)
        for each, day, name in ((night[0], "2026-09-30", "in"), (night[1], "2026-10-01", "out"))
    )
    house = House(contract, [*begun, *ended])
    assert lines(house.through(date(2026, 9, 30)).issue("2026-09")) == [
        ("fee_headcount_hours", None, "0.00")
    ]
    # Two hours of September and six of October.
    assert lines(house.through(date(2026, 11, 1)).issue("2026-10")) == [
        ("fee_headcount_hours", None, "60.00"),
        ("adjustment", "2026-09", "20.00"),
    ]


def test_a_statement_that_is_not_sealed_yet_could_have_billed_the_same() -> None:
    house = House(CONTRACT, [*SEPTEMBER_ON_TIME, *TWO_MORE])
    house.through(date(2026, 10, 5)).issue("2026-09")
    house.through(date(2026, 11, 30)).issue("2026-10")
    with pytest.raises(IssueNotSealed) as refused:
        house.issue("2026-11")
    assert (refused.value.statement, refused.value.sealed) == ("c-1-2026-10", "2026-11-30")
    assert len(house.through(date(2026, 12, 1)).issue("2026-11").lines) == 2


def test_months_out_of_their_order_bill_a_late_fact_once() -> None:
    house = House(CONTRACT, [*SEPTEMBER_ON_TIME, *TWO_MORE])
    house.through(date(2026, 10, 5)).issue("2026-09")
    house.through(date(2026, 12, 1)).issue("2026-11")
    house.through(date(2026, 12, 10)).issue("2026-10")
    house.through(date(2027, 1, 4)).issue("2026-12")
    billed = [line for each in house.issued for line in lines(each) if line[0] == "adjustment"]
    assert billed == [("adjustment", "2026-09", "-1,200.00")]


def test_a_month_in_stretches_is_adjusted_line_by_line() -> None:
    contract = amend(CONTRACT, "2026-09-16", change(fixed_fee("20000.00")))
    house = House(contract, [*SEPTEMBER_ON_TIME, *TWO_MORE])
    house.through(date(2026, 10, 5)).issue("2026-09")
    october = house.through(date(2026, 11, 3)).issue("2026-10")
    # The fee of September is 5,000 + 10,000; twelve percent of it.
    assert lines(october)[-1] == ("adjustment", "2026-09", "-1,800.00")


def test_an_issued_month_is_computed_again_by_its_own_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A third version forgets deductions; what the second one issued keeps them."""
    house = House(CONTRACT, [*SEPTEMBER_ON_TIME, *TWO_MORE])
    house.through(date(2026, 10, 5)).issue("2026-09")
    house.through(date(2026, 11, 3))
    (made,) = made_statements(house.log.facts("c-1"), CONTRACT)
    forgetful = tuple(rule for rule in RULES if rule.kind != "deduction")
    monkeypatch.setattr(rules, "RULES_OF", {2: RULES, 3: forgetful})
    facts = tuple(house.log.facts("c-1"))
    by_one, by_two = (
        [line.kind for line in resettled(CONTRACT, facts, load_china(), each)]
        for each in (made, replace(made, rules_version=3))
    )
    assert (by_one, by_two) == (["fee_fixed", "deduction"], ["fee_fixed"])
    with pytest.raises(RulesUnknown):
        resettled(CONTRACT, facts, load_china(), replace(made, rules_version=4))


def test_a_month_outside_the_term_has_no_lines_to_adjust() -> None:
    """An imported log holds a statement of August; the term begins in September."""
    later = agreement(fixed_fee("10000.00"), level(), start="2026-09-15")
    booked = {"fee-1": 100_000}
    told_then = Book().issued("2026-08", 100_000, "2026-09-05 10:00")
    told_then.told("2026-09-05 10:00", StatementMade("s-2026-08", "2026-09-03", 1, booked))
    late = told(chats("2026-08", 0, 2, "august"), "2026-10-05", "late")
    house = House(later, [*told(told_then, "2026-09-05", "issued"), *late])
    october = house.through(date(2026, 11, 2)).issue("2026-10")
    assert lines(october) == [("fee_fixed", None, "10,000.00")]


def test_a_score_is_about_its_month_and_a_leave_about_its_first_day() -> None:
    score = ScoreGiven("politeness", "2026-09", 8, 10, (Party.CLIENT,))
    book = Book().told("2026-10-08 10:00", score)
    assert concerned_day(book.facts[0], SHANGHAI) == date(2026, 9, 1)
    assert may_change(SEPTEMBER, book.facts, book.facts, SHANGHAI)
    seat = Book().seated("ann", "2026-10-08 09:00", "2026-10-08 10:00").facts
    assert not may_change(SEPTEMBER, seat, seat, SHANGHAI)


RICH = agreement(
    headcount_fee(2, "30.00"),
    level(),
    level("csat", "0.90", id="level-2"),
    level("availability", "0.99", id="level-3"),
    per_breach("10.00"),
    per_miss("0.02", id="deduction-2", level="level-2"),
    per_point(id="deduction-3", level="level-3"),
    late_fee(),
    payment(),
)


def test_a_fact_of_which_a_month_is_said_to_be_free_changes_nothing_in_it() -> None:
    """Whatever happens: what `may_change` lets pass leaves every line as it was."""
    october, november = Period.month("2026-10"), Period.month("2026-11")
    made = Made("c-1-2026-10", october, date(2026, 11, 3), 1, date(2026, 11, 4))
    passed = 0
    for seed in range(30):
        rng = Random(seed)
        events = [e for month in (october, november) for e in random_events(rng, RICH, month)]
        book = Book()
        for at, detail in events:
            book.told(Instant(at), detail)
        later = [e for e in book.facts if concerned_day(e, SHANGHAI) >= october.end]
        new = rng.sample(later, len(later) // 3)
        if may_change(october, new, book.facts, SHANGHAI):
            continue
        known = [each for each in book.facts if each not in new]
        one, other = (resettled(RICH, each, load_china(), made) for each in (known, book.facts))
        assert [line.amount for line in one] == [line.amount for line in other]
        passed += 1
    assert passed > 5


MONTHS = range(9, 12)
LATE = st.lists(
    st.tuples(
        st.integers(9, 10),  # the month that it is about
        st.dates(date(2026, 9, 1), date(2026, 12, 8)),  # when it becomes known
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=cases(6))
@given(LATE, st.integers(0, 99), st.integers(1, 9))
def test_adjustments_add_up_and_the_order_of_facts_plays_no_part(
    late: list[tuple[int, date, bool]], seed: int, day: int
) -> None:
    """Whatever comes when: the adjustments of a month are R(last) − R(first), to the fen."""
    facts = [
        each
        for n in MONTHS
        for each in told(chats(f"2026-{n:02}", 4, 0), f"2026-{n:02}-20", f"on-time-{n}")
    ]
    for n, (month, known, is_good) in enumerate(late):
        book = chats(f"2026-{month:02}", int(is_good), int(not is_good), f"late-{n}")
        facts += told(book, max(known, date(2026, month, 20)).isoformat(), f"late-{n}")
    one, other = (issued_of(facts, day, each) for each in (seed, seed + 1))
    assert [each.to_plain() for each in one.issued] == [each.to_plain() for each in other.issued]
    assert_adjustments_add_up(one)


def issued_of(facts: Sequence[RecordedFact], day: int, seed: int) -> House:
    house = House(CONTRACT, facts, seed)
    for month in MONTHS:
        sealed = date(2026 + month // 12, month % 12 + 1, day)
        house.through(sealed).issue(f"2026-{month:02}")
    return house


def assert_adjustments_add_up(house: House) -> None:
    known = list(house.log.facts("c-1"))
    for made in made_statements(known, CONTRACT):
        billed = sum(
            line.amount.yuan
            for statement in house.issued
            for line in statement.lines
            if line.of == str(made.month)
        )
        first, final = (
            sum(line.amount.yuan for line in resettled(CONTRACT, facts, load_china(), made))
            for facts in (_until(known, made.evidence_day), _until(known, _last(house)))
        )
        assert billed == final - first


def _until(facts: Iterable[RecordedFact], day: date) -> list[RecordedFact]:
    end = day_start(day + timedelta(days=1), SHANGHAI)
    return [each for each in facts if each.recorded_at < end]


def _last(house: House) -> date:
    return date.fromisoformat(house.issued[-1].pins.evidence_day)


def _book_of(recorded: RecordedFact) -> Book:
    book = Book()
    book.facts.append(recorded)
    return book
