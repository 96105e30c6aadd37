"""What the components show: plain values that pages make from their own figures.

Texts in them are finished texts of the page's language; only a clause's quote keeps the
contract's own. Instants are UTC milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.money import Money, total
from pactdesk.core.units.ratio import Ratio
from pactdesk.web.ui.words import amount_text, bar_length, duration_text, percent_text

_SOON_MS = 60_000


class HoursOverlap(PactError):
    """The service hours given to a clock are out of order: one starts (`start`) too early."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the main navigation; `count` of what waits there."""

    label: str
    url: str
    icon: str
    is_current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Shell:
    """Whose page it is, and where one can go from it."""

    organisation: str
    person: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause in the contract's own words."""

    clause: str
    words: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A fact or an input with its value, both in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Why:
    """Where a figure comes from; `key` names its dialog and is unique on the page."""

    key: str
    quote: Quote
    formula: str
    facts: tuple[Named, ...] = ()
    facts_url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its label, and why it is what it is."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    why: Why | None = None
    tone: str = ""

    @property
    def whole(self) -> str:
        """The number with its unit."""
        return self.value + self.unit if self.unit == "%" else f"{self.value} {self.unit}".strip()


class ClockState(StrEnum):
    """What the clock of an obligation does; `closed` waits for the next service hours."""

    RUNNING = "running"
    CLOSED = "closed"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one obligation, as the server sees it at `now`.

    hours     service hours between now and the deadline: [start, end) in order; of an obligation
              that is late and still open, those to come
    shown_ms  left while it runs or is paused, taken when met, overrun when missed
    """

    label: str
    state: ClockState
    shown_ms: int
    now: Instant
    due_at: Instant | None = None
    hours: tuple[tuple[Instant, Instant], ...] = ()
    reason: str = ""

    @property
    def face(self) -> str:
        """What stands on the face."""
        return duration_text(self.shown_ms)

    @property
    def ticks(self) -> bool:
        """Whether the page goes on counting."""
        return self.state in (ClockState.RUNNING, ClockState.CLOSED) or self.grows

    @property
    def grows(self) -> bool:
        """Whether it is late and getting later."""
        return self.state is ClockState.MISSED and bool(self.hours)

    @property
    def is_soon(self) -> bool:
        """Whether little is left."""
        return self.state is ClockState.RUNNING and self.shown_ms <= _SOON_MS

    @property
    def hours_text(self) -> str:
        """The service hours as the page's script reads them."""
        return ",".join(f"{start}-{end}" for start, end in self.hours)


def running_clock(
    label: str,
    *,
    now: Instant,
    due_at: Instant,
    hours: Sequence[tuple[Instant, Instant]],
) -> Clock:
    """A clock that counts down in service time, or waits for service hours.

    raises  HoursOverlap
    """
    for one, after in pairwise(hours):
        if after[0] < one[1]:
            raise HoursOverlap(start=after[0])
    is_open = any(start <= now < end for start, end in hours)
    state = ClockState.RUNNING if is_open else ClockState.CLOSED
    left = service_time_left(now, due_at, hours)
    return Clock(label, state, left, now, due_at, tuple(hours))


def service_time_left(
    now: Instant, due_at: Instant, hours: Sequence[tuple[Instant, Instant]]
) -> int:
    """Milliseconds of service time from `now` to `due_at`; never negative.

    >>> hours = [(Instant(0), Instant(100)), (Instant(200), Instant(400))]
    >>> service_time_left(Instant(50), Instant(300), hours)
    150
    """
    return sum(max(min(end, due_at) - max(start, now), 0) for start, end in hours)


@dataclass(frozen=True, slots=True)
class LevelBar:
    """A measured level against its target; without `value` it was not measured, and `reason`.

    counted, left_out  in words, where it is not cases that were counted: time has its own units
    """

    label: str
    clause: str
    target: Ratio
    value: Ratio | None = None
    is_met: bool | None = None
    excluded: int = 0
    reason: str = ""
    why: Why | None = None
    counted: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def is_measured(self) -> bool:
        """Whether anything was counted: of no cases there is no share."""
        return self.value is not None and self.value.denominator > 0

    @property
    def verdict(self) -> str:
        """A key of `ui: level`."""
        if not self.is_measured:
            return "unmeasured"
        if self.is_met is None:
            return "provisional"
        return "met" if self.is_met else "missed"

    @property
    def value_text(self) -> str:
        """The value in per cent."""
        return percent_text(self.value) if self.value and self.is_measured else ""

    @property
    def target_text(self) -> str:
        """The target in per cent."""
        return percent_text(self.target)

    @property
    def length(self) -> Decimal:
        """How far the bar reaches, of 100."""
        return bar_length(self.value) if self.value and self.is_measured else Decimal(0)

    @property
    def target_at(self) -> Decimal:
        """Where the target's mark stands, of 100."""
        return bar_length(self.target)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in an interaction; `gap` says how long after the one before."""

    at: str
    iso: str
    who: str
    what: str
    icon: str
    tone: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement."""

    label: str
    clause: str
    basis: str
    amount: Money
    why: Why | None = None

    @property
    def amount_text(self) -> str:
        """The amount as it is printed."""
        return amount_text(self.amount)


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """The lines of a statement and their sum."""

    caption: str
    lines: tuple[Line, ...]
    currency: str = "CNY"

    @property
    def total_text(self) -> str:
        """The sum as it is printed."""
        return amount_text(total((line.amount for line in self.lines), self.currency))


@dataclass(frozen=True, slots=True)
class Column:
    """A column; numbers stand right, under each other."""

    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; the first cell of a row is its heading."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> list[list[tuple[Column, str]]]:
        """Each row as cells beside their columns."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab; `key` is unique on the page, `template` is what its panel includes."""

    key: str
    label: str
    count: int | None = None
