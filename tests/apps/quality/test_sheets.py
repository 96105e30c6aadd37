"""Forms of the contract's own items, what they come to, and periods of samples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.contracts import agreement
from tests.support.laws import cases

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.quality.models import Review

pytestmark = pytest.mark.requirement("A21")


def sheet(*items: tuple[str, str]) -> dict[str, Any]:
    return {
        "id": "score-1",
        "kind": "score_sheet",
        "items": [{"kind": "given", "item": item, "weight": weight} for item, weight in items],
        "bands": [{"score": "0", "payable": "1"}],
    }


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], None),
        # One item says nothing about what was wrong: the usual six.
        ([("service", "100")], None),
        # A weight that is no whole number of points counts of ten; the share is what matters.
        ([("attitude", "30"), ("speed", "12.5")], {"attitude": 30, "speed": 10}),
    ],
)
def test_the_contracts_own_items_are_marked_where_it_names_several(
    items: list[tuple[str, str]], expected: dict[str, int] | None
) -> None:
    from pactdesk.apps.quality.sheets import USUAL_REVIEW, evaluation_form, review_form

    terms = agreement(*([sheet(*items)] if items else []))
    form = review_form(terms)
    usual = {each.key: each.most for each in USUAL_REVIEW}
    assert {each.key: each.most for each in form.items} == (expected or usual)
    assert form.clause == ("score-1" if expected else None)
    # The client may well say one thing about the whole.
    assert len(evaluation_form(terms).items) == (len(items) or 5)


@settings(max_examples=cases(25))
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10)), min_size=1, max_size=5))
def test_an_items_score_is_the_exact_sum_of_its_points(marks: list[tuple[int, int]]) -> None:
    from pactdesk.apps.quality.results import scores_of

    reviews = [_review(attitude=one, speed=other) for one, other in marks]
    [attitude, whole] = scores_of(reviews, ["attitude", "service"], "2026-10")
    assert (attitude.points, attitude.of) == (sum(one for one, _ in marks), 30 * len(marks))
    # What is no item of the form gets the whole score.
    assert (whole.points, whole.of) == (sum(map(sum, marks)), 40 * len(marks))


@settings(max_examples=cases(50))
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["week", "month"]))
def test_periods_follow_one_another_without_a_gap(today: date, cycle: str) -> None:
    from pactdesk.apps.quality.kinds import Cycle
    from pactdesk.apps.quality.spans import latest_over, name_of, span_of

    now = span_of(name_of(today, Cycle(cycle)))
    assert today in now
    over = [span_of(each) for each in latest_over(today, Cycle(cycle), 3, date.min)]
    assert [each.end for each in over] == [now.start, over[0].start, over[1].start]


def _review(**points: int) -> Review:
    """Without a row in the database: nothing of it was contested."""
    from pactdesk.apps.quality.models import Review

    made = Review(
        items=[{"key": "attitude", "most": 30}, {"key": "speed", "most": 10}],
        marks=[
            {"item": item, "points": number, "reason": "r", "quote": None}
            for item, number in points.items()
        ],
        crossed=[],
        pass_percent=80,
    )
    made._prefetched_objects_cache = {"contests": Review.objects.none()}  # type: ignore[attr-defined]  # as a query would
    return made
