"""The client evaluates each cycle, where the contract asks for it (C15)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.families.life import DutyDone
from pactdesk.core.facts.names import DutyEvent, Party
from pactdesk.core.settle.obligations.catalogue import obligations
from pactdesk.core.settle.obligations.obligation import Action, Obligation
from tests.support.contracts import agreement, assessment, level
from tests.support.facts import Book

pytestmark = pytest.mark.requirement("C15")

CHINA = load_china()
ASKED = {"id": "duty-1", "kind": "duty", "by": "client", "topic": "evaluation"}
PAST = [(f"2026-{month}", "overdue") for month in ("07", "08", "09")]
NAMED = {"kind": "day_of_month", "n": 20, "event": "period_end"}


def listed(on: str, *clauses: dict[str, Any], book: Book | None = None) -> list[Obligation]:
    contract = agreement(level(), *clauses, start="2026-07-01")
    found = obligations(contract, (book or Book()).facts, CHINA, date.fromisoformat(on))
    return [each for each in found if each.action is Action.EVALUATE]


@pytest.mark.parametrize(
    ("on", "clauses", "expected"),
    [
        # Nobody asked.
        ("2026-10-20", [assessment()], []),
        # September's fifth working day after its end is 13 October: 1 to 7 are holidays.
        ("2026-10-13", [ASKED], [*PAST[:2], ("2026-09", "open")]),
        ("2026-10-14", [ASKED], PAST),
        # By the day that the contract names; Friday 20 November is a working day.
        ("2026-11-20", [assessment(evaluation_due=NAMED)], [*PAST, ("2026-10", "open")]),
        ("2026-11-21", [assessment(evaluation_due=NAMED)], [*PAST, ("2026-10", "overdue")]),
        # Of a quarter once, after its last month.
        ("2026-09-30", [ASKED, assessment() | {"cycle": "quarterly"}], []),
        ("2026-10-13", [ASKED, assessment() | {"cycle": "quarterly"}], [("2026-09", "open")]),
        # What the provider does to itself is not the client's duty.
        ("2026-10-20", [ASKED | {"by": "provider"}], []),
    ],
)
def test_an_evaluation_is_owed_after_each_cycle(
    on: str, clauses: list[dict[str, Any]], expected: list[tuple[str, str]]
) -> None:
    found = sorted(listed(on, *clauses), key=lambda each: each.instance)
    told = [(each.instance, str(each.state)) for each in found]
    assert told == expected
    assert {each.party for each in found} <= {"client"}


def test_an_evaluation_that_was_given_is_done_in_time_or_late() -> None:
    book = Book()
    for month, at in (("2026-08", "2026-09-07 18:00"), ("2026-09", "2026-10-14 09:00")):
        book.told(at, DutyDone("duty-1", month, DutyEvent.DONE, Party.CLIENT))
    found = {each.instance: str(each.state) for each in listed("2026-10-20", ASKED, book=book)}
    assert found == {"2026-07": "overdue", "2026-08": "done", "2026-09": "done_late"}
