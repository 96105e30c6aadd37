"""Added facts make any times at work out of any others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.facts.names import AttendanceEvent
from pactdesk.core.measure.clock_corrections import OPEN_END, applied, corrected
from pactdesk.core.measure.intervals import Interval, union
from pactdesk.core.measure.seat_time import paired
from pactdesk.core.units.instants import Instant
from tests.support.laws import cases

IN, OUT = AttendanceEvent.CLOCK_IN, AttendanceEvent.CLOCK_OUT

# Few instants, so that they often fall together.
instants = st.integers(0, 9).map(Instant)
clocks = st.lists(st.tuples(instants, st.sampled_from([IN, OUT])), max_size=8).map(
    lambda events: sorted(events, key=lambda each: each[0])
)
times = st.lists(
    st.tuples(instants, instants).filter(lambda each: each[0] < each[1]), max_size=4
).map(union)


@given(clocks, times)
@settings(max_examples=cases(100))
def test_after_a_correction_the_clock_says_what_the_lead_said(
    events: list[tuple[Instant, AttendanceEvent]], worked: tuple[Interval, ...]
) -> None:
    told = corrected(events, worked)
    after = list(applied(events, told))
    assert union(paired(after)[0]) == worked
    # Nothing that stands in the log is gone, and saying it again adds nothing.
    assert all(after.count(each) >= events.count(each) for each in events)
    assert corrected(after, worked) == ()


@given(clocks, times, instants)
@settings(max_examples=cases(50))
def test_somebody_who_is_at_work_stays_at_work(
    events: list[tuple[Instant, AttendanceEvent]], worked: tuple[Interval, ...], since: Instant
) -> None:
    until_now = [each for each in worked if each[1] < since]
    told = corrected(events, [*until_now, (since, OPEN_END)])
    after = [*applied(events, told), (Instant(20), OUT)]
    assert union(paired(after)[0]) == union([*until_now, (since, Instant(20))])


def test_a_forgotten_clock_out_needs_one_fact() -> None:
    nine, six = Instant(9), Instant(18)
    [told] = corrected([(nine, IN)], [(nine, six)])
    assert (told.at, told.event) == (six, OUT)


def test_a_clock_out_on_the_next_morning_counts_nothing_once_the_evening_is_told() -> None:
    nine, six, morning = Instant(9), Instant(18), Instant(32)
    told = corrected([(nine, IN), (morning, OUT)], [(nine, six)])
    assert [(each.at, each.event) for each in told] == [(six, OUT)]
