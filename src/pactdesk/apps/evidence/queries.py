"""Reading the evidence of one contract, inside a scope that has the contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from pactdesk.apps.evidence import sql
from pactdesk.core.facts.canonical import canonical_json, parse_canonical
from pactdesk.core.facts.checkpoints import SignedCheckpoint, from_checkpoint_record
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import (
    FactKey,
    RecordedFact,
    RecordMalformed,
    from_record,
    line_of,
)
from pactdesk.core.facts.index import LogIndex
from pactdesk.core.units.instants import Instant

FIRST_MS = -(2**53)
LAST_MS = 2**53


class Version(NamedTuple):
    """One version of one event, as the database has it; sorts in the order of the log."""

    recorded_at: Instant
    source: str
    event_id: str
    content: bytes

    @property
    def key(self) -> FactKey:
        """The event."""
        return (self.source, self.event_id)

    @property
    def line(self) -> bytes:
        """The canonical record: a line of the log and a leaf of its day's tree."""
        return line_of(self.content, self.recorded_at)

    def fact(self) -> RecordedFact:
        """The fact, checked; raises RecordMalformed when it is not that of the row's event."""
        recorded = from_record(parse_canonical(self.line))
        if recorded.fact.key != self.key:
            raise RecordMalformed(field="event_id", value=recorded.fact.event_id[:80])
        return recorded


def versions_between(
    contract: UUID, zone: ZoneInfo, since_ms: int = FIRST_MS, until_ms: int = LAST_MS
) -> tuple[list[Version], list[Version]]:
    """The versions recorded in a stretch of time: those that count, and those that do not."""
    alone: list[Version] = []
    contested: list[Version] = []
    for source, event_id, at, content, is_contested in _rows(
        sql.VERSIONS_BETWEEN, [contract, since_ms, until_ms]
    ):
        kept = contested if is_contested else alone
        kept.append(Version(at, source, event_id, bytes(content)))
    if not contested:
        return alone, []
    index, _ = index_of(contract, zone, {each.key for each in contested})
    counting = [each for each in contested if index.counts(each.key, each.content)]
    left_out = [each for each in contested if not index.counts(each.key, each.content)]
    return sorted([*alone, *counting]), left_out


def index_of(
    contract: UUID, zone: ZoneInfo, keys: Iterable[FactKey]
) -> tuple[LogIndex, list[Version]]:
    """The standing of these events, for core's rule to judge, and all their versions."""
    index = LogIndex(zone)
    sealed_through = last_sealed(contract)
    versions: dict[tuple[FactKey, bytes], bool] = {}
    pairs = list(keys)
    names = [[source for source, _ in pairs], [event_id for _, event_id in pairs]]
    wanted = [contract, *names, contract]
    for source, event_id, at, content, is_left_out in _rows(sql.VERSIONS_OF, wanted):
        version = ((source, event_id), bytes(content))
        index.add(*version, at)
        versions[version] = is_left_out
    found = [Version(index.recorded_at(*one), *one[0], one[1]) for one in versions]
    for each in found:
        day = index.day(each.recorded_at)
        is_sealed = sealed_through is not None and day <= sealed_through
        if is_sealed and not versions[each.key, each.content]:
            index.seal(day, [(each.key, each.content)])
    index.last_sealed = sealed_through
    return index, found


def contested_events(contract: UUID) -> list[FactKey]:
    """Every event with several contents, by source and id."""
    return [(source, event_id) for source, event_id in _rows(sql.CONTESTED_EVENTS, [contract])]


def facts_about(contract: UUID, zone: ZoneInfo, interaction: str) -> list[RecordedFact]:
    """The facts that count of one interaction, in the order of the log."""
    needle = b'"interaction":' + canonical_json(interaction)
    keys = [(source, name) for source, name in _rows(sql.EVENTS_ABOUT, [contract, needle])]
    index, versions = index_of(contract, zone, keys)
    return [one.fact() for one in sorted(versions) if index.counts(one.key, one.content)]


class LateFact(NamedTuple):
    """A fact that was recorded on a later day than it happened on."""

    source: str
    event_id: str
    kind: str
    occurred_at: Instant
    recorded_at: Instant


def recorded_late(
    contract: UUID, zone: ZoneInfo, since: Instant, most: int
) -> tuple[int, list[LateFact]]:
    """How many facts recorded since then came late, and the latest of them."""
    values = [contract, since, zone.key, zone.key, most]
    rows = _rows(sql.RECORDED_LATE, values)
    return (rows[0][-1] if rows else 0), [LateFact(*row[:-1]) for row in rows]


def recorded_from_to(contract: UUID) -> list[Instant]:
    """The first and the last recording time; nothing when there is no fact."""
    [times] = _rows(sql.RECORDED_FROM_TO, [contract, contract])
    return [Instant(at) for at in times if at is not None]


def last_sealed(contract: UUID) -> date | None:
    """The last day that is sealed."""
    rows = _rows(sql.LAST_SEALED, [contract])
    return rows[0][0] if rows else None


def checkpoints_of(contract: UUID) -> tuple[SignedCheckpoint, ...]:
    """Every checkpoint, from the first on."""
    return tuple(
        from_checkpoint_record(parse_canonical(bytes(record)))
        for (record,) in _rows(sql.CHECKPOINTS, [contract])
    )


def personal_of(contract: UUID) -> list[PersonalField]:
    """The personal texts that were not erased."""
    return [
        PersonalField(source, event_id, field, bytes(salt).hex(), value)
        for source, event_id, field, salt, value in _rows(sql.PERSONAL, [contract])
    ]


def database_time() -> Instant:
    """The database's clock, now."""
    [(now,)] = _rows(sql.DATABASE_TIME, [])
    return Instant(now)


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
