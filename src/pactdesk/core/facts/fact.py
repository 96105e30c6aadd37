"""A fact: one thing that happened, never changed afterwards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pactdesk.core.facts.canonical import Json, canonical_json
from pactdesk.core.facts.fields import Measured, is_moment
from pactdesk.core.facts.kinds import MEASURED_BY_KIND, FactKind, fact_kind
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant

FACT_FORMAT = "pactdesk.fact/1"

FactKey = tuple[str, str]
"""`(source, event_id)`: what makes two reports the same event."""

_BEFORE_SOURCE = b',"source":'
_BEFORE_RECORDED = b',"recorded_at":'
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_RECORD_FIELDS = {
    "contract_id", "event_id", "format", "kind", "measured",
    "occurred_at", "personal", "recorded_at", "source",
}  # fmt: skip


class RecordMalformed(PactError):
    """`field` of a record is missing, unknown or holds what it must not (`value`)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened under one contract, as its source tells it.

    source, event_id  together name the event; the same pair twice is the same event
    occurred_at       the source's time
    measured          what levels and statements are made of; never erased; see `kinds`
    personal          commitments (hex) to the personal fields, whose texts lie beside the log
    """

    contract_id: str
    source: str
    event_id: str
    kind: FactKind
    occurred_at: Instant
    measured: Mapping[str, Json]
    personal: Mapping[str, str]

    @classmethod
    def of(
        cls,
        detail: Measured,
        *,
        contract_id: str,
        source: str,
        event_id: str,
        occurred_at: Instant,
        personal: Mapping[str, str] | None = None,
    ) -> Fact:
        """The fact that `detail` happened."""
        return cls(
            contract_id=contract_id,
            source=source,
            event_id=event_id,
            kind=FactKind(detail.kind),
            occurred_at=occurred_at,
            measured=detail.to_measured(),
            personal=personal or {},
        )

    @property
    def key(self) -> FactKey:
        """What makes two reports the same event."""
        return (self.source, self.event_id)

    @property
    def detail(self) -> Measured:
        """The measured part as its own type, checked; FactMalformed when it is not of its kind."""
        return MEASURED_BY_KIND[self.kind].from_measured(self.measured)

    def check(self) -> None:
        """Raises when the fact is not one that a log may keep."""
        for name in ("contract_id", "source", "event_id"):
            value = getattr(self, name)
            if not isinstance(value, str) or not value:
                raise _malformed(name, value)
        _check_instant("occurred_at", self.occurred_at)
        for field, commitment in self.personal.items():
            if not isinstance(commitment, str) or not _COMMITMENT.fullmatch(commitment):
                raise _malformed(f"personal.{field}", commitment)
        fact_kind(self.kind)
        _ = self.detail


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """A fact and when the log took it in."""

    fact: Fact
    recorded_at: Instant

    def check(self) -> None:
        """Raises when the fact, or its time, is not one that a log may keep."""
        _check_instant("recorded_at", self.recorded_at)
        self.fact.check()

    @property
    def order(self) -> tuple[int, str, str]:
        """Facts stand in a log by recording time, then source, then id (as code points)."""
        return (self.recorded_at, self.fact.source, self.fact.event_id)


def as_happened(facts: Iterable[RecordedFact], *kinds: FactKind) -> list[RecordedFact]:
    """The facts of these kinds in the order of what happened, not of when it was recorded.

    Events of the same millisecond stand in the order of source and id. Asking by kind is cheap;
    `detail` is made only for those that are kept.
    """
    kept = (each for each in facts if each.fact.kind in kinds)
    return sorted(kept, key=lambda each: (each.fact.occurred_at, *each.fact.key))


def to_record(recorded: RecordedFact) -> dict[str, Json]:
    """The object whose canonical bytes are one line of the log and one leaf of its tree."""
    return {**_content(recorded.fact), "recorded_at": recorded.recorded_at}


def from_record(record: Json) -> RecordedFact:
    """The inverse of `to_record`; checks everything, also the measured part.

    raises  RecordMalformed, FactMalformed
    """
    if not isinstance(record, dict):
        raise _malformed("{}", record)
    for name in sorted(_RECORD_FIELDS ^ set(record)):
        raise _malformed(name, record.get(name))
    if record["format"] != FACT_FORMAT:
        raise _malformed("format", record["format"])
    for name in ("measured", "personal"):
        if not isinstance(record[name], dict):
            raise _malformed(name, record[name])
    fact = Fact(
        contract_id=record["contract_id"],  # type: ignore[arg-type]  # `check` below looks
        source=record["source"],  # type: ignore[arg-type]  # same
        event_id=record["event_id"],  # type: ignore[arg-type]  # same
        kind=fact_kind(record["kind"]),
        occurred_at=record["occurred_at"],  # type: ignore[arg-type]  # same
        measured=record["measured"],  # type: ignore[arg-type]  # seen above
        personal=record["personal"],  # type: ignore[arg-type]  # seen above and in `check`
    )
    recorded = RecordedFact(fact, record["recorded_at"])  # type: ignore[arg-type]  # same
    recorded.check()
    return recorded


def from_kept(content: bytes, recorded_at: Instant) -> RecordedFact:
    """A fact from the canonical bytes that a log took in, without checking them again.

    The log checked them then, whoever verifies does so anew, and `detail` checks the measured
    part; pages that read a whole month are several times faster without a third look.
    """
    held = json.loads(content)
    fact = Fact(
        contract_id=held["contract_id"],
        source=held["source"],
        event_id=held["event_id"],
        kind=FactKind(held["kind"]),
        occurred_at=held["occurred_at"],
        measured=held["measured"],
        personal=held["personal"],
    )
    return RecordedFact(fact, recorded_at)


def record_line(recorded: RecordedFact) -> bytes:
    """The canonical bytes of `to_record(recorded)`."""
    return line_of(content_of(recorded.fact), recorded.recorded_at)


def content_of(fact: Fact) -> bytes:
    """The canonical bytes of a record without `recorded_at`.

    They tell two versions of the same event apart: when the log took it in plays no part.
    """
    return canonical_json(_content(fact))


def line_of(content: bytes, recorded_at: Instant) -> bytes:
    """The record's canonical bytes, made of its content.

    `source` sorts last and `recorded_at` just before it, so writing the whole record a second
    time is not needed. Inside a text the quotation marks of `,"source":` would be escaped.
    """
    at = content.rindex(_BEFORE_SOURCE)
    return b'%b,"recorded_at":%d%b' % (content[:at], recorded_at, content[at:])


def content_in(line: bytes) -> bytes:
    """The inverse of `line_of`: the canonical bytes without `recorded_at`."""
    at = line.rindex(_BEFORE_SOURCE)
    return line[: line.rindex(_BEFORE_RECORDED, 0, at)] + line[at:]


def _content(fact: Fact) -> dict[str, Json]:
    return {
        "contract_id": fact.contract_id,
        "event_id": fact.event_id,
        "format": FACT_FORMAT,
        "kind": str(fact.kind),
        "measured": dict(fact.measured),
        "occurred_at": fact.occurred_at,
        "personal": dict(fact.personal),
        "source": fact.source,
    }


def _check_instant(name: str, value: object) -> None:
    if not is_moment(value):
        raise _malformed(name, value)


def _malformed(field: str, value: object) -> RecordMalformed:
    return RecordMalformed(field=field, value=str(value)[:80])
