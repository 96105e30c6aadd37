"""What late facts change in an issued month, and the line that bills it in the next statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pactdesk.core.settle.assessment import days_to_plain
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.made import Made
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, leaf, rounded
from pactdesk.core.units.rounding import TO_THE_FEN

KIND = "adjustment"


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line of the month that came out differently; `before` or `after` is None if it is not
    there."""

    before: Line | None
    after: Line | None

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        line = self.after or self.before
        assert line is not None  # noqa: S101 - one of the two is there
        return {
            "kind": line.kind,
            "clause": line.clause,
            "before_fen": self.before.amount.fen if self.before else 0,
            "after_fen": self.after.amount.fen if self.after else 0,
            **days_to_plain(line.days, line.judged),
        }


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What late facts change in an issued month.

    before, after  the evidence days between which the facts came
    """

    made: Made
    before: date
    after: date
    before_yuan: Fraction
    after_yuan: Fraction
    changed: tuple[ChangedLine, ...]

    @property
    def fen(self) -> int:
        """What it comes to; booked lines are whole fen."""
        return int((self.after_yuan - self.before_yuan) * 100)

    def exact(self) -> Node:
        """after − before, each the sum of the month's booked lines."""
        nodes = (
            leaf(Op.COUNTED, yuan, Unit.YUAN, of=f"resettled|{self.made.month}|{day.isoformat()}")
            for yuan, day in ((self.after_yuan, self.after), (self.before_yuan, self.before))
        )
        return calculated(Op.SUBTRACT, *nodes, unit=Unit.YUAN)

    def line(self, number: int, clause: str, currency: str) -> Line:
        """The line of the statement that looks back; booked lines are whole fen already."""
        trace = rounded(self.exact(), TO_THE_FEN, Unit.YUAN)
        return Line(number, KIND, clause, trace, currency, of=str(self.made.month))

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        return {
            "period": str(self.made.month),
            "statement": self.made.statement,
            "rules_version": self.made.rules_version,
            "before": self.before.isoformat(),
            "after": self.after.isoformat(),
            "lines": [each.to_plain() for each in self.changed],
        }
