"""The fact log as a port: what every log can do, wherever it keeps its facts.

A log belongs to one contract and only grows. Its state follows from the *set* of recorded facts
and the seals made, never from the order, the batches or the repetitions in which they came:
the same fact twice keeps its earliest recording time, and an id with two contents is a conflict
whichever came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from pactdesk.core.facts.chain import ChainBroken, check_contract, check_day, check_link
from pactdesk.core.facts.checkpoints import Checkpoint, SignedCheckpoint, Signer, days_of, seal_day
from pactdesk.core.facts.commitments import (
    PersonalField,
    PersonalFieldUnknown,
    check_personal_field,
)
from pactdesk.core.facts.fact import Fact, FactKey, RecordedFact, content_of
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant


class DayAlreadySealed(PactError):
    """Fact `event_id` of `source` would go into `day`, but `sealed` and all before are sealed."""


class NothingToSeal(PactError):
    """The log of `contract_id` has no fact up to `day`, so there is no first day to seal."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fact that the log did not take, and the error that says why."""

    source: str
    event_id: str
    error: PactError


@dataclass(frozen=True, slots=True)
class AppendReport:
    """What became of a batch.

    added       facts with an id that was new
    duplicates  facts that were there already, with the same content
    conflicts   ids that came with another content than before
    refused     facts that are malformed or of another contract
    """

    added: int
    duplicates: int
    conflicts: tuple[FactKey, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One id with several contents.

    sealed    the version that counts because its day was sealed before the others came
    versions  all versions, the sealed one included, in the order of the log
    """

    source: str
    event_id: str
    sealed: RecordedFact | None
    versions: tuple[RecordedFact, ...]


class FactLog(Protocol):
    """The facts of one contract."""

    @property
    def contract_id(self) -> str:
        """Whose facts these are."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """The contract's zone; it decides on which day a fact was recorded."""
        ...

    def append(
        self, facts: Iterable[Fact], recorded_at: Instant, personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        """Take in facts that became known at `recorded_at`, with the texts of personal fields.

        raises  DayAlreadySealed, PersonalFieldUnknown, CommitmentMismatch: then nothing is taken
        """
        ...

    def record(
        self, recorded: Iterable[RecordedFact], personal: Iterable[PersonalField] = ()
    ) -> AppendReport:
        """The same for facts with a recording time each, as one batch."""
        ...

    def facts(self, contract_id: str, through: date | None = None) -> Iterable[RecordedFact]:
        """The facts that count, recorded up to and including the day `through`, in log order.

        raises  LogOfAnotherContract
        """
        ...

    def conflicts(self) -> tuple[Conflict, ...]:
        """Every id with several contents, by source and id."""
        ...

    def days(self) -> tuple[date, ...]:
        """Every day from the first to the last recorded or sealed one, empty days included."""
        ...

    def day_records(self, day: date) -> Sequence[bytes]:
        """The canonical records of `day` that count, in log order: the leaves of its tree."""
        ...

    def checkpoints(self) -> Sequence[SignedCheckpoint]:
        """Every checkpoint, from the first on."""
        ...

    def append_checkpoint(self, signed: SignedCheckpoint) -> None:
        """Take in the checkpoint for the next day to seal; its signature is not looked at.

        raises  LogOfAnotherContract, ChainBroken, DayChanged
        """
        ...

    def personal_fields(self) -> Iterable[PersonalField]:
        """The texts of personal fields that were not erased."""
        ...

    def erase_personal(self, keys: Iterable[FactKey]) -> int:
        """Forget the personal texts of these facts; returns how many there were."""
        ...


def seal_through(log: FactLog, day: date, signer: Signer) -> tuple[SignedCheckpoint, ...]:
    """Seal every day that is not sealed yet, up to and including `day`; returns the new seals.

    The caller sees to it that `day` is over: nothing can be recorded on a sealed day.

    raises  NothingToSeal when the log is empty up to then
    """
    made: list[SignedCheckpoint] = []
    chain = list(log.checkpoints())
    days = log.days()
    if not days or days[0] > day:
        raise NothingToSeal(contract_id=log.contract_id, day=day.isoformat())
    following = chain[-1].body.day + timedelta(days=1) if chain else days[0]
    while following <= day:
        signed = seal_day(
            contract_id=log.contract_id,
            day=following,
            leaves=log.day_records(following),
            chain=chain,
            signer=signer,
        )
        log.append_checkpoint(signed)
        chain.append(signed)
        made.append(signed)
        following += timedelta(days=1)
    return tuple(made)


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Every day from `first` to `last`, both included."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Entry:
    """A recorded fact that was checked, with its canonical content."""

    recorded: RecordedFact
    content: bytes


def checked_entries(
    recorded: Iterable[RecordedFact], contract_id: str
) -> tuple[list[Entry], tuple[Refusal, ...]]:
    """The facts a log may keep, and those it refuses, each with its reason."""
    entries: list[Entry] = []
    refused: list[Refusal] = []
    for each in recorded:
        try:
            check_contract(expected=contract_id, found=each.fact.contract_id)
            each.check()
            entries.append(Entry(each, content_of(each.fact)))
        except PactError as error:
            refused.append(Refusal(str(each.fact.source), str(each.fact.event_id), error))
    return entries, tuple(refused)


def check_personal(personal: Iterable[PersonalField], entries: Iterable[Entry]) -> None:
    """Raises unless every personal field belongs to a fact of the same batch.

    raises  PersonalFieldUnknown, CommitmentMismatch, SaltTooShort
    """
    facts = {entry.recorded.fact.key: entry.recorded.fact for entry in entries}
    for each in personal:
        fact = facts.get(each.key)
        if fact is None:
            raise PersonalFieldUnknown(source=each.source, event_id=each.event_id, field=each.field)
        check_personal_field(each, fact)


class SealableLog(Protocol):
    """As much of a log as sealing looks at; the methods are those of `FactLog`."""

    @property
    def contract_id(self) -> str: ...

    def days(self) -> tuple[date, ...]: ...

    def day_records(self, day: date) -> Sequence[bytes]: ...

    def checkpoints(self) -> Sequence[SignedCheckpoint]: ...


def check_next_seal(log: SealableLog, body: Checkpoint) -> None:
    """Raises unless `body` is the next checkpoint of `log`, over the records that it has."""
    chain = log.checkpoints()
    last = chain[-1].body if chain else None
    check_link(log.contract_id, last, days_of(chain), body)
    first = next(iter(log.days()), body.day)
    if not chain and body.day != first:
        # A first seal on another day would leave facts outside every tree.
        raise ChainBroken(
            day=body.day.isoformat(), field="day", expected=str(first), found=str(body.day)
        )
    check_day(body, log.day_records(body.day))
