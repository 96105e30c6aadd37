"""What a format reader hands over."""

from __future__ import annotations

from dataclasses import dataclass

from pactdesk.documents.offsets import Span


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file; `furniture` are spans repeated on most pages, `comments` a count."""

    text: str
    furniture: tuple[Span, ...] = ()
    comments: int = 0
