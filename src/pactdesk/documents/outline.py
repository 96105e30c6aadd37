"""The clauses of a text, found by their numbers and not by its line breaks (T4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pactdesk.documents.clause_tree import Node, clause_nodes
from pactdesk.documents.contents import Contents, ContentsEntry, contents_in
from pactdesk.documents.headings import heading_of
from pactdesk.documents.numbering import marks_in
from pactdesk.documents.source import SourceText

_NEXT_SIGN = re.compile(r"\n[ \t]*[-*#•·]{1,6}[ \t]*\Z")
PREAMBLE = "首部"
SIGNATURES = "签署页"


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause as the paper has it.

    number      its path, unique in the document: "2.1.1", "合同金额与支付方式/二/1", "首部"
    label       as printed, "第三条" or "(1)"; empty for 首部, 签署页 and unnumbered headings
    start, end  its own text in `source.text`, label included, sub-clauses excluded
    whole_end   the end with its sub-clauses
    depth       0 for the outermost
    part        the number of the part, section or signature page that it stands in
    """

    number: str
    label: str
    heading: str
    start: int
    end: int
    whole_end: int
    depth: int
    part: str | None


def outline_of(source: SourceText) -> tuple[ClauseText, ...]:
    """The clauses of `source` in text order; all text outside the contents is in one of them."""
    return outline_of_text(source.text)


def contents_of(source: SourceText) -> tuple[ContentsEntry, ...]:
    """The entries of its table of contents, which is not part of the outline."""
    contents = contents_in(source.text, marks_in(source.text))
    return contents.entries if contents else ()


def outline_of_text(text: str) -> tuple[ClauseText, ...]:
    """`outline_of` for a text that has no file.

    >>> [clause.number for clause in outline_of_text("第一条服务1.1甲方应提供3.5%。1.2乙方付款。")]
    ['第一条', '1.1', '1.2']
    """
    marks = marks_in(text)
    contents = contents_in(text, marks)
    first, after = contents.span if contents else (0, 0)
    nodes = clause_nodes(text, tuple(mark for mark in marks if not first <= mark.start < after))
    return (*_preamble(text, nodes, contents), *_clauses(text, nodes, contents))


def _preamble(text: str, nodes: list[Node], contents: Contents | None) -> Iterator[ClauseText]:
    end = nodes[0].mark.start if nodes else len(text)
    pieces = [(0, end)]
    if contents and contents.span[0] < end:
        pieces = [(0, contents.span[0]), (min(contents.span[1], end), end)]
    pieces = [piece for piece in (_trimmed(text, *piece) for piece in pieces) if piece]
    for count, (start, stop) in enumerate((piece for piece in pieces if piece), start=1):
        number = PREAMBLE if count == 1 else f"{PREAMBLE}/{count}"
        yield ClauseText(number, "", "", start, stop, stop, 0, None)


def _clauses(text: str, nodes: list[Node], contents: Contents | None) -> Iterator[ClauseText]:
    listed = _listed_headings(contents)
    names = _Names(nodes)
    starts = [node.mark.start for node in nodes] + [len(text)]
    for index, (node, (start, end)) in enumerate(zip(nodes, pairwise(starts), strict=True)):
        after = next(
            (other.mark.start for other in nodes[index + 1 :] if node not in other.lineage),
            len(text),
        )
        section = node.mark.style == "section"
        words = text[node.mark.end : end]
        yield ClauseText(
            number=names.number(node),
            label="" if section else node.mark.label,
            heading=_heading(node, words, listed),
            start=start,
            end=_stripped_end(text, start, end),
            whole_end=_stripped_end(text, start, after),
            depth=len(node.lineage) - 1,
            part=names.part(node),
        )


def _listed_headings(contents: Contents | None) -> dict[int, frozenset[str]]:
    """The headings of the table of contents, by the length of their number: 3.1 has two."""
    found: dict[int, set[str]] = {}
    for entry in contents.entries if contents else ():
        found.setdefault(entry.number.count(".") + 1, set()).add(entry.heading)
    return {length: frozenset(headings) for length, headings in found.items()}


def _heading(node: Node, words: str, listed: dict[int, frozenset[str]]) -> str:
    if node.mark.style == "section":
        return node.mark.label
    if node.mark.style == "signature":
        return SIGNATURES
    same_level = listed.get(len(node.mark.value), frozenset())
    return heading_of(words, same_level if node.mark.style == "decimal" else frozenset())


class _Names:
    """Numbers that are unique: short where possible, led by their part where needed."""

    def __init__(self, nodes: list[Node]) -> None:
        self.first_part = next((node for node in nodes if node.mark.style == "part"), None)
        self.numbers: dict[int, str] = {}
        self.used: set[str] = set()
        for node in nodes:
            self.numbers[id(node)] = self._unused(node)

    def number(self, node: Node) -> str:
        return self.numbers[id(node)]

    def part(self, node: Node) -> str | None:
        above = self._container(node)
        return self.number(above) if above else None

    def _unused(self, node: Node) -> str:
        number = self._path(node)
        if number in self.used:
            number = next(
                other
                for count in range(2, len(self.used) + 3)
                if (other := f"{number}#{count}") not in self.used
            )
        self.used.add(number)
        return number

    def _path(self, node: Node) -> str:
        above = self._container(node) if node.mark.style == "decimal" else node.parent
        name = _name(node)
        if above is None or above is self.first_part:
            return name
        # Articles count on through the chapters, so a chapter's name is seldom needed.
        if above.mark.style == "chapter" and name not in self.used:
            return name
        return f"{self.numbers[id(above)]}/{name}"

    @staticmethod
    def _container(node: Node) -> Node | None:
        containers = ("part", "chapter", "section", "signature", "note")
        return next(
            (above for above in reversed(node.lineage[:-1]) if above.mark.style in containers), None
        )


def _name(node: Node) -> str:
    if node.mark.style == "signature":
        return SIGNATURES
    return node.mark.label.rstrip(".、．").replace(" ", "")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end].strip()
    if not words:
        return None
    first = text.index(words, start)
    return first, first + len(words)


def _stripped_end(text: str, start: int, end: int) -> int:
    """Without the spaces, and the bullet or heading sign of the next line, that follow."""
    words = _NEXT_SIGN.sub("", text[start:end])
    return start + len(words.rstrip())
