"""On the way to the log: when each fact is recorded, and in which batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from heapq import heappop, heappush
from typing import NamedTuple

from pactdesk.core.facts.commitments import SHORTEST_SALT, PersonalField
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.fields import Measured
from pactdesk.core.units.instants import Instant
from pactdesk.simulate.chance import Chance
from pactdesk.simulate.parts import Recording


class Batch(NamedTuple):
    """Facts that became known together, ready for `FactLog.append`."""

    recorded_at: Instant
    facts: tuple[Fact, ...]
    personal: tuple[PersonalField, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    recorded_at: Instant
    number: int
    fact: Fact
    personal: tuple[PersonalField, ...]


class Recorder:
    """Takes facts as they happen and gives them out as the log will see them."""

    def __init__(self, *, contract_id: str, seed: int, recording: Recording) -> None:
        self._contract_id = contract_id
        self._seed = seed
        self._recording = recording
        self._chance = Chance(seed, "recording")
        self._waiting: list[_Due] = []
        self._count = 0

    def note(
        self,
        detail: Measured,
        *,
        source: str,
        event_id: str,
        at: Instant,
        personal: Mapping[str, str] | None = None,
        may_be_late: bool = False,
    ) -> None:
        """`detail` happened at `at`; `may_be_late` where people or other systems report it."""
        texts = tuple(
            PersonalField(source, event_id, name, self._salt(source, event_id, name), text)
            for name, text in (personal or {}).items()
        )
        fact = Fact.of(
            detail,
            contract_id=self._contract_id,
            source=source,
            event_id=event_id,
            occurred_at=at,
            personal={each.field: each.commitment for each in texts},
        )
        late = may_be_late and self._chance.happens(self._recording.late_share)
        delay = self._recording.late if late else self._recording.delay
        recorded_at = self._handed_over(at + self._chance.length_ms(delay))
        self._push(recorded_at, fact, texts)
        every = self._recording.redelivered_every
        if every and self._count % every == 0:
            again = recorded_at + self._chance.length_ms(self._recording.redelivered)
            self._push(self._handed_over(again), fact, texts)

    def batches_before(self, end: Instant | None = None) -> Iterator[Batch]:
        """Every batch recorded before `end`, in order; all that is left when there is no end."""
        while self._waiting and (end is None or self._waiting[0].recorded_at < end):
            recorded_at = self._waiting[0].recorded_at
            facts: list[Fact] = []
            personal: list[PersonalField] = []
            while self._waiting and self._waiting[0].recorded_at == recorded_at:
                due = heappop(self._waiting)
                facts.append(due.fact)
                personal.extend(due.personal)
            yield Batch(recorded_at, tuple(facts), tuple(personal))

    def _push(self, recorded_at: Instant, fact: Fact, personal: tuple[PersonalField, ...]) -> None:
        self._count += 1
        heappush(self._waiting, _Due(recorded_at, self._count, fact, personal))

    def _handed_over(self, at: int) -> Instant:
        step = self._recording.every_s * 1000
        return Instant(-(-at // step) * step)

    def _salt(self, *name: str) -> str:
        """For the demo only: whoever knows the seed knows the salt. Real ones are random."""
        text = "|".join(("salt", str(self._seed), *name))
        return sha256(text.encode()).hexdigest()[: 2 * SHORTEST_SALT]
