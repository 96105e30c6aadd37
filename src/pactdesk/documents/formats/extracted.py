"""What a format reader hands over."""

from __future__ import annotations

from dataclasses import dataclass

from pactdesk.documents.offsets import Span


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file.

    furniture  spans of running heads, feet and page numbers
    joins      spans of line breaks that only the width of the page made
    comments   how many reviewers' comments it has; they are not in the text
    """

    text: str
    furniture: tuple[Span, ...] = ()
    joins: tuple[Span, ...] = ()
    comments: int = 0
