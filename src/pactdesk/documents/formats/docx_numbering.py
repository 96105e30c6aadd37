"""Word's automatic numbers, written out as the reader of the document sees them.

A paragraph refers to a list (`numId`) and a level, itself or through its style; the list
refers to an abstract list, which says how each level counts and looks. Lists over the same
abstract list go on counting, unless they override a level's start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from pactdesk.documents.formats.archive import attribute, child, local, value_of
from pactdesk.documents.formats.number_formats import formatted

_PLACE = re.compile(r"%([1-9])")
_MOST_STYLES = 50
_WHOLE = re.compile(r"[0-9]{1,9}")
_LARGEST = 32_767


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    follows: str = "tab"
    restarts: bool = True
    paragraph_style: str | None = None


@dataclass(slots=True)
class _List:
    """A list of the document: where it counts, how each level looks, which starts it sets."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each paragraph its number; asked in the order of the document."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self.styles = {
            attribute(style, "styleId") or "": style
            for style in _children(styles, "style")
            if attribute(style, "type") == "paragraph"
        }
        self.default_style = next(
            (name for name, style in self.styles.items() if attribute(style, "default") == "1"), ""
        )
        self.lists = dict(_lists(numbering))
        self.counted: dict[str, dict[int, int]] = {}
        self.started: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str:
        """The visible number with the space after it; empty for a paragraph without one."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number_id, depth = place
        numbered = self.lists[number_id]
        level = numbered.levels.get(depth)
        if level is None:
            return ""
        counts = self._count(number_id, numbered, depth)
        shown = self._shown(numbered, level, counts)
        return f"{shown} " if shown and level.follows != "nothing" else shown

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        properties = child(paragraph, "pPr")
        style = value_of(properties, "pStyle") or self.default_style
        direct = child(properties, "numPr")
        number_id = value_of(direct, "numId")
        depth = value_of(direct, "ilvl")
        for name, numbered in self._styles_above(style):
            if number_id is None:
                number_id = value_of(numbered, "numId")
                if depth is None and number_id is not None:
                    depth = value_of(numbered, "ilvl") or self._level_of_style(number_id, name)
        if number_id is None or number_id not in self.lists:
            return None
        return number_id, _integer(depth, 0)

    def _styles_above(self, name: str) -> Iterator[tuple[str, Element | None]]:
        """The style and those it is based on, with their numbering."""
        for _ in range(_MOST_STYLES):  # a style may be based on itself in a broken file
            style = self.styles.get(name)
            if style is None:
                return
            yield name, child(style, "pPr", "numPr")
            name = value_of(style, "basedOn") or ""

    def _level_of_style(self, number_id: str, style: str) -> str | None:
        levels = self.lists[number_id].levels if number_id in self.lists else {}
        return next(
            (str(depth) for depth, level in levels.items() if level.paragraph_style == style), None
        )

    def _count(self, number_id: str, numbered: _List, depth: int) -> dict[int, int]:
        counts = self.counted.setdefault(numbered.abstract, {})
        for upper in range(depth):
            if upper not in counts:
                counts[upper] = self._start(numbered, upper)
        fresh = depth in numbered.starts and (number_id, depth) not in self.started
        if depth not in counts or fresh:
            counts[depth] = self._start(numbered, depth)
        else:
            counts[depth] += 1
        self.started.add((number_id, depth))
        for lower in [one for one in counts if one > depth]:
            if numbered.levels.get(lower, _Level()).restarts:
                del counts[lower]
        return counts

    @staticmethod
    def _start(numbered: _List, depth: int) -> int:
        return numbered.starts.get(depth, numbered.levels.get(depth, _Level()).start)

    @staticmethod
    def _shown(numbered: _List, level: _Level, counts: dict[int, int]) -> str:
        if level.style == "bullet":
            return "•"

        def number(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            style = "decimal" if level.legal else numbered.levels.get(depth, _Level()).style
            return formatted(counts.get(depth, 1), style)

        return _PLACE.sub(number, level.text)


def _lists(numbering: Element | None) -> Iterator[tuple[str, _List]]:
    abstracts = {
        attribute(one, "abstractNumId") or "": one for one in _children(numbering, "abstractNum")
    }
    by_style = {value_of(one, "styleLink"): name for name, one in abstracts.items()}
    for one in _children(numbering, "num"):
        name = value_of(one, "abstractNumId") or ""
        link = value_of(abstracts.get(name), "numStyleLink")
        name = by_style.get(link, name) if link else name
        levels = {depth: _level(level) for depth, level in _levels(abstracts.get(name))}
        numbered = _List(name, levels)
        for change in _children(one, "lvlOverride"):
            _override(numbered, change)
        yield attribute(one, "numId") or "", numbered


def _override(numbered: _List, change: Element) -> None:
    depth = _integer(attribute(change, "ilvl"), 0)
    level = child(change, "lvl")
    if level is not None:
        numbered.levels[depth] = replace(_level(level), start=_integer(value_of(level, "start"), 1))
    start = value_of(change, "startOverride")
    if start is not None:
        numbered.starts[depth] = _integer(start, 1)


def _levels(abstract: Element | None) -> Iterator[tuple[int, Element]]:
    for level in _children(abstract, "lvl"):
        yield _integer(attribute(level, "ilvl"), 0), level


def _level(level: Element) -> _Level:
    legal = child(level, "isLgl")
    return _Level(
        start=_integer(value_of(level, "start"), 0),
        style=value_of(level, "numFmt") or "decimal",
        text=value_of(level, "lvlText") or "",
        legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
        follows=value_of(level, "suff") or "tab",
        restarts=value_of(level, "lvlRestart") != "0",
        paragraph_style=value_of(level, "pStyle"),
    )


def _children(element: Element | None, name: str) -> list[Element]:
    return [one for one in element if local(one) == name] if element is not None else []


def _integer(text: str | None, default: int) -> int:
    """What Word would take: a broken file may say anything."""
    known = _WHOLE.fullmatch(text or "")
    return min(int(known[0]), _LARGEST) if known else default
