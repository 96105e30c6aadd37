"""What every fact log promises; the log in memory and the one in files keep it alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.facts import merkle
from pactdesk.core.facts.chain import (
    ChainBroken,
    DayChanged,
    LogOfAnotherContract,
    check_chain,
    check_day,
    check_since,
)
from pactdesk.core.facts.commitments import (
    CommitmentMismatch,
    PersonalField,
    PersonalFieldUnknown,
)
from pactdesk.core.facts.fact import Fact, RecordedFact, RecordMalformed, record_line
from pactdesk.core.facts.fields import FactFieldMissing
from pactdesk.core.facts.log import DayAlreadySealed, FactLog, NothingToSeal, seal_through
from pactdesk.core.facts.memory import MemoryFactLog
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey, TrustedKeys

SHANGHAI = ZoneInfo("Asia/Shanghai")
MakeFact = Callable[..., Fact]
At = Callable[..., Instant]
NewLog = Callable[[], FactLog]


@contextmanager
def memory_logs() -> Iterator[NewLog]:
    yield lambda: MemoryFactLog("c", SHANGHAI)


@contextmanager
def file_logs() -> Iterator[NewLog]:
    with tempfile.TemporaryDirectory() as folder:

        def make() -> FactLog:
            place = Path(tempfile.mkdtemp(dir=folder)) / "log"
            return FileLog.create(place, "c", "Asia/Shanghai")

        yield make


KINDS = {"memory": memory_logs, "files": file_logs}


@pytest.fixture(params=sorted(KINDS))
def new_log(request: pytest.FixtureRequest) -> Iterator[NewLog]:
    with KINDS[request.param]() as make:
        yield make


def state(log: FactLog) -> tuple[object, ...]:
    """Everything that can be seen of a log."""
    days = log.days()
    return (
        tuple(log.facts("c")),
        log.conflicts(),
        days,
        tuple(merkle.root(log.day_records(day)) for day in days),
        tuple(log.checkpoints()),
    )


def sealed_through(log: FactLog, day: int, signer: SigningKey) -> None:
    seal_through(log, date(2026, 9, day), signer)


class TestEveryFactLog:
    """The contract of the port."""

    def test_a_new_log_is_empty(self, new_log: NewLog) -> None:
        assert state(new_log()) == ((), (), (), (), ())

    def test_facts_come_back_in_the_order_they_were_recorded(
        self, new_log: NewLog, fact: MakeFact, at: At
    ) -> None:
        log = new_log()
        log.append([fact("e-2", source="b"), fact("e-1", source="b")], at(2))
        log.append([fact("e-9", source="z")], at(1))
        log.append([fact("e-3", source="a")], at(2))
        assert [each.fact.key for each in log.facts("c")] == [
            ("z", "e-9"), ("a", "e-3"), ("b", "e-1"), ("b", "e-2"),
        ]  # fmt: skip

    def test_facts_can_be_read_up_to_a_recorded_day(
        self, new_log: NewLog, fact: MakeFact, at: At
    ) -> None:
        log = new_log()
        log.append([fact("e-1")], at(2, -1))
        log.append([fact("e-2")], at(2))
        assert [each.fact.event_id for each in log.facts("c", date(2026, 9, 1))] == ["e-1"]
        assert len(list(log.facts("c", date(2026, 9, 2)))) == 2
        assert not list(log.facts("c", date(2026, 8, 31)))

    def test_facts_of_another_contract_are_not_here(
        self, new_log: NewLog, fact: MakeFact, at: At
    ) -> None:
        log = new_log()
        report = log.append([fact("e-1", contract_id="d"), fact("e-2")], at(1))
        assert report.added == 1
        assert [type(each.error) for each in report.refused] == [LogOfAnotherContract]
        with pytest.raises(LogOfAnotherContract):
            log.facts("d")

    def test_a_malformed_fact_is_refused_with_its_reason_and_the_others_are_kept(
        self, new_log: NewLog, fact: MakeFact, at: At
    ) -> None:
        log = new_log()
        bad = [
            replace(fact("e-1"), measured={"interaction": "i"}),
            replace(fact("e-2"), personal={"name": "张三"}),
            replace(fact("e-3"), occurred_at="2026-09-01T09:00:00"),  # type: ignore[arg-type]  # wrong on purpose,
        ]
        report = log.append([*bad, fact("e-4")], at(1))
        assert [(each.event_id, type(each.error)) for each in report.refused] == [
            ("e-1", FactFieldMissing), ("e-2", RecordMalformed), ("e-3", RecordMalformed),
        ]  # fmt: skip
        assert [each.fact.event_id for each in log.facts("c")] == ["e-4"]

    def test_the_same_fact_again_changes_nothing(
        self, new_log: NewLog, fact: MakeFact, at: At
    ) -> None:
        log = new_log()
        log.append([fact("e-1"), fact("e-2")], at(1))
        before = state(log)
        report = log.append([fact("e-1"), fact("e-2")], at(2))
        assert (report.added, report.duplicates, report.conflicts) == (0, 2, ())
        assert state(log) == before

    def test_a_repetition_with_an_earlier_time_keeps_the_earlier_time(
        self, new_log: NewLog, fact: MakeFact, at: At
    ) -> None:
        log = new_log()
        log.append([fact("e-1")], at(3))
        log.append([fact("e-1")], at(2))
        assert [each.recorded_at for each in log.facts("c")] == [at(2)]
        assert log.days() == (date(2026, 9, 2),)

    def test_an_id_with_two_contents_counts_for_neither_until_one_is_sealed(
        self, new_log: NewLog, fact: MakeFact, at: At
    ) -> None:
        log = new_log()
        log.append([fact("e-1", "one"), fact("e-2")], at(1))
        report = log.append([fact("e-1", "other")], at(1, 5))
        assert (report.added, report.conflicts) == (0, (("chat", "e-1"),))
        assert [each.fact.event_id for each in log.facts("c")] == ["e-2"]
        [conflict] = log.conflicts()
        assert (conflict.source, conflict.event_id, conflict.sealed) == ("chat", "e-1", None)
        assert [v.fact for v in conflict.versions] == [fact("e-1", "one"), fact("e-1", "other")]

    def test_the_sealed_content_counts_and_both_are_kept(
        self, new_log: NewLog, fact: MakeFact, at: At, signer: SigningKey
    ) -> None:
        log = new_log()
        log.append([fact("e-1", "one")], at(1))
        sealed_through(log, 1, signer)
        log.append([fact("e-1", "other"), fact("e-1", "third")], at(2))
        assert [each.fact for each in log.facts("c")] == [fact("e-1", "one")]
        [conflict] = log.conflicts()
        assert conflict.sealed == RecordedFact(fact("e-1", "one"), at(1))
        assert len(conflict.versions) == 3

    def test_a_contested_id_stays_contested_after_its_day_is_sealed(
        self, new_log: NewLog, fact: MakeFact, at: At, signer: SigningKey
    ) -> None:
        log = new_log()
        log.append([fact("e-1", "one"), fact("e-1", "other")], at(1))
        sealed_through(log, 1, signer)
        assert log.checkpoints()[0].body.day_size == 0
        log.append([fact("e-1", "one")], at(2))
        sealed_through(log, 2, signer)
        assert not list(log.facts("c"))
        assert log.conflicts()[0].sealed is None

    def test_every_day_from_the_first_on_is_sealed_empty_ones_too(
        self, new_log: NewLog, fact: MakeFact, at: At, signer: SigningKey, trust: TrustedKeys
    ) -> None:
        log = new_log()
        log.append([fact("e-1")], at(1))
        log.append([fact("e-2"), fact("e-3")], at(4))
        sealed_through(log, 5, signer)
        chain = log.checkpoints()
        assert [signed.body.day.day for signed in chain] == [1, 2, 3, 4, 5]
        assert [signed.body.day_size for signed in chain] == [1, 0, 0, 2, 0]
        assert log.days() == tuple(signed.body.day for signed in chain)
        check_chain("c", chain, trust)
        for signed in chain:
            check_day(signed.body, log.day_records(signed.body.day))
        assert seal_through(log, date(2026, 9, 5), signer) == ()

    def test_sealing_later_continues_the_chain(
        self, new_log: NewLog, fact: MakeFact, at: At, signer: SigningKey, trust: TrustedKeys
    ) -> None:
        log = new_log()
        log.append([fact("e-1")], at(1))
        sealed_through(log, 2, signer)
        kept = log.checkpoints()[-1].body
        log.append([fact("e-2")], at(3))
        sealed_through(log, 3, signer)
        check_chain("c", log.checkpoints(), trust)
        check_since(log.checkpoints(), kept)

    def test_nothing_enters_a_sealed_day(
        self, new_log: NewLog, fact: MakeFact, at: At, signer: SigningKey
    ) -> None:
        log = new_log()
        log.append([fact("e-1")], at(1))
        log.append([fact("e-5")], at(4))
        sealed_through(log, 2, signer)
        before = state(log)
        for late in (fact("e-2"), fact("e-1", "other"), fact("e-5")):
            with pytest.raises(DayAlreadySealed):
                log.append([fact("e-3"), late], at(3, -1))
        assert state(log) == before
        assert log.append([fact("e-1")], at(1)).duplicates == 1
        assert log.append([fact("e-2")], at(3)).added == 1

    def test_an_empty_log_has_nothing_to_seal(
        self, new_log: NewLog, fact: MakeFact, at: At, signer: SigningKey
    ) -> None:
        log = new_log()
        with pytest.raises(NothingToSeal):
            sealed_through(log, 1, signer)
        log.append([fact("e-1")], at(3))
        with pytest.raises(NothingToSeal):
            sealed_through(log, 2, signer)

    def test_a_checkpoint_that_does_not_fit_is_refused(
        self, new_log: NewLog, fact: MakeFact, at: At, signer: SigningKey
    ) -> None:
        log = new_log()
        log.append([fact("e-1")], at(1))
        log.append([fact("e-2")], at(2))
        twin = new_log()
        twin.append([fact("e-1", "forged")], at(1))
        twin.append([fact("e-2")], at(2))
        sealed_through(twin, 2, signer)
        first, second = twin.checkpoints()
        with pytest.raises(DayChanged):
            log.append_checkpoint(first)
        sealed_through(log, 1, signer)
        with pytest.raises(ChainBroken):
            log.append_checkpoint(second)
        with pytest.raises(ChainBroken):
            log.append_checkpoint(log.checkpoints()[0])
        late = new_log()
        late.append([fact("e-2")], at(2))
        sealed_through(late, 2, signer)
        other = new_log()
        other.append([fact("e-0"), fact("e-9")], at(1))
        other.append([fact("e-2")], at(2))
        with pytest.raises(ChainBroken):
            other.append_checkpoint(late.checkpoints()[0])
        assert not other.checkpoints()

    def test_personal_texts_lie_beside_the_log_and_can_be_erased(
        self, new_log: NewLog, fact: MakeFact, at: At, signer: SigningKey
    ) -> None:
        log = new_log()
        texts = [PersonalField("chat", f"e-{n}", "name", f"{n:032x}", f"客户{n}") for n in (1, 2)]
        facts = [fact(text.event_id, personal={"name": text.commitment}) for text in texts]
        log.append(facts, at(1), texts)
        log.append(facts, at(2), texts)
        assert list(log.personal_fields()) == texts
        sealed_through(log, 1, signer)
        before = state(log)
        assert log.erase_personal([("chat", "e-1")]) == 1
        assert list(log.personal_fields()) == texts[1:]
        assert state(log) == before
        check_day(log.checkpoints()[0].body, log.day_records(date(2026, 9, 1)))
        assert "客户" not in b"".join(log.day_records(date(2026, 9, 1))).decode()

    def test_a_personal_text_without_its_fact_or_commitment_is_refused(
        self, new_log: NewLog, fact: MakeFact, at: At
    ) -> None:
        log = new_log()
        text = PersonalField("chat", "e-1", "name", "00" * 16, "张三")
        with pytest.raises(PersonalFieldUnknown):
            log.append([fact("e-1")], at(1), [text])
        with pytest.raises(PersonalFieldUnknown):
            log.append([], at(1), [text])
        with pytest.raises(CommitmentMismatch):
            log.append([fact("e-1", personal={"name": "00" * 32})], at(1), [text])
        assert not list(log.facts("c"))

    @pytest.mark.requirement("B35")
    def test_the_records_of_a_day_are_canonical_lines(
        self, new_log: NewLog, fact: MakeFact, at: At
    ) -> None:
        log = new_log()
        log.append([fact("e-2"), fact("e-1")], at(1))
        lines = [record_line(each) for each in log.facts("c")]
        assert list(log.day_records(date(2026, 9, 1))) == lines
        assert log.day_records(date(2026, 9, 2)) == []


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


@settings(max_examples=100, deadline=None)
@given(base=happenings, data=st.data())
def test_the_same_facts_in_any_order_batch_or_repetition_give_the_same_log(
    fact: MakeFact, at: At, signer: SigningKey, base: list[Happening], data: st.DataObject
) -> None:
    with memory_logs() as new_log:
        check_order_does_not_matter(new_log, fact, at, signer, base, data.draw(orders_of(base)))


@settings(max_examples=15, deadline=None)
@given(base=happenings, data=st.data())
def test_the_same_facts_in_any_order_batch_or_repetition_give_the_same_files(
    fact: MakeFact, at: At, signer: SigningKey, base: list[Happening], data: st.DataObject
) -> None:
    with file_logs() as new_log:
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


@settings(max_examples=15, deadline=None)
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


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.json*"))
    }
