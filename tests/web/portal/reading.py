"""Reading a page as a program would: the texts and values of marked elements."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class Reading(HTMLParser):
    """Elements with an attribute, and what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.found: list[tuple[dict[str, str | None], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _EMPTY:
            self.found.append((given, ""))
        else:
            self._open.append((tag, given, []))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, given, texts = self._open.pop()
            self.found.append((given, " ".join("".join(texts).split())))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        for _, _, texts in self._open:
            texts.append(data)

    def texts(self, attribute: str) -> list[str]:
        """What stands in the elements that have the attribute."""
        return [text for given, text in self.found if attribute in given]

    def values(self, attribute: str) -> list[str]:
        """The values of the attribute."""
        return [given[attribute] or "" for given, _ in self.found if attribute in given]

    def named(self, name: str) -> list[str]:
        """The values of the inputs with this name."""
        return [given.get("value") or "" for given, _ in self.found if given.get("name") == name]


_EMPTY = frozenset({"input", "img", "meta", "link", "br"})


def read(response: Any) -> Reading:
    """A page of the test client."""
    reading = Reading()
    reading.feed(response.content.decode())
    return reading
