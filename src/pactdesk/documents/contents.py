"""A table of contents, kept apart from the clauses that it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pactdesk.documents.numbering import Mark
from pactdesk.documents.offsets import Span

_TITLE = re.compile(r"(?:本合同|本协议|合同|协议)?目\s{0,4}录(?:一览表?)?[:：]?\s*")
_SEARCHED = 6000
_FEWEST = 4
_LONGEST_ENTRY = 60
_LEADER = re.compile(r"[\s.…·。_-]*\d{0,3}\s*$")
_DOTS = re.compile(r"[.…·]{3,}")


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of a table of contents; `number` as printed, `start` to `end` in the text."""

    number: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The whole table, its title included, and its entries."""

    span: Span
    entries: tuple[ContentsEntry, ...]


def contents_in(text: str, marks: tuple[Mark, ...]) -> Contents | None:
    """The table of contents in the opening of `text`, if it has one."""
    for title in _TITLE.finditer(text, 0, min(len(text), _SEARCHED)):
        listed = [*_listed(text, [mark for mark in marks if mark.start >= title.end()])]
        if len(listed) <= _FEWEST or listed[0].start > title.end() + 4:
            continue
        entries = tuple(_entry(text, one, after.start) for one, after in pairwise(listed))
        return Contents((title.start(), listed[-1].start), entries)
    return None


def _listed(text: str, marks: list[Mark]) -> Iterator[Mark]:
    """The marks of the entries, and the mark that begins the text after them."""
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for mark, after in pairwise(marks):
        again = (mark.style, mark.value) in seen
        entry = text[mark.end : after.start]
        prose = "。" in _DOTS.sub("", entry) or len(_DOTS.sub("", entry)) > _LONGEST_ENTRY
        yield mark
        if again or prose or (mark.style == "part" and seen):
            return
        seen.add((mark.style, mark.value))


def _entry(text: str, mark: Mark, end: int) -> ContentsEntry:
    heading = _LEADER.sub("", text[mark.end : end]).strip()
    return ContentsEntry(mark.label.rstrip(".、．"), heading, mark.start, end)
