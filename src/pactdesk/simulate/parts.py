"""The parts of a scenario: demand, handling, people, platform, recording, earlier months.

Days are counted as open days of the simulated period (1 is the first day with service hours),
so that the same scenario fits any month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pactdesk.core.facts.kinds import Actor, CaseType, Channel, Party
from pactdesk.core.terms.clauses.service_level import Metric
from pactdesk.simulate.limits import (
    ClockTime,
    Count,
    DecimalShare,
    Factor,
    Factors,
    FractionShare,
    Items,
    Positive,
    PositiveCount,
    Share,
    Whole,
)


@dataclass(frozen=True, slots=True)
class Spread:
    """A length of time: lognormal around `median_s`, never longer than `most_s` (seconds)."""

    median_s: Positive
    sigma: Factor
    most_s: Positive


@dataclass(frozen=True, slots=True)
class Demand:
    """How many customers come through one channel.

    per_day     expected in 24 hours of a day whose factor is 1
    by_hour     24 weights, local hours 0 to 23
    by_weekday  factors, Monday to Sunday; holidays and make-up days have their own
    """

    channel: Channel
    per_day: Factor
    by_hour: Annotated[Factors, Items(24)]
    by_weekday: Annotated[Factors, Items(7)] = (1.12, 1.04, 1.0, 0.97, 1.02, 0.25, 0.2)
    on_holidays: Factor = 0.15
    on_make_up_days: Factor = 0.8


@dataclass(frozen=True, slots=True)
class Promotion:
    """A day on which more customers come."""

    open_day: PositiveCount
    factor: Factor


@dataclass(frozen=True, slots=True)
class Handling:
    """How one channel is served.

    urgency   who waits in a channel with a smaller number is taken first
    slots     how much of an agent one contact takes; None: the whole agent, as a call does
    reply     from being taken to the agent's first words; a call: the ringing
    work      from the first words to the end of the contact
    patience  how long a customer queues before leaving; None: for ever
    stays     share of those who find the desk closed and leave a message instead of leaving
    rated     share of contacts that are rated
    case_mix  weights of consult, complaint, suggestion
    """

    channel: Channel
    urgency: Whole
    slots: PositiveCount | None
    reply: Spread
    work: Spread
    patience: Spread | None
    stays: Share
    rated: Share
    case_mix: Annotated[Factors, Items(3)] = (0.83, 0.1, 0.07)


@dataclass(frozen=True, slots=True)
class CaseHabits:
    """What follows from the kind of case.

    ahead       how much more urgent than its channel
    work        factor on the time it takes
    waits       share that must wait for somebody
    slow        share that a colleague looks into later, while the clock runs
    unresolved  share that ends without a solution
    reopened    share of solved cases with which the customer comes back
    """

    case_type: CaseType
    ahead: Whole
    work: Positive
    waits: Share
    slow: Share
    unresolved: Share
    reopened: Share


@dataclass(frozen=True, slots=True)
class Wait:
    """A reason why the resolution clock is paused.

    actor   who ends it
    proof   what its number begins with: a message, a waybill, a confirmation of the client
    silent  share in which nobody ever answers; the case is then closed without a solution
    """

    reason: str
    actor: Actor
    proof: str
    weight: Factor
    lasts: Spread
    silent: Share = 0


@dataclass(frozen=True, slots=True)
class Agent:
    """One person on the roster.

    starts_after_minutes  after the first opening of a day
    slots                 contacts at the same time
    pace                  factor on the time that work takes
    """

    name: str
    channels: tuple[Channel, ...]
    starts_after_minutes: Count = 0
    slots: PositiveCount = 3
    pace: Positive = 1


@dataclass(frozen=True, slots=True)
class AgentDay:
    """An agent on one open day."""

    agent: str
    open_day: PositiveCount


@dataclass(frozen=True, slots=True)
class ShareChange:
    """From an open day on, this share ("1/2") of the agent belongs to the contract."""

    agent: str
    open_day: PositiveCount
    share: FractionShare


@dataclass(frozen=True, slots=True)
class Shifts:
    """When the agents are there.

    hours_a_day          of service time; after it an agent goes home
    break_after_minutes  a stretch of open time longer than this is left once for `break_minutes`,
                         one agent `relief_minutes` after the other
    early_s              agents come up to this early, except `late_share` of the times
    overtime             how long they stay after their last contact
    slower_per_contact   each further contact at the same time makes a reply so much slower
    """

    hours_a_day: Positive = 8
    break_after_minutes: PositiveCount = 300
    break_minutes: Count = 45
    relief_minutes: Count = 30
    early_s: Count = 300
    late_share: Share = 0.06
    late: Spread = Spread(median_s=150, sigma=0.7, most_s=1_500)
    overtime: Spread = Spread(median_s=60, sigma=0.8, most_s=600)
    slower_per_contact: Factor = 0.3
    absences: tuple[AgentDay, ...] = (AgentDay("agent-05", 6), AgentDay("agent-02", 12))
    forgotten_clock_outs: tuple[AgentDay, ...] = (AgentDay("agent-03", 9),)
    share_changes: tuple[ShareChange, ...] = (
        ShareChange("agent-06", 8, "1/2"),
        ShareChange("agent-06", 13, "1"),
    )


@dataclass(frozen=True, slots=True)
class Resolution:
    """What happens to a case after the first contact.

    slow         until the colleague takes it up
    follow_up    work of taking it up again, and its place in the queue
    silence      after which an unanswered case is closed
    comes_back   from the closing to the reopening
    closes_after from the solution to the closing
    """

    slow: Spread = Spread(median_s=45_000, sigma=0.9, most_s=345_600)
    follow_up: Spread = Spread(median_s=240, sigma=0.6, most_s=1_800)
    follow_up_urgency: Whole = 40
    silence: Spread = Spread(median_s=172_800, sigma=0.2, most_s=345_600)
    comes_back: Spread = Spread(median_s=21_600, sigma=1.0, most_s=345_600)
    closes_after: Spread = Spread(median_s=120, sigma=0.8, most_s=1_800)


FivePoints = Annotated[Factors, Items(5)]


@dataclass(frozen=True, slots=True)
class Ratings:
    """How customers rate: weights of one to five points.

    slow_after_s  of service time until the first words; from then on `when_slow` holds
    changed       share that rate a second time
    """

    slow_after_s: Positive = 45
    when_fast: FivePoints = (0.01, 0.01, 0.035, 0.3, 0.645)
    when_slow: FivePoints = (0.08, 0.09, 0.17, 0.33, 0.33)
    when_unresolved: FivePoints = (0.25, 0.2, 0.25, 0.2, 0.1)
    given_after: Spread = Spread(median_s=180, sigma=0.9, most_s=7_200)
    changed: Share = 0.04
    changed_after: Spread = Spread(median_s=10_800, sigma=0.7, most_s=172_800)


@dataclass(frozen=True, slots=True)
class Incident:
    """From a local time of an open day, for some minutes."""

    open_day: PositiveCount
    at: ClockTime
    minutes: PositiveCount


@dataclass(frozen=True, slots=True)
class ExcludedTime:
    """Time that should not be judged, and who approved that, how many hours after its end."""

    when: Incident
    cause: str
    approved_by: tuple[Party, ...]
    approved_after_hours: Count = 26


@dataclass(frozen=True, slots=True)
class Platform:
    """The system that customers and agents use, and the probes that watch it.

    arrivals_in_outage  factor on the written contacts that still get through
    """

    target: str = "desk"
    probe_every_s: PositiveCount = 300
    outages: tuple[Incident, ...] = (Incident(open_day=7, at="14:05", minutes=95),)
    missing_probes: tuple[Incident, ...] = (Incident(open_day=11, at="10:20", minutes=40),)
    arrivals_in_outage: Share = 0.15
    exclusions: tuple[ExcludedTime, ...] = (
        ExcludedTime(
            Incident(open_day=7, at="13:25", minutes=90),
            "platform_fault",
            (Party.PROVIDER, Party.CLIENT),
        ),
        ExcludedTime(Incident(open_day=14, at="16:00", minutes=60), "typhoon", (Party.PROVIDER,)),
    )


@dataclass(frozen=True, slots=True)
class AutomaticReply:
    """What the system says of itself; never a first response."""

    share: Share = 0.7
    after: Spread = Spread(median_s=2, sigma=0.3, most_s=5)


@dataclass(frozen=True, slots=True)
class Recording:
    """How facts reach the log.

    delay             from the event to the log
    every_s           facts are handed over together at such a step
    late_share        of ratings and attendance facts that come days late
    late              how late
    redelivered_every one fact in so many is delivered twice; 0: none
    redelivered       how long afterwards
    """

    delay: Spread = Spread(median_s=8, sigma=0.9, most_s=240)
    every_s: PositiveCount = 5
    late_share: Share = 0.006
    late: Spread = Spread(median_s=259_200, sigma=0.3, most_s=518_400)
    redelivered_every: Count = 6_000
    redelivered: Spread = Spread(median_s=600, sigma=0.4, most_s=3_600)


@dataclass(frozen=True, slots=True)
class MissedLevel:
    """A level is found in the contract by what it measures, not by its id."""

    metric: Metric
    case_type: CaseType | None = None


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of a statement, paid some working days after the invoice came."""

    after_working_days: PositiveCount
    share: DecimalShare


@dataclass(frozen=True, slots=True)
class EarlierMonth:
    """What became of a month before the simulated period.

    months_before       1 is the month directly before
    of_fee              its statement, as a share of the contract's fee for that month
    issued_working_day  1 is the first working day after the month; the invoice follows
                        `invoice_working_days` later
    """

    months_before: PositiveCount
    of_fee: DecimalShare
    issued_working_day: PositiveCount
    invoice_working_days: Count
    payments: tuple[Instalment, ...]
    missed: tuple[MissedLevel, ...] = ()
