"""Duties that are called for: each time is an instance, whatever the order of its facts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.life import DutyDone
from pactdesk.core.facts.names import DutyEvent, Party
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.obligations.obligation import Action, Obligation, State
from pactdesk.core.settle.obligations.requests import Instance, Sought, instance_in
from tests.support.contracts import Terms, agreement, fixed_fee
from tests.support.facts import Book
from tests.support.laws import cases

pytestmark = pytest.mark.requirement("A22", "C14")

DUTY: Terms = {"id": "duty-1", "kind": "duty", "by": "client", "topic": "client_input"}
ASKED, DONE, WAIVED = DutyEvent.ASKED, DutyEvent.DONE, DutyEvent.WAIVED
R7 = Instance(Sought.ANSWER, "R-7", date(2026, 10, 12))


def owed(*told: tuple[str, DutyDone], on: str = "2026-10-15") -> list[Obligation]:
    """What was asked for, as facts of these moments tell it."""
    book = Book()
    for at, duty in told:
        book.told(f"{at} 10:00", duty)
    every = obligations(
        agreement(DUTY, fixed_fee()), book.facts, load_china(), date.fromisoformat(on)
    )
    return [each for each in every if each.action in (Action.ANSWER_REQUEST, Action.RETURN_DATA)]


def duty(event: DutyEvent, instance: str = R7.text()) -> DutyDone:
    return DutyDone("duty-1", instance, event, Party.CLIENT)


# (facts, how it stands on 15 October)
TABLE: list[tuple[list[tuple[str, DutyEvent]], State | None]] = [
    ([("2026-10-10", ASKED)], State.OVERDUE),
    ([("2026-10-10", ASKED), ("2026-10-12", DONE)], State.DONE),
    ([("2026-10-10", ASKED), ("2026-10-13", DONE)], State.DONE_LATE),
    ([("2026-10-10", ASKED), ("2026-10-11", WAIVED)], State.WAIVED),
    ([("2026-10-10", ASKED), ("2026-10-16", DONE)], State.OVERDUE),  # not known yet
    ([("2026-10-10", DONE)], None),  # nobody asked
]


@pytest.mark.parametrize(("told", "stands"), TABLE)
def test_it_stands_as_its_facts_say(
    told: list[tuple[str, DutyEvent]], stands: State | None
) -> None:
    found = owed(*((at, duty(event)) for at, event in told))
    assert [each.state for each in found] == ([] if stands is None else [stands])
    for each in found:
        assert (each.party, each.clause, each.due) == ("client", "duty-1", R7.until)
        assert each.on_breached[0].what == "excludable"


def test_data_are_returned_under_their_own_name_and_an_unknown_instance_is_no_request() -> None:
    back = Instance(Sought.RETURN, "D-1", None).text()
    found = owed(("2026-10-10", duty(ASKED, back)), ("2026-10-10", duty(ASKED, "2026-10")))
    assert [(each.action, each.state, each.due) for each in found] == [
        (Action.RETURN_DATA, State.OPEN, None)
    ]


@settings(max_examples=cases(40))
@given(st.permutations([ASKED, DONE, WAIVED]), st.integers(1, 3))
def test_the_order_of_facts_of_one_instant_changes_nothing(
    events: list[DutyEvent], count: int
) -> None:
    def stands(some: list[DutyEvent]) -> list[State]:
        return [each.state for each in owed(*(("2026-10-11", duty(each)) for each in some))]

    some = events[:count]
    assert stands(some) == stands(sorted(some))


@given(
    st.sampled_from(Sought),
    st.from_regex(r"[RD]-[1-9][0-9]{0,3}(\.[2-9])?", fullmatch=True),
    st.none() | st.dates(),
)
@settings(max_examples=cases(40))
def test_an_instance_reads_back_as_it_was_written(
    sought: Sought, code: str, until: date | None
) -> None:
    instance = Instance(sought, code, until)
    assert instance_in(instance.text()) == instance
