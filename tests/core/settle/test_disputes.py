"""What of a disputed statement stays due, and the route that the contract names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.names import Party
from pactdesk.core.settle.disputes import (
    LetOff,
    difference_fen,
    route_of,
    standing_fen,
    undisputed_fen,
)
from pactdesk.core.terms.clauses.dispute import DisputeStep
from pactdesk.core.terms.contract import Contract
from tests.support.contracts import agreement, fixed_fee
from tests.support.laws import cases

FEN = st.integers(-10_000_00, 10_000_00)
BILLED = st.dictionaries(st.integers(1, 6), FEN, min_size=1)

pytestmark = pytest.mark.requirement("A57")


@settings(max_examples=cases(100))
@given(billed=BILLED, data=st.data())
def test_no_more_stays_due_than_either_party_says(
    billed: dict[int, int], data: st.DataObject
) -> None:
    disputed = sorted(data.draw(st.sets(st.sampled_from(sorted(billed)))))
    claimed = {party: {line: data.draw(FEN) for line in disputed} for party in Party}
    due = undisputed_fen(billed, disputed, claimed)
    for each in Party:
        says = sum(claimed[each].get(line, fen) for line, fen in billed.items())
        assert due <= max(0, says)


@settings(max_examples=cases(100))
@given(billed=BILLED, waived=st.lists(st.integers(1, 10_000_00), max_size=3), data=st.data())
def test_what_is_let_off_is_let_off_once_and_turns_no_line_round(
    billed: dict[int, int], waived: list[int], data: st.DataObject
) -> None:
    clauses = {line: data.draw(st.sampled_from(["d-1", "d-2"])) for line in billed}
    stands = standing_fen(billed, clauses, [LetOff("d-1", fen) for fen in waived])
    moved = 0
    for line, fen in billed.items():
        assert min(0, fen) <= stands[line] <= max(0, fen)
        assert clauses[line] == "d-1" or stands[line] == fen
        moved += abs(fen - stands[line])
    there = sum(abs(fen) for line, fen in billed.items() if clauses[line] == "d-1")
    assert moved == min(sum(waived), there)


@settings(max_examples=cases(100))
@given(billed=BILLED, data=st.data())
def test_a_client_that_says_nothing_of_a_line_takes_nothing_of_it_for_granted(
    billed: dict[int, int], data: st.DataObject
) -> None:
    disputed = data.draw(st.sets(st.sampled_from(sorted(billed))))
    others = sum(fen for line, fen in billed.items() if line not in disputed)
    assert undisputed_fen(billed, disputed, {}) <= max(0, others)
    assert undisputed_fen(billed, (), {}) == max(0, sum(billed.values()))


@settings(max_examples=cases(50))
@given(billed=BILLED)
def test_agreeing_to_what_was_billed_changes_nothing(billed: dict[int, int]) -> None:
    assert difference_fen(billed, billed) == 0
    assert difference_fen(billed, dict.fromkeys(billed, 0)) == -sum(billed.values())


def disputed_under(**clause: object) -> Contract:
    return agreement(fixed_fee(), {"id": "dispute-1", "kind": "dispute", **clause})


@pytest.mark.requirement("A63", "A65", "A66", "C23", "D17", "E35", "E36")
@pytest.mark.parametrize(
    ("clause", "opened", "expected"),
    [
        # fifteen days from Friday 6 November end on Saturday 21: Monday 23 (民法典 201, 203)
        (
            {"route": ["negotiation"], "negotiation": {"n": 15, "unit": "day"}},
            "2026-11-06",
            [("negotiation", "", "2026-11-23")],
        ),
        # no time agreed, then the body that the paper names; three years from the claim, in a
        # year without a calendar as it stands
        (
            {"route": ["negotiation", "arbitration"], "arbitration_body": "湖州仲裁委员会"},
            "2026-11-06",
            [("negotiation", "", None), ("arbitration", "湖州仲裁委员会", "2029-11-06")],
        ),
        # 29 February has no third anniversary
        (
            {"route": ["mediation", "litigation"], "venue": "签订地"},
            "2024-02-29",
            [("mediation", "", None), ("litigation", "签订地", "2027-02-28")],
        ),
        # a worker has one year
        (
            {"route": ["labour_arbitration"]},
            "2025-01-05",
            [("labour_arbitration", "", "2026-01-05")],
        ),
        ({"route": {"blank": "诉讼或仲裁"}}, "2026-11-06", [("negotiation", "", None)]),
    ],
)
def test_the_route_and_its_last_days(
    clause: dict[str, object], opened: str, expected: list[tuple[str, str, str | None]]
) -> None:
    route = route_of(disputed_under(**clause), date.fromisoformat(opened), load_china())
    told = [(str(e.step), e.place, e.until.isoformat() if e.until else None) for e in route]
    assert told == expected


def test_without_a_clause_the_parties_talk() -> None:
    [rung] = route_of(agreement(fixed_fee()), date(2026, 11, 6), load_china())
    assert rung.step is DisputeStep.NEGOTIATION
