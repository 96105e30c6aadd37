"""What cannot have happened in this order, inside one row or group.

A table of times of day that runs past midnight also looks like this. Adding a day would be a
guess, so the row is refused, and the mapping or the file has to say the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import AttendanceEvent, ClockEvent, FactKind
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, iso_text
from pactdesk.gateways.tabular.cells import Row
from pactdesk.gateways.tabular.times import TimeOf, TimeReader

_FIRST_EVENTS = {
    FactKind.CLOCK: ClockEvent.ACTIVATE.value,
    FactKind.ATTENDANCE: AttendanceEvent.CLOCK_IN.value,
}
"""Kind → the event that comes before all others of the same thing."""
_NO_EVENT = "-"
_SERIES = ("interaction", "metric", "agent")

_Moment = tuple[Instant, str]
"""When, and under which column it stands."""
_Thing = tuple[object, ...]
"""What facts are events of: an interaction, one of its clocks, an agent's day."""


class TimesBackwards(PactError):
    """The time under `column` (`later`) lies before the one under `before` (`earlier`)."""


def check_sequence(times: Sequence[TimeOf], row: Row, reader: TimeReader) -> None:
    """Raises TimesBackwards unless the times that the row has come in the order of `times`."""
    last: tuple[Instant, str] | None = None
    for each in times:
        column = reader.column(each, row)
        if column is not None:
            at = reader.instant(each, row)
            if last is not None:
                _check(last, (at, column), reader.zone)
            last = (at, column)


def check_order(told: Sequence[tuple[Fact, str]], zone: ZoneInfo | None) -> None:
    """Raises TimesBackwards unless openings, activations and clock-ins come first.

    told  facts of one row, each with the column of its time
    zone  in which a message tells the times
    """
    begun: dict[_Thing, _Moment] = {}
    moments: list[tuple[_Thing, _Moment]] = []
    for fact, column in told:
        moment = (fact.occurred_at, column)
        series = (fact.kind, *map(fact.measured.get, _SERIES))
        moments.append((series, moment))
        if fact.measured.get("event") == _FIRST_EVENTS.get(fact.kind, _NO_EVENT):
            begun[series] = min(begun.get(series, moment), moment)
        if "interaction" in fact.measured:
            whole = (None, fact.measured["interaction"])
            moments.append((whole, moment))
            if fact.kind is FactKind.INTERACTION_OPENED:
                begun[whole] = min(begun.get(whole, moment), moment)
    for thing, moment in moments:
        if thing in begun:
            _check(begun[thing], moment, zone)


def _check(first: _Moment, second: _Moment, zone: ZoneInfo | None) -> None:
    if second[0] < first[0]:
        raise TimesBackwards(
            column=second[1],
            later=iso_text(second[0], zone),
            before=first[1],
            earlier=iso_text(first[0], zone),
        )
