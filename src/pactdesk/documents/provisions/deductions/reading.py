"""All deductions of a paper, in its order."""

from __future__ import annotations

from pactdesk.documents.provisions.deductions import bands, counts, steps, tables
from pactdesk.documents.provisions.deductions.kinds import Deduction
from pactdesk.documents.provisions.noted import Noted
from pactdesk.documents.provisions.passage import Passage


def read(passage: Passage) -> tuple[Noted[Deduction], ...]:
    """Tables first; what stands in a table is not read again by step."""
    runs = [*tables.read(passage), *bands.read(passage), *counts.read(passage)]
    taken = [(noted.start, noted.end) for noted in runs]
    every = [*runs, *steps.read(passage, taken)]
    kept: list[Noted[Deduction]] = []
    for noted in sorted(every, key=lambda n: n.start):
        if noted.value not in [other.value for other in kept]:
            kept.append(noted)
    return tuple(kept)
