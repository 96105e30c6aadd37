"""The counting facts of a log, of which a process reads the sealed ones only once.

What is sealed never changes, so it is kept under the digest of its seal. Only whoever sees that
seal through the wall in this very transaction is given what was kept under it.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.models import CheckpointRow
from pactdesk.apps.evidence.queries import FIRST_MS, LAST_MS, versions_between
from pactdesk.core.facts.fact import RecordedFact, from_kept
from pactdesk.core.units.instants import Instant

MOST_LOGS = 8


@dataclass(frozen=True, slots=True)
class _Kept:
    """The facts recorded before `until`, the first instant after the sealed days."""

    digest: str
    until: Instant
    facts: tuple[RecordedFact, ...]


_kept: OrderedDict[UUID, _Kept] = OrderedDict()
_lock = Lock()


def facts_now(log: PostgresFactLog) -> tuple[RecordedFact, ...]:
    """All facts that count now, sealed or not, in the order of the log: as `FactLog.facts`."""
    seal = CheckpointRow.objects.filter(contract_id=log.contract).order_by("-number").first()
    if seal is None:
        return _between(log, Instant(FIRST_MS), Instant(LAST_MS))
    sealed = _sealed(log, seal)
    return sealed.facts + _between(log, sealed.until, Instant(LAST_MS))


def _sealed(log: PostgresFactLog, seal: CheckpointRow) -> _Kept:
    with _lock:
        kept = _kept.get(log.contract)
    if kept is None or not _is_before(log, kept):
        kept = _Kept("", Instant(FIRST_MS), ())
    until = Instant(seal.sealed_until_ms)
    if kept.digest != seal.digest:
        kept = _Kept(seal.digest, until, kept.facts + _between(log, kept.until, until))
    with _lock:
        _kept[log.contract] = kept
        _kept.move_to_end(log.contract)
        while len(_kept) > MOST_LOGS:
            _kept.popitem(last=False)
    return kept


def _is_before(log: PostgresFactLog, kept: _Kept) -> bool:
    """Whether the log has the seal that they were kept under."""
    seals = CheckpointRow.objects.filter(contract_id=log.contract, digest=kept.digest)
    return seals.exists()


def _between(log: PostgresFactLog, since: Instant, until: Instant) -> tuple[RecordedFact, ...]:
    counting, _ = versions_between(log.contract, log.zone, since, until)
    with _without_collector():
        return tuple(from_kept(each.content, each.recorded_at) for each in counting)


@contextmanager
def _without_collector() -> Iterator[None]:
    """None of what is made will be garbage: looking for some would take half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
