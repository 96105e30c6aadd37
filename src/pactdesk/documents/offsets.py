"""Where each character of a rewritten text came from.

A rewriting layer replaces spans of its input; what lies between stays as it was. The map of a
layer is a sequence of `Run`s over its *output*: an exact run maps character by character, any
other run maps each of its characters to the whole input span that they were made from. What
was deleted lies in the gaps between runs. `one.then(other)` composes two layers, so a span of
the last text leads back to the first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """The input span `start` to `end` becomes `text`; spans of one layer never overlap.

    `aligned` says that character i of `text` was made from character i of the span alone;
    it needs equal lengths.
    """

    start: int
    end: int
    text: str
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Output `start` to `end` came from input `source_start` to `source_end`."""

    start: int
    end: int
    source_start: int
    source_end: int
    exact: bool

    def sources_of(self, position: int) -> Span:
        """The input span behind the output character at `position`, which lies in the run."""
        if not self.exact:
            return self.source_start, self.source_end
        shifted = self.source_start + position - self.start
        return shifted, shifted + 1


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From positions of an output text to spans of the input text it was made from.

    Both ends of the spans never decrease from one character to the next.

    >>> text, offsets = rewrite("服務(wù)費", [Edit(2, 6, "")])
    >>> text, offsets.span(1, 3)
    ('服務費', (1, 7))
    """

    runs: tuple[Run, ...]
    source_length: int

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a layer that changed nothing."""
        return cls((Run(0, length, 0, length, exact=True),) if length else (), length)

    @property
    def length(self) -> int:
        """The length of the output text."""
        return self.runs[-1].end if self.runs else 0

    def span(self, start: int, end: int) -> Span:
        """The input span behind the output span `start` to `end` (excluded).

        An empty span gives what lies between the characters beside it: mostly nothing, else
        what was deleted there, or all that both were made from together.
        """
        if not 0 <= start <= end <= self.length:
            raise IndexError(f"{start} to {end} is not inside 0 to {self.length}")
        if start == end:
            return self._between(start)
        first = self.runs[self._index(start)].sources_of(start)
        last = self.runs[self._index(end - 1)].sources_of(end - 1)
        return first[0], last[1]

    def inverse(self, source_start: int, source_end: int) -> Span:
        """The smallest output span made from any part of the input span.

        Empty when that part of the input was deleted.
        """
        touched = [
            run
            for run in self._runs_from(source_start)
            if run.source_start < source_end and run.source_end > source_start
        ]
        if not touched:
            here = self._first_at_or_after(source_start)
            return here, here
        first, last = touched[0], touched[-1]
        start, end = first.start, last.end
        if first.exact:
            start += max(0, source_start - first.source_start)
        if last.exact:
            end -= max(0, last.source_end - source_end)
        return start, end

    def then(self, later: OffsetMap) -> OffsetMap:
        """The map of this layer followed by `later`, whose input is this layer's output."""
        if later.source_length != self.length:
            raise ValueError(f"layers do not meet: {self.length} and {later.source_length}")
        composed: list[Run] = []
        for run in later.runs:
            if run.exact:
                composed.extend(self._through(run))
            else:
                source = self.span(run.source_start, run.source_end)
                composed.append(Run(run.start, run.end, *source, exact=False))
        return OffsetMap(tuple(_joined(composed)), self.source_length)

    def _through(self, run: Run) -> Iterator[Run]:
        position = run.source_start
        while position < run.source_end:
            under = self.runs[self._index(position)]
            stop = min(run.source_end, under.end)
            start = run.start + position - run.source_start
            source_start, source_end = under.source_start, under.source_end
            if under.exact:
                source_start += position - under.start
                source_end = source_start + stop - position
            yield Run(start, start + stop - position, source_start, source_end, under.exact)
            position = stop

    def _index(self, position: int) -> int:
        return bisect_right(self.runs, position, key=lambda run: run.start) - 1

    def _between(self, position: int) -> Span:
        before, after = 0, self.source_length
        if position > 0:
            before = self.runs[self._index(position - 1)].sources_of(position - 1)[1]
        if position < self.length:
            after = self.runs[self._index(position)].sources_of(position)[0]
        return min(before, after), max(before, after)

    def _runs_from(self, source_start: int) -> tuple[Run, ...]:
        first = bisect_right(self.runs, source_start, key=lambda run: run.source_end)
        return self.runs[first:]

    def _first_at_or_after(self, source: int) -> int:
        index = bisect_left(self.runs, source, key=lambda run: run.source_start)
        return self.runs[index].start if index < len(self.runs) else self.length


def rewrite(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Apply one layer's edits, given in text order, and say where everything came from.

    raises  ValueError: the spans overlap, are out of order, or `aligned` has other lengths
    """
    parts: list[str] = []
    runs: list[Run] = []
    done = written = 0
    for edit in edits:
        if not done <= edit.start <= edit.end <= len(text):
            raise ValueError(f"{edit} overlaps the one before it")
        if edit.aligned and len(edit.text) != edit.end - edit.start:
            raise ValueError(f"{edit} is called aligned, but its lengths differ")
        for piece, source, exact in (
            (text[done : edit.start], (done, edit.start), True),
            (edit.text, (edit.start, edit.end), edit.aligned),
        ):
            if piece:
                runs.append(Run(written, written + len(piece), *source, exact=exact))
                parts.append(piece)
                written += len(piece)
        done = edit.end
    if done < len(text):
        runs.append(Run(written, written + len(text) - done, done, len(text), exact=True))
        parts.append(text[done:])
    return "".join(parts), OffsetMap(tuple(_joined(runs)), len(text))


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Neighbouring exact runs without a gap become one, which keeps the map small."""
    if not runs:
        return
    current = runs[0]
    for _, run in pairwise(runs):
        if current.exact and run.exact and current.source_end == run.source_start:
            current = Run(current.start, run.end, current.source_start, run.source_end, exact=True)
        else:
            yield current
            current = run
    yield current
