"""The fields of a fact's measured part: what each may hold, checked on the way in and out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Protocol, Self

from pactdesk.core.facts.canonical import LARGEST_INTEGER, Json
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import exact_text, exact_value


class FactMalformed(PactError):
    """The measured part of a fact of `kind` is not what that kind has, at `field`."""


class FactFieldMissing(FactMalformed):
    """A fact of `kind` lacks `field`."""


class FactFieldUnknown(FactMalformed):
    """A fact of `kind` has `field`, which that kind does not know."""


class FactFieldWrong(FactMalformed):
    """In a fact of `kind`, `field` is `value`; it must be `expected`."""


_SHARE = re.compile(r"[0-9]{1,16}(/[1-9][0-9]{0,15})?")
EARLIEST = -2_208_988_800_000  # 1900-01-01T00:00:00Z
LATEST = 32_503_680_000_000  # 3000-01-01T00:00:00Z


def is_moment(value: object) -> bool:
    """Whether `value` is an instant from `EARLIEST` (included) to `LATEST` (excluded)."""
    return isinstance(value, int) and not isinstance(value, bool) and EARLIEST <= value < LATEST


class Field(Protocol):
    """What one field may hold."""

    @property
    def expected(self) -> str:
        """What it must be, in signs rather than words: `"int >= 0"`, `"chat|phone"`."""
        ...

    def accepts(self, value: object) -> bool:
        """Whether a fact in memory may hold `value`."""
        ...

    def read(self, value: Json) -> object:
        """The value in memory of what a record holds; ValueError when there is none."""
        ...

    def write(self, value: Any) -> Json:
        """The value in a record of one that `accepts` took."""
        ...


class _Plain:
    """A field that is the same in memory and in a record."""

    def read(self, value: Json) -> object:
        return value

    def write(self, value: Any) -> Json:
        plain: Json = value
        return plain


@dataclass(frozen=True)
class Text(_Plain):
    """A text that is not empty."""

    optional: bool = False

    @property
    def expected(self) -> str:
        return '"…"|null' if self.optional else '"…"'

    def accepts(self, value: object) -> bool:
        return (self.optional and value is None) or (isinstance(value, str) and value != "")


@dataclass(frozen=True)
class Pattern(_Plain):
    """A text of one shape, such as a month."""

    pattern: re.Pattern[str]
    expected: str

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and self.pattern.fullmatch(value) is not None


@dataclass(frozen=True)
class Optional(_Plain):
    """A plain field that may also be null."""

    field: Pattern | LocalDay

    @property
    def expected(self) -> str:
        return f"{self.field.expected}|null"

    def accepts(self, value: object) -> bool:
        return value is None or self.field.accepts(value)


@dataclass(frozen=True)
class Share(_Plain):
    """An exact part of a whole, "n/d" in lowest terms, from "0" to "1"."""

    expected: str = '"0".."n/d".."1"'

    def accepts(self, value: object) -> bool:
        if not isinstance(value, str) or not re.fullmatch(
            r"[0-9]{1,16}(/[1-9][0-9]{0,15})?", value
        ):
            return False
        return exact_text(exact_value(value)) == value and exact_value(value) <= 1


@dataclass(frozen=True)
class Whole(_Plain):
    """A whole number: a count, milliseconds, fen, or an instant."""

    least: int = -LARGEST_INTEGER

    @property
    def expected(self) -> str:
        return "int" if self.least == -LARGEST_INTEGER else f"int >= {self.least}"

    def accepts(self, value: object) -> bool:
        return (
            isinstance(value, int)
            and not isinstance(value, bool)
            and self.least <= value <= LARGEST_INTEGER
        )


@dataclass(frozen=True)
class Moment(_Plain):
    """An instant of the years 1900 to 2999, so that every calendar can tell its day."""

    expected: str = f"{EARLIEST} <= int < {LATEST}"

    def accepts(self, value: object) -> bool:
        return is_moment(value)


@dataclass(frozen=True)
class Flag(_Plain):
    """True or false."""

    expected: str = "true|false"

    def accepts(self, value: object) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True)
class Choice:
    """One word out of a closed list."""

    words: type[StrEnum]
    optional: bool = False

    @property
    def expected(self) -> str:
        return "|".join([*self.words, *(["null"] if self.optional else [])])

    def accepts(self, value: object) -> bool:
        return (self.optional and value is None) or isinstance(value, self.words)

    def read(self, value: Json) -> object:
        if self.optional and value is None:
            return None
        try:
            return self._by_word[str(value)]
        except KeyError:
            raise ValueError(value) from None

    @cached_property
    def _by_word(self) -> dict[str, StrEnum]:
        # Several times faster than calling the enum, and a month asks a hundred thousand times.
        return {each.value: each for each in self.words}

    def write(self, value: Any) -> Json:
        return None if value is None else str(value)


@dataclass(frozen=True)
class Several:
    """A list without repetition; in memory a tuple, in the given order."""

    item: Field

    @property
    def expected(self) -> str:
        return f"[{self.item.expected}, …]"

    def accepts(self, value: object) -> bool:
        return (
            isinstance(value, tuple)
            and all(map(self.item.accepts, value))
            and len(set(value)) == len(value)
        )

    def read(self, value: Json) -> object:
        if not isinstance(value, list):
            raise ValueError(value)
        return tuple(map(self.item.read, value))

    def write(self, value: Any) -> Json:
        return [self.item.write(item) for item in value]


@dataclass(frozen=True)
class ByName:
    """An object from any text to one kind of value."""

    item: Field

    @property
    def expected(self) -> str:
        return f'{{"…": {self.item.expected}, …}}'

    def accepts(self, value: object) -> bool:
        return isinstance(value, Mapping) and all(
            isinstance(name, str) and name and self.item.accepts(held)
            for name, held in value.items()
        )

    def read(self, value: Json) -> object:
        if not isinstance(value, dict):
            raise ValueError(value)
        return {name: self.item.read(held) for name, held in value.items()}

    def write(self, value: Any) -> Json:
        return {name: self.item.write(held) for name, held in value.items()}


@dataclass(frozen=True, slots=True)
class Measured:
    """The measured part of a fact; each kind is a subclass that names its fields."""

    kind: ClassVar[StrEnum]
    fields: ClassVar[Mapping[str, Field]]

    def __post_init__(self) -> None:
        for name, field in self.fields.items():
            if not field.accepts(getattr(self, name)):
                raise self.wrong(name, field.expected)

    def wrong(self, name: str, expected: str) -> FactFieldWrong:
        """The error that says what the field `name` must be."""
        value = str(getattr(self, name))[:80]
        return FactFieldWrong(kind=self.kind.value, field=name, value=value, expected=expected)

    def to_measured(self) -> dict[str, Json]:
        """The object that a record holds."""
        return {name: field.write(getattr(self, name)) for name, field in self.fields.items()}

    @classmethod
    def from_measured(cls, measured: Mapping[str, Json]) -> Self:
        """The inverse of `to_measured`.

        raises  FactFieldMissing, FactFieldUnknown, FactFieldWrong (all are FactMalformed)
        """
        kind = cls.kind.value
        for name in measured:
            if name not in cls.fields:
                raise FactFieldUnknown(kind=kind, field=name)
        values: dict[str, object] = {}
        for name, field in cls.fields.items():
            if name not in measured:
                raise FactFieldMissing(kind=kind, field=name)
            try:
                values[name] = field.read(measured[name])
            except ValueError:
                value = str(measured[name])[:80]
                raise FactFieldWrong(
                    kind=kind, field=name, value=value, expected=field.expected
                ) from None
        return cls(**values)


HASH = Pattern(re.compile(r"[0-9a-f]{64}"), "[0-9a-f]{64}")
MONTH = Pattern(re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"), '"2026-09"')


@dataclass(frozen=True)
class LocalDay(_Plain):
    """A day of the contract's zone, written 2026-09-30."""

    expected: str = '"2026-09-30"'

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and is_day(value)


DAY = LocalDay()


def is_day(text: str) -> bool:
    """Whether `text` is a day of the calendar in its one form."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
