"""What every fact log promises; those in memory, in files and in PostgreSQL keep it alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

import pytest

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
from pactdesk.core.facts.log import DayAlreadySealed, NothingToSeal, seal_through
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from tests.support.logs import NewLog, file_logs, memory_logs, postgres_logs, sealed_through, state

MakeFact = Callable[..., Fact]
At = Callable[..., Instant]


@pytest.fixture(params=["memory", "files", "postgres"])
def new_log(request: pytest.FixtureRequest) -> Iterator[NewLog]:
    logs: dict[str, Callable[[], AbstractContextManager[NewLog]]] = {
        "memory": memory_logs,
        "files": file_logs,
        "postgres": lambda: postgres_logs(request.getfixturevalue("desk")),
    }
    with logs[request.param]() as make:
        yield make


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
