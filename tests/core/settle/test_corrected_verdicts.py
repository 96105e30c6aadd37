"""Late facts turn the verdict of an issued month: every run that it belongs to follows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.correcting import verdicts_of
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.statement import Statement
from pactdesk.core.units.periods import Period, add_months
from pactdesk.documents.explain.names import Names
from pactdesk.documents.statement.notes import note_sentences
from pactdesk.documents.statement.tables import rights
from tests.support.contracts import agreement, always, assessment, fixed_fee, level, per_point
from tests.support.facts import Book
from tests.support.houses import chats, told
from tests.support.issuing import Issuing
from tests.support.laws import cases

TERMS = (
    fixed_fee("10000.00"),
    level(target="0.90"),
    per_point(rate="0.02"),
    assessment(consecutive_misses=2),
)
CONTRACT = agreement(
    *TERMS[:3],
    assessment(consecutive_misses=2, misses_in_year=3),
    service_hours=always(),
)
GOOD_SEPTEMBER = told(chats("2026-09", 10, 0), "2026-09-20", "september")
BAD_OCTOBER = told(chats("2026-10", 5, 5), "2026-10-20", "october")
GOOD_NOVEMBER = told(chats("2026-11", 10, 0), "2026-11-20", "november")
TWO_LATE_ONES = told(chats("2026-09", 0, 2, "late"), "2026-10-20", "late")
EXCUSED_OCTOBER = told(
    Book().excluded("2026-10-15 00:00", "2026-10-16 00:00"), "2026-12-01", "excused"
)


def rights_in(statement: Statement) -> list[tuple[str, str, int]]:
    return [(str(each.kind), each.because, each.count) for each in statement.rights]


def may_terminate(house: Issuing, on: date) -> bool:
    found = obligations(house.contract, house.known(on), load_china(), on)
    return any(str(each.action) == "terminate" for each in found)


@pytest.mark.requirement("E22")
def test_a_month_that_turns_out_missed_lengthens_the_run_and_the_statement_says_so() -> None:
    # September was issued as met (10 of 10). With the two late ones it is 10 of 12, missed:
    # October, missed too, is the second in a row.
    house = Issuing(CONTRACT, [*GOOD_SEPTEMBER, *BAD_OCTOBER, *TWO_LATE_ONES])
    assert house.issue("2026-09", date(2026, 10, 5)).assessed[0].verdict is Verdict.MET
    october = house.issue("2026-10", date(2026, 11, 3))
    assert october.assessed[0].misses_in_a_row == 2
    assert rights_in(october) == [("termination", "level-1", 2)]
    (entry,) = october.to_plain()["ledger"]
    assert entry["corrected"] == {"level-1": "missed"}
    assert may_terminate(house, date(2026, 11, 10))


@pytest.mark.requirement("E22")
def test_a_month_that_turns_out_excused_takes_the_right_back() -> None:
    # September and October are missed, and the right stood in October's statement. In December
    # both sides excuse 15 October: nothing of it is judged any more, and the run is broken.
    strict = agreement(*TERMS, service_hours=always(), undetermined="resets")
    bad = told(chats("2026-09", 5, 5), "2026-09-20", "september")
    bad_november = told(chats("2026-11", 5, 5), "2026-11-20", "november")
    house = Issuing(strict, [*bad, *BAD_OCTOBER, *bad_november, *EXCUSED_OCTOBER])
    house.issue("2026-09", date(2026, 10, 5))
    october = house.issue("2026-10", date(2026, 11, 3))
    assert rights_in(october) == [("termination", "level-1", 2)]
    assert may_terminate(house, date(2026, 11, 30))
    november = house.issue("2026-11", date(2026, 12, 3))
    assert november.assessed[0].misses_in_a_row == 1
    assert rights_in(november) == []
    assert [each.get("corrected") for each in november.to_plain()["ledger"]] == [
        None,
        {"level-1": "undetermined"},
    ]
    assert not may_terminate(house, date(2026, 12, 10))


def test_the_twelve_months_count_corrected_verdicts_too() -> None:
    # September turns out missed, October is, November too: three within the year.
    bad_november = told(chats("2026-11", 5, 5), "2026-11-20", "november")
    house = Issuing(CONTRACT, [*GOOD_SEPTEMBER, *BAD_OCTOBER, *TWO_LATE_ONES, *bad_november])
    for month, sealed in (
        ("2026-09", date(2026, 10, 5)),
        ("2026-10", date(2026, 11, 3)),
        ("2026-11", date(2026, 12, 3)),
    ):
        last = house.issue(month, sealed)
    assert last.assessed[0].misses_in_year == 3
    assert rights_in(last) == [("termination", "level-1", 3)]  # in a row, and in the year


@pytest.mark.requirement("E22")
def test_the_right_says_whether_the_months_were_in_a_row_or_within_the_year() -> None:
    # Missed in September and November, not in October: two within the year, one in a row.
    terms = agreement(
        *TERMS[:3], assessment(misses_in_year=2, consecutive_misses=2), service_hours=always()
    )
    months = (("2026-09", 5), ("2026-10", 0), ("2026-11", 5))
    house = Issuing(terms, [e for m, bad in months for e in told(chats(m, 5, bad), f"{m}-20", m)])
    for n, (month, _) in enumerate(months):
        last = house.issue(month, date(2026, 10 + n, 4))
    plain = last.to_plain()
    (said,) = rights(plain, Names(terms, "zh"))["items"]
    assert "十二个月内已有 2 个月未达标" in said


def test_what_turned_is_told_below_the_statement() -> None:
    house = Issuing(CONTRACT, [*GOOD_SEPTEMBER, *BAD_OCTOBER, *TWO_LATE_ONES])
    house.issue("2026-09", date(2026, 10, 5))
    plain = house.issue("2026-10", date(2026, 11, 3)).to_plain()
    (note,) = note_sentences(plain, CONTRACT, "zh")
    assert "2026 年 9 月" in note
    assert "更正为未达标" in note
    assert "c-1-2026-09" in note


def test_a_plain_month_says_nothing_of_corrections() -> None:
    house = Issuing(CONTRACT, [*GOOD_SEPTEMBER, *BAD_OCTOBER])
    house.issue("2026-09", date(2026, 10, 5))
    (entry,) = house.issue("2026-10", date(2026, 11, 3)).to_plain()["ledger"]
    assert "corrected" not in entry


MONTHS = ("2026-08", "2026-09", "2026-10")
LATE = st.lists(
    st.tuples(st.sampled_from(MONTHS[:2]), st.integers(0, 60), st.booleans()), max_size=4
)


@settings(max_examples=cases(8))
@given(st.tuples(*[st.booleans()] * 3), LATE)
def test_a_run_is_that_of_the_months_as_they_are_known(
    good: tuple[bool, bool, bool], late: list[tuple[str, int, bool]]
) -> None:
    """Whatever was issued: the run of the last month is counted from what all facts say."""
    facts: list[RecordedFact] = []
    for month, is_good in zip(MONTHS, good, strict=True):
        facts += told(chats(month, 4, 0 if is_good else 2), f"{month}-20", f"c-{month}")
    for n, (month, after, is_good) in enumerate(late):
        day = date.fromordinal(date.fromisoformat(f"{month}-20").toordinal() + after)
        book = chats(month, 9 * is_good, 2 * (not is_good), f"late-{n}")
        facts += told(book, day.isoformat(), f"late-{n}")
    house = Issuing(CONTRACT, facts)
    for month in MONTHS:
        day = add_months(date.fromisoformat(f"{month}-03"), 1)
        last = house.issue(month, day)
    known, run = house.known(day), 0
    for month in reversed(MONTHS):
        verdict = verdicts_of(CONTRACT, known, load_china(), Period.month(month))["level-1"]
        if verdict is not Verdict.MISSED:
            break
        run += 1
    assert last.assessed[0].misses_in_a_row == run
