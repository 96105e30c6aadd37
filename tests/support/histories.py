"""Random histories: what happened under a contract, in a log that is sealed day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.fields import Measured as Detail
from pactdesk.core.facts.kinds import (
    Actor,
    Assignment,
    Attendance,
    AttendanceEvent,
    Clock,
    ClockEvent,
    ClockMetric,
    Exclusion,
    InteractionAbandoned,
    InteractionClassified,
    InteractionClosed,
    InteractionOpened,
    InvoiceReceived,
    Party,
    Payment,
    Probe,
    Rating,
    StatementConfirmed,
    StatementIssued,
    StatementReceived,
    Verdict,
)
from pactdesk.core.facts.log import FactLog, seal_through
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.core.terms.clauses.scope import CaseType, Channel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.instants import Instant, Milliseconds, day_start, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.gateways.keys import SigningKey

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000


def sealed_log(
    rng: Random,
    contract: Contract,
    period: Period,
    key: SigningKey,
    also: Iterable[tuple[int, Detail]] = (),
) -> FactLog:
    """A log of one to four recorded days, with conflicts before and after a seal.

    also  what else happened, and when
    """
    log = MemoryFactLog(contract.contract_id, zone_named(contract.zone))
    facts = [
        Fact.of(
            detail,
            contract_id=contract.contract_id,
            source=rng.choice(["chat", "phone", "后台"]),
            event_id=f"e-{number}",
            occurred_at=Instant(at),
        )
        for number, (at, detail) in enumerate([*random_events(rng, contract, period), *also])
    ]
    rng.shuffle(facts)
    first = period.end + timedelta(days=rng.randint(1, 3))
    days = [first + timedelta(days=n) for n in range(rng.randint(1, 4))]
    for number, day in enumerate(days):
        share = facts[number :: len(days)]
        if not number or rng.random() < 0.8:
            doubled = [each for each in share if rng.random() < 0.02]
            log.record([*_recorded(rng, share, day, log), *_changed(rng, doubled, day, log)])
        if number and rng.random() < 0.5:
            log.record(_changed(rng, rng.sample(facts, 1), day, log))
        seal_through(log, day, key)
    return log


def _recorded(
    rng: Random, facts: list[Fact], day: date, log: MemoryFactLog
) -> Iterator[RecordedFact]:
    start = day_start(day, log.zone)
    return (RecordedFact(each, Instant(start + rng.randrange(20 * HOUR))) for each in facts)


def _changed(
    rng: Random, facts: list[Fact], day: date, log: MemoryFactLog
) -> Iterator[RecordedFact]:
    """The same ids, told otherwise."""
    others = [
        Fact(
            each.contract_id,
            each.source,
            each.event_id,
            each.kind,
            Instant(each.occurred_at + 1),
            each.measured,
            each.personal,
        )
        for each in facts
    ]
    return _recorded(rng, others, day, log)


_Event = tuple[int, Detail]


def random_events(rng: Random, contract: Contract, period: Period) -> Iterator[_Event]:
    """Everything that happened around the month."""
    zone = zone_named(contract.zone)
    start, end = day_start(period.start, zone), day_start(period.end, zone)
    levels = [clause.id for clause in contract.clauses if clause.kind == "service_level"]
    for number in range(rng.randint(0, 14)):
        yield from _interaction(rng, f"i-{number}", start, end)
    for agent in ("甲", "agent-2", "agent-3")[: rng.randint(0, 3)]:
        yield from _seat(rng, agent, start, end)
    for _ in range(rng.randint(0, 12)):
        at = rng.randrange(start - DAY, end)
        covers = Milliseconds(rng.choice([MINUTE, HOUR, 9 * HOUR, 5 * DAY]))
        yield at, Probe("portal", rng.random() < 0.75, covers)
    for _ in range(rng.randint(0, 3)):
        at = rng.randrange(start - DAY, end)
        yield (
            at,
            Exclusion(
                start=Instant(at),
                end=Instant(at + rng.choice([1, HOUR, 3 * DAY])),
                clauses=rng.choice([(), (), tuple(rng.sample(levels, 1))]),
                cause=rng.choice(["停电", "force majeure", "no_clock"]),
                approved_by=rng.choice(
                    [(Party.PROVIDER, Party.CLIENT), (Party.CLIENT, Party.PROVIDER), ()]
                ),
            ),
        )
    yield from _earlier_statements(rng, levels, period, start, end)


def _interaction(rng: Random, name: str, start: int, end: int) -> Iterator[_Event]:
    at = rng.randrange(start - 4 * DAY, end + DAY)
    if rng.random() < 0.1:
        at = rng.choice([start, end, start - 1, end - 1])
    yield (
        at,
        InteractionOpened(
            name,
            rng.choice(list(Channel)),
            rng.choice([None, *CaseType]),
            rng.choice([None, "c-1"]),
        ),
    )
    for metric in ClockMetric:
        if rng.random() < 0.8:
            yield from _clock(rng, name, metric, at)
    if rng.random() < 0.3:
        yield at + _some_time(rng), InteractionAbandoned(name)
    if rng.random() < 0.5:
        yield at + _some_time(rng), InteractionClosed(name)
    for _ in range(rng.choice([0, 0, 1, 2])):
        scale = rng.choice([5, 10, 1])
        yield at + _some_time(rng), Rating(name, rng.randint(0, scale), scale)
    if rng.random() < 0.05:
        yield at + _some_time(rng), InteractionOpened(name, Channel.EMAIL)
    # Drawn by itself: the months of known seeds stay what they were.
    again = Random(f"{name} {at}")
    if again.random() < 0.3:
        yield at + _some_time(again), InteractionClassified(name, again.choice(list(CaseType)))


def _clock(rng: Random, name: str, metric: ClockMetric, at: int) -> Iterator[_Event]:
    """Mostly activate, wait, fulfil; sometimes any events in any order."""
    usual = [ClockEvent.ACTIVATE]
    if rng.random() < 0.4:
        usual += [ClockEvent.PAUSE, ClockEvent.RESUME]
    if rng.random() < 0.75:
        usual.append(ClockEvent.FULFIL)
    if metric is ClockMetric.RESOLUTION and rng.random() < 0.3:
        usual += [ClockEvent.ACTIVATE, ClockEvent.FULFIL][: rng.randint(1, 2)]
    if rng.random() < 0.15:
        usual = rng.choices(list(ClockEvent), k=rng.randint(1, 6))
    for event in usual:
        reason = "等客户" if event is ClockEvent.PAUSE else None
        actor = rng.choice([Actor.AGENT, Actor.AGENT, Actor.AGENT, Actor.SYSTEM, None])
        yield at, Clock(name, metric, event, reason, actor)
        at += _some_time(rng)


def _some_time(rng: Random) -> int:
    exactly = [0, 1, SECOND, 30 * SECOND, 90 * SECOND, 20 * MINUTE, 2 * HOUR]
    most = rng.choice([2 * MINUTE, 40 * MINUTE, 10 * HOUR, 4 * DAY])
    return rng.choice(exactly) if rng.random() < 0.3 else rng.randrange(most)


def _seat(rng: Random, agent: str, start: int, end: int) -> Iterator[_Event]:
    at = start - rng.randrange(2 * DAY)
    while at < end + DAY:
        event = rng.choice(list(AttendanceEvent))
        yield at, Attendance(agent, event)
        at += rng.choice([0, HOUR, 9 * HOUR, rng.randrange(9 * DAY)])
    for _ in range(rng.choice([0, 0, 1, 3])):
        share = rng.choice([Fraction(0), Fraction(1, 2), Fraction(1, 3), Fraction(1)])
        yield rng.randrange(start - DAY, end + DAY), Assignment(agent, str(share))


def _earlier_statements(
    rng: Random, levels: list[str], period: Period, start: int, end: int
) -> Iterator[_Event]:
    for back in range(rng.randint(0, 4)):
        if rng.random() < 0.1:
            continue
        month = Period.counted(period.start, -back if rng.random() < 0.05 else -back - 1)
        name, total = f"S-{month}", rng.choice([2_000_000, 999_999, 1, 0, -5_000])
        at = start - back * 30 * DAY + rng.randrange(5 * DAY)
        verdicts = {level: rng.choice(list(Verdict)) for level in levels if rng.random() < 0.9}
        yield at, StatementIssued(name, str(month), total, verdicts)
        if rng.random() < 0.1:
            yield at + HOUR, StatementIssued(name, str(month), total + 1, {})
        for happened in (StatementReceived, StatementConfirmed, InvoiceReceived):
            for _ in range(rng.choice([0, 1, 1, 2])):
                yield at + rng.randrange(6 * DAY), happened(name)
        for _ in range(rng.choice([0, 0, 1, 2, 3])):
            paid = rng.choice([total, total // 3, 1])
            if paid > 0:
                yield min(at + rng.randrange(50 * DAY), end + DAY), Payment(name, paid)
