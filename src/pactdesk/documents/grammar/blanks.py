"""What a template leaves open: ____, […例如…], 【】, XXX. An example is never a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.documents.grammar.found import Found

_GAP = re.compile(
    r"_{2,}(?:\s?_+)*"
    r"|\[\s*\]"
    r"|\[(?=[^\[\]]*[一-鿿])(?:[^\[\]]|\[[^\[\]]*\])*\]"
    r"|【[\s_]*】|【(?=[^】]*(?:例如|填写|具体))[^】]*】"
    r"|(?<![A-Za-z0-9])(?:20)?[XＸ×]{2,}(?![A-Za-z0-9×])"
    r"|[(（](?:\s{2,}|[\s_]*_[\s_]*)[)）]"
)
_EXAMPLE = re.compile(r"(?:例如|如|比如)\s?[:：]\s?(?P<example>.+)\]?\Z", re.S)


@dataclass(frozen=True, slots=True)
class Gap:
    """A place left open: `printed` stands there; `example` is what the template proposes."""

    printed: str
    example: str | None = None


def gaps_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[Gap]]:
    """Every open place in a stretch of text.

    >>> [g.value.example for g in gaps_in("为____元，每日[百分比,例如:万分之五]")]
    [None, '万分之五']
    """
    for match in _GAP.finditer(text, start, len(text) if end is None else end):
        yield Found(gap_of(match[0]), match.start(), match.end())


def gap_of(printed: str) -> Gap:
    """The gap that is printed so."""
    inside = printed.strip("[]【】 ") if printed[:1] in "[【" else ""
    example = _EXAMPLE.search(inside)
    return Gap(printed, example["example"].strip() if example else None)
