"""The fact log in PostgreSQL: the third make, beside those in memory and in files.

It works in the transaction of whoever uses it, who holds a scope with the contract; without
one it is empty and takes nothing. Which version of an event counts is decided by core's
`LogIndex`, here over the events concerned, never over the whole log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from pactdesk.apps.evidence import queries, sql
from pactdesk.apps.evidence.queries import Version
from pactdesk.apps.evidence.values import check_texts, storable
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.chain import check_contract
from pactdesk.core.facts.checkpoints import SignedCheckpoint, to_checkpoint_record
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact, FactKey, RecordedFact
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
from pactdesk.core.units.instants import Instant, day_start, local_day


class PostgresFactLog:
    """A FactLog in the database.

    contract     the id of the contract's rows
    contract_id  what the facts themselves call the contract (its code in the terms)
    """

    def __init__(self, contract: UUID, contract_id: str, zone: ZoneInfo) -> None:
        self.contract = contract
        self.contract_id = contract_id
        self.zone = zone

    def append_now(
        self, facts: Iterable[Fact], personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        """Take in facts that become known now, by the database's clock: the live desk's way.

        raises  as `append`
        """
        with transaction.atomic():
            self.hold()
            return self.append(facts, queries.database_time(), personal)

    def append(
        self, facts: Iterable[Fact], recorded_at: Instant, personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        """As `FactLog.append`: for imports and simulations, which know when."""
        return self.record((RecordedFact(fact, recorded_at) for fact in facts), personal)

    def record(
        self, recorded: Iterable[RecordedFact], personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        """As `FactLog.record`."""
        checked, refused = checked_entries(recorded, self.contract_id)
        entries, unstorable = storable(checked)
        texts = list(personal)
        check_personal(texts, entries)
        check_texts(texts)
        with transaction.atomic():
            self.hold()
            index, known = self._index({entry.recorded.fact.key for entry in entries})
            report = index.add_all(entries, (*refused, *unstorable))
            standing = {_version(entry, index): entry.recorded.fact for entry in entries}
            self._add({each: standing[each] for each in standing.keys() - set(known)})
            self._add_personal(texts)
        return report

    def facts(self, contract_id: str, through: date | None = None) -> Iterable[RecordedFact]:
        """As `FactLog.facts`; read from the database at once, made into facts one by one."""
        check_contract(expected=contract_id, found=self.contract_id)
        until = self._end_of(through) if through else queries.LAST_MS
        counting, _ = queries.versions_between(self.contract, self.zone, until_ms=until)
        return (version.fact() for version in counting)

    def conflicts(self) -> tuple[Conflict, ...]:
        """As `FactLog.conflicts`."""
        index, versions = self._index(queries.contested_events(self.contract))
        by_event: dict[FactKey, list[Entry]] = {}
        for each in versions:
            by_event.setdefault(each.key, []).append(Entry(each.fact(), each.content))
        return tuple(conflict_of(held, index) for _, held in sorted(by_event.items()))

    def days(self) -> tuple[date, ...]:
        """As `FactLog.days`."""
        days = [local_day(at, self.zone) for at in queries.recorded_from_to(self.contract)]
        chain = self.checkpoints()
        days += [chain[0].body.day, chain[-1].body.day] if chain else []
        return days_between(min(days), max(days)) if days else ()

    def day_records(self, day: date) -> Sequence[bytes]:
        """As `FactLog.day_records`."""
        counting, _ = self._on(day)
        return [version.line for version in counting]

    def checkpoints(self) -> Sequence[SignedCheckpoint]:
        """As `FactLog.checkpoints`."""
        return queries.checkpoints_of(self.contract)

    def append_checkpoint(self, signed: SignedCheckpoint) -> None:
        """As `FactLog.append_checkpoint`; only the role of jobs may."""
        body = signed.body
        with transaction.atomic():
            self.hold()
            check_next_seal(self, body)
            _, left_out = self._on(body.day)
            self._execute(
                sql.ADD_CHECKPOINT,
                [
                    new_id(),
                    self.contract,
                    body.day,
                    body.log_size,
                    body.digest,
                    body.previous,
                    self._end_of(body.day),
                    canonical_json(to_checkpoint_record(signed)),
                ],
            )
            columns = [[each[at] for each in left_out] for at in (1, 2, 3)]
            ids = [new_id() for _ in left_out]
            self._execute(sql.ADD_LEFT_OUT, [self.contract, body.day, ids, *columns])

    def personal_fields(self) -> Iterable[PersonalField]:
        """As `FactLog.personal_fields`."""
        return queries.personal_of(self.contract)

    def erase_personal(self, keys: Iterable[FactKey]) -> int:
        """As `FactLog.erase_personal`; only the role of jobs may.

        The row is gone for every reader at once; its bytes leave the disk with PostgreSQL's next
        vacuum, and leave backups when those expire.
        """
        wanted = list(keys)
        columns = [[key[at] for key in wanted] for at in (0, 1)]
        return self._execute(sql.ERASE_PERSONAL, [*columns, self.contract])

    def hold(self) -> None:
        """Be alone with this log until the transaction ends."""
        self._execute(sql.LOCK_LOG, [self.contract])

    def _index(self, keys: Iterable[FactKey]) -> tuple[LogIndex, list[Version]]:
        return queries.index_of(self.contract, self.zone, keys)

    def _on(self, day: date) -> tuple[list[Version], list[Version]]:
        since = day_start(day, self.zone)
        return queries.versions_between(self.contract, self.zone, since, self._end_of(day))

    def _end_of(self, day: date) -> Instant:
        return day_start(day + timedelta(days=1), self.zone)

    def _add(self, new: dict[Version, Fact]) -> None:
        if not new:
            return
        self._execute(
            sql.ADD_FACTS,
            [
                self.contract,
                [new_id() for _ in new],
                [version.source for version in new],
                [version.event_id for version in new],
                [str(fact.kind) for fact in new.values()],
                [fact.occurred_at for fact in new.values()],
                [version.recorded_at for version in new],
                [version.content for version in new],
            ],
        )

    def _add_personal(self, texts: Sequence[PersonalField]) -> None:
        if not texts:
            return
        self._execute(
            sql.ADD_PERSONAL,
            [
                self.contract,
                [new_id() for _ in texts],
                [each.source for each in texts],
                [each.event_id for each in texts],
                [each.field for each in texts],
                [each.commitment for each in texts],
                [bytes.fromhex(each.salt_hex) for each in texts],
                [each.value for each in texts],
            ],
        )

    def _execute(self, statement: str, values: Sequence[Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)


def _version(entry: Entry, index: LogIndex) -> Version:
    """The entry's version, with the earliest time that is known of it now."""
    key = entry.recorded.fact.key
    return Version(index.recorded_at(key, entry.content), *key, entry.content)
