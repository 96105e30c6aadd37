"""What every line is made from, and the roundings that the parties agreed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pactdesk.core.measure.measuring import Measured
from pactdesk.core.settle.assessment import Assessed
from pactdesk.core.settle.counting import NOTHING_RECORDED, Counting, Records
from pactdesk.core.settle.ledger import EarlierStatement
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.quantities.catalogue import QUANTITIES
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, leaf, rounded
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.conventions import Conventions, RoundingTerm
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.core.units.rounding import Rounding


@dataclass(frozen=True, slots=True)
class Settling:
    """One contract, one period: a month, or the days of it on which the same terms held.

    lines    those made so far: a consequence may refer to the fees above it
    records  the facts and the calendar from which quantities are counted
    signed   the contract with its amendments
    """

    contract: Contract
    measured: Measured
    assessed: tuple[Assessed, ...]
    ledger: tuple[EarlierStatement, ...]
    lines: tuple[Line, ...] = ()
    records: Records = NOTHING_RECORDED
    signed: Contract | None = None

    @property
    def period(self) -> Period:
        """The days that the lines are for."""
        return self.measured.period

    @property
    def counting(self) -> Counting:
        """What quantities are counted from."""
        return Counting(
            contract=self.contract,
            period=self.period,
            facts=self.records.facts,
            measured=self.measured,
            ledger=self.ledger,
            calendar=self.records.calendar,
            records=self.records,
            signed=self.signed,
        )

    def counted(self, quantity: str, *arguments: str, unit: Unit = Unit.COUNT) -> Node:
        """The leaf of a counted quantity, such as `counted("usage", "message")`."""
        value = QUANTITIES[quantity](self.counting, *arguments)
        return leaf(Op.COUNTED, value, unit, of="|".join((quantity, *arguments)))

    def prorated(self, of_month: Node) -> Node:
        """What a whole month costs, by days: unchanged when the period is the whole month."""
        days, whole = self.counted("days"), self.counted("days_of_month")
        if days.value == whole.value:
            return of_month
        share = calculated(Op.DIVIDE, days, whole, unit=Unit.SHARE, label="share_of_month")
        return calculated(Op.MULTIPLY, of_month, share, unit=of_month.unit, label="prorated")

    def share_of(self, line: Line) -> Node | None:
        """The booked amount of a line above; by days where it stands for more than the period.

        None when it is for other days.
        """
        days = line.days or Period.month(f"{self.period.start:%Y-%m}")
        first, end = max(days.start, self.period.start), min(days.end, self.period.end)
        if first >= end:
            return None
        if (first, end) == (days.start, days.end):
            return line_node(line)
        share = self.share_of_days(Period(first, end), days)
        return calculated(Op.MULTIPLY, line_node(line), share, unit=Unit.YUAN, label="prorated")

    def share_of_days(self, part: Period, whole: Period) -> Node:
        """How much of `whole` the days of `part` are."""
        counted = (
            self.counted("days_between", each.start.isoformat(), each.last_day.isoformat())
            for each in (part, whole)
        )
        return calculated(Op.DIVIDE, *counted, unit=Unit.SHARE, label="share_of_days")

    @property
    def conventions(self) -> Conventions:
        """The agreed 结算口径."""
        return self.contract.one(Conventions)

    @property
    def money_rounding(self) -> Rounding:
        """Of every line, once."""
        return _rounding(self.conventions.money_rounding, f"{self.conventions.id}.money_rounding")

    @property
    def hours_rounding(self) -> Rounding:
        """Of a month's seat hours, once, before the price."""
        return _rounding(self.conventions.hours_rounding, f"{self.conventions.id}.hours_rounding")

    def booked(self, exact: Node) -> Node:
        """The exact amount, rounded as agreed: the root of a line's trace."""
        return rounded(exact, self.money_rounding, Unit.YUAN)

    def fee(self) -> Node:
        """当月服务费: the sum of the fee lines above, of longer ones the part of these days.

        A month in which more commission was taken back than was earned has no fee to take a
        share of: a share of what is below zero would pay the provider for a missed level.
        """
        together = self._fees()
        if together.value >= 0:
            return together
        none = constant(0, Unit.YUAN)
        return calculated(Op.MAXIMUM, together, none, unit=Unit.YUAN, label="fee_base")

    def _fees(self) -> Node:
        fees = [
            node
            for line in self.lines
            if line.kind.startswith("fee_") and (node := self.share_of(line)) is not None
        ]
        if len(fees) == 1:
            return fees[0]
        value = sum((node.value for node in fees), start=Fraction(0))
        return Node(Op.ADD, value, Unit.YUAN, tuple(fees), label="period_fee")


def line_node(line: Line) -> Node:
    """The booked amount of another line."""
    return leaf(Op.LINE, line.amount.yuan, Unit.YUAN, of=str(line.number))


def _rounding(agreed_or_blank: object, path: str) -> Rounding:
    value = agreed(agreed_or_blank, path)
    assert isinstance(value, RoundingTerm)  # noqa: S101 - the field has no other shape
    return Rounding(Fraction(value.unit), value.mode)
