"""The sheet that the sections write on: values by path, their words, their certainty."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from pactdesk.documents.provisions.noted import Noted
from pactdesk.documents.provisions.passage import Passage
from pactdesk.documents.provisions.reading import Provisions
from pactdesk.documents.reading import Reading
from pactdesk.documents.source import SourceText

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read:
    """What a summary is made from: the draft with its findings, and all that was noted."""

    source: SourceText
    reading: Reading
    provisions: Provisions

    @property
    def part_time(self) -> bool:
        """Whether the provider is a person who works part-time."""
        return self.reading.contract.contract_type == "part_time_agent"


@dataclass(slots=True)
class Sheet:
    """Values under dotted paths; `spans`, `confidence` and `derived` speak of the same paths."""

    passage: Passage
    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, str] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    derived: list[str] = field(default_factory=list)

    def put(self, path: str, value: object) -> None:
        """A value, or null, without any words."""
        *above, last = path.split(".")
        place = self.values
        for name in above:
            if not isinstance(place.get(name), dict):
                place[name] = {}
            place = place[name]
        place[last] = plain(value)

    def note(
        self, path: str, noted: Noted[T] | None, value: object = ..., *, under: str = ""
    ) -> None:
        """A value as it was read; `under` names the path that its words stand for."""
        if noted is None:
            self.put(path, None)
            return
        self.put(path, noted.value if value is ... else value)
        self.mark(path, noted, under=under)

    def mark(self, path: str, noted: Noted[T], *, under: str = "") -> None:
        """The words and the certainty of a path, without its value."""
        self.confidence[path] = round(noted.sure, 2)
        if noted.derived:
            self.derived.append(path)
        else:
            self.spans.setdefault(under or path, self.passage.original(noted.start, noted.end))


def plain(value: object) -> Any:
    """Numbers as JSON has them: whole ones without a point."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
