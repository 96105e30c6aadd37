"""What every layer of the normalisation returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pactdesk.documents.offsets import Edit, OffsetMap, Span, rewrite


@dataclass(frozen=True, slots=True)
class Repair:
    """`was`, at `start` to `end` of the original, was read as `became`, by `rule`."""

    start: int
    end: int
    was: str
    became: str
    rule: str


@dataclass(frozen=True, slots=True)
class Removed:
    """`text`, at `start` to `end` of the original, was cut as noise, by `rule`."""

    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Layer:
    """The text after one layer, and the way back to the text before it.

    Spans of `repairs`, `removed` and `unreadable` are those of the text before.
    """

    text: str
    offsets: OffsetMap
    repairs: tuple[Repair, ...] = ()
    removed: tuple[Removed, ...] = ()
    unreadable: tuple[Span, ...] = ()


def edited(text: str, edits: Iterable[Edit], *, rule: str | None = None) -> Layer:
    """The layer that applies `edits`; each is logged as a repair if a `rule` is given."""
    edits = tuple(edits)
    after, offsets = rewrite(text, edits)
    repairs = tuple(
        Repair(edit.start, edit.end, text[edit.start : edit.end], edit.text, rule)
        for edit in edits
        if rule is not None
    )
    return Layer(after, offsets, repairs)
