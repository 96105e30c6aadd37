"""Which conversations are looked at for quality: nobody can choose them, both can recheck them.

Each conversation is put at the place of SHA-256 of the seed and its id; the sample is the
beginning of that order. The seed is the digest of the first checkpoint sealed after the period:
while conversations were held, nobody knew it. Source: PRACTICE 2 (质检抽样).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Candidate:
    """A closed conversation; `agent` answered it, none when nobody did."""

    conversation: str
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """A conversation of the sample; `rank` is its place in the whole order, from 1 on."""

    conversation: str
    agent: str | None
    rank: int


def place_of(seed: str, conversation: str) -> str:
    """Where a conversation stands in the order: 64 hex digits.

    >>> place_of("ab", "019aa3f2-8c00-7000-8000-000000000001")[:8]
    '14f39d77'
    """
    return sha256(f"{seed}\n{conversation}".encode()).hexdigest()


def in_order(candidates: Iterable[Candidate], seed: str) -> tuple[Candidate, ...]:
    """All of them as the seed orders them, however they came."""
    one_each = {each.conversation: each for each in candidates}
    return tuple(sorted(one_each.values(), key=lambda each: place_of(seed, each.conversation)))


def picked(
    candidates: Iterable[Candidate], seed: str, size: int, *, each_agent: bool = False
) -> tuple[Picked, ...]:
    """The first `size` of the order; with `each_agent` also the first of every agent.

    A larger size only adds to a smaller one's sample.
    """
    sample: list[Picked] = []
    seen: set[str] = set()
    for rank, each in enumerate(in_order(candidates, seed), start=1):
        is_first = each_agent and each.agent is not None and each.agent not in seen
        if rank <= size or is_first:
            sample.append(Picked(each.conversation, each.agent, rank))
        if each.agent is not None:
            seen.add(each.agent)
    return tuple(sample)


def size_of(population: int, *, number: int | None, percent: int | None) -> int:
    """How many are drawn: a number, or a share rounded up; never more than there are.

    >>> size_of(41, number=None, percent=5), size_of(7, number=20, percent=None)
    (3, 7)
    """
    wanted = number if number is not None else -(-population * (percent or 0) // 100)
    return min(wanted, population)
