"""The tree behind a figure: a closed set of operations, replayable by anyone.

Every leaf names where its number comes from: a term by its path, a level, the ledger, another
line, or a constant. A node is made with its value already computed, so a trace and the amount
that it explains can never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Any

from pactdesk.core.terms.base import BlankLeft, agreed
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import exact_text
from pactdesk.core.units.rounding import Rounding


class Op(StrEnum):
    """The closed set. A new operation is a new version of the statement format."""

    # leaves
    TERM = "term"  # `of`: term path
    LEVEL = "level"  # `of`: clause id; the measured value
    BREACHES = "breaches"  # `of`: clause id; how many interactions missed its limit
    SEAT_TIME = "seat_time"  # verified seat time of the period, ms
    OPEN_TIME = "open_time"  # service time of the period, ms
    UNPAID = "unpaid"  # `of`: "statement|first day|last day"; unpaid on each of these days
    LATE_DAYS = "late_days"  # the same; how many days these are
    LINE = "line"  # `of`: line number; its booked amount
    COUNTED = "counted"  # `of`: "quantity|argument|…", a name of `core/settle/quantities`
    CONSTANT = "constant"
    # arithmetic
    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    NEGATE = "negate"
    FLOOR = "floor"
    CEILING = "ceiling"
    ROUND = "round"  # with `rounding`


class Unit(StrEnum):
    """What a value counts; only for people, the arithmetic does not look."""

    YUAN = "CNY"
    YUAN_PER_HOUR = "CNY/h"
    HOURS = "h"
    MILLISECONDS = "ms"
    SHARE = "share"
    RATE_PER_DAY = "per_day"
    SECONDS = "s"
    PERSONS = "persons"
    DAYS = "days"
    COUNT = "count"
    PLAIN = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One operation with its exact value. `label` says what the value is, as a message key."""

    op: Op
    value: Fraction
    unit: Unit = Unit.PLAIN
    inputs: tuple[Node, ...] = ()
    of: str | None = None
    rounding: Rounding | None = None
    label: str | None = None

    def to_plain(self) -> dict[str, Any]:
        """Canonical-JSON-ready; exact values as "n/d" texts."""
        plain: dict[str, Any] = {"op": str(self.op), "value": exact_text(self.value)}
        if self.unit:
            plain["unit"] = str(self.unit)
        if self.of is not None:
            plain["of"] = self.of
        if self.label is not None:
            plain["label"] = self.label
        if self.rounding is not None:
            plain["rounding"] = {
                "unit": exact_text(self.rounding.unit),
                "mode": str(self.rounding.mode),
            }
        if self.inputs:
            plain["inputs"] = [node.to_plain() for node in self.inputs]
        return plain


_ARITHMETIC: Mapping[Op, Callable[[Sequence[Fraction]], Fraction]] = {
    Op.ADD: lambda values: sum(values, start=Fraction(0)),
    Op.SUBTRACT: lambda values: values[0] - values[1],
    Op.MULTIPLY: lambda values: _product(values),
    Op.DIVIDE: lambda values: values[0] / values[1],
    Op.MINIMUM: min,
    Op.MAXIMUM: max,
    Op.NEGATE: lambda values: -values[0],
    Op.FLOOR: lambda values: Fraction(floor(values[0])),
    Op.CEILING: lambda values: Fraction(ceil(values[0])),
}


class TermNotNumber(PactError):
    """The term at `path` is `value`, not a number that a statement could use."""


def calculated(op: Op, *inputs: Node, unit: Unit = Unit.PLAIN, label: str | None = None) -> Node:
    """The node of an arithmetic operation over its inputs."""
    value = _ARITHMETIC[op]([node.value for node in inputs])
    return Node(op, value, unit, inputs, label=label)


def rounded(node: Node, rounding: Rounding, unit: Unit, label: str | None = None) -> Node:
    """The node rounded by a rule of the contract."""
    return Node(Op.ROUND, rounding(node.value), unit, (node,), rounding=rounding, label=label)


def leaf(op: Op, value: Fraction | int, unit: Unit, of: str | None = None) -> Node:
    """A number from the levels, the ledger or another line."""
    return Node(op, Fraction(value), unit, of=of)


def constant(value: Fraction | int, unit: Unit = Unit.PLAIN, label: str | None = None) -> Node:
    """A number of the rule itself, such as 3,600,000 milliseconds an hour."""
    return Node(Op.CONSTANT, Fraction(value), unit, label=label)


def term(contract: Contract, path: str, unit: Unit) -> Node:
    """The agreed number at a term path; a blank, or nothing, there raises BlankLeft."""
    value = agreed(contract.value(path), path)
    if value is None:
        raise BlankLeft(path=path, quote="—")
    if isinstance(value, bool):
        raise TermNotNumber(path=path, value=value)
    try:
        return Node(Op.TERM, Fraction(str(value)), unit, of=path)
    except ValueError:
        raise TermNotNumber(path=path, value=value) from None


def _product(values: Sequence[Fraction]) -> Fraction:
    product = Fraction(1)
    for value in values:
        product *= value
    return product
