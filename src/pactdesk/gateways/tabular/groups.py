"""Facts about several rows together, such as an agent's day from the first call to the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, local_day
from pactdesk.gateways.tabular.cells import Row, all_hold
from pactdesk.gateways.tabular.order import check_order
from pactdesk.gateways.tabular.row_mapping import Group
from pactdesk.gateways.tabular.rows import Maker, Told, event_prefix

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Share:
    """What one row adds to one group: the time of each of the group's facts."""

    group: Group
    day: date | None
    by: tuple[str, ...]
    times: tuple[Instant, ...]

    @property
    def name(self) -> str:
        """How the group is called in event ids and messages."""
        day = [self.day.isoformat()] if self.day else []
        return event_prefix([self.group.name, *day, *self.by])


@dataclass(frozen=True, slots=True)
class GroupRefused:
    """A group that made no facts, and why."""

    name: str
    error: PactError


@dataclass(slots=True)
class Groups:
    """All groups of one table, as far as it was read."""

    maker: Maker
    _open: dict[str, Share] = field(default_factory=dict)

    def shares(self, row: Row) -> tuple[Share, ...]:
        """What the row adds; nothing is added yet, since the row may still be refused.

        raises  as `TimeReader.instant`
        """
        return tuple(
            self._share(group, row)
            for group in self.maker.mapping.groups
            if all_hold(group.when, row)
        )

    def add(self, share: Share) -> None:
        """Widen the group by one row."""
        known = self._open.get(share.name)
        if known is None:
            self._open[share.name] = share
            return
        ends = zip(share.group.facts, known.times, share.times, strict=True)
        times = tuple(
            min(old, new) if each.extreme == "earliest" else max(old, new)
            for each, old, new in ends
        )
        self._open[share.name] = Share(share.group, share.day, share.by, times)

    def facts(self) -> Iterator[tuple[Told, ...] | GroupRefused]:
        """The facts of each group, or why there are none."""
        for name, share in sorted(self._open.items()):
            try:
                yield self._facts(share)
            except PactError as error:
                yield GroupRefused(name, error)

    def _facts(self, share: Share) -> tuple[Told, ...]:
        row = dict(zip(share.group.by, share.by, strict=True))
        told = tuple(
            self.maker.fact(each.template, row, share.name, at)
            for each, at in zip(share.group.facts, share.times, strict=True)
        )
        check_order([(each.fact, each.column) for each in told], self.maker.times.zone)
        return told

    def _share(self, group: Group, row: Row) -> Share:
        reader = self.maker.times
        times = tuple(reader.instant(each.template.at, row) for each in group.facts)
        # Where there are groups, the mapping names a zone.
        day = local_day(times[0], reader.zone or _UTC) if group.each_day else None
        return Share(group, day, tuple(row[column] for column in group.by), times)
