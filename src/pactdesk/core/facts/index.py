"""Which version of each event counts: the rule of duplicates and conflicts, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from pactdesk.core.facts.fact import FactKey
from pactdesk.core.facts.log import AppendReport, Conflict, DayAlreadySealed, Entry, Refusal
from pactdesk.core.units.instants import Instant, local_day


class Outcome(StrEnum):
    """What became of one fact."""

    ADDED = "added"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"


@dataclass(slots=True)
class Standing:
    """The versions of one event: hash of the content → earliest recording time."""

    versions: dict[bytes, Instant] = field(default_factory=dict)
    sealed: bytes | None = None

    @property
    def counting(self) -> bytes | None:
        """The version that counts: the sealed one, or the only one."""
        if self.sealed is not None:
            return self.sealed
        return next(iter(self.versions)) if len(self.versions) == 1 else None


class LogIndex:
    """The standing of every event of one log.

    Adding is a join of sets: the order in which versions come changes nothing.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._standings: dict[FactKey, Standing] = {}
        self.last_sealed: date | None = None

    def add(self, key: FactKey, content: bytes, recorded_at: Instant) -> Outcome:
        """Take in one version, without looking at seals."""
        standing = self._standings.setdefault(key, Standing())
        version = _version(content)
        known = standing.versions.get(version)
        standing.versions[version] = recorded_at if known is None else min(known, recorded_at)
        if known is not None and len(standing.versions) == 1:
            return Outcome.DUPLICATE
        # A repetition of a contested event is told as the conflict that it still is.
        return Outcome.ADDED if len(standing.versions) == 1 else Outcome.CONFLICT

    def add_all(self, entries: list[Entry], refused: tuple[Refusal, ...]) -> AppendReport:
        """Take in a batch, or nothing.

        raises  DayAlreadySealed
        """
        for entry in entries:
            self._check_open(entry)
        count = dict.fromkeys(Outcome, 0)
        conflicts: set[FactKey] = set()
        for entry in entries:
            key = entry.recorded.fact.key
            outcome = self.add(key, entry.content, entry.recorded.recorded_at)
            count[outcome] += 1
            if outcome is Outcome.CONFLICT:
                conflicts.add(key)
        return AppendReport(
            added=count[Outcome.ADDED],
            duplicates=count[Outcome.DUPLICATE],
            conflicts=tuple(sorted(conflicts)),
            refused=refused,
        )

    def seal(self, day: date, counting: Iterable[tuple[FactKey, bytes]]) -> None:
        """Remember that `day` is sealed over these events (key, content)."""
        for key, content in counting:
            self._standings[key].sealed = _version(content)
        self.last_sealed = day

    def recorded_at(self, key: FactKey, content: bytes) -> Instant:
        """The earliest recording time of this version."""
        return self._standings[key].versions[_version(content)]

    def counts(self, key: FactKey, content: bytes) -> bool:
        """Whether this version is the one that counts."""
        return self._standings[key].counting == _version(content)

    def known_days(self, key: FactKey) -> set[date]:
        """The days on which versions of this event stand."""
        standing = self._standings.get(key, Standing())
        return {self.day(at) for at in standing.versions.values()}

    def is_contested(self, key: FactKey) -> bool:
        """Whether there are several versions."""
        return key in self._standings and len(self._standings[key].versions) > 1

    def recording_times(self) -> Iterator[Instant]:
        """The recording time of every version, also of those that do not count."""
        return (at for standing in self._standings.values() for at in standing.versions.values())

    def day(self, at: Instant) -> date:
        """The day of an instant in the log's zone."""
        return local_day(at, self._zone)

    def _check_open(self, entry: Entry) -> None:
        """Raises when taking the entry in would change a sealed day; a repetition does not."""
        if self.last_sealed is None:
            return
        recorded = entry.recorded
        standing = self._standings.get(recorded.fact.key)
        known = standing.versions.get(_version(entry.content)) if standing else None
        if known is not None and known <= recorded.recorded_at:
            return
        day = self.day(recorded.recorded_at)
        if day <= self.last_sealed:
            raise DayAlreadySealed(
                source=recorded.fact.source,
                event_id=recorded.fact.event_id,
                day=day.isoformat(),
                sealed=self.last_sealed.isoformat(),
            )


def conflict_of(entries: Sequence[Entry], index: LogIndex) -> Conflict:
    """The conflict between several versions of one event."""
    ordered = sorted(entries, key=lambda e: (e.recorded.recorded_at, e.content))
    source, event_id = key = ordered[0].recorded.fact.key
    sealed = [each.recorded for each in ordered if index.counts(key, each.content)]
    return Conflict(
        source=source,
        event_id=event_id,
        sealed=sealed[0] if sealed else None,
        versions=tuple(each.recorded for each in ordered),
    )


def _version(content: bytes) -> bytes:
    return sha256(content).digest()
