"""The text as provisions are read from it: one form of each sign, whole sentences, no labels.

Punctuation is half width, single spaces beside Chinese characters and line breaks in mid-sentence
are gone. Every position leads back to the paper's text, and from there to the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pactdesk.documents.grammar.numerals import CHINESE, numeral_value
from pactdesk.documents.outline import ClauseText
from pactdesk.documents.paper import Paper
from pactdesk.documents.provisions import patterns
from pactdesk.documents.provisions.sides import Sides, sides_of
from pactdesk.documents.provisions.tables import Table, tables_in

_SIGNS = str.maketrans(
    "，；：（）％～／＜＞＝－［］！？“”‘’「」『』—–―﹣•・．曰覆帐",
    ',;:()%~/<>=-[]!?""\'\'""""----··.日复账',
)
_HAN = "一-鿿"
_DROPPED = re.compile(
    rf"(?<=[{_HAN},;:()。、%]) (?=[{_HAN}\d(≥≤¥])|(?<=[\d%元]) (?=[{_HAN}])|(?<=[≥≤<>=]) (?=\d)"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|(?<=\d), (?=\d{3} ?元)|(?<=\d,) (?=\d{3} ?元)")
_SPACED_THOUSANDS = re.compile(r"(?<=\d) ?, ?(?=\d{3}(?!\d))")
_BROKEN_LINE = re.compile(rf"(?<=[{_HAN}\d,、%])[ \t]*\n[ \t]*(?=[{_HAN}\d,、%])")
# 十五(15)个工作日, 30(三十)日: the same number twice; the second one is left out.
_TWICE = re.compile(
    rf"(?P<n>{CHINESE}|\d{{1,6}})(?P<again>[ \t]?\([ \t]?(?P<m>{CHINESE}"
    rf"|\d{{1,6}})[ \t]?\))(?=[{_HAN}%‰])"
)
# 末达标, as recognition reads 未达标; 月末支付 stays.
_NOT_YET = re.compile(r"末(?=达到?标?|按|能|经|通过)|(?<![月年季周期旬])末(?=支付|付|完成|收到|提)")
_FRAMES = str.maketrans("【】", "()")
_LETTERS = re.compile(r"(?<=[甲乙])[ \t]+(?=方)")
# Recognition that put spaces everywhere: none of them separates.
_SPACED = re.compile(
    rf"(?<=[{_HAN},;:()。、%≥≤¥\d.])[ \t]+(?=[{_HAN},;:()。、%≥≤¥.])"
    rf"|(?<=[{_HAN},;:()。、%≥≤¥.])[ \t]+(?=\d)"
)
_SPACES_BEFORE_SIGNS = re.compile(rf"[{_HAN}\d%)] [,;:。、]")
_FEWEST = 5
_STOP = re.compile(r"[。;!?\n]+")
_LEAST_LINE = 18
_NEW_LINE = re.compile(
    r"(?:第[\d一二三四五六七八九十百]+[条章节编]"
    r"|[一二三四五六七八九十]+、|\d+(?:\.\d+)*(?:[.、]|\s(?![%‰元个日天分秒小]))|[甲乙]方|附件"
    r"|[一-鿿]{2,10}\s?[(（](?:以下|下)?(?:简|统)?称?(?:为|作)?\s?[\"“「]?[甲乙]方[\"”」]?[)）]\s?[:：])"
)
_UNIT = re.compile(r"(?:%|‰|元|个?工作日|[日天年分秒]|个月|小时|分钟)\Z")
_NAME = re.compile(rf"[{_HAN}A-Za-z()]{{2,16}}:?")
_FIGURE = re.compile(
    rf"(?:[≥≤<>¥]|>=|<=|不低于|不少于|不超过|不高于|至少|至多|百分之|[{_HAN}]成)?\s?"
    r"[\d零一二三四五六七八九十百]{1,9}[^,;:]{0,22}\Z"
)
_FILLER = " \t\u3000,、"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, without the number printed before it.

    start, end  in the passage's text
    topic       the headings that it stands under, outermost first
    annex       it stands in an annex, a glossary or notes, not in the contract itself
    """

    start: int
    end: int
    text: str
    topic: str
    annex: bool = False

    def at(self, offset: int) -> int:
        """The place in the passage of an offset in this line."""
        return self.start + offset


@dataclass(frozen=True)
class Passage:
    """The whole text; `places[i]` is where `text[i]` stands in the paper's text."""

    paper: Paper
    text: str
    places: tuple[int, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All sentences in the paper's order."""
        return tuple(_stacked(self.text, list(self._lines())))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All tables that the text holds as rows of cells."""
        return tuple(tables_in(self.text))

    @cached_property
    def sides(self) -> Sides:
        """Who serves and who pays, and every word that means either."""
        return sides_of(self.text, self.paper.roles)

    def saying(self, pattern: str, *, without: str | None = None) -> Iterator[Line]:
        """Lines with `pattern` in them and without `without`."""
        told = patterns.compiled(pattern)
        barred = patterns.compiled(without) if without else None
        for line in self.lines:
            if told.search(line.text) and not (barred and barred.search(line.text)):
                yield line

    def original(self, start: int, end: int) -> str:
        """What the file has from `start` to `end`."""
        return self.paper.source.original_quote(*self.in_paper(start, end))

    def in_paper(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the paper's text."""
        return self.places[start], self.places[end - 1] + 1

    def _lines(self) -> Iterator[Line]:
        index = {place: position for position, place in enumerate(self.places)}
        topics: list[ClauseText] = []
        for clause in self.paper.outline:
            topics = [c for c in topics if c.whole_end > clause.start] + [clause]
            topic = "/".join(c.heading for c in topics if c.heading)
            annex = any(patterns.match(r"附件|附表|[^/]*说明", c.number) for c in topics)
            first = _next(index, clause.start + len(clause.label), clause.end)
            last = _next(index, clause.end, len(self.paper.text))
            first = len(self.text) if first is None else first
            yield from self._split(first, len(self.text) if last is None else last, topic, annex)

    def _split(self, start: int, end: int, topic: str, annex: bool) -> Iterator[Line]:
        first = start
        for stop in _STOP.finditer(self.text, start, end):
            yield from self._line(first, stop.start(), topic, annex)
            first = stop.end()
        yield from self._line(first, end, topic, annex)

    def _line(self, start: int, end: int, topic: str, annex: bool) -> Iterator[Line]:
        while start < end and self.text[start] in _FILLER:
            start += 1
        while end > start and self.text[end - 1] in _FILLER:
            end -= 1
        if end > start:
            yield Line(start, end, self.text[start:end], topic, annex)


def _stacked(text: str, lines: list[Line]) -> Iterator[Line]:
    """接通率 on one line and ≥95% on the next, as cells fall that were copied: one sentence."""
    number = 0
    while number < len(lines):
        line = lines[number]
        following = lines[number + 1] if number + 1 < len(lines) else line
        if (
            _NAME.fullmatch(line.text)
            and _FIGURE.match(following.text)
            and not text[line.end : following.start].strip()
        ):
            end = following.end
            line = Line(line.start, end, text[line.start : end], line.topic, line.annex)
            number += 1
        yield line
        number += 1


def passage_of(paper: Paper) -> Passage:
    """The paper's text in the form in which provisions are read."""
    text = _NOT_YET.sub("未", _with_gaps_open(paper.text.translate(_SIGNS), paper))
    gone = {found.start() for found in _DROPPED.finditer(text)}
    gone.update(found.start() for found in _THOUSANDS.finditer(text))
    spaced = len(_SPACES_BEFORE_SIGNS.findall(text)) >= _FEWEST
    for pattern in (_SPACED, _SPACED_THOUSANDS) if spaced else (_LETTERS,):
        for found in pattern.finditer(text):
            gone.update(range(*found.span()))
    for found in _TWICE.finditer(text):
        if found["n"][:1].isdigit() != found["m"][:1].isdigit() and (
            numeral_value(found["n"]) == numeral_value(found["m"])
        ):
            gone.update(range(*found.span("again")))
    starts = {clause.start for clause in paper.outline}
    for found in _BROKEN_LINE.finditer(text):
        if found.end() not in starts and _runs_on(text, found):
            gone.update(range(*found.span()))
    places = tuple(i for i in range(len(text)) if i not in gone)
    return Passage(paper, "".join(text[i] for i in places), places)


def _with_gaps_open(text: str, paper: Paper) -> str:
    """[例如:99.5%] becomes ________%: an example is never a value, its unit stays."""
    marks = list(text)
    for gap in paper.gaps:
        if text[gap.start] in "[【(":
            inside = text[gap.start : gap.end].rstrip("]】)")
            unit = _UNIT.search(inside) if re.search(r"\d", inside) else None
            behind = unit[0] if unit else ""
            marks[gap.start : gap.end] = "_" * (gap.end - gap.start - len(behind)) + behind
    return "".join(marks).translate(_FRAMES)


def _runs_on(text: str, found: re.Match[str]) -> bool:
    """Whether a line break stands inside a sentence: a long line, and no new item after it."""
    before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    after = text[found.end() : found.end() + 28]
    if re.search(r" {3,}|[|\t]", before + after[:14]):
        return False
    return len(before) >= _LEAST_LINE and not _NEW_LINE.match(after) and ":" not in after[:14]


def _next(index: dict[int, int], place: int, until: int) -> int | None:
    """The first kept position from a place in the paper on."""
    for at in range(place, until + 1):
        if at in index:
            return index[at]
    return None
