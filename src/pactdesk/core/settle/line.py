"""A statement line: what it is, its booked amount, and the trace that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pactdesk.core.settle.assessment import days_to_plain
from pactdesk.core.settle.trace import Node
from pactdesk.core.terms.amendments import Judged
from pactdesk.core.units.exact import exact_text
from pactdesk.core.units.money import Money
from pactdesk.core.units.periods import Period


@dataclass(frozen=True, slots=True)
class Line:
    """Positive: the client owes it; negative: the provider lets it off.

    number  1, 2, 3 … within the statement
    clause  id of the clause that asks for this line; also a zero line says why it is zero
    trace   ends in the rounding to the fen; its value is the amount
    days    for which it stands, where these are not the whole month
    judged  what an amendment says of the month in which the clause changes
    of      the month that an adjustment is about
    """

    number: int
    kind: str
    clause: str
    trace: Node
    currency: str = "CNY"
    days: Period | None = None
    judged: Judged | None = None
    of: str | None = None

    @property
    def amount(self) -> Money:
        """Booked: whole fen."""
        return Money.exactly(self.trace.value, self.currency)

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready."""
        return {
            "number": self.number,
            "kind": self.kind,
            "clause": self.clause,
            "amount_fen": self.amount.fen,
            "exact": exact_text(self.trace.inputs[0].value),
            "trace": self.trace.to_plain(),
            **days_to_plain(self.days, self.judged),
            **({} if self.of is None else {"of": self.of}),
        }
