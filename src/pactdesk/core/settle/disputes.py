"""A dispute about a statement: what of it is not disputed, what an agreement changes, which rungs.

Source: the dispute clause (争议解决, A57, A63, A66, C23, E35–E38); what is undisputed stays due
(保障中小企业款项支付条例 15). The terms make no exception of what is disputed: a late fee runs as
they say on whatever turns out to be owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pactdesk.core.facts.names import Party
from pactdesk.core.settle.reckoning import last_day
from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.dispute import Dispute, DisputeStep
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.durations import Duration
from pactdesk.core.units.periods import add_months
from pactdesk.core.worktime.calendars import CalendarNotPublished, WorkCalendar

Fen = Mapping[int, int]
"""Line number → fen."""

_LIMITS = {
    DisputeStep.ARBITRATION: 36,  # 民法典 188, 仲裁法: three years, new from each demand (195)
    DisputeStep.LITIGATION: 36,
    DisputeStep.LABOUR_ARBITRATION: 12,  # 劳动争议调解仲裁法 27
}
"""Months within which a rung must be taken, from the day on which the claim was put."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the route.

    place  the arbitration body or the venue, as the paper says it; empty where it says none
    until  the last day: of negotiation the agreed one, of the others the end of limitation
    """

    step: DisputeStep
    place: str = ""
    until: date | None = None


def undisputed_fen(billed: Fen, disputed: Iterable[int], claimed: Mapping[Party, Fen]) -> int:
    """What both sides say is owed at least, never below nothing.

    billed    every line of the statement
    disputed  the lines that are
    claimed   what each party says of them; the provider stands by what it billed until it says
              otherwise, and of a client that has not said anything nothing is taken for granted

    >>> undisputed_fen({1: 1000, 2: -50}, [2], {Party.CLIENT: {2: -90}})
    910
    """
    amounts = dict(billed)
    for number in disputed:
        line = billed[number]
        provider = claimed.get(Party.PROVIDER, {}).get(number, line)
        client = claimed.get(Party.CLIENT, {}).get(number, min(0, line))
        amounts[number] = min(provider, client)
    return max(0, sum(amounts.values()))


def difference_fen(billed: Fen, agreed: Fen) -> int:
    """What an agreement changes: above zero the client owes more, below it gets back."""
    return sum(fen - billed[number] for number, fen in agreed.items())


@dataclass(frozen=True, slots=True)
class LetOff:
    """What both agreed to let off of what a clause asked for; above zero."""

    clause: str
    fen: int


def standing_fen(
    issued: Fen, clauses: Mapping[int, str], agreed: Iterable[Fen | LetOff]
) -> dict[int, int]:
    """What each line stands at after all that both agreed on, one after the other.

    An agreement about lines says what they are from then on. What is let off moves the clause's
    lines towards nothing, the first ones first, and none beyond it.

    issued   every line of the statement
    clauses  line → its clause

    >>> standing_fen({1: -500, 2: -300}, {1: "d-1", 2: "d-1"}, [LetOff("d-1", 600)])
    {1: 0, 2: -200}
    """
    stands = dict(issued)
    for each in agreed:
        if not isinstance(each, LetOff):
            stands.update(each)
            continue
        left = each.fen
        for line in sorted(line for line, clause in clauses.items() if clause == each.clause):
            part = min(left, abs(stands[line]))
            stands[line] += part if stands[line] < 0 else -part
            left -= part
    return stands


def route_of(terms: Contract, opened_on: date, calendar: WorkCalendar) -> tuple[Rung, ...]:
    """The rungs of the dispute clause, in order; negotiation alone where there is none.

    The starting day is not counted (民法典 201), a last day off moves to a working day (203): where
    that year's calendar is not published yet, the day is told as it stands.
    """
    clause = terms.optional(Dispute)
    if clause is None or isinstance(clause.route, Blank):
        return (Rung(DisputeStep.NEGOTIATION),)
    return tuple(_rung(step, clause, opened_on, calendar) for step in clause.route)


def _rung(step: DisputeStep, clause: Dispute, opened_on: date, calendar: WorkCalendar) -> Rung:
    if step is DisputeStep.NEGOTIATION:
        days = clause.negotiation
        if not isinstance(days, Duration):
            return Rung(step)
        try:
            return Rung(step, "", last_day(days, opened_on, calendar, f"{clause.id}.negotiation"))
        except CalendarNotPublished:
            return Rung(step)
    place = ""
    if step is DisputeStep.ARBITRATION:
        place = _said(clause.arbitration_body)
    elif step is DisputeStep.LITIGATION:
        place = _said(clause.venue)
    if step not in _LIMITS:
        return Rung(step, place)
    until = add_months(opened_on, _LIMITS[step])
    try:
        return Rung(step, place, calendar.on_or_next_working_day(until))
    except CalendarNotPublished:
        return Rung(step, place, until)


def _said(word: str | Blank | None) -> str:
    return word if isinstance(word, str) else ""
