"""What one line is computed on. It hands out terms, quantities and lines, and remembers them:
a trace may lean on nothing else than the verifier's own computation did (recheck.md, 5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pactverify.book import Span
from pactverify.counted import Counted
from pactverify.ledger import Entry
from pactverify.stretches import Stretch
from pactverify.terms import exact, rounded
from pactverify.worktime import Days

ZERO = Fraction(0)
Leaf = tuple[str, str | None]  # operation and `of`


@dataclass(frozen=True, slots=True)
class Line:
    """One line: number from 1, exact value in yuan, booked fen, what its trace may lean on."""

    number: int
    kind: str
    clause: str
    days: Days
    exact: Fraction
    amount_fen: int
    told: Mapping[str, str]
    leaves: Mapping[Leaf, Fraction]
    roundings: list[tuple[Fraction, str]]

    @property
    def is_fee(self) -> bool:
        """Whether it counts for the period's fee."""
        return self.kind.startswith("fee_")

    def to_plain(self) -> dict[str, Any]:
        """As it must stand in the statement, without its trace."""
        told = {"number": self.number, "kind": self.kind, "clause": self.clause}
        return {**told, "amount_fen": self.amount_fen, "exact": str(self.exact), **self.told}


def refuse(*, when: bool, why: str) -> None:
    """ValueError where the page says that there is no statement."""
    if when:
        raise ValueError(why)


class Sheet:
    """The terms, facts and lines above of one line that is being computed."""

    def __init__(
        self, stretch: Stretch, span: Span, above: Sequence[Line], ledger: Sequence[Entry],
        level: Callable[[str], Mapping[str, Any]],
    ) -> None:  # fmt: skip
        self.stretch, self.clause, self.terms = stretch, stretch.clause, stretch.terms
        self.id = str(stretch.clause["id"])
        self.span, self.days, self.ledger, self.level = span, span.days, ledger, level
        self.quantities = Counted(span)
        self.conventions = stretch.terms.one("conventions")
        self.leaves: dict[Leaf, Fraction] = {}
        self.money = stretch.terms.rounding("money_rounding")
        self.roundings = [self.money, (self.money[0], "down")]
        self.above = above

    def hand(self, op: str, of: str | None, value: Fraction | int) -> Fraction:
        """A leaf, remembered."""
        self.leaves[op, of] = Fraction(value)
        return self.leaves[op, of]

    def has(self, path: str) -> bool:
        """Whether the clause says anything there."""
        return self.clause.get(path) not in (None, [])

    def term(self, path: str, clause: str = "") -> Fraction:
        """A figure of the line's own clause, or of the one named."""
        of = f"{clause or self.id}.{path}"
        held = self.terms.at(of)
        return self.hand("term", of, held if type(held) is int else exact(held))

    def maybe(self, path: str) -> Fraction | None:
        """Likewise, of its own clause; None where it says nothing."""
        return self.term(path) if self.has(path) else None

    def count(self, name: str, *arguments: str) -> Fraction:
        """A quantity of the pages."""
        value = getattr(self.quantities, name)(*arguments)
        return self.hand("counted", "|".join([name, *arguments]), value)

    def value_of(self, level: str) -> Fraction:
        """What a level reached."""
        return self.hand("level", level, exact(self.level(level)["value"]))

    def lines(self, wanted: Callable[[Line], bool]) -> list[Fraction]:
        """The booked yuan of these lines above, each for the days that it shares with this one."""
        amounts = []
        for line in self.above:
            shared = line.days.shared(self.days)
            if wanted(line) and shared.count:
                amount = self.hand("line", str(line.number), Fraction(line.amount_fen, 100))
                if shared != line.days:
                    part = self.count("days_between", str(shared.first), str(shared.last))
                    whole = self.count("days_between", str(line.days.first), str(line.days.last))
                    amount *= part / whole
                amounts.append(amount)
        return amounts

    def total(self, wanted: Callable[[Line], bool]) -> Fraction:
        """What these lines come to."""
        return sum(self.lines(wanted), ZERO)

    def fee(self) -> Fraction:
        """The fee of the days; a share of one below zero is nothing."""
        return max(ZERO, self.total(lambda line: line.is_fee))

    def prorated(self, value: Fraction) -> Fraction:
        """What costs so much a month, for the days."""
        if self.days == self.days.month:
            return value
        return value * self.count("days") / self.count("days_of_month")

    def rounded(self, value: Fraction, name: str = "money_rounding") -> Fraction:
        """By an agreed rounding."""
        self.roundings.append(self.terms.rounding(name))
        return rounded(value, *self.roundings[-1])

    def cut(self, value: Fraction) -> Fraction:
        """Down to the unit of money."""
        return rounded(value, self.money[0], "down")

    def line(self, number: int, kind: str, value: Fraction) -> Line:
        """The finished line."""
        days = self.stretch.days
        if self.stretch.judged == "weighted":
            part = self.count("days_between", str(days.first), str(days.last))
            value *= part / self.count("days_between", str(self.days.first), str(self.days.last))
        fen = rounded(value, *self.money) * 100
        if fen.denominator != 1:
            raise ValueError(f"{self.id}: {fen} fen")
        told = self.stretch.told()
        return Line(number, kind, self.id, days, value, int(fen), told, self.leaves,
                    self.roundings)  # fmt: skip
