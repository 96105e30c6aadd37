"""Numbers on pages: never better than they are, and the same in the browser as on the server."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.units.instants import Instant
from pactdesk.core.units.money import Money, total
from pactdesk.core.units.ratio import Ratio
from pactdesk.web.ui.values import (
    ClockState,
    Figure,
    HoursOverlap,
    LevelBar,
    Line,
    MoneyTable,
    running_clock,
    service_time_left,
)
from pactdesk.web.ui.words import amount_text, bar_length, duration_text, percent_text

Hours = list[tuple[Instant, Instant]]


@st.composite
def service_hours(draw: st.DrawFn) -> Hours:
    edges = sorted(draw(st.sets(st.integers(0, 10_000), max_size=8)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [(Instant(start), Instant(end)) for start, end in pairs]


@st.composite
def ratios(draw: st.DrawFn) -> Ratio:
    whole = draw(st.integers(1, 10_000_000))
    return Ratio(draw(st.integers(0, whole)), whole)


instants = st.integers(0, 12_000).map(Instant)


@given(ratios())
def test_a_percentage_is_never_shown_better_than_it_is(ratio: Ratio) -> None:
    shown = Fraction(percent_text(ratio).removesuffix("%")) / 100
    assert 0 <= ratio.value - shown < Fraction(1, 10_000)


@given(ratios(), ratios())
def test_a_missed_target_never_reads_as_reached(value: Ratio, target: Ratio) -> None:
    whole_percent = Ratio(target.value.numerator * 100 // target.value.denominator, 100)
    if value.value < whole_percent.value:
        assert bar_length(value) < bar_length(whole_percent)


@given(st.integers(0, 10**9))
def test_a_face_is_zero_only_when_nothing_is_left(milliseconds: int) -> None:
    assert (duration_text(milliseconds) == "00:00") == (milliseconds == 0)


@pytest.mark.parametrize(
    ("milliseconds", "face"),
    [(1, "00:01"), (59_999, "01:00"), (3_599_000, "59:59"), (3_600_000, "1:00:00"), (-5, "00:00")],
)
def test_a_face_counts_begun_seconds(milliseconds: int, face: str) -> None:
    assert duration_text(milliseconds) == face


@given(st.integers(-(10**12), 10**12))
def test_an_amount_reads_back_as_itself(fen: int) -> None:
    text = amount_text(Money(fen))
    assert "-" not in text
    assert Money.of(text.replace("\N{MINUS SIGN}", "-").replace(",", "")) == Money(fen)


@given(st.lists(st.integers(-(10**9), 10**9), max_size=8))
def test_the_total_under_the_lines_is_their_sum(amounts: list[int]) -> None:
    lines = tuple(Line("", "1", "", Money(fen)) for fen in amounts)
    assert MoneyTable("", lines).total_text == amount_text(total(line.amount for line in lines))


@given(service_hours(), instants, instants, instants)
def test_service_time_passes_only_in_service_hours(
    hours: Hours, one: Instant, other: Instant, due: Instant
) -> None:
    before, after = min(one, other), max(one, other)
    passed = service_time_left(before, due, hours) - service_time_left(after, due, hours)
    assert 0 <= passed <= after - before
    assert passed == service_time_left(before, min(after, due), hours)


@given(service_hours(), instants, instants)
def test_a_clock_runs_in_service_hours_and_waits_outside(
    hours: Hours, now: Instant, due: Instant
) -> None:
    clock = running_clock("", now=now, due_at=due, hours=hours)
    is_open = any(start <= now < end for start, end in hours)
    assert clock.state is (ClockState.RUNNING if is_open else ClockState.CLOSED)
    assert clock.shown_ms >= 0


def test_service_hours_out_of_order_are_refused() -> None:
    hours = [(Instant(0), Instant(10)), (Instant(5), Instant(20))]
    with pytest.raises(HoursOverlap):
        running_clock("", now=Instant(0), due_at=Instant(9), hours=hours)


@pytest.mark.parametrize(
    ("value", "is_met", "verdict"),
    [
        (None, None, "unmeasured"),
        (Ratio(0, 0), None, "unmeasured"),
        (Ratio(1, 2), None, "provisional"),
        (Ratio(1, 2), False, "missed"),
        (Ratio(1, 1), True, "met"),
    ],
)
def test_a_level_says_what_is_known(value: Ratio | None, is_met: bool | None, verdict: str) -> None:
    level = LevelBar("", "5.2", Ratio(9, 10), value, is_met)
    assert level.verdict == verdict
    assert (level.length == Decimal(0)) == (verdict == "unmeasured")


@pytest.mark.parametrize(("unit", "whole"), [("%", "9%"), ("", "9"), ("/ 5", "9 / 5")])
def test_a_figure_is_repeated_with_its_unit(unit: str, whole: str) -> None:
    assert Figure("", "9", unit).whole == whole
