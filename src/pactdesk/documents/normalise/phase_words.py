"""Reads a byte stream with lost bytes as words of contracts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pactdesk.documents.normalise.contract_words import SINGLE, characters_by_byte, words_from
from pactdesk.documents.normalise.simplified import simplified

Byte = int | None
"""A byte of a GBK stream, None where it was lost."""

_Slot = dict[str, str]
"""What may stand at one place: simplified characters, with the form that the bytes have."""
_Readings = dict[str, int]
_WORD, _LONE = 2, -1
_MOST_READINGS = 100


def best_reading(stream: list[Byte], before: str, after: str) -> list[tuple[str, int]]:
    """The readings of `stream` with the best score; more than one if it stays ambiguous.

    A complete pair may be any common character, better one inside a word; a pair with a lost
    byte must lie in a word. Words may begin in the text `before` and end in the text `after`.
    """
    pairs = [_slot(*pair) for pair in zip(stream[::2], stream[1::2], strict=True)]
    if not all(pairs):
        return []
    slots = [*_context(before), *pairs, *_context(after)]
    first, last = len(before), len(before) + len(pairs)
    lone = [
        one is not None and two is not None
        for one, two in zip(stream[::2], stream[1::2], strict=True)
    ]
    # reached[position]: what was read of the run up to there, with its score
    reached: list[_Readings] = [{} for _ in range(len(slots) + 1)]
    for start in range(first + 1):
        reached[start][""] = 0
    for position in range(last):
        pieces = list(_words_at(slots, position, first, last))
        if position >= first and lone[position - first]:
            pieces += _alone(slots[position])
        for done, score in _best(reached[position]):
            for length, piece, gain in pieces:
                there = reached[position + length]
                there[done + piece] = max(there.get(done + piece, score + gain), score + gain)
    complete: _Readings = {}
    for ending in reached[last:]:
        for whole, score in ending.items():
            if len(whole) == len(pairs):
                complete[whole] = max(complete.get(whole, score), score)
    best = max(complete.values(), default=0)
    return [(whole, score) for whole, score in complete.items() if score == best]


def _words_at(
    slots: list[_Slot], position: int, first: int, last: int
) -> Iterator[tuple[int, str, int]]:
    """The words that may be read from `position`: length, part inside the run, score."""
    for character in slots[position]:
        for word in words_from(character):
            end = position + len(word)
            if end <= first or end > len(slots):
                continue
            if all(letter in slot for letter, slot in zip(word, slots[position:end], strict=True)):
                start, stop = max(position, first), min(end, last)
                inside = "".join(
                    slots[place][word[place - position]] for place in range(start, stop)
                )
                yield len(word), inside, _WORD * len(inside) * len(word)


def _alone(slot: _Slot) -> list[tuple[int, str, int]]:
    return [(1, form, 0 if plain in SINGLE else _LONE) for plain, form in slot.items()]


@lru_cache(maxsize=4096)
def _slot(lead: Byte, trail: Byte) -> _Slot:
    """What the two bytes may be: one character if both are there, else those of the words."""
    if lead is not None and trail is not None:
        return _complete(bytes((lead, trail)))
    if lead is not None:
        return characters_by_byte().get((0, lead), {})
    if trail is not None:
        return characters_by_byte().get((1, trail), {})
    return {plain: form for group in characters_by_byte().values() for plain, form in group.items()}


def _complete(both: bytes) -> _Slot:
    """The character of a complete pair, if its simplified form is of everyday use."""
    try:
        character = both.decode("gb18030")
    except UnicodeDecodeError:
        return {}
    plain = simplified(character).text
    code = plain.encode("gb18030")
    # GB 2312 orders its 3,755 everyday characters first.
    return {plain: character} if len(code) == 2 and b"\xb0\xa1" <= code <= b"\xd7\xf9" else {}


def _context(text: str) -> list[_Slot]:
    return [{simplified(character).text: character} for character in text]


def _best(readings: _Readings) -> list[tuple[str, int]]:
    """Bounds the search: no real run has a hundred half-read beginnings."""
    return sorted(readings.items(), key=lambda item: -item[1])[:_MOST_READINGS]
