"""Samples: nobody chooses them, a larger one only adds; and whether two reviewers agree."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.measure.agreement import agreement
from pactdesk.core.measure.marking import (
    Item,
    LossUnexplained,
    Mark,
    MarkBeyond,
    Marked,
    MarkMissing,
    RedLineUnexplained,
    marked,
)
from pactdesk.core.measure.sampling import Candidate, in_order, picked, size_of
from tests.support.laws import cases

pytestmark = pytest.mark.requirement("A21")

AGENTS = st.sampled_from(["a", "b", "c", None])
CANDIDATES = st.dictionaries(st.integers(0, 99).map(str), AGENTS, max_size=15).map(
    lambda told: [Candidate(one, agent) for one, agent in told.items()]
)
SEEDS = st.integers(0, 2**32).map(lambda number: f"{number:064x}")
ITEMS = (Item("courtesy", 40), Item("accuracy", 60))


@settings(max_examples=cases(50))
@given(CANDIDATES, SEEDS, st.integers(0, 20), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_in_which_conversations_come_changes_nothing(
    candidates: list[Candidate], seed: str, size: int, each_agent: bool, chance: object
) -> None:
    shuffled = [*candidates, *candidates[:3]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    one = picked(candidates, seed, size, each_agent=each_agent)
    assert picked(shuffled, seed, size, each_agent=each_agent) == one


@settings(max_examples=cases(50))
@given(CANDIDATES, SEEDS, st.integers(0, 20), st.booleans())
def test_a_larger_sample_only_adds(
    candidates: list[Candidate], seed: str, size: int, each_agent: bool
) -> None:
    smaller = picked(candidates, seed, size, each_agent=each_agent)
    larger = picked(candidates, seed, size + 1, each_agent=each_agent)
    assert set(smaller) <= set(larger)
    assert len(larger) >= min(size + 1, len(candidates))


@settings(max_examples=cases(50))
@given(CANDIDATES, SEEDS, st.integers(0, 20))
def test_of_every_agent_there_is_one_and_else_only_the_first(
    candidates: list[Candidate], seed: str, size: int
) -> None:
    chosen = picked(candidates, seed, size, each_agent=True)
    agents = {each.agent for each in candidates if each.agent is not None}
    assert {each.agent for each in chosen} >= agents
    ordered = [each.conversation for each in in_order(candidates, seed)]
    assert [each.conversation for each in chosen[:size]] == ordered[: min(size, len(ordered))]
    assert [ordered[each.rank - 1] for each in chosen] == [each.conversation for each in chosen]
    assert len(chosen) <= size + len(agents)


@pytest.mark.parametrize(
    ("population", "number", "percent", "size"),
    [(0, 5, None, 0), (3, 5, None, 3), (40, 5, None, 5), (0, None, 10, 0), (1, None, 1, 1),
     (40, None, 10, 4), (41, None, 10, 5), (41, None, 100, 41)],
)  # fmt: skip
def test_how_many_are_drawn(
    population: int, number: int | None, percent: int | None, size: int
) -> None:
    assert size_of(population, number=number, percent=percent) == size


@pytest.mark.parametrize(
    ("pairs", "same", "kappa"),
    [
        ([], 0, None),
        ([(True, True)] * 3, 3, None),
        ([(True, True), (False, False)], 2, Fraction(1)),
        ([(True, False), (False, True)], 0, Fraction(-1)),
        # Cohen 1960: (p − p_e) / (1 − p_e) with p = 0.7, p_e = 0.5 × 0.6 + 0.5 × 0.4
        ([(True, True)] * 4 + [(False, False)] * 3 + [(True, False)] + [(False, True)] * 2,
         7, Fraction(2, 5)),
    ],
)  # fmt: skip
def test_agreement_is_what_cohen_wrote(
    pairs: list[tuple[bool, bool]], same: int, kappa: Fraction | None
) -> None:
    found = agreement(pairs)
    assert (found.cases, found.same, found.kappa) == (len(pairs), same, kappa)


def test_a_form_is_complete_and_says_why() -> None:
    full = [Mark("courtesy", 40), Mark("accuracy", 60)]
    assert marked(ITEMS, full).total == 100
    with pytest.raises(MarkMissing):
        marked(ITEMS, full[:1])
    with pytest.raises(MarkMissing):
        marked(ITEMS, [*full, Mark("speed", 1)])
    with pytest.raises(MarkBeyond):
        marked(ITEMS, [Mark("courtesy", 41), full[1]])
    with pytest.raises(LossUnexplained):
        marked(ITEMS, [Mark("courtesy", 39, "  "), full[1]])
    with pytest.raises(RedLineUnexplained):
        marked(ITEMS, full, [Mark("leak", 0)])


def test_a_red_line_leaves_nothing_until_it_falls() -> None:
    form = Marked(ITEMS, (Mark("courtesy", 30), Mark("accuracy", 50)), (Mark("leak", 0, "…"),))
    assert (form.total, form.points_of("accuracy"), form.has_passed(0)) == (0, 0, False)
    fallen = form.corrected({"leak": 0, "courtesy": 40})
    assert (fallen.total, fallen.has_passed(90), fallen.has_passed(91)) == (90, True, False)
