"""Summaries merge exactly: a month is thirty merges in any order and any grouping."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.measure.summary import Summary, merged

OUTCOMES = st.sampled_from(["met", "missed", "answered"])
ONE = st.one_of(
    st.builds(
        Summary.of,
        OUTCOMES,
        elapsed_ms=st.none() | st.integers(0, 5000),
        missed=st.none() | st.sampled_from(["i-1", "i-2", "i-3"]),
    ),
    st.just(Summary(carried=1)),
    st.sampled_from(["no_clock", "abandoned"]).map(lambda why: Summary(excluded={why: 1})),
)
SETS = st.lists(ONE, max_size=8).map(lambda parts: merged(tuple(parts)))


@given(SETS, SETS, SETS)
def test_merging_is_the_same_in_any_order_and_grouping(
    one: Summary, two: Summary, three: Summary
) -> None:
    assert one + two == two + one
    assert (one + two) + three == one + (two + three) == merged((three, one, two))


@given(SETS)
def test_merging_with_nothing_changes_nothing(one: Summary) -> None:
    assert one + Summary() == one == Summary() + one


@given(st.lists(ONE, max_size=12))
def test_every_interaction_is_somewhere_in_the_summary(parts: list[Summary]) -> None:
    whole = merged(tuple(parts))
    assert sum(whole.counts.values()) + sum(whole.excluded.values()) + whole.carried == len(parts)


@given(st.lists(st.integers(0, 10_000), max_size=20), st.integers(0, 10))
def test_the_histogram_tells_exactly_how_many_stayed_within_n_seconds(
    times: list[int], seconds: int
) -> None:
    whole = merged(tuple(Summary.of("met", elapsed_ms=each) for each in times))
    counted = sum(many for key, many in whole.histogram.items() if key <= seconds)
    assert counted == sum(each <= seconds * 1000 for each in times)
    assert whole.sum_ms == sum(times)
