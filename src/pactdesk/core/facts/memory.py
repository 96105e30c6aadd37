"""A fact log in memory: the twin of the file log, for tests and for what-if runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from zoneinfo import ZoneInfo

from pactdesk.core.facts.chain import check_contract
from pactdesk.core.facts.checkpoints import SignedCheckpoint
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact, FactKey, RecordedFact, line_of
from pactdesk.core.facts.index import LogIndex, conflict_of
from pactdesk.core.facts.log import (
    AppendReport,
    Conflict,
    Entry,
    check_next_seal,
    check_personal,
    checked_entries,
    days_between,
)
from pactdesk.core.units.instants import Instant


class MemoryFactLog:
    """A FactLog that is gone when the process ends."""

    def __init__(self, contract_id: str, zone: ZoneInfo) -> None:
        self.contract_id = contract_id
        self.zone = zone
        self._index = LogIndex(zone)
        self._facts: dict[FactKey, dict[bytes, Fact]] = {}
        self._personal: set[PersonalField] = set()
        self._chain: list[SignedCheckpoint] = []
        self._by_day: dict[date, list[Entry]] | None = None

    def append(
        self, facts: Iterable[Fact], recorded_at: Instant, personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        """As `FactLog.append`."""
        return self.record((RecordedFact(fact, recorded_at) for fact in facts), personal)

    def record(
        self, recorded: Iterable[RecordedFact], personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        """As `FactLog.record`."""
        entries, refused = checked_entries(recorded, self.contract_id)
        texts = list(personal)
        check_personal(texts, entries)
        report = self._index.add_all(entries, refused)
        for entry in entries:
            fact = entry.recorded.fact
            self._facts.setdefault(fact.key, {})[entry.content] = fact
        self._personal.update(texts)
        self._by_day = None
        return report

    def facts(self, contract_id: str, through: date | None = None) -> Iterable[RecordedFact]:
        """As `FactLog.facts`."""
        check_contract(expected=contract_id, found=self.contract_id)
        days = self._counting()
        return (
            entry.recorded
            for day in sorted(days)
            if through is None or day <= through
            for entry in days[day]
        )

    def conflicts(self) -> tuple[Conflict, ...]:
        """As `FactLog.conflicts`."""
        return tuple(
            conflict_of([self._entry(key, content) for content in versions], self._index)
            for key, versions in sorted(self._facts.items())
            if len(versions) > 1
        )

    def days(self) -> tuple[date, ...]:
        """As `FactLog.days`."""
        return days_in(self._index, self._chain)

    def day_records(self, day: date) -> Sequence[bytes]:
        """As `FactLog.day_records`."""
        entries = self._counting().get(day, [])
        return [line_of(entry.content, entry.recorded.recorded_at) for entry in entries]

    def checkpoints(self) -> Sequence[SignedCheckpoint]:
        """As `FactLog.checkpoints`."""
        return tuple(self._chain)

    def append_checkpoint(self, signed: SignedCheckpoint) -> None:
        """As `FactLog.append_checkpoint`."""
        check_next_seal(self, signed.body)
        day = signed.body.day
        sealed = self._counting().get(day, [])
        self._index.seal(day, [(e.recorded.fact.key, e.content) for e in sealed])
        self._chain.append(signed)

    def personal_fields(self) -> Iterable[PersonalField]:
        """As `FactLog.personal_fields`."""
        return sorted(self._personal, key=attrgetter("source", "event_id", "field"))

    def erase_personal(self, keys: Iterable[FactKey]) -> int:
        """As `FactLog.erase_personal`."""
        wanted = set(keys)
        erased = {each for each in self._personal if each.key in wanted}
        self._personal -= erased
        return len(erased)

    def _counting(self) -> dict[date, list[Entry]]:
        """The facts that count, by day, in log order; kept until the next batch."""
        if self._by_day is None:
            self._by_day = {}
            entries = [
                self._entry(key, content)
                for key, versions in self._facts.items()
                for content in versions
                if self._index.counts(key, content)
            ]
            for entry in sorted(entries, key=attrgetter("recorded.order")):
                self._by_day.setdefault(self._index.day(entry.recorded.recorded_at), []).append(
                    entry
                )
        return self._by_day

    def _entry(self, key: FactKey, content: bytes) -> Entry:
        at = self._index.recorded_at(key, content)
        return Entry(RecordedFact(self._facts[key][content], at), content)


def days_in(index: LogIndex, chain: Sequence[SignedCheckpoint]) -> tuple[date, ...]:
    """Every day from the first to the last recorded or sealed one."""
    times = list(index.recording_times())
    days = [index.day(min(times)), index.day(max(times))] if times else []
    days += [chain[0].body.day, chain[-1].body.day] if chain else []
    return days_between(min(days), max(days)) if days else ()
