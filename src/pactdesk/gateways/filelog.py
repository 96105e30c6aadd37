"""A fact log in a folder: plain files that either party can keep, copy and verify.

The layout is that of `docs/reference/evidence-format.md`. A batch is written whole or not at all,
one process writes at a time, and the files are the same bytes in whatever order facts came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from operator import attrgetter
from pathlib import Path

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.chain import check_contract
from pactdesk.core.facts.checkpoints import SignedCheckpoint, to_checkpoint_record
from pactdesk.core.facts.commitments import PersonalField, to_personal_record
from pactdesk.core.facts.fact import Fact, FactKey, RecordedFact, line_of
from pactdesk.core.facts.index import LogIndex, conflict_of
from pactdesk.core.facts.log import (
    AppendReport,
    Conflict,
    Entry,
    check_next_seal,
    check_personal,
    checked_entries,
)
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, zone_named
from pactdesk.gateways.filelog_read import (
    CHECKPOINTS,
    CONFLICTS,
    LOG_FILE,
    LOG_FORMAT,
    LogFiles,
    StoredLine,
    facts_file,
    personal_file,
)
from pactdesk.gateways.filelog_write import (
    LogNotWritable,
    complete_write,
    is_write_unfinished,
    locked,
    replace_files,
)


class LogZoneDiffers(PactError):
    """The log in `path` keeps days in `found`, not in `expected`."""


class FileLog:
    """A FactLog in the folder `folder`; `FileLog.create` makes one, `FileLog(folder)` opens it.

    raises  LogMissing, LogFormatUnknown, LineDamaged, ZoneUnknown
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = LogFiles(folder)
        self.contract_id = self._files.contract_id
        self.zone = self._files.zone
        self._index: LogIndex | None = None
        self._stamp: object = None

    @classmethod
    def create(cls, folder: Path, contract_id: str, zone: str) -> FileLog:
        """A new log, or the one that is there already for the same contract and zone.

        raises  LogOfAnotherContract, LogZoneDiffers, ZoneUnknown, LogNotWritable
        """
        head = {"contract_id": contract_id, "format": LOG_FORMAT, "zone": zone_named(zone).key}
        line = canonical_json({**head}) + b"\n"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise LogNotWritable(path=str(folder)) from None
        with locked(folder, exclusive=True):
            if not (folder / LOG_FILE).exists():
                replace_files(folder, {LOG_FILE: line})
        log = cls(folder)
        check_contract(expected=contract_id, found=log.contract_id)
        if log.zone.key != zone:
            raise LogZoneDiffers(path=str(folder), expected=zone, found=log.zone.key)
        return log

    def append(
        self, facts: Iterable[Fact], recorded_at: Instant, personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        """As `FactLog.append`."""
        return self.record((RecordedFact(fact, recorded_at) for fact in facts), personal)

    def record(
        self, recorded: Iterable[RecordedFact], personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        """As `FactLog.record`; the whole batch is on the disk when this returns."""
        entries, refused = checked_entries(recorded, self.contract_id)
        texts = list(personal)
        check_personal(texts, entries)
        with self._writing() as index:
            touched = _days_touched(index, entries)
            report = index.add_all(entries, refused)
            changed = self._facts_files(index, entries, touched)
            changed.update(self._personal_files(index, entries, texts))
            self._write(changed)
        return report

    def facts(self, contract_id: str, through: date | None = None) -> Iterable[RecordedFact]:
        """As `FactLog.facts`: those that are there now, whatever is appended while reading.

        raises  LogOfAnotherContract, LineTruncated, LineDamaged
        """
        check_contract(expected=contract_id, found=self.contract_id)
        with self._reading():
            days = [day for day in self._files.recorded_days() if not through or day <= through]
            data = {facts_file(day): self._files.data(facts_file(day)) for day in days}
        return (fact for name, held in data.items() for fact in self._files.facts_in(name, held))

    def conflicts(self) -> tuple[Conflict, ...]:
        """As `FactLog.conflicts`."""
        with self._reading():
            index = self._fresh_index()
            versions: dict[FactKey, list[Entry]] = {}
            contested = {line.key for line in self._files.stored(CONFLICTS)}
            days = sorted({day for key in contested for day in index.known_days(key)})
            for name in [CONFLICTS, *map(facts_file, days)]:
                for line, fact in self._with_facts(name):
                    if line.key in contested:
                        entry = Entry(fact, line.content)
                        versions.setdefault(line.key, []).append(entry)
        return tuple(conflict_of(held, index) for _, held in sorted(versions.items()))

    def days(self) -> tuple[date, ...]:
        """As `FactLog.days`."""
        with self._reading():
            return self._files.days()

    def day_records(self, day: date) -> Sequence[bytes]:
        """As `FactLog.day_records`."""
        with self._reading():
            return self._files.day_records(day)

    def checkpoints(self) -> Sequence[SignedCheckpoint]:
        """As `FactLog.checkpoints`."""
        with self._reading():
            return self._files.checkpoints()

    def append_checkpoint(self, signed: SignedCheckpoint) -> None:
        """As `FactLog.append_checkpoint`."""
        day = signed.body.day
        with self._writing() as index:
            check_next_seal(self._files, signed.body)
            line = canonical_json(to_checkpoint_record(signed)) + b"\n"
            sealed = [(line.key, line.content) for line in self._files.stored(facts_file(day))]
            index.seal(day, sealed)
            self._write({CHECKPOINTS: self._files.data(CHECKPOINTS) + line})

    def personal_fields(self) -> Iterable[PersonalField]:
        """As `FactLog.personal_fields`."""
        with self._reading():
            held = {each for name in self._files.personal_files() for each in self._texts(name)}
        return sorted(held, key=attrgetter("source", "event_id", "field"))

    def erase_personal(self, keys: Iterable[FactKey]) -> int:
        """As `FactLog.erase_personal`; the lines leave the files, the records stay."""
        wanted = set(keys)
        erased: set[PersonalField] = set()
        with self._writing():
            changed: dict[str, bytes] = {}
            for name in self._files.personal_files():
                texts = self._texts(name)
                erased.update(each for each in texts if each.key in wanted)
                changed[name] = _personal_lines(e for e in texts if e.key not in wanted)
            self._write(changed)
        return len(erased)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        if is_write_unfinished(self.folder):
            with locked(self.folder, exclusive=True):
                complete_write(self.folder)
        with locked(self.folder, exclusive=False):
            yield

    @contextmanager
    def _writing(self) -> Iterator[LogIndex]:
        """Alone, with the index as the files are now; after a failure it is read again."""
        with locked(self.folder, exclusive=True):
            complete_write(self.folder)
            index = self._fresh_index()
            try:
                yield index
            except BaseException:
                self._index = None
                raise
            self._stamp = self._files.stamp()

    def _fresh_index(self) -> LogIndex:
        stamp = self._files.stamp()
        if self._index is None or self._stamp != stamp:
            self._index = self._files.index()
            self._stamp = stamp
        return self._index

    def _write(self, contents: dict[str, bytes]) -> None:
        changed = {name: data for name, data in contents.items() if data != self._files.data(name)}
        if changed:
            replace_files(self.folder, changed)

    def _facts_files(
        self, index: LogIndex, entries: Sequence[Entry], touched: set[date]
    ) -> dict[str, bytes]:
        """The new contents of the files of these days, and of the conflicts.

        Every line of them is put where the index now says it belongs.
        """
        names = [CONFLICTS, *(facts_file(day) for day in touched)]
        placed: dict[str, set[_Placed]] = {name: set() for name in names}
        stored = [line for name in names for line in self._files.stored(name)]
        for line in [*stored, *map(_stored_line, entries)]:
            at = index.recorded_at(line.key, line.content)
            counts = index.counts(line.key, line.content)
            name = facts_file(index.day(at)) if counts else CONFLICTS
            placed[name].add((at, *line.key, line_of(line.content, at)))
        return {name: _lines(lines, name) for name, lines in placed.items()}

    def _personal_files(
        self, index: LogIndex, entries: Sequence[Entry], texts: Sequence[PersonalField]
    ) -> dict[str, bytes]:
        at = {
            e.recorded.fact.key: index.recorded_at(e.recorded.fact.key, e.content) for e in entries
        }
        by_file: dict[str, set[PersonalField]] = {}
        for each in texts:
            by_file.setdefault(personal_file(index.day(at[each.key])), set()).add(each)
        return {
            name: _personal_lines(new.union(self._texts(name))) for name, new in by_file.items()
        }

    def _texts(self, name: str) -> list[PersonalField]:
        return list(self._files.personal(name))

    def _with_facts(self, name: str) -> Iterator[tuple[StoredLine, RecordedFact]]:
        facts = self._files.facts_in(name, self._files.data(name))
        return zip(self._files.stored(name), facts, strict=True)


_Placed = tuple[Instant, str, str, bytes]


def _days_touched(index: LogIndex, entries: Sequence[Entry]) -> set[date]:
    """The days whose files a batch can change: those it names, and those of older versions."""
    days = {index.day(entry.recorded.recorded_at) for entry in entries}
    return days.union(*(index.known_days(entry.recorded.fact.key) for entry in entries))


def _stored_line(entry: Entry) -> StoredLine:
    return StoredLine(entry.recorded.fact.key, entry.recorded.recorded_at, entry.content)


def _lines(placed: set[_Placed], name: str) -> bytes:
    ordered = sorted(placed, key=_by_event) if name == CONFLICTS else sorted(placed)
    return b"".join(line + b"\n" for *_, line in ordered)


def _by_event(placed: _Placed) -> tuple[str, str, Instant, bytes]:
    at, source, event_id, line = placed
    return (source, event_id, at, line)


def _personal_lines(texts: Iterable[PersonalField]) -> bytes:
    return b"".join(sorted(canonical_json(to_personal_record(each)) + b"\n" for each in texts))
