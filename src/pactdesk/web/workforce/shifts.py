"""One shift as pages show it: what was agreed, and how the clock says it was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from pactdesk.apps.workforce.kinds import ShiftState, StintState
from pactdesk.apps.workforce.models import Shift, Stint
from pactdesk.core.measure.intervals import Intervals, union
from pactdesk.core.measure.roster import Kept, Planned, punctuality
from pactdesk.core.units.exact import exact_value
from pactdesk.core.units.instants import Instant, local_day
from pactdesk.web.workforce.team import name_of
from pactdesk.web.workforce.words import day_text, say, span_text

_TONES = {
    Kept.KEPT: "good",
    Kept.LATE: "warn",
    Kept.LEFT_EARLY: "warn",
    Kept.LATE_AND_EARLY: "warn",
    Kept.ABSENT: "bad",
}
_STATE_TONES = {ShiftState.OFFERED: "info", ShiftState.ASKED: "warn", ShiftState.AGREED: "good"}


@dataclass(frozen=True, slots=True)
class ShownShift:
    """One shift; `is_mine_to_answer`: the reader says yes or no."""

    shift: UUID
    name: str
    day: str
    times: str
    share: str
    state: str
    tone: str
    is_mine_to_answer: bool
    may_withdraw: bool
    title: str = ""


def planned(shift: Shift) -> Planned:
    """As seats are counted."""
    share = exact_value(shift.share)
    return Planned(Instant(shift.starts_at_ms), Instant(shift.ends_at_ms), share)


def shown_shift(
    shift: Shift,
    zone: ZoneInfo,
    names: Mapping[UUID, str],
    stints: Sequence[Stint],
    now: Instant,
    *,
    leads: bool,
    title: str = "",
) -> ShownShift:
    """As its lead (`leads`) or its agent sees it."""
    state = ShiftState(shift.state)
    waits_for = ShiftState.ASKED if leads else ShiftState.OFFERED
    words, tone = say(f"shift.{state}" if leads else f"shift_own.{state}"), _STATE_TONES[state]
    start, end = Instant(shift.starts_at_ms), Instant(shift.ends_at_ms)
    if state is ShiftState.AGREED and start <= now:
        words, tone = _kept(shift, stints, now)
    elif end <= now:
        words, tone = say("shift.lapsed"), ""
    return ShownShift(
        shift=shift.pk,
        name=name_of(shift.person_id, names),
        day=day_text(local_day(start, zone)),
        times=span_text(start, end, zone),
        share="" if shift.share == "1" else shift.share,
        state=words,
        tone=tone,
        is_mine_to_answer=state is waits_for and end > now,
        may_withdraw=start > now and state is not waits_for,
        title=title,
    )


def _kept(shift: Shift, stints: Sequence[Stint], now: Instant) -> tuple[str, str]:
    found = punctuality(
        (Instant(shift.starts_at_ms), Instant(shift.ends_at_ms)), clock_of(shift, stints, now), now
    )
    if found.kept is Kept.TO_COME:
        return say("shift.agreed"), "good"
    words = say(f"kept.{found.kept}")
    if found.late_minutes:
        words += say("kept.late_by", count=found.late_minutes)
    if found.early_minutes:
        words += say("kept.early_by", count=found.early_minutes)
    return words, _TONES[found.kept]


def clock_of(shift: Shift, stints: Sequence[Stint], now: Instant) -> Intervals:
    """When that person was clocked in for that contract; what goes on ends now.

    Whoever clocks in this very millisecond is there.
    """
    return union(
        (Instant(each.started_at_ms), Instant(each.ended_at_ms or max(now, each.started_at_ms + 1)))
        for each in stints
        if each.person_id == shift.person_id
        and each.contract_id == shift.contract_id
        and each.state in (StintState.OPEN, StintState.ENDED)
    )
