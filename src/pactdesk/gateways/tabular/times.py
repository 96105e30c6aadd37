"""From the times in cells to instants, without guessing a day or a zone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant, instant_of
from pactdesk.gateways.tabular.cells import CellNotNumber, Row, number_in

_TIME_OF_DAY = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?")
_DATE_DIRECTIVES = ("%Y", "%y", "%x", "%c", "%G")
_MOST_REMEMBERED = 50_000


class CellTimeMissing(PactError):
    """There is no time under `column`, but something happened then."""


class CellTimeUnreadable(PactError):
    """The cell under `column` is `text`, which is no time of the form `expected`."""


class CellDayMissing(PactError):
    """The cell under `column` is `text`, a time of day, and the mapping names no day."""


class CellZoneMissing(PactError):
    """The cell under `column` is `text`, a time without zone, and the mapping names none."""


class CellTimeSkipped(PactError):
    """The time `text` under `column` does not exist in `zone`: clocks were put forward."""


class CellTimeAmbiguous(PactError):
    """The time `text` under `column` came twice in `zone`: clocks were put back."""


@dataclass(frozen=True, slots=True)
class TimeOf:
    """Where in a row a time stands.

    columns       the first that holds a time counts
    format        as in `strptime`; None: ISO 8601, or a time of day such as 9:05:00
    plus_seconds  a column with seconds to add
    """

    columns: tuple[str, ...]
    format: str | None = None
    plus_seconds: str | None = None

    @property
    def read_columns(self) -> tuple[str, ...]:
        """Every column that it looks at."""
        return (*self.columns, *([self.plus_seconds] if self.plus_seconds else []))

    @property
    def label(self) -> str:
        """How a message calls it."""
        return " / ".join(self.columns) + (f" + {self.plus_seconds}" if self.plus_seconds else "")


@dataclass(slots=True)
class TimeReader:
    """Reads the times of one table.

    zone     of times that name none
    day      of times of day
    missing  cells that mean: this did not happen
    """

    zone: ZoneInfo | None
    day: date | None
    missing: frozenset[str]
    _read: dict[tuple[str, str | None], Instant] = field(default_factory=dict)

    def instant(self, of: TimeOf, row: Row) -> Instant:
        """When it happened.

        raises  CellTimeMissing, CellTimeUnreadable, CellDayMissing, CellZoneMissing,
                CellTimeSkipped, CellTimeAmbiguous, CellNotNumber
        """
        column = self.column(of, row)
        if column is None:
            raise CellTimeMissing(column=of.label)
        at = self._instant(column, row[column], of.format)
        if of.plus_seconds is None:
            return at
        seconds = number_in(of.plus_seconds, row[of.plus_seconds])
        if seconds < 0:
            raise CellNotNumber(column=of.plus_seconds, text=row[of.plus_seconds])
        return Instant(at + int(seconds * 1000))

    def column(self, of: TimeOf, row: Row) -> str | None:
        """The column that holds this time in the row; None: it did not happen."""
        return next((name for name in of.columns if row[name] not in self.missing), None)

    def _instant(self, column: str, text: str, form: str | None) -> Instant:
        """Remembered, because one cell is the time of several facts of its row."""
        known = self._read.get((text, form))
        if known is not None:
            return known
        if len(self._read) > _MOST_REMEMBERED:
            self._read.clear()
        at = self._in_zone(column, text, self._moment(column, text.strip(), form))
        self._read[(text, form)] = at
        return at

    def _moment(self, column: str, text: str, form: str | None) -> datetime:
        if form is None:
            of_day = _time_of_day(text)
            if of_day is not None:
                return self._on_the_day(column, text, of_day)
        try:
            if form is None:
                # fromisoformat takes a bare date as its midnight; that is a guess we do not make.
                date_only = len(text) <= len("2026-10-12")
                moment = None if date_only else datetime.fromisoformat(text)
            else:
                moment = datetime.strptime(text, form)  # noqa: DTZ007 - the zone comes below
        except (ValueError, OverflowError):
            moment = None
        if moment is None:
            expected = form or "2026-10-12T09:05:00+08:00 / 9:05:00"
            raise CellTimeUnreadable(column=column, text=text[:80], expected=expected)
        if form is not None and not has_date(form):
            return self._on_the_day(column, text, moment.timetz())
        return moment

    def _on_the_day(self, column: str, text: str, of_day: time) -> datetime:
        if self.day is None:
            raise CellDayMissing(column=column, text=text[:80])
        return datetime.combine(self.day, of_day)

    def _in_zone(self, column: str, text: str, moment: datetime) -> Instant:
        if moment.tzinfo is not None:
            return instant_of(moment)
        if self.zone is None:
            raise CellZoneMissing(column=column, text=text[:80])
        early, late = (moment.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        if early.utcoffset() != late.utcoffset():
            about: dict[str, object] = {"column": column, "text": text, "zone": self.zone.key}
            exists = early.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) == moment
            raise CellTimeAmbiguous(**about) if exists else CellTimeSkipped(**about)
        return instant_of(early)


def has_date(form: str) -> bool:
    """Whether a `strptime` format tells the day, not only the time of day.

    >>> has_date("%d.%m.%Y %H:%M"), has_date("%H.%M")
    (True, False)
    """
    return any(directive in form for directive in _DATE_DIRECTIVES)


def _time_of_day(text: str) -> time | None:
    found = _TIME_OF_DAY.fullmatch(text)
    if found is None:
        return None
    hour, minute, second, part = found.groups(default="0")
    try:
        return time(int(hour), int(minute), int(second), int(part.ljust(6, "0")))
    except ValueError:
        return None
