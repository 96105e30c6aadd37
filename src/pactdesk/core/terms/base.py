"""What every clause is made of: its source on paper, its blanks, its exact values."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from pactdesk.core.units.errors import PactError

T = TypeVar("T")


class BlankLeft(PactError):
    """The term at `path` is blank; the paper says `quote` there."""


class Model(BaseModel):
    """Frozen, strict, and refusing what it does not know: a typing slip is never a term."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(Model):
    """Where the paper says so.

    `quote` equals `text[start:end]` of the stored, normalised text of document `sha256`;
    `original` is the same place as it was printed, where that differs (glosses, traditional
    characters). `clause` is the number that a reader finds on the paper.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    clause: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str
    original: str | None = None


class Blank(Model):
    """A field that the paper left open; never defaulted silently.

    `blank` is what stands in its place ("____", "[百分比,例如:万分之五]"), or why it is open;
    `suggested` is an example or a proposed default in the form the field itself would take.
    Only a person turns a suggestion into a term.
    """

    blank: str
    suggested: object = None
    source: Source | None = None


_DECIMAL = re.compile(r"-?\d{1,18}(\.\d{1,12})?\Z")


def _exact_decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and _DECIMAL.match(value):
        return Decimal(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise PydanticCustomError("unquoted_number", "unquoted: {given}", {"given": str(value)})
    raise PydanticCustomError("not_decimal", "no decimal: {given}", {"given": str(value)[:40]})


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _text_like(pattern: str) -> WithJsonSchema:
    """What the published schema says: a text, never a bare number."""
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


_READ = BeforeValidator(_exact_decimal)
_WRITTEN = PlainSerializer(_plain, return_type=str)

Quantity = Annotated[Decimal, _READ, _WRITTEN, _text_like(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")]
"""An exact decimal that stands as a quoted text in YAML and JSON."""

Amount = Annotated[
    Decimal, _READ, _WRITTEN, Field(ge=0), _text_like(r"[0-9]{1,18}(\.[0-9]{1,12})?")
]
"""Yuan, possibly with parts of a fen: a price ("0.85"), a fee ("20000.00")."""

Share = Annotated[
    Decimal, _READ, _WRITTEN, Field(ge=0, le=1), _text_like(r"(0+(\.[0-9]{1,12})?|0*1(\.0{1,12})?)")
]
"""A part of one whole: "0.95" is 95 percent. Of what, the field says."""

Rate = Amount
"""A part per day, step or piece, of a base that the field names: "0.0005" is 万分之五."""

Step = Annotated[Decimal, _READ, _WRITTEN, Field(gt=0), _text_like(r"[0-9]{1,18}(\.[0-9]{1,12})?")]
"""What something is counted or rounded in: "0.01" is a fen, or one percentage point."""

Count = Annotated[int, Field(ge=1)]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _written_day(value: object) -> object:
    # pydantic alone takes "1727740800", seconds since 1970, for a day.
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value if _DAY.match(value) else "")
    except ValueError:
        raise PydanticCustomError("not_day", "no day: {given}", {"given": value[:40]}) from None


Day = Annotated[date, BeforeValidator(_written_day)]
"""A day written 2026-10-01."""


def agreed(value: T | Blank, path: str = "") -> T:
    """The agreed value; a blank raises `BlankLeft`, because nothing may be computed from it."""
    if isinstance(value, Blank):
        raise BlankLeft(path=path, quote=value.blank)
    return value


def fraction(value: Decimal | Blank, path: str = "") -> Fraction:
    """The agreed decimal as an exact fraction."""
    return Fraction(agreed(value, path))


class ClauseBase(Model):
    """One typed agreement.

    id       stable within the contract, also across amendments: "fee-1"
    source   the clause on paper; None when it was added by answers
    sources  the span behind single fields, by field path ("due.n")
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    source: Source | None = None
    sources: dict[str, Source] = Field(default_factory=dict)
