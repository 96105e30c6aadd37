"""What cells may hold, and what is wrong with those that do not. A row is column → cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pactdesk.core.units.errors import PactError

Row = Mapping[str, str]
"""One row: column → cell, exactly as the file has it (in NFC)."""

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")


class CellNotNumber(PactError):
    """The cell under `column` is `text`, where a number must stand."""


class CellNotWhole(PactError):
    """The cell under `column` is `text`, where a whole number must stand."""


class CellNotFlag(PactError):
    """The cell under `column` is `text`, where true or false must stand."""


class CellNotMapped(PactError):
    """The cell under `column` is `text`, which the mapping does not translate (`known`)."""


def number_in(column: str, text: str) -> Decimal:
    """The exact number in a cell.

    >>> number_in("q_time", "12.5")
    Decimal('12.5')
    """
    if not _NUMBER.fullmatch(text.strip()):
        raise CellNotNumber(column=column, text=text[:80])
    return Decimal(text.strip())


def whole_in(column: str, text: str) -> int:
    """The whole number in a cell; "5.0" is none, because nobody can say what "5.4" would be."""
    if not _WHOLE.fullmatch(text.strip()):
        raise CellNotWhole(column=column, text=text[:80])
    return int(text)


def flag_in(column: str, text: str) -> bool:
    """`true` or `false`; other spellings are translated by the mapping's `map`."""
    if text not in ("true", "false"):
        raise CellNotFlag(column=column, text=text[:80])
    return text == "true"


class Operator(StrEnum):
    """How a condition looks at a cell."""

    EQUALS = "equals"
    IN = "in"
    NOT_IN = "not_in"
    GREATER = "greater"


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one cell. Texts are compared as they stand; `GREATER` compares numbers."""

    column: str
    operator: Operator
    values: tuple[str, ...]

    def holds(self, row: Row) -> bool:
        """Whether the row passes.

        raises  CellNotNumber
        """
        cell = row[self.column]
        match self.operator:
            case Operator.EQUALS | Operator.IN:
                return cell in self.values
            case Operator.NOT_IN:
                return cell not in self.values
            case Operator.GREATER:
                return number_in(self.column, cell) > Decimal(self.values[0])


def all_hold(conditions: tuple[Condition, ...], row: Row) -> bool:
    """Whether the row passes every condition; without conditions it does."""
    return all(condition.holds(row) for condition in conditions)
