"""From one row to its facts: all of them, or a reason why none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pactdesk.core.facts.canonical import Json
from pactdesk.core.facts.commitments import PersonalField
from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.fields import FactFieldWrong
from pactdesk.core.facts.kinds import MEASURED_BY_KIND
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.tabular.cells import Row, all_hold
from pactdesk.gateways.tabular.fact_fields import value_in
from pactdesk.gateways.tabular.order import check_order, check_sequence
from pactdesk.gateways.tabular.row_mapping import FactTemplate, RowMapping
from pactdesk.gateways.tabular.salts import salt_hex
from pactdesk.gateways.tabular.times import TimeReader


class RowUnnamed(PactError):
    """Every cell under `column` is empty, so the row has no id."""


class RowSaysNothing(PactError):
    """No rule of the mapping makes a fact of the row, and no skip rule says why."""


class RowSaysTwice(PactError):
    """Two facts of the row have the same `suffix`, so they would be one event."""


class FieldOfCellWrong(PactError):
    """The cell under `column` gives `value` for `field` of a `kind`; it must be `expected`."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of a row, with the column of its time and the texts behind its commitments."""

    fact: Fact
    column: str
    personal: tuple[PersonalField, ...] = ()


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes facts of rows.

    salt_key  under which salts of personal fields are derived; None: the mapping has none
    """

    mapping: RowMapping
    contract_id: str
    salt_key: bytes | None
    times: TimeReader

    def skip_reason(self, row: Row) -> str | None:
        """Why the row is left out; None: it is not."""
        return next((r.reason for r in self.mapping.skip if all_hold(r.when, row)), None)

    def facts(self, row: Row) -> tuple[Told, ...]:
        """The facts of the row.

        raises  PactError; its `column`, if any, says where in the row
        """
        row_id = self._row_id(row)
        for times in self.mapping.order:
            check_sequence(times, row, self.times)
        told = tuple(
            self._fact_at_its_time(template, row, row_id)
            for template in self.mapping.facts
            if all_hold(template.when, row)
        )
        _check_suffixes(told)
        check_order([(each.fact, each.column) for each in told], self.times.zone)
        return told

    def fact(
        self,
        template: FactTemplate,
        row: Row,
        prefix: str,
        at: Instant,
        column: str | None = None,
    ) -> Told:
        """One fact, checked as the log would; `column` is that of its time, if it is one."""
        event_id = f"{prefix}/{template.suffix}"
        personal = tuple(self._personal(template, row, event_id))
        fact = Fact(
            contract_id=self.contract_id,
            source=self.mapping.source,
            event_id=event_id,
            kind=template.kind,
            occurred_at=at,
            measured=self._measured(template, row),
            personal={each.field: each.commitment for each in personal},
        )
        return Told(fact, column or template.at.label, personal)

    def _fact_at_its_time(self, template: FactTemplate, row: Row, row_id: str) -> Told:
        at = self.times.instant(template.at, row)
        return self.fact(template, row, row_id, at, self.times.column(template.at, row))

    def _measured(self, template: FactTemplate, row: Row) -> dict[str, Json]:
        kind = MEASURED_BY_KIND[template.kind]
        values = {
            name: value_in(expression, kind.fields[name], row, self.times)
            for name, expression in template.fields.items()
        }
        try:
            kind.from_measured(values)
        except FactFieldWrong as wrong:
            name = str(wrong.field)
            raise FieldOfCellWrong(
                column=", ".join(template.fields[name].columns) or template.suffix,
                **wrong.facts,
            ) from None
        return values

    def _personal(self, template: FactTemplate, row: Row, event_id: str) -> Iterator[PersonalField]:
        for field, column in template.personal.items():
            if row[column] and self.salt_key is not None:
                source = self.mapping.source
                salt = salt_hex(self.salt_key, source=source, event_id=event_id, field=field)
                yield PersonalField(source, event_id, field, salt, row[column])

    def _row_id(self, row: Row) -> str:
        cells = [row[column] for column in self.mapping.row_id]
        if not any(cells):
            raise RowUnnamed(column=", ".join(self.mapping.row_id))
        return event_prefix([*([self.mapping.day.isoformat()] if self.mapping.day else []), *cells])


def event_prefix(parts: Sequence[str]) -> str:
    """The parts joined so that no two different lists look the same.

    >>> event_prefix(["AA01", "7/8"])
    'AA01/7%2F8'
    """
    return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)


def _check_suffixes(told: Sequence[Told]) -> None:
    seen: set[str] = set()
    for each in told:
        if each.fact.event_id in seen:
            raise RowSaysTwice(suffix=each.fact.event_id.rpartition("/")[2])
        seen.add(each.fact.event_id)
