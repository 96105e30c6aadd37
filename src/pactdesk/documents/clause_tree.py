"""Which candidate numbers begin a clause, and inside which other clause.

A candidate is taken only where it continues the sequence: the next sibling of a clause that is
still open, or the first child of one. So "3.5%", "2024年" and "第十条的争议" stay in their
sentences, while "…服务1.1.2甲方…" is split although only the sequence says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from pactdesk.documents.headings import ATTACHMENTS, inline_section, section_lines
from pactdesk.documents.mentions import is_mention
from pactdesk.documents.numbering import RANKS, Mark, Style

# Styles that never stand inside a style of lower rank, wherever they appear.
_INSISTENT: frozenset[Style] = frozenset({"part", "chapter", "note", "annex", "article", "chinese"})
_OVER_DECIMALS: frozenset[Style] = frozenset({"article", "chinese", "bare", "arabic", "decimal"})
# "3. 期限" and "4 保密" are items of one list.
_PLAIN: frozenset[Style] = frozenset({"arabic", "bare"})
_FAMILIES: dict[Style, frozenset[Style]] = {"arabic": _PLAIN, "bare": _PLAIN}
_CONTAINERS: frozenset[Style] = frozenset({"part", "signature"})
_LOOK_AHEAD = 4000
_PARTY = "(?:甲方|乙方|丙方|委托方|受托方|委托人|受托人|发包方|承包方|买方|卖方)"
_SIGNED = "(?:盖章|签章|公章|签字|签名|签署)"
_SIGNATURE = re.compile(
    rf"{_PARTY}(?:授权)?(?:代表)?[(（]{_SIGNED}[^:：\n]{{0,8}}[:：]"
    rf"|^[ \t]*{_PARTY}[:：][^。；\n]{{0,40}}[(（]{_SIGNED}"
    r"|[(（]?以下无正文",
    re.M,
)


@dataclass(slots=True)
class Node:
    """A clause in the making."""

    mark: Mark
    parent: Node | None
    children: list[Node] = field(default_factory=list)

    @property
    def lineage(self) -> list[Node]:
        """The node and everything it stands in, outermost first."""
        return [*(self.parent.lineage if self.parent else ()), self]


@dataclass(frozen=True, slots=True)
class _Place:
    parent: Node | None


_OUTERMOST = _Place(None)


def clause_nodes(text: str, candidates: tuple[Mark, ...]) -> list[Node]:
    """The clauses among `candidates`, in text order."""
    return _Tree(text, candidates).nodes()


class _Tree:
    """Takes candidates in text order and keeps the path of clauses that are open."""

    def __init__(self, text: str, candidates: tuple[Mark, ...]) -> None:
        self.text = text
        self.open: list[Node] = []
        self.taken: list[Node] = []
        self.outermost: Style | None = None
        self.signed = False
        marks = [*candidates, *section_lines(text, candidates), *_signatures(text)]
        self.candidates = sorted(marks, key=lambda mark: (mark.start, RANKS[mark.style]))
        self.starts = [mark.start for mark in self.candidates]

    def nodes(self) -> list[Node]:
        for mark in self.candidates:
            if self.taken and mark.start < self.taken[-1].mark.end:
                continue
            place = self._place(mark)
            if place:
                self._take(mark, place.parent)
        return self.taken

    def _take(self, mark: Mark, parent: Node | None) -> None:
        node = Node(mark, parent)
        if parent:
            parent.children.append(node)
        self.open = node.lineage
        self.taken.append(node)
        if self.outermost is None and mark.style not in ("part", "section", "signature"):
            self.outermost = mark.style

    def _place(self, mark: Mark) -> _Place | None:
        """Where the clause that `mark` begins stands; None if it begins none."""
        if mark.style == "signature":
            return self._signature_place()
        if mark.style == "section":
            return self._section_place(mark)
        if is_mention(self.text, mark):
            return None
        if mark.style == "decimal":
            return self._decimal_place(mark)
        return self._list_place(mark)

    def _signature_place(self) -> _Place | None:
        """Once, and after clauses: a block at the top of the paper only names the parties."""
        if self.signed or self.outermost is None:
            return None
        self.signed = True
        return _OUTERMOST

    def _list_place(self, mark: Mark) -> _Place | None:
        value = mark.value[0]
        before = self._open_sibling(mark.style)
        if before and value == before.mark.value[0] + 1:
            return _Place(before.parent)
        if before and value > before.mark.value[0]:
            skips = mark.boundary == "line" or (
                mark.boundary == "sentence" and mark.style in ("article", "annex")
            )
            return _Place(before.parent) if skips else None
        begins = value == 1 or (mark.boundary == "line" and before is None)
        if not begins or (mark.boundary != "line" and not self._goes_on(mark)):
            return None
        if mark.style in _INSISTENT:
            return _Place(self._outside(mark.style))
        return self._restart_place(mark, before) if before else _Place(self._innermost())

    def _restart_place(self, mark: Mark, before: Node) -> _Place:
        """A list that begins again; under the words right before it, if they name it."""
        section = inline_section(self.text, mark, self.taken[-1].mark.end)
        if section is None:
            return _Place(before.parent)
        self._take(section, before.parent)
        return _Place(self.open[-1])

    def _decimal_place(self, mark: Mark) -> _Place | None:
        inside = mark.boundary == "inside"
        for node in reversed(self.open):
            if self._is_over(node, mark):
                first = mark.value[-1] == 1 or mark.boundary == "line"
                return _Place(node) if first else None
            if self._is_beside(node, mark):
                step = mark.value[-1] - node.mark.value[-1]
                return _Place(node.parent) if step == 1 or (step > 1 and not inside) else None
        if mark.boundary == "line" or (mark.boundary == "sentence" and mark.value[1:] == (1,)):
            return _Place(self._outside("decimal"))
        return None

    @staticmethod
    def _is_over(node: Node, mark: Mark) -> bool:
        return node.mark.style in _OVER_DECIMALS and node.mark.value == mark.value[:-1]

    @staticmethod
    def _is_beside(node: Node, mark: Mark) -> bool:
        return node.mark.style == "decimal" and node.mark.value[:-1] == mark.value[:-1]

    def _section_place(self, mark: Mark) -> _Place:
        """Inside the innermost clause that has no numbered items yet, else beside them all."""
        if mark.label in ATTACHMENTS:
            return _Place(self._container())
        follower = self._numbered_after(mark)
        if follower is None or follower.style == self.outermost:
            return _Place(self._container())
        for node in reversed(self.open):
            deep = RANKS[node.mark.style] >= RANKS["arabic"]
            if not deep and all(child.mark.style == "section" for child in node.children):
                grouped = node.mark.style == "section" and node.parent is not None
                return _Place(node.parent if grouped else node)
        return _Place(self._container())

    def _open_sibling(self, style: Style) -> Node | None:
        family = _FAMILIES.get(style, frozenset({style}))
        return next((node for node in reversed(self.open) if node.mark.style in family), None)

    def _outside(self, style: Style) -> Node | None:
        rank = RANKS[style]
        return next((node for node in reversed(self.open) if RANKS[node.mark.style] < rank), None)

    def _container(self) -> Node | None:
        return next((node for node in self.open if node.mark.style in _CONTAINERS), None)

    def _innermost(self) -> Node | None:
        return self.open[-1] if self.open else None

    def _numbered_after(self, mark: Mark) -> Mark | None:
        rest = self.candidates[bisect_right(self.starts, mark.start) :]
        return next((other for other in rest if other.style != "section"), None)

    def _goes_on(self, mark: Mark) -> bool:
        """Whether number 2 follows, or words that only follow the number of a heading."""
        if mark.style in ("part", "article", "chapter", "note"):
            return mark.boundary == "sentence" or self.text.startswith((":", "："), mark.end)
        for other in self.candidates[bisect_right(self.starts, mark.start) :]:
            if other.start > mark.start + _LOOK_AHEAD:
                return False
            if other.style == mark.style and other.value == (mark.value[0] + 1,):
                return True
        return False


def _signatures(text: str) -> Iterator[Mark]:
    for found in _SIGNATURE.finditer(text):
        yield Mark("signature", (0,), "", found.start(), found.start(), "line")
