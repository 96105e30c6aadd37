"""Reading the files of a log, as `docs/reference/evidence-format.md` lays them out. No locks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pactdesk.core.facts.canonical import Json, JsonUnreadable, parse_canonical
from pactdesk.core.facts.chain import check_contract
from pactdesk.core.facts.checkpoints import SignedCheckpoint, from_checkpoint_record
from pactdesk.core.facts.commitments import PersonalField, from_personal_record
from pactdesk.core.facts.fact import FactKey, RecordedFact, content_in, from_record
from pactdesk.core.facts.index import LogIndex
from pactdesk.core.facts.log import days_between
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, local_day, zone_named

LOG_FORMAT = "pactdesk.log/1"
LOG_FILE = "log.json"
CONFLICTS = "conflicts.jsonl"
CHECKPOINTS = "checkpoints.jsonl"

_DAY_FILE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.jsonl")
_T = TypeVar("_T")
_Stamp = tuple[tuple[str, int, int, int], ...]


class LogMissing(PactError):
    """The folder `path` holds no fact log: there is no log.json in it."""


class LogFileUnreadable(PactError):
    """The file `path` cannot be read from the disk."""


class LogFormatUnknown(PactError):
    """The log in `path` is of the format `found`; this version reads `known`."""


class DayFileMisnamed(PactError):
    """In the folder `path`, a file is named after a day that no calendar has."""


class LineTruncated(PactError):
    """The file `path` ends in the middle of line `line`."""


class LineDamaged(PactError):
    """Line `line` of the file `path` cannot be used; `cause` is the error that says why."""


@dataclass(frozen=True, slots=True)
class StoredLine:
    """One line of a facts or conflicts file, read as far as the index needs it."""

    key: FactKey
    recorded_at: Instant
    content: bytes


class LogFiles:
    """The files of one log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        head = self._head()
        self.contract_id = head["contract_id"]
        self.zone = zone_named(head["zone"])
        self._chain: tuple[_Stamp, tuple[SignedCheckpoint, ...]] = ((), ())

    def days(self) -> tuple[date, ...]:
        """As `FactLog.days`."""
        days = [*self.recorded_days(), *(signed.body.day for signed in self.checkpoints())]
        days += [local_day(line.recorded_at, self.zone) for line in self.stored(CONFLICTS)]
        return days_between(min(days), max(days)) if days else ()

    def day_records(self, day: date) -> Sequence[bytes]:
        """As `FactLog.day_records`."""
        return [line for _, line in self.lines(facts_file(day))]

    def checkpoints(self) -> Sequence[SignedCheckpoint]:
        """As `FactLog.checkpoints`; read again only when the file is another one."""
        stamp = self._stamps([self.folder / CHECKPOINTS])
        if stamp != self._chain[0]:
            self._chain = (stamp, tuple(self._read_checkpoints()))
        return self._chain[1]

    def recorded_days(self) -> list[date]:
        """The days that have a file, in order."""
        return self._days_of("facts")

    def personal_files(self) -> list[str]:
        """The files with personal texts, in order of days."""
        return [personal_file(day) for day in self._days_of("personal")]

    def personal(self, name: str) -> Iterator[PersonalField]:
        """The personal texts in one file."""
        for number, line in self.lines(name):
            yield _read(from_personal_record, self.folder / name, number, line)

    def facts_in(self, name: str, data: bytes) -> Iterator[RecordedFact]:
        """The facts in the bytes `data` of the file `name`; everything is checked.

        raises  LineTruncated, LineDamaged, LogOfAnotherContract
        """
        for number, line in self._split(name, data):
            recorded = _read(from_record, self.folder / name, number, line)
            check_contract(expected=self.contract_id, found=recorded.fact.contract_id)
            yield recorded

    def stored(self, name: str) -> Iterator[StoredLine]:
        """The lines of a facts or conflicts file, without the full check."""
        for number, line in self.lines(name):
            yield self._stored_line(name, number, line)

    def lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Number and bytes of every line; of a missing file, none."""
        return self._split(name, self.data(name))

    def data(self, name: str) -> bytes:
        """The bytes of a file; of a missing one, none."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return b""
        except OSError:
            raise LogFileUnreadable(path=str(self.folder / name)) from None

    def index(self) -> LogIndex:
        """The standing of every event, from the files."""
        index = LogIndex(self.zone)
        by_day: dict[date, list[tuple[FactKey, bytes]]] = {}
        for day in self.recorded_days():
            for line in self.stored(facts_file(day)):
                index.add(line.key, line.content, line.recorded_at)
                by_day.setdefault(day, []).append((line.key, line.content))
        for line in self.stored(CONFLICTS):
            index.add(line.key, line.content, line.recorded_at)
        for signed in self.checkpoints():
            index.seal(signed.body.day, by_day.get(signed.body.day, []))
        return index

    def stamp(self) -> _Stamp:
        """Another value after every change by whatever process."""
        days = [self.folder / facts_file(day) for day in self.recorded_days()]
        return self._stamps([self.folder / CONFLICTS, self.folder / CHECKPOINTS, *days])

    def _head(self) -> dict[str, str]:
        path = self.folder / LOG_FILE
        if not path.is_file():
            raise LogMissing(path=str(self.folder))
        for number, line in self.lines(LOG_FILE):
            record = _read(_itself, path, number, line)
            match record:
                case {"format": str(found)} if found != LOG_FORMAT:
                    raise LogFormatUnknown(path=str(path), found=found, known=LOG_FORMAT)
                case {"contract_id": str(contract_id), "format": _, "zone": str(zone), **rest} if (
                    contract_id and not rest
                ):
                    return {"contract_id": contract_id, "zone": zone}
        raise LineDamaged(path=str(path), line=1, cause=JsonUnreadable(text=LOG_FILE))

    def _days_of(self, kind: str) -> list[date]:
        folder = self.folder / kind
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        try:
            found = (_DAY_FILE.fullmatch(name) for name in names)
            return [date.fromisoformat(match[1]) for match in found if match]
        except ValueError:
            raise DayFileMisnamed(path=str(folder)) from None

    def _read_checkpoints(self) -> Iterator[SignedCheckpoint]:
        for number, line in self.lines(CHECKPOINTS):
            yield _read(from_checkpoint_record, self.folder / CHECKPOINTS, number, line)

    def _split(self, name: str, data: bytes) -> Iterator[tuple[int, bytes]]:
        *whole, rest = data.split(b"\n")
        if rest:
            raise LineTruncated(path=str(self.folder / name), line=len(whole) + 1)
        return enumerate(whole, start=1)

    def _stored_line(self, name: str, number: int, line: bytes) -> StoredLine:
        with suppress(ValueError, RecursionError):
            match json.loads(line):
                case {"source": str(source), "event_id": str(event_id), "recorded_at": int(at)}:
                    return StoredLine((source, event_id), Instant(at), content_in(line))
        # Something is wrong; the full check knows what.
        _read(from_record, self.folder / name, number, line)
        raise LineDamaged(
            path=str(self.folder / name), line=number, cause=JsonUnreadable(text=str(line[:80]))
        )

    def _stamps(self, paths: Sequence[Path]) -> _Stamp:
        seen = [(path, path.stat()) for path in paths if path.exists()]
        return tuple((path.name, at.st_ino, at.st_mtime_ns, at.st_size) for path, at in seen)


def facts_file(day: date) -> str:
    """The name of the file with the facts recorded on `day`."""
    return f"facts/{day.isoformat()}.jsonl"


def personal_file(day: date) -> str:
    """The name of the file with the personal texts of facts recorded on `day`."""
    return f"personal/{day.isoformat()}.jsonl"


def _read(reader: Callable[[Json], _T], path: Path, number: int, line: bytes) -> _T:
    """What `reader` makes of a line; every error becomes one that names the place."""
    try:
        return reader(parse_canonical(line))
    except PactError as cause:
        raise LineDamaged(path=str(path), line=number, cause=cause) from None


def _itself(record: Json) -> Json:
    return record
