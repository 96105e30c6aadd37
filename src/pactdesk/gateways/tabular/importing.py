"""`import_rows` checks a table against a mapping; `load` puts its facts into a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pactdesk.core.facts.chain import check_contract
from pactdesk.core.facts.fact import FactKey
from pactdesk.core.facts.log import FactLog, Refusal
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.tabular.groups import GroupRefused
from pactdesk.gateways.tabular.reconciliation import Reconciliation
from pactdesk.gateways.tabular.results import Imported, RowRefused, RowSkipped, RowTold
from pactdesk.gateways.tabular.row_mapping import RowMapping
from pactdesk.gateways.tabular.rows import Told
from pactdesk.gateways.tabular.salts import SaltKeyMissing
from pactdesk.gateways.tabular.table import Form, check_table

BATCH = 400_000
"""Facts that go into the log at once. A smaller file is taken whole or not at all; a larger one
that stops half-way is simply imported again."""

_PROGRESS_EVERY = 1_000


def import_rows(
    path: Path, mapping: RowMapping, contract_id: str, *, salt_key: bytes | None = None
) -> Imported:
    """Check the file `path` against the mapping; nothing is written.

    salt_key  needed only when the mapping has personal fields; see `salts.salt_key`

    raises  SaltKeyMissing, and what `check_table` raises
    """
    if mapping.has_personal and salt_key is None:
        raise SaltKeyMissing(file=mapping.name)
    form = Form(mapping.encoding, mapping.delimiter, mapping.columns)
    return Imported(check_table(path, form), mapping, contract_id, salt_key)


def load(
    log: FactLog,
    imported: Imported,
    recorded_at: Instant,
    *,
    progress: Callable[[int], None] | None = None,
    batch: int = BATCH,
) -> Reconciliation:
    """Put the facts of the table into `log`, as known from `recorded_at` on.

    progress  is told, now and then and at the end, how many rows are done

    raises  LogOfAnotherContract, TableChanged, and what `log.append` raises
    """
    check_contract(expected=log.contract_id, found=imported.contract_id)
    loading = _Loading(log, recorded_at, batch)
    rows = 0
    for result in imported.results():
        match result:
            case RowTold(told=told):
                loading.rows_with_facts += 1
                loading.take(told)
            case RowSkipped(reason=reason):
                loading.skipped[reason] += 1
            case RowRefused():
                loading.refused.append(result)
            case GroupRefused():
                loading.groups_refused.append(result)
                continue
            case _:
                loading.take(result)
                continue
        rows += 1
        if progress and rows % _PROGRESS_EVERY == 0:
            progress(rows)
    loading.flush()
    if progress:
        progress(rows)
    return loading.account(imported, rows)


@dataclass(slots=True)
class _Loading:
    """The counts so far, and the batch that waits."""

    log: FactLog
    recorded_at: Instant
    batch: int
    rows_with_facts: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    refused: list[RowRefused] = field(default_factory=list)
    groups_refused: list[GroupRefused] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    added: int = 0
    duplicates: int = 0
    conflicts: set[FactKey] = field(default_factory=set)
    refused_by_log: list[Refusal] = field(default_factory=list)
    first: Instant | None = None
    last: Instant | None = None
    waiting: list[Told] = field(default_factory=list)

    def take(self, told: tuple[Told, ...]) -> None:
        """The facts of one row or group; they stay together."""
        for each in told:
            at = each.fact.occurred_at
            self.made[each.fact.kind.value] += 1
            self.first = at if self.first is None else min(self.first, at)
            self.last = at if self.last is None else max(self.last, at)
        self.waiting += told
        if len(self.waiting) >= self.batch:
            self.flush()

    def flush(self) -> None:
        """Hand the batch to the log."""
        if not self.waiting:
            return
        facts = [each.fact for each in self.waiting]
        personal = [text for each in self.waiting for text in each.personal]
        report = self.log.append(facts, self.recorded_at, personal)
        self.added += report.added
        self.duplicates += report.duplicates
        self.conflicts.update(report.conflicts)
        self.refused_by_log += report.refused
        self.waiting = []

    def account(self, imported: Imported, rows: int) -> Reconciliation:
        """Everything together, when all was handed over."""
        made = sum(self.made.values())
        return Reconciliation(
            file=imported.table.path.name,
            sha256=imported.table.sha256,
            mapping=imported.mapping.name,
            source=imported.mapping.source,
            contract_id=imported.contract_id,
            zone=self.log.zone.key,
            rows=rows,
            rows_with_facts=self.rows_with_facts,
            skipped=dict(sorted(self.skipped.items())),
            refused=tuple(self.refused),
            groups_refused=tuple(self.groups_refused),
            made=dict(sorted(self.made.items())),
            added=self.added,
            duplicates=self.duplicates,
            # The log names contested ids, not facts: what is neither new nor known is contested.
            conflicting=made - self.added - self.duplicates - len(self.refused_by_log),
            conflicts=tuple(sorted(self.conflicts)),
            refused_by_log=tuple(self.refused_by_log),
            first=self.first,
            last=self.last,
        )
