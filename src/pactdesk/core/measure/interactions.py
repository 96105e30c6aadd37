"""The fold of all facts of one episode: what happened to one conversation, call or ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.kinds import (
    Actor,
    Clock,
    ClockEvent,
    ClockMetric,
    FactKind,
    InteractionAbandoned,
    InteractionClassified,
    InteractionClosed,
    InteractionOpened,
    Rating,
)
from pactdesk.core.measure.clock import ClockRun, TimedClock, clock_run
from pactdesk.core.terms.clauses.scope import CaseType, Channel
from pactdesk.core.units.instants import Instant

TimedRating = tuple[Instant, Rating]

_KINDS = (
    FactKind.INTERACTION_OPENED,
    FactKind.INTERACTION_CLASSIFIED,
    FactKind.INTERACTION_CLOSED,
    FactKind.INTERACTION_ABANDONED,
    FactKind.CLOCK,
    FactKind.RATING,
)


@dataclass(frozen=True, slots=True)
class Interaction:
    """One episode; events in time order, so that any cut-off can be asked for.

    opened_as                its case type when it came; what was said later: `case_type`
    closed_at, abandoned_at  every such instant; a later reopening is seen in the clocks
    """

    id: str
    opened_at: Instant
    channel: Channel
    opened_as: CaseType | None
    customer: str | None
    closed_at: tuple[Instant, ...] = ()
    abandoned_at: tuple[Instant, ...] = ()
    clocks: Mapping[ClockMetric, tuple[TimedClock, ...]] = field(default_factory=dict)
    ratings: tuple[TimedRating, ...] = ()
    called: tuple[tuple[Instant, CaseType], ...] = ()

    def case_type(self, cutoff: Instant) -> CaseType | None:
        """What it is about, by the last word on it before `cutoff`."""
        told = [case_type for at, case_type in self.called if at < cutoff]
        return told[-1] if told else self.opened_as

    def run(self, metric: ClockMetric, cutoff: Instant) -> ClockRun | None:
        """The clock of `metric` as it stood just before `cutoff`."""
        return clock_run(self.clocks.get(metric, ()), cutoff)

    def progress_at(self, cutoff: Instant) -> Instant | None:
        """When the customer was first told of clear progress by a person, before `cutoff`."""
        for at, clock in self.clocks.get(ClockMetric.RESOLUTION, ()):
            if at < cutoff and clock.event is ClockEvent.PROGRESS and clock.actor is Actor.AGENT:
                return at
        return None

    def was_closed(self, cutoff: Instant, run: ClockRun | None = None) -> bool:
        """Whether it had been closed before `cutoff`.

        run  a clock: a closing before its last start was undone by a reopening
        """
        opened = run.running[-1][0] if run else None
        return any(at < cutoff and (opened is None or at >= opened) for at in self.closed_at)

    def has_ended(self, cutoff: Instant, run: ClockRun | None = None) -> bool:
        """Whether it had been closed or abandoned before `cutoff`; `run` as in `was_closed`."""
        return self.was_closed(cutoff, run) or self.was_abandoned(cutoff)

    def was_abandoned(self, cutoff: Instant) -> bool:
        """Whether the customer had left unanswered before `cutoff`."""
        return any(at < cutoff for at in self.abandoned_at)


@dataclass(slots=True)
class _Draft:
    opened: list[tuple[Instant, InteractionOpened]] = field(default_factory=list)
    closed: list[Instant] = field(default_factory=list)
    abandoned: list[Instant] = field(default_factory=list)
    clocks: dict[ClockMetric, list[TimedClock]] = field(default_factory=lambda: defaultdict(list))
    ratings: list[TimedRating] = field(default_factory=list)
    called: list[tuple[Instant, CaseType]] = field(default_factory=list)


def interactions(facts: Iterable[RecordedFact]) -> tuple[Interaction, ...]:
    """All interactions, ordered by opening and id; the order of the facts does not matter.

    Events at the same millisecond are taken by source and event id. Facts about an interaction
    that nobody opened make no interaction; `unopened` lists them.
    """
    drafts = _drafts(facts)
    folded = [_interaction(name, draft) for name, draft in drafts.items() if draft.opened]
    return tuple(sorted(folded, key=lambda each: (each.opened_at, each.id)))


def unopened(facts: Iterable[RecordedFact]) -> tuple[str, ...]:
    """Ids that facts speak of although no fact opened them."""
    return tuple(sorted(name for name, draft in _drafts(facts).items() if not draft.opened))


def _drafts(facts: Iterable[RecordedFact]) -> dict[str, _Draft]:
    drafts: dict[str, _Draft] = defaultdict(_Draft)
    for each in as_happened(facts, *_KINDS):
        at = each.fact.occurred_at
        match each.fact.detail:
            case InteractionOpened() as opened:
                drafts[opened.interaction].opened.append((at, opened))
            case InteractionClassified() as said:
                drafts[said.interaction].called.append((at, said.case_type))
            case InteractionClosed() as closed:
                drafts[closed.interaction].closed.append(at)
            case InteractionAbandoned() as abandoned:
                drafts[abandoned.interaction].abandoned.append(at)
            case Clock() as clock:
                drafts[clock.interaction].clocks[clock.metric].append((at, clock))
            case Rating() as rating:
                drafts[rating.interaction].ratings.append((at, rating))
            case _:
                pass
    return drafts


def _interaction(name: str, draft: _Draft) -> Interaction:
    opened_at, opened = draft.opened[0]
    return Interaction(
        id=name,
        opened_at=opened_at,
        channel=opened.channel,
        opened_as=opened.case_type,
        customer=opened.customer,
        closed_at=tuple(draft.closed),
        abandoned_at=tuple(draft.abandoned),
        clocks={metric: tuple(events) for metric, events in draft.clocks.items()},
        ratings=tuple(draft.ratings),
        called=tuple(draft.called),
    )
