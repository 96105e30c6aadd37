"""What has to be told so that a clock's facts say when somebody really worked.

A fact is never changed, and a clock-in or clock-out that was wrong stays in the log. Whoever pairs
them (`seat_time.clocked`) takes the next clock-out for a clock-in, drops a clock-in that another
one follows, and drops a clock-out without one. So facts that are added, each at an instant of its
own choice, can make any times out of any others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pactdesk.core.facts.names import AttendanceEvent
from pactdesk.core.measure.intervals import Interval, union
from pactdesk.core.units.instants import Instant

IN, OUT = AttendanceEvent.CLOCK_IN, AttendanceEvent.CLOCK_OUT
OPEN_END = Instant(2**53)
"""The end of a time at work that goes on."""

Events = Sequence[tuple[Instant, AttendanceEvent]]


@dataclass(frozen=True, slots=True)
class Told:
    """One fact to add; `is_first`: it has to stand before what is known of the same instant."""

    at: Instant
    event: AttendanceEvent
    is_first: bool = False


def corrected(events: Events, worked: Iterable[Interval]) -> tuple[Told, ...]:
    """The fewest facts that make `events` say `worked`, in the order of time.

    events  what the log has, as it happened; before the first nobody was clocked in
    worked  the times at work; one that goes on ends at `OPEN_END`

    >>> nine, six = Instant(9), Instant(18)
    >>> corrected([(nine, IN)], [(nine, six)])
    (Told(at=18, event=<AttendanceEvent.CLOCK_OUT: 'clock_out'>, is_first=False),)
    """
    wanted = union(worked)
    known = _by_instant(events)
    ends = {at for one in wanted for at in one if at != OPEN_END}
    told: list[Told] = []
    lonely: Instant | None = None
    for at in sorted(known.keys() | ends):
        found = known.get(at, [])
        was_in, is_in = _state(wanted, at)
        begins_with_out = bool(found) and found[0] is OUT
        if not was_in and lonely is not None and begins_with_out:
            # A clock-in that counts nothing would pair with this clock-out.
            told.append(Told(lonely, OUT))
        if was_in and not begins_with_out and (found or not is_in):
            told.append(Told(at, OUT, is_first=bool(found)))
        ends_in = found[-1] is IN if found else was_in and is_in
        if is_in and not ends_in:
            told.append(Told(at, IN))
        lonely = at if ends_in and not is_in else None
    return tuple(sorted(told, key=lambda each: each.at))


def _state(wanted: Sequence[Interval], at: Instant) -> tuple[bool, bool]:
    """Whether somebody was to be at work just before the instant, and from it on."""
    before = any(start < at <= end for start, end in wanted)
    after = any(start <= at < end for start, end in wanted)
    return before, after


def _by_instant(events: Events) -> Mapping[Instant, list[AttendanceEvent]]:
    found: dict[Instant, list[AttendanceEvent]] = {}
    for at, event in events:
        found.setdefault(at, []).append(event)
    return found


def applied(events: Events, told: Iterable[Told]) -> Iterator[tuple[Instant, AttendanceEvent]]:
    """All events in the order in which they are paired then."""
    numbered = [(at, 1, event) for at, event in events]
    numbered += [(each.at, 0 if each.is_first else 2, each.event) for each in told]
    for at, _, event in sorted(numbered, key=lambda each: each[:2]):
        yield at, event
