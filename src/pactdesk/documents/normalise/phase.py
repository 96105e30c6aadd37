"""Third layer: runs of GBK bytes that were read one byte out of phase (T2).

A portal inserted its glosses into the bytes of a GBK text, sometimes in the middle of a
character. From there on a decoder pairs the trail byte of each character with the lead byte of
the next: 客服系統 (BFCD B7FE CFB5 BD79) comes out as `?头\\ue496到y`. The lost first byte shows
as `?`, the last one as `?` or as the ASCII letter that it happens to be, and full-width
punctuation was folded to ASCII before, so `C` may stand for the two bytes A3C3.

The bytes are therefore still there. A run is put back in phase when every complete pair gives
a common character and every pair with a lost byte lies in a word of contracts, in exactly one
way. What cannot be restored is reported as unreadable, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import Literal

from pactdesk.documents.normalise.gloss import HAN, SYLLABLE, Readings
from pactdesk.documents.normalise.layer import Layer, edited
from pactdesk.documents.normalise.phase_words import Byte, best_reading
from pactdesk.documents.normalise.simplified import simplified
from pactdesk.documents.offsets import Edit, Span

RULE = "gbk-phase"
_LONGEST_RUN = 18
_MOST_WAYS = 64
_CONTEXT = 4

_Losses = Literal["byte", "character", "pair"]
# From the simplest explanation on: `?` is one byte; `?` before a gloss is a whole character;
# two bytes vanished between two tokens, as a decoder may drop a pair that it does not know.
_LOSSES: tuple[_Losses, ...] = ("byte", "character", "pair")

_PRIVATE = "\ue000-\uf8ff"
# `?shù)`: a lost byte swallowed the opening bracket of the gloss after it.
_SWALLOWED = f"\\?(?P<syllable>{SYLLABLE})\\)"
_TOKEN = re.compile(f"{_SWALLOWED}|[\\s\\S]")
_DAMAGE = re.compile(
    f"[{_PRIVATE}\ufffd]|{_SWALLOWED}|\\?{{2,}}(?=[{HAN}{_PRIVATE}])|(?<=[{HAN}])[а-яёぁ-ヺㄅ-ㄩ](?=[{HAN}?])"
)


@dataclass(frozen=True, slots=True)
class _Token:
    """One character or swallowed gloss, with the byte sequences that it may stand for."""

    start: int
    end: int
    text: str
    syllable: str | None
    ways: tuple[tuple[Byte, ...], ...]

    @property
    def is_lost(self) -> bool:
        return self.text.startswith("?")


def in_phase(text: str, readings: Readings) -> Layer:
    """The text with damaged runs repaired, each logged, and the rest marked unreadable.

    readings  what the glosses of the text stand behind, to restore a byte before a gloss

    >>> in_phase("适当?shù)谋C艽胧?,确保", {"shù": frozenset("數")}).text
    '适当?shù)谋C艽胧?,确保'
    >>> in_phase("適當?shù)谋C艽胧?,確保", {"shù": frozenset("數")}).text
    '適當的保密措施,確保'
    """
    if "?" not in text and not _DAMAGE.search(text):
        return edited(text, ())
    edits = tuple(_repairs(text, readings))
    layer = edited(text, edits, rule=RULE)
    return Layer(
        layer.text,
        layer.offsets,
        layer.repairs,
        unreadable=tuple(_left_over(text, edits)),
    )


def _repairs(text: str, readings: Readings) -> Iterator[Edit]:
    """Every run begins with the lost lead byte of its first character."""
    done = 0
    for lost in re.finditer(r"\?", text):
        if lost.start() < done:
            continue
        found = islice(_TOKEN.finditer(text, lost.start()), _LONGEST_RUN)
        repair = _repair(list(map(_token, found)), text, readings)
        if repair:
            done = repair.end
            yield repair


def _repair(tokens: list[_Token], text: str, readings: Readings) -> Edit | None:
    """The best repair of a run that begins with the first of `tokens`.

    The simplest explanation of the damage that gives words is taken; if it gives two, none is.
    """
    for losses in _LOSSES:
        found: dict[tuple[int, str], int] = {}
        for last in _possible_ends(tokens):
            run = tokens[: last + 1]
            if not _is_damaged(run):
                continue
            before = text[max(0, run[0].start - _CONTEXT) : run[0].start]
            after = text[run[-1].end : run[-1].end + _CONTEXT]
            for stream in _streams(run, before, readings, losses):
                for reading, score in best_reading(stream, before, after):
                    key = (run[-1].end, reading)
                    found[key] = max(found.get(key, score), score)
        # One character alone, with no word around it, is too little to be sure of.
        best = max(found.values(), default=0)
        if best < 0:
            continue
        winners = [key for key, score in found.items() if score == best]
        if len(winners) == 1:
            end, became = winners[0]
            return Edit(tokens[0].start, end, became)
        if winners:
            return None
    return None


def _possible_ends(tokens: list[_Token]) -> Iterator[int]:
    """A run ends with a lost byte or a letter, and goes through nothing but characters."""
    for index, token in enumerate(tokens):
        if not token.ways:
            return
        if (index > 0 and (token.is_lost or token.text.isascii())) or token.syllable:
            yield index


def _is_damaged(run: list[_Token]) -> bool:
    """Whether it has more than question marks and letters to show for it."""
    return any(token.syllable or not _is_common(token.text) for token in run if token.text != "?")


def _streams(
    run: list[_Token], before: str, readings: Readings, losses: _Losses
) -> Iterator[list[Byte]]:
    """The byte sequences that the run may stand for, of even length."""
    choices = [[*_ways_under(losses, token, readings)] for token in run]
    if prod(map(len, choices)) > _MOST_WAYS:
        return
    previous = _bytes_of(before[-1:])[-1:]
    gaps = range(2, len(run)) if losses == "pair" else (0,)
    for chosen, gap in product(product(*choices), gaps):
        stream: list[Byte] = []
        for index, (token, part) in enumerate(zip(run, chosen, strict=True)):
            if index == gap and losses == "pair":
                stream += [None, None]
            stream += _with_reading(token, part, (*previous, *stream), readings)
        if len(stream) % 2 == 0:
            yield stream


def _ways_under(losses: _Losses, token: _Token, readings: Readings) -> Iterator[tuple[Byte, ...]]:
    """A whole character is taken for lost only where its gloss alone names it."""
    for way in token.ways:
        if way != (None, None) or (losses == "character" and len(_glossed(token, readings)) == 1):
            yield way


def _glossed(token: _Token, readings: Readings) -> frozenset[str]:
    return readings.get(token.syllable or "", frozenset())


def _with_reading(
    token: _Token, part: tuple[Byte, ...], before: tuple[Byte, ...], readings: Readings
) -> tuple[Byte, ...]:
    """The lost byte before a gloss, when the byte before it and the gloss say which it is.

    The portal glossed the two bytes that it took for a character, so the lost byte is the
    second one of a character with that reading.
    """
    if token.syllable is None:
        return part
    glossed = _glossed(token, readings)
    if len(part) == 2:
        return _bytes_of(next(iter(glossed)))
    lead = before[-1] if before else None
    trails = {both[1] for both in map(_bytes_of, glossed) if len(both) == 2 and both[0] == lead}
    return (trails.pop(),) if len(trails) == 1 else part


def _token(found: re.Match[str]) -> _Token:
    text = found[0]
    return _Token(found.start(), found.end(), text, found["syllable"], tuple(_ways(found)))


def _ways(found: re.Match[str]) -> Iterator[tuple[Byte, ...]]:
    text = found[0]
    if found["syllable"]:
        yield (None,)
        yield (None, None)
    elif text == "?":
        yield (None,)
        yield (0xA3, 0xBF)
    elif text == "_" or (text.isascii() and text.isalnum()):
        yield (ord(text),)
        yield (0xA3, ord(text) + 0x80)
    elif len(_bytes_of(text)) == 2 and (text.isalpha() or "\ue000" <= text <= "\uf8ff"):
        yield _bytes_of(text)


def _bytes_of(character: str) -> tuple[int, ...]:
    return tuple(character.encode("gb18030", errors="ignore"))


def _is_common(character: str) -> bool:
    """Whether the simplified form is of the first level of GB 2312, or plain ASCII."""
    if character.isascii():
        return True
    both = _bytes_of(simplified(character).text)
    return len(both) == 2 and 0xB0A1 <= both[0] * 256 + both[1] <= 0xD7F9


def _left_over(text: str, edits: tuple[Edit, ...]) -> Iterator[Span]:
    for found in _DAMAGE.finditer(text):
        if not any(edit.start < found.end() and found.start() < edit.end for edit in edits):
            yield found.span()
