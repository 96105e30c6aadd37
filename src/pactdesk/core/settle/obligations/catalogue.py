"""All obligations of a contract on a day, in the order in which they press."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.settle.obligations import (
    accounts,
    assessments,
    deposits,
    evaluations,
    life,
    parts,
    payments,
    proposals,
    requests,
    statements,
    wages,
    works,
)
from pactdesk.core.settle.obligations.obligation import Obligation, State
from pactdesk.core.settle.obligations.told import Told
from pactdesk.core.terms.contract import Contract
from pactdesk.core.worktime.calendars import WorkCalendar

_SOURCES = (
    accounts.owed,
    payments.owed,
    parts.owed,
    deposits.owed,
    wages.owed,
    statements.owed,
    assessments.owed,
    evaluations.owed,
    proposals.owed,
    works.owed,
    requests.owed,
    life.owed,
)

_PRESSING = {
    State.OVERDUE: 0,
    State.OPEN: 1,
    State.WAITING: 2,
    State.STANDING: 3,
    State.DONE_LATE: 4,
    State.DONE: 4,
    State.WAIVED: 4,
    State.LAPSED: 4,
    State.ENDED: 5,
}


def obligations(
    contract: Contract, facts: Iterable[RecordedFact], calendar: WorkCalendar, on: date
) -> tuple[Obligation, ...]:
    """What each side owes or may do on the evening of `on`, as the facts until then say.

    contract  with its amendments, which hold from their days on

    Overdue ones come first, then open ones by their day. Nothing of the future is looked at, so
    the same day always gives the same answer, unless facts about it came late.
    """
    told = Told(contract, tuple(facts), calendar, on)
    found = [each for source in _SOURCES for each in source(told)]
    return tuple(sorted(found, key=_order))


def _order(each: Obligation) -> tuple[int, date, str]:
    return _PRESSING[each.state], each.due or each.done_on or date.max, each.key
