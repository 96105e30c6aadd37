"""A checked table, and what becomes of each of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pactdesk.core.units.errors import PactError
from pactdesk.gateways.tabular.cells import Row
from pactdesk.gateways.tabular.groups import GroupRefused, Groups, Share
from pactdesk.gateways.tabular.row_mapping import RowMapping
from pactdesk.gateways.tabular.rows import Maker, RowSaysNothing, Told
from pactdesk.gateways.tabular.table import Table, check_cells


@dataclass(frozen=True, slots=True)
class RowSkipped:
    """A row that a skip rule leaves out."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that made no facts, and why.

    number  as in a spreadsheet: the header is 1
    column  where in the row; None when it is not about one column
    """

    number: int
    column: str | None
    error: PactError


@dataclass(frozen=True, slots=True)
class RowTold:
    """A row that made facts, or only added to a group."""

    number: int
    told: tuple[Told, ...]


RowResult = RowTold | RowSkipped | RowRefused
"""What became of one row."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A table that was checked as a whole; its facts are made while `results` is read."""

    table: Table
    mapping: RowMapping
    contract_id: str
    salt_key: bytes | None

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return self.table.rows

    def results(self) -> Iterator[RowResult | tuple[Told, ...] | GroupRefused]:
        """One result for each row, then the facts of each group.

        raises  TableChanged
        """
        maker = Maker(self.mapping, self.contract_id, self.salt_key, self.mapping.time_reader())
        groups = Groups(maker)
        for number, cells in self.table.records():
            yield self._result(number, cells, maker, groups)
        yield from groups.facts()

    def _result(self, number: int, cells: list[str], maker: Maker, groups: Groups) -> RowResult:
        try:
            check_cells(cells, self.table.header)
            row = dict(zip(self.table.header, cells, strict=True))
            reason = maker.skip_reason(row)
            if reason is not None:
                return RowSkipped(number, reason)
            told, shares = _made(row, maker, groups)
        except PactError as error:
            column = error.facts.get("column")
            return RowRefused(number, str(column) if column is not None else None, error)
        for share in shares:
            groups.add(share)
        return RowTold(number, told)


def _made(row: Row, maker: Maker, groups: Groups) -> tuple[tuple[Told, ...], tuple[Share, ...]]:
    told, shares = maker.facts(row), groups.shares(row)
    if not told and not shares:
        raise RowSaysNothing()
    return told, shares
