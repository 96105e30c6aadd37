"""A contract's text as clause readers see it: sentences in their clauses, with sources."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pactdesk.calendars.minimum_wages import known_minimum_wages
from pactdesk.core.measure.minimum_wages import MinimumWages
from pactdesk.core.terms.base import Blank, Source
from pactdesk.documents.grammar.blanks import Gap, gaps_in
from pactdesk.documents.grammar.found import Found
from pactdesk.documents.outline import PREAMBLE, ClauseText, outline_of
from pactdesk.documents.roles import Roles, roles_of
from pactdesk.documents.source import SourceText
from pactdesk.messages.catalogue import text as message

_STOPS = re.compile(r"[。；;\n]+")
_FILLER = " \t\u3000。；;\n、,，"
_ASIDE = re.compile(r"签署页/|附件|附表|[^/]*说明[一二三]")
# A second part of a paper is its own contract where it is about somebody else, or explains.
_OTHER_PART = re.compile(r"第三方|第三人|介入|说明|解释|附件|附表|附录|保证书|承诺书")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence inside one clause; `text` is what stands from `start` to `end`."""

    start: int
    end: int
    text: str
    clause: ClauseText | None

    @property
    def words(self) -> str:
        """The text without the number that is printed before it."""
        label = self.clause.label if self.clause and self.start == self.clause.start else ""
        return self.text.removeprefix(label).strip()

    def at(self, offset: int) -> int:
        """The place in the whole text of an offset in this sentence."""
        return self.start + offset


@dataclass(frozen=True)
class Paper:
    """The source with its outline; everything else is worked out once, when first asked.

    wages  the minimum wages of places, by which a worker's pay is judged
    """

    source: SourceText
    outline: tuple[ClauseText, ...]
    wages: MinimumWages = field(default_factory=MinimumWages)

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.source.text

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of all clauses, in the paper's order; headings are sentences too."""
        return tuple(
            sentence
            for clause in self.outline
            for sentence in self._split(clause.start, clause.end, clause)
        )

    @cached_property
    def main(self) -> tuple[Sentence, ...]:
        """The sentences of the contract itself, without annexes, glossaries and third parties."""
        others = tuple(
            clause.number
            for clause in self.outline
            if re.fullmatch(r"第[^/]{1,3}部分", clause.number)
            and _OTHER_PART.search(clause.heading or "")
        )
        return tuple(
            s
            for s in self.sentences
            if s.clause is None
            or not (_ASIDE.match(s.clause.number) or s.clause.number.startswith(others))
        )

    @cached_property
    def head_end(self) -> int:
        """Where the first clause begins; title and parties stand before it."""
        numbered = [clause.start for clause in self.outline if clause.number != PREAMBLE]
        return numbered[0] if numbered else len(self.text)

    @cached_property
    def gaps(self) -> tuple[Found[Gap], ...]:
        """Every open place of the whole text."""
        return tuple(gaps_in(self.text))

    @cached_property
    def roles(self) -> Roles:
        """Who serves and who pays, decided from the deeds."""
        return roles_of(self.text)

    def saying(self, pattern: str, *, without: str | None = None) -> Iterator[Sentence]:
        """Sentences of the contract itself with `pattern` in them and without `without`."""
        key = (pattern, without)
        if key not in self._said:
            # Once for a paper: some readers ask again for each fee and each level.
            wanted, unwanted = re.compile(pattern), re.compile(without or r"(?!)")
            self._said[key] = tuple(
                sentence
                for sentence in self.main
                if wanted.search(sentence.text) and not unwanted.search(sentence.text)
            )
        return iter(self._said[key])

    @cached_property
    def _said(self) -> dict[tuple[str, str | None], tuple[Sentence, ...]]:
        return {}

    def under(self, heading: str) -> Iterator[Sentence]:
        """Sentences of clauses whose heading, or a heading above, matches."""
        for sentence in self.main:
            if any(re.search(heading, one.heading or "") for one in self.headed(sentence.start)):
                yield sentence

    def gaps_between(self, start: int, end: int) -> tuple[Found[Gap], ...]:
        """The open places inside a stretch."""
        first = bisect_left(self._gap_starts, start)
        last = bisect_left(self._gap_starts, end)
        return tuple(gap for gap in self.gaps[first:last] if gap.end <= end)

    @cached_property
    def _gap_starts(self) -> tuple[int, ...]:
        return tuple(gap.start for gap in self.gaps)

    def clause_at(self, position: int) -> ClauseText | None:
        """The clause in whose own text a position lies."""
        index = bisect_right(self._clause_starts, position) - 1
        clause = self.outline[index] if index >= 0 else None
        return clause if clause is not None and position < clause.end else None

    @cached_property
    def _clause_starts(self) -> tuple[int, ...]:
        return tuple(clause.start for clause in self.outline)

    def sentences_of(self, clause: ClauseText | None) -> tuple[Sentence, ...]:
        """The sentences of the clause's own text that belong to the contract itself."""
        return self._by_clause.get(id(clause), ())

    @cached_property
    def _by_clause(self) -> dict[int, tuple[Sentence, ...]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.main:
            found.setdefault(id(sentence.clause), []).append(sentence)
        return {clause: tuple(sentences) for clause, sentences in found.items()}

    def headed(self, position: int) -> Iterator[ClauseText]:
        """Clauses with a heading that a position stands under, the nearest first."""
        index = bisect_right(self._heads, position) - 1
        while index >= 0:
            clause = self._headed[index]
            if position < clause.whole_end:
                yield clause
            index = self._above[index]

    @cached_property
    def _headed(self) -> tuple[ClauseText, ...]:
        return tuple(clause for clause in self.outline if clause.heading)

    @cached_property
    def _above(self) -> tuple[int, ...]:
        """For each clause with a heading the one around it; -1 where there is none."""
        above: list[int] = []
        around: list[int] = []
        for index, clause in enumerate(self._headed):
            while around and self._headed[around[-1]].whole_end <= clause.start:
                around.pop()
            above.append(around[-1] if around else -1)
            around.append(index)
        return tuple(above)

    @cached_property
    def _heads(self) -> tuple[int, ...]:
        return tuple(clause.start for clause in self._headed)

    def source_of(self, start: int, end: int) -> Source:
        """The span as a `Source`."""
        quote = self.source.quote(start, end)
        original = self.source.original_quote(start, end)
        clause = self.clause_at(start)
        return Source(
            sha256=self.source.sha256,
            clause=clause.number if clause else "",
            start=start,
            end=end,
            quote=quote,
            original=original if original != quote else None,
        )

    def source_at(self, sentence: Sentence) -> Source:
        """A sentence as a `Source`."""
        return self.source_of(sentence.start, sentence.end)

    def open(self, gap: Found[Gap], suggested: object = None) -> Blank:
        """The blank that a gap leaves."""
        return Blank(
            blank=gap.value.printed,
            suggested=suggested,
            source=self.source_of(gap.start, gap.end),
        )

    def vague(self, start: int, end: int, suggested: object = None) -> Blank:
        """A blank because the words that stand there settle nothing."""
        source = self.source_of(start, end)
        return Blank(blank=source.quote, suggested=suggested, source=source)

    def _split(self, start: int, end: int, clause: ClauseText | None) -> Iterator[Sentence]:
        """Stops end a sentence, but not those inside a template's brackets."""
        brackets = [g for g in self.gaps_between(start, end) if g.end - g.start > 6]
        first = start
        for stop in _STOPS.finditer(self.text, start, end):
            if any(gap.start < stop.start() < gap.end for gap in brackets):
                continue
            yield from self._sentence(first, stop.start(), clause)
            first = stop.end()
        yield from self._sentence(first, end, clause)

    def _sentence(self, start: int, end: int, clause: ClauseText | None) -> Iterator[Sentence]:
        while start < end and self.text[start] in _FILLER:
            start += 1
        while end > start and self.text[end - 1] in _FILLER:
            end -= 1
        if end > start:
            yield Sentence(start, end, self.text[start:end], clause)


def paper_of(source: SourceText, wages: MinimumWages | None = None) -> Paper:
    """The source with its outline; `wages` are those that are known without being given."""
    return Paper(source, outline_of(source), known_minimum_wages() if wages is None else wages)


def silent(key: str, suggested: object = None) -> Blank:
    """A blank because the paper says nothing; `key` names the sentence that tells so."""
    return Blank(blank=message("silent", key, "zh"), suggested=suggested)
