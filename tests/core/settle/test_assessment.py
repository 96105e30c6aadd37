"""Met, missed or undetermined; runs of misses; and the rights that follow (E19, E21, E22)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.measure.level import Standing
from pactdesk.core.settle.assessment import assess, verdict
from pactdesk.core.settle.rights import RightKind
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.periods import Period
from tests.support.contracts import agreement, assessment, fixed_fee, level, per_miss, settled
from tests.support.facts import Book
from tests.support.months import a_level, earlier, statement


def judged(counted: tuple[int, int], terms: dict[str, Any], **more: Any) -> str:
    conventions = {"zero_volume": more.pop("zero_volume")} if "zero_volume" in more else {}
    contract = agreement(terms, **conventions)
    told = a_level(contract, counted=counted, **more)
    return str(verdict(contract.one(ServiceLevel), told, contract.one(Conventions)))


@pytest.mark.requirement("E19", "B12")
@pytest.mark.parametrize(
    ("counted", "target", "expected"),
    [
        ((17, 20), "0.85", "met"),  # exactly at the target
        ((8495, 10000), "0.85", "missed"),  # 84.95 % is not 85 %
        ((84_999, 100_000), "0.85", "missed"),
        ((2, 3), "0.6666", "met"),
        ((2, 3), "0.6667", "missed"),
    ],
)
def test_a_share_is_compared_exactly_and_never_rounded_first(
    counted: tuple[int, int], target: str, expected: str
) -> None:
    assert judged(counted, level(target=target)) == expected


@pytest.mark.requirement("E19")
@pytest.mark.parametrize(
    ("mean_ms", "expected"), [(30_000, "met"), (30_001, "missed"), (29_999, "met")]
)
def test_a_mean_at_its_limit_is_met(mean_ms: int, expected: str) -> None:
    assert judged((mean_ms * 7, 7), level("first_response_average", "30")) == expected


@pytest.mark.requirement("B10")
@pytest.mark.parametrize(
    ("up", "known", "unknown", "expected"),
    [
        (995, 1000, 0, "met"),
        (994, 1000, 0, "missed"),
        (995, 995, 5, "met"),  # even if all of the unseen was down
        (990, 994, 6, "undetermined"),
        (990, 996, 4, "missed"),  # even if all of the unseen was up
    ],
)
def test_what_nobody_observed_leaves_the_verdict_open_only_if_it_could_turn_it(
    up: int, known: int, unknown: int, expected: str
) -> None:
    assert judged((up, known), level("availability", "0.995"), unknown=unknown) == expected


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 60))
def test_the_verdict_stands_whatever_the_unseen_turns_out_to_be(
    up: int, down: int, unknown: int
) -> None:
    terms = level("availability", "0.9")
    if up + down == 0:
        return
    now = judged((up, up + down), terms, unknown=unknown)
    whole = up + down + unknown
    later = {judged((up + seen, whole), terms) for seen in range(unknown + 1)}
    assert now == (later.pop() if len(later) == 1 else "undetermined")


@pytest.mark.parametrize("standing", [Standing.NOT_JUDGED, Standing.NOT_MEASURED])
def test_what_is_not_measured_is_undetermined_and_costs_nothing(standing: Standing) -> None:
    assert judged((0, 10), level(), standing=standing) == "undetermined"


@pytest.mark.parametrize(("rule", "expected"), [("met", "met"), ("not_judged", "undetermined")])
def test_an_empty_month_is_judged_as_agreed(rule: str, expected: str) -> None:
    assert judged((0, 0), level(), zero_volume=rule) == expected


MISSED, MET, OPEN = {"level-1": "missed"}, {"level-1": "met"}, {"level-1": "undetermined"}
OTHER = {"level-1": "met", "level-2": "missed"}


@pytest.mark.requirement("E22")
@pytest.mark.parametrize(
    ("before", "counted", "undetermined", "run"),
    [
        ([], None, "neutral", 1),
        ([MISSED], None, "neutral", 2),
        ([MISSED, MISSED], "same_level", "neutral", 3),
        ([MISSED, MET], None, "neutral", 1),
        ([MET, MISSED], None, "neutral", 2),
        ([MISSED, OPEN], None, "neutral", 2),
        ([MISSED, OPEN], None, "resets", 1),
        ([MISSED, None], None, "neutral", 1),  # a month without a statement ends the run
        ([OTHER, OTHER], "same_level", "neutral", 1),
        ([OTHER, OTHER], "any_level", "neutral", 3),
        ([MISSED, {"level-2": "met"}], "any_level", "neutral", 1),
        ([MISSED, {}], "any_level", "neutral", 2),
        ([MISSED, {}], "any_level", "resets", 1),
        ([MISSED, {"level-2": "met"}], "same_level", "neutral", 2),  # level-1 not judged then
    ],
)
def test_misses_in_a_row_are_counted_as_agreed(
    before: list[dict[str, str] | None], counted: str | None, undetermined: str, run: int
) -> None:
    rule = assessment() if counted is None else assessment(counted=counted)
    contract = agreement(level(), rule, undetermined=undetermined)
    months = [f"2026-{10 - len(before) + n:02d}" for n in range(len(before))]
    ledger = tuple(
        earlier(month, verdicts)
        for month, verdicts in zip(months, before, strict=True)
        if verdicts is not None
    )
    told = assess(contract, [a_level(contract, counted=(0, 1))], ledger, Period.month("2026-10"))
    assert told[0].misses_in_a_row == run


def test_a_met_month_has_no_run() -> None:
    contract = agreement(level(), assessment())
    ledger = (earlier("2026-09", MISSED),)
    told = assess(contract, [a_level(contract)], ledger, Period.month("2026-10"))
    assert told[0].misses_in_a_row == 0


def test_a_run_goes_over_the_turn_of_the_year() -> None:
    contract = agreement(level(), assessment(), start="2025-01-01")
    ledger = tuple(earlier(month, MISSED) for month in ("2025-11", "2025-12"))
    told = assess(contract, [a_level(contract, counted=(0, 1))], ledger, Period.month("2026-01"))
    assert told[0].misses_in_a_row == 3


def rights_after(misses: int, **rule: Any) -> list[tuple[RightKind, int, str]]:
    """The rights after so many missed months in a row, the last of them October."""
    contract = agreement(fixed_fee(), level(), per_miss(), assessment(**rule))
    ledger = tuple(earlier(f"2026-{10 - n:02d}", MISSED) for n in range(misses - 1, 0, -1))
    made = statement(contract, {"level-1": (0, 1) if misses else (1, 1)}, ledger)
    return [(right.kind, right.count, right.since.isoformat()) for right in made.rights]


@pytest.mark.requirement("E21")
def test_a_missed_level_lets_the_client_demand_remediation_from_the_next_day() -> None:
    remediation = {"n": 10, "unit": "working_day"}
    assert rights_after(1, remediation=remediation) == [(RightKind.REMEDIATION, 1, "2026-11-01")]
    assert rights_after(0, remediation=remediation) == []
    assert rights_after(1) == []


@pytest.mark.requirement("E22")
@pytest.mark.parametrize(("misses", "may"), [(2, False), (3, True), (4, True)])
def test_the_client_may_terminate_after_three_misses_in_a_row_and_not_before(
    misses: int, may: bool
) -> None:
    told = rights_after(misses, consecutive_misses=3)
    assert told == ([(RightKind.TERMINATION, misses, "2026-11-01")] if may else [])


@pytest.mark.requirement("E22")
def test_the_run_is_read_from_the_issued_statements_among_the_facts() -> None:
    contract = agreement(fixed_fee(), level(), assessment(consecutive_misses=3))
    book = Book().issued("2026-08", 1, "2026-09-02 10:00", MISSED)
    book.issued("2026-09", 1, "2026-10-02 10:00", MISSED)
    book.asked("i-1", "2026-10-09 09:10:00", "2026-10-09 11:00:00")
    made = settled(contract, book.facts)
    assert [right.kind for right in made.rights] == [RightKind.TERMINATION]
    assert made.assessed[0].misses_in_a_row == 3
