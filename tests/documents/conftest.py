"""One invented month with every kind of line: October 2026, with its make-up Saturday."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.fields import Measured
from pactdesk.core.facts.kinds import (
    Actor,
    Attendance,
    AttendanceEvent,
    Channel,
    Clock,
    ClockEvent,
    ClockMetric,
    Exclusion,
    InteractionAbandoned,
    InteractionClosed,
    InteractionOpened,
    InvoiceReceived,
    Party,
    Payment,
    Probe,
    Rating,
    StatementIssued,
    Verdict,
)
from pactdesk.core.measure.measuring import measure
from pactdesk.core.settle.hashes import terms_hash
from pactdesk.core.settle.ledger import ledger
from pactdesk.core.settle.statement import Pins, settle
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, plain_yaml
from pactdesk.core.units.instants import Instant, Milliseconds, instant_of
from pactdesk.core.units.periods import Period

_ZONE = ZoneInfo("Asia/Shanghai")
_PERIOD = Period.month("2026-10")
_HOUR = 3_600_000


@dataclass(frozen=True)
class Month:
    """A settled month: the contract, and the statement in the plain form that is stored."""

    contract: Contract
    statement: dict[str, Any]


@pytest.fixture(scope="session")
def month_plain() -> dict[str, Any]:
    """The contract of the month as plain data."""
    text = (Path(__file__).parent / "month.yaml").read_text("utf-8")
    plain: dict[str, Any] = plain_yaml(text, "month.yaml")
    return plain


@pytest.fixture(scope="session")
def settled(month_plain: dict[str, Any]) -> Callable[..., Month]:
    """Settles the month, with some fields of some clauses changed and other facts."""
    facts = _facts()
    made: dict[tuple[str, object], Month] = {}

    def settle_with(
        changes: dict[str, dict[str, Any]] | None = None,
        keep: Callable[[Measured], bool] = bool,
    ) -> Month:
        key = (repr(changes), keep)
        if key not in made:
            made[key] = settled_from(changes or {}, keep)
        return made[key]

    def settled_from(changes: dict[str, dict[str, Any]], keep: Callable[[Measured], bool]) -> Month:
        clauses = [{**c, **changes.get(c["id"], {})} for c in month_plain["clauses"]]
        contract = contract_from_plain({**month_plain, "clauses": clauses})
        kept = tuple(each for each in facts if keep(each.fact.detail))
        calendar = load_china()
        measured = measure(contract, kept, calendar, _PERIOD)
        pins = Pins(terms_hash(contract), "c" * 64, "2026-11-02", 47, "5e" * 32)
        earlier = ledger(kept, contract, calendar, _PERIOD)
        return Month(contract, settle(contract, measured, earlier, pins).to_plain())

    return settle_with


@pytest.fixture(scope="session")
def month(settled: Callable[..., Month]) -> Month:
    """The month as it was agreed and happened."""
    return settled()


def _facts() -> tuple[RecordedFact, ...]:
    chance = random.Random(7)
    made: list[RecordedFact] = []
    for number, (at, detail) in enumerate(_all(chance)):
        fact = Fact.of(
            detail,
            contract_id="DEMO-2026-07",
            source="desk",
            event_id=f"e{number:06d}",
            occurred_at=Instant(at),
        )
        made.append(RecordedFact(fact, Instant(at + 1000)))
    return tuple(made)


def _at(day: date, hour: int, minute: int = 0) -> int:
    return instant_of(datetime(day.year, day.month, day.day, hour, minute, tzinfo=_ZONE))


def _all(chance: random.Random) -> Iterator[tuple[int, Measured]]:
    calendar = load_china()
    for day in _PERIOD:
        if not calendar.is_working_day(day):
            continue
        yield from _attendance(day, chance)
        yield from _probes(day)
        for number in range(_volume(day, chance)):
            yield from _chat(f"c-{day:%m%d}-{number:03d}", day, chance)
    start = _at(date(2026, 10, 21), 10)
    both = (Party.PROVIDER, Party.CLIENT)
    yield (
        start,
        Exclusion(Instant(start), Instant(start + _HOUR), ("level-1",), "甲方网络割接", both),
    )
    yield from _earlier()


def _volume(day: date, chance: random.Random) -> int:
    return 30 if day == date(2026, 10, 10) else chance.randint(70, 110)


def _attendance(day: date, chance: random.Random) -> Iterator[tuple[int, Measured]]:
    for number in range(1, 7):
        agent = f"agent-{number:02d}"
        late = chance.choice([0, 0, 0, 4, 11]) * 60_000 + chance.randint(0, 59) * 1000
        yield _at(day, 9) + late - 30_000, Attendance(agent, AttendanceEvent.CLOCK_IN)
        if (day.day, number) != (22, 3):
            yield _at(day, 18, 2), Attendance(agent, AttendanceEvent.CLOCK_OUT)


def _probes(day: date) -> Iterator[tuple[int, Measured]]:
    down = {date(2026, 10, 15): (10, 11)}.get(day)
    for hour in range(9, 18):
        is_up = not (down and down[0] <= hour < down[1])
        yield _at(day, hour), Probe("desk", is_up, Milliseconds(_HOUR))


def _chat(name: str, day: date, chance: random.Random) -> Iterator[tuple[int, Measured]]:
    opened = _at(day, chance.choice([9, 9, 10, 10, 11, 13, 14, 14, 15, 16, 17]))
    opened += chance.randint(0, 55 * 60) * 1000
    bad = day.day in {14, 15, 26, 27}
    yield opened, InteractionOpened(name, Channel.CHAT)
    for metric in (ClockMetric.FIRST_RESPONSE, ClockMetric.RESOLUTION):
        yield opened, Clock(name, metric, ClockEvent.ACTIVATE, actor=Actor.CUSTOMER)
    if chance.random() < 0.02:
        yield opened + 90_000, InteractionAbandoned(name)
        return
    slow = chance.random() < (0.24 if bad else 0.05)
    wait = (
        chance.randint(31_000, 240_000) if slow else int(chance.triangular(2_000, 30_000, 11_000))
    )
    yield (
        opened + wait,
        Clock(name, ClockMetric.FIRST_RESPONSE, ClockEvent.FULFIL, actor=Actor.AGENT),
    )
    solved = opened + wait + int(chance.expovariate(1 / (_HOUR * 0.7)))
    yield solved, Clock(name, ClockMetric.RESOLUTION, ClockEvent.FULFIL, actor=Actor.AGENT)
    yield solved + 1, InteractionClosed(name)
    if chance.random() < 0.2:
        yield solved + 60_000, Rating(name, chance.choice([5, 5, 5, 5, 4, 4, 4, 3, 2]), 5)


def _earlier() -> Iterator[tuple[int, Measured]]:
    """Two earlier months: August paid late in two parts, September wholly unpaid."""
    for period, total, issued, invoice in (
        ("2026-08", 6_134_560, date(2026, 9, 3), date(2026, 9, 7)),
        ("2026-09", 5_821_075, date(2026, 9, 30), date(2026, 9, 30)),
    ):
        name = f"DEMO-2026-07-{period}"
        verdicts = {"level-1": Verdict.MISSED, "level-2": Verdict.MET}
        yield _at(issued, 10), StatementIssued(name, period, total, verdicts)
        yield _at(invoice, 15), InvoiceReceived(name)
    august = "DEMO-2026-07-2026-08"
    yield _at(date(2026, 9, 20), 9), Payment(august, 1_000_000)
    yield _at(date(2026, 10, 12), 9), Payment(august, 2_000_000)
    yield _at(date(2026, 10, 12) + timedelta(days=8), 9), Payment(august, 3_134_560)
