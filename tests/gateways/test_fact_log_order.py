"""The state of a log follows from the set of facts, not from how they came (promise 2)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactdesk.core.facts.fact import Fact, RecordedFact
from pactdesk.core.facts.log import NothingToSeal
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey
from tests.support.database import TestDatabase
from tests.support.laws import cases
from tests.support.logs import (
    NewLog,
    file_logs,
    memory_logs,
    postgres_logs,
    sealed_through,
    state,
)

MakeFact = Callable[..., Fact]
At = Callable[..., Instant]


@dataclass(frozen=True)
class Happening:
    """What a test records: an id, one of two contents, and when."""

    event: int
    content: str
    day: int
    millisecond: int


happenings = st.lists(
    st.builds(
        Happening,
        event=st.integers(0, 4),
        content=st.sampled_from(["one", "one", "one", "other"]),
        day=st.integers(3, 6),
        millisecond=st.integers(0, 2),
    ),
    max_size=12,
)


@st.composite
def orders_of(draw: st.DrawFn, base: list[Happening]) -> list[list[Happening]]:
    """The same set in another order, with repetitions, cut into batches."""
    repeated = base + (draw(st.lists(st.sampled_from(base), max_size=4)) if base else [])
    shuffled = draw(st.permutations(repeated))
    cuts = sorted(draw(st.lists(st.integers(0, len(shuffled)), max_size=3)))
    edges = [0, *cuts, len(shuffled)]
    return [shuffled[start:end] for start, end in pairwise(edges)]


@settings(max_examples=cases(100), deadline=None)
@given(base=happenings, data=st.data())
def test_the_same_facts_in_any_order_batch_or_repetition_give_the_same_log(
    fact: MakeFact, at: At, signer: SigningKey, base: list[Happening], data: st.DataObject
) -> None:
    with memory_logs() as new_log:
        check_order_does_not_matter(new_log, fact, at, signer, base, data.draw(orders_of(base)))


@settings(max_examples=cases(15), deadline=None)
@given(base=happenings, data=st.data())
def test_the_same_facts_in_any_order_batch_or_repetition_give_the_same_files(
    fact: MakeFact, at: At, signer: SigningKey, base: list[Happening], data: st.DataObject
) -> None:
    with file_logs() as new_log:
        check_order_does_not_matter(new_log, fact, at, signer, base, data.draw(orders_of(base)))


@settings(
    max_examples=cases(15),
    deadline=None,
    # Every example has its own contracts, and takes back what it did.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(base=happenings, data=st.data())
def test_the_same_facts_in_any_order_batch_or_repetition_give_the_same_rows(
    desk: TestDatabase,
    fact: MakeFact,
    at: At,
    signer: SigningKey,
    base: list[Happening],
    data: st.DataObject,
) -> None:
    with postgres_logs(desk) as new_log:
        check_order_does_not_matter(new_log, fact, at, signer, base, data.draw(orders_of(base)))


def check_order_does_not_matter(
    new_log: NewLog,
    fact: MakeFact,
    at: At,
    signer: SigningKey,
    base: list[Happening],
    batches: list[list[Happening]],
) -> None:
    logs = [new_log(), new_log()]
    for log, parts in zip(logs, [[base], batches], strict=True):
        log.append([fact("e-0", "one")], at(1))
        sealed_through(log, 2, signer)
        for part in parts:
            log.record(recorded_in(part, fact, at))
    one, other = logs
    assert state(one) == state(other)
    if isinstance(one, FileLog) and isinstance(other, FileLog):
        assert files_in(one.folder) == files_in(other.folder)
        assert state(FileLog(one.folder)) == state(one)
    sealed_through(one, 6, signer)
    sealed_through(other, 6, signer)
    assert state(one) == state(other)


def recorded_in(part: list[Happening], fact: MakeFact, at: At) -> list[RecordedFact]:
    return [RecordedFact(fact(f"e-{h.event}", h.content), at(h.day, h.millisecond)) for h in part]


@settings(max_examples=cases(15), deadline=None)
@given(base=happenings, data=st.data())
def test_the_log_in_files_and_the_log_in_memory_agree(
    fact: MakeFact, at: At, signer: SigningKey, base: list[Happening], data: st.DataObject
) -> None:
    with memory_logs() as in_memory, file_logs() as in_files:
        one, other = in_memory(), in_files()
        for batch in data.draw(orders_of(base)):
            recorded = recorded_in(batch, fact, at)
            assert one.record(recorded) == other.record(recorded)
        assert state(one) == state(other)
        if base:
            sealed_through(one, 6, signer)
            sealed_through(other, 6, signer)
        assert state(one) == state(other)


@settings(
    max_examples=cases(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(base=happenings, data=st.data())
def test_the_log_in_postgres_and_the_log_in_memory_agree(
    desk: TestDatabase,
    fact: MakeFact,
    at: At,
    signer: SigningKey,
    base: list[Happening],
    data: st.DataObject,
) -> None:
    with memory_logs() as in_memory, postgres_logs(desk) as in_postgres:
        one, other = in_memory(), in_postgres()
        for day, batch in enumerate(data.draw(orders_of(base)), start=3):
            recorded = [
                each for each in recorded_in(batch, fact, at) if each.recorded_at >= at(day)
            ]
            assert one.record(recorded) == other.record(recorded)
            for log in (one, other):
                with suppress(NothingToSeal):
                    sealed_through(log, day - 1, signer)
            assert state(one) == state(other)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.json*"))
    }
