"""The clocks of conversations: what each contract promises, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from uuid import UUID

from pactdesk.apps.contracts.errors import ContractUnknown, TermsNotYet
from pactdesk.apps.contracts.models import Contract as ContractRow
from pactdesk.apps.contracts.models import TermsVersion
from pactdesk.apps.contracts.queries import version_of
from pactdesk.apps.contracts.values import to_terms
from pactdesk.apps.conversations.kinds import State
from pactdesk.apps.conversations.models import Conversation
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.facts.kinds import ClockMetric
from pactdesk.core.measure.deadlines import CLOCKS, Deadline, Promise, deadline, promises
from pactdesk.core.measure.interactions import Interaction
from pactdesk.core.measure.opening import opening_hours
from pactdesk.core.terms.base import BlankLeft, agreed
from pactdesk.core.terms.clauses import service_level as terms
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.core.worktime.grid import DayGrid
from pactdesk.documents.explain.held import held_on
from pactdesk.messages.catalogue import text
from pactdesk.web.ui.values import Clock, ClockState, running_clock
from pactdesk.web.ui.words import page_language

_AROUND = timedelta(days=31)
_AHEAD_MS = 24 * 3_600_000  # pages that stay open ask again long before


class ContractClocks:
    """The promises of one contract, and its service hours."""

    def __init__(self, contract: Contract, grid: DayGrid) -> None:
        self.contract = contract
        self.grid = grid
        self.levels = contract.of_kind(terms.ServiceLevel)

    def deadlines(self, interaction: Interaction, at: Instant) -> list[Deadline]:
        """How the interaction stands to each promise whose clock has started."""
        found = []
        for clause in promises(self.levels, interaction, at):
            try:
                one = deadline(clause, interaction, self.grid, at)
            except BlankLeft:
                continue  # a draft: nothing is promised yet
            if one is not None:
                found.append(one)
        return found

    def face(self, told: Deadline, now: Instant, conversation: Conversation) -> Clock:
        """The clock as a page shows it."""
        label = label_of(told.clause)
        if told.state is Promise.RUNNING and told.due_at is not None:
            hours = self._hours(told.clause, now, told.due_at)
            return running_clock(label, now=now, due_at=told.due_at, hours=hours)
        if told.state is Promise.PAUSED:
            reason = say(f"wait.{conversation.wait_reason or 'paused'}")
            if conversation.state == State.RESOLVED:
                reason = say("state.resolved")
            return Clock(label, ClockState.PAUSED, told.left_ms, now, reason=reason)
        if told.state is Promise.UNKNOWN:
            return Clock(label, ClockState.PAUSED, told.limit_ms, now, reason=say("no_calendar"))
        used = told.used_ms or 0
        if told.state is Promise.KEPT:
            return Clock(label, ClockState.MET, used, now)
        late = max(used - told.limit_ms, 0)
        # One with a deadline is still open, and gets later while the desk is open.
        to_come = self._hours(told.clause, now, Instant(now + _AHEAD_MS)) if told.due_at else ()
        return Clock(label, ClockState.MISSED, late, now, hours=to_come)

    def _hours(
        self, clause: terms.ServiceLevel, now: Instant, due_at: Instant
    ) -> tuple[tuple[Instant, Instant], ...]:
        end = Instant(due_at + 1)
        if clause.clock is terms.Clock.WALL_CLOCK:
            return ((now, end),)
        return self.grid.open_between(now, end)


def clocks_of(
    scope: Scope, contracts: Iterable[ContractRow], now: Instant
) -> dict[UUID, ContractClocks]:
    """Contract → its clocks; a contract without terms in force has none."""
    found = {}
    for contract in contracts:
        day = local_day(now, zone_named(contract.zone))
        try:
            prepared = _prepared(version_of(scope, contract.id, day), now)
        except (ContractUnknown, TermsNotYet, BlankLeft):
            continue  # a draft promises nothing yet
        if prepared is not None:
            found[contract.id] = prepared
    return found


def label_of(clause: terms.ServiceLevel) -> str:
    """First response or resolution, in words."""
    metric = CLOCKS[agreed(clause.metric)]
    return say("clock." + ("response" if metric is ClockMetric.FIRST_RESPONSE else "resolution"))


def is_pending(told: Deadline) -> bool:
    """Whether something can still be done for it: it is not fulfilled."""
    return told.state in (Promise.RUNNING, Promise.PAUSED, Promise.UNKNOWN) or (
        told.state is Promise.BROKEN and told.due_at is not None
    )


def urgency(told: Deadline) -> tuple[int, int]:
    """Sorts the most urgent first: broken and still unanswered, then by deadline, then paused."""
    if told.state is Promise.BROKEN and told.due_at is not None:
        return (0, told.due_at)
    if told.due_at is not None:
        return (1, told.due_at)
    return (2, 0) if is_pending(told) else (3, 0)


def say(key: str, **facts: object) -> str:
    """A text of the desk's pages."""
    return text("desk", key, page_language(), **facts)


# (hash of the terms, day) → their clocks. A day's grid grows as it is asked; tomorrow begins anew.
_PREPARED: dict[tuple[str, int], ContractClocks] = {}
_MOST = 256


def _prepared(version: TermsVersion, now: Instant) -> ContractClocks | None:
    stored = to_terms(version)
    today = local_day(now, zone_named(stored.zone))
    key = (version.terms_hash, today.toordinal())
    if key not in _PREPARED:
        contract = held_on(stored, today)
        clause = contract.optional(ServiceHours)
        if clause is None:
            return None
        hours = opening_hours(clause, contract.zone)
        grid = DayGrid.build(hours, _calendar(), today - _AROUND, today + _AROUND)
        if len(_PREPARED) >= _MOST:
            _PREPARED.clear()
        _PREPARED[key] = ContractClocks(contract, grid)
    return _PREPARED[key]


@cache
def _calendar() -> WorkCalendar:
    return load_china()
