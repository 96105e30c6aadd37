"""What the rows of a table mean: the mapping, as `mapping.read_mapping` reads it from YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pactdesk.core.facts.canonical import Json
from pactdesk.core.facts.kinds import FactKind
from pactdesk.core.units.instants import zone_named
from pactdesk.gateways.tabular.cells import CellNotMapped, Condition, Row
from pactdesk.gateways.tabular.times import TimeOf, TimeReader


@dataclass(frozen=True, slots=True)
class Constant:
    """The same value for every row, already of the field's type."""

    value: Json
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FromColumn:
    """The cell under a column, translated when there is a `translation`."""

    column: str
    translation: Mapping[str, str] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    def text(self, row: Row) -> str:
        """raises CellNotMapped"""
        cell = row[self.column]
        if self.translation is None:
            return cell
        if cell not in self.translation:
            known = ", ".join(self.translation)
            raise CellNotMapped(column=self.column, text=cell[:80], known=known)
        return self.translation[cell]


@dataclass(frozen=True, slots=True)
class FromText:
    """A text with cells put in: pieces in order, each literal or a column."""

    pieces: tuple[tuple[Literal["literal", "column"], str], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(piece for kind, piece in self.pieces if kind == "column")

    def text(self, row: Row) -> str:
        return "".join(row[piece] if kind == "column" else piece for kind, piece in self.pieces)


@dataclass(frozen=True, slots=True)
class FromTime:
    """An instant, for the few fields that hold one."""

    at: TimeOf

    @property
    def columns(self) -> tuple[str, ...]:
        return self.at.read_columns


Expression = Constant | FromColumn | FromText | FromTime
"""Where the value of a field comes from."""


@dataclass(frozen=True, slots=True)
class FactTemplate:
    """One fact that a row may tell.

    suffix    the end of its event id; the row's id is the beginning
    when      all must hold, or the row does not tell this fact
    personal  personal field → column
    """

    kind: FactKind
    suffix: str
    when: tuple[Condition, ...]
    at: TimeOf
    fields: Mapping[str, Expression]
    personal: Mapping[str, str]

    @property
    def columns(self) -> Iterator[str]:
        """Every column that it looks at."""
        yield from (condition.column for condition in self.when)
        yield from self.at.read_columns
        for expression in self.fields.values():
            yield from expression.columns
        yield from self.personal.values()


Extreme = Literal["earliest", "latest"]


@dataclass(frozen=True, slots=True)
class GroupFact:
    """One fact about all rows of a group, at the earliest or latest of their times."""

    template: FactTemplate
    extreme: Extreme


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with the same cells under `by` taken together, those of each local day or all.

    The day of a row is that of the first of `facts`. Fields may use the columns in `by` alone,
    since only those are the same in the whole group.
    """

    name: str
    by: tuple[str, ...]
    each_day: bool
    when: tuple[Condition, ...]
    facts: tuple[GroupFact, ...]

    @property
    def columns(self) -> Iterator[str]:
        """Every column that it looks at."""
        yield from self.by
        yield from (condition.column for condition in self.when)
        for each in self.facts:
            yield from each.template.columns


@dataclass(frozen=True, slots=True)
class SkipRule:
    """Rows that are no facts, and why."""

    reason: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class RowMapping:
    """Everything a mapping file says.

    name     of the file, for messages
    source   the facts' source; part of what makes two reports the same event
    zone     IANA, of times that name none; not always that of the contract
    day      of files that have only times of day; then part of every row's id
    missing  cells that mean: this time did not happen
    row_id   the columns that together are different in every row
    order    times of a row that never run backwards
    """

    name: str
    source: str
    row_id: tuple[str, ...]
    zone: str | None
    day: date | None
    encoding: str
    delimiter: str
    missing: frozenset[str]
    skip: tuple[SkipRule, ...]
    order: tuple[tuple[TimeOf, ...], ...]
    facts: tuple[FactTemplate, ...]
    groups: tuple[Group, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that a file must have, once each, in order of first use."""
        return tuple(dict.fromkeys(self._columns()))

    @property
    def has_personal(self) -> bool:
        """Whether some fact has personal fields."""
        return any(template.personal for template in self.facts)

    def time_reader(self) -> TimeReader:
        """A reader for the times of this file."""
        zone = zone_named(self.zone) if self.zone else None
        return TimeReader(zone, self.day, self.missing)

    def _columns(self) -> Iterator[str]:
        yield from self.row_id
        for rule in self.skip:
            yield from (condition.column for condition in rule.when)
        for times in self.order:
            for each in times:
                yield from each.read_columns
        for template in self.facts:
            yield from template.columns
        for group in self.groups:
            yield from group.columns
