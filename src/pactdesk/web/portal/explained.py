"""The dialog that explains a figure: the clause, the working in words and numbers, the facts."""

from __future__ import annotations

from dataclasses import dataclass

from pactdesk.documents.explain.explanation import Explanation


@dataclass(frozen=True, slots=True)
class Link:
    """Where to read on."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a figure is what it is.

    key    names the dialog; unique on the page
    label  what the figure is
    value  the figure
    links  to what stands behind it
    """

    key: str
    label: str
    value: str
    why: Explanation
    links: tuple[Link, ...] = ()
