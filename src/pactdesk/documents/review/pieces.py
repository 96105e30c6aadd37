"""The text cut where any marked place begins or ends, so that places may overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the text; `name` is what the page links it to, `kind` colours it."""

    start: int
    end: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that the same marks cover, the narrowest first."""

    start: int
    text: str
    marks: tuple[Mark, ...]


def pieces(text: str, marks: Iterable[Mark], breaks: Iterable[int] = ()) -> Iterator[Piece]:
    """The whole text in order, also cut at `breaks`; together the pieces are the text.

    >>> [(p.text, [m.name for m in p.marks]) for p in pieces("abcd", [Mark(1, 3, "x", "term")])]
    [('a', []), ('bc', ['x']), ('d', [])]
    """
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in inside:
        opening.setdefault(mark.start, []).append(mark)
        closing.setdefault(mark.end, []).append(mark)
    cuts = sorted({0, len(text), *opening, *closing, *(at for at in breaks if 0 < at < len(text))})
    covering: list[Mark] = []
    for start, end in pairwise(cuts):
        for mark in closing.get(start, []):
            covering.remove(mark)
        covering += opening.get(start, [])
        order = sorted(covering, key=lambda mark: (mark.end - mark.start, mark.name))
        yield Piece(start, text[start:end], tuple(order))
