"""A trace replayed: leaves are what they say, inner values follow (recheck.md, 5, Traces)."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, prod
from typing import Any

from pactverify.canonical import Refused
from pactverify.counted_hours import MS_PER_HOUR
from pactverify.sheet import ZERO, Line
from pactverify.terms import exact, rounded

CONSTANTS = {Fraction(0), Fraction(1), Fraction(1, 3), Fraction(1, 12), Fraction(MS_PER_HOUR)}
_FIELDS = {"op", "value", "unit", "of", "label", "rounding", "inputs"}
_INNER: Mapping[str, tuple[int, Callable[[Sequence[Fraction]], Fraction]]] = {  # 0: any number
    "add": (0, lambda values: sum(values, ZERO)), "minimum": (0, min), "maximum": (0, max),
    "multiply": (0, lambda values: prod(values, start=Fraction(1))),
    "subtract": (2, lambda values: values[0] - values[1]),
    "divide": (2, lambda values: values[0] / values[1]),
    "negate": (1, lambda values: -values[0]), "round": (1, lambda values: values[0]),
    "floor": (1, lambda values: Fraction(floor(values[0]))),
    "ceiling": (1, lambda values: Fraction(ceil(values[0]))),
}  # fmt: skip


class Replay:
    """One line's trace against what the verifier itself computed the line from."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._lines_used: set[str | None] = set()

    def check(self, root: Any) -> None:
        """Refuses unless the trace ends in the line's exact and booked value."""
        booked = self._value(root, "trace")
        if root["op"] != "round" or self._rounding(root, "trace") != self._line.roundings[0]:
            raise self._wrong("trace", "rounding")
        inner = exact(root["inputs"][0]["value"])
        if [booked * 100, inner] != [self._line.amount_fen, self._line.exact]:
            raise self._wrong("trace", root["value"])
        # A line that looks at lines above looks at all that its page names.
        wanted = {of for op, of in self._line.leaves if op == "line"}
        if self._lines_used and self._lines_used != wanted:
            raise self._wrong("trace", f"lines {sorted(map(str, self._lines_used))}")

    def _value(self, node: Any, path: str) -> Fraction:
        """The value of a node, computed anew from what is below it."""
        if not isinstance(node, dict) or not {"op", "value"} <= set(node) <= _FIELDS:
            raise self._wrong(path, "fields")
        op, inputs = node["op"], node.get("inputs", [])
        if not isinstance(node.get("unit", ""), str) or not isinstance(node.get("label", ""), str):
            raise self._wrong(path, "unit, label")
        values = [self._value(each, f"{path}.inputs.{at}") for at, each in enumerate(inputs)]
        if ("rounding" in node) != (op == "round") or (op in _INNER) != (
            bool(values) or op == "add"
        ):
            raise self._wrong(path, str(op))
        if op in _INNER:
            arity, compute = _INNER[op]
            if "of" in node or arity not in (0, len(values)):
                raise self._wrong(path, op)
            self._check_late_days(op, inputs, path)
            value = compute(values)
            value = rounded(value, *self._rounding(node, path)) if op == "round" else value
        else:
            value = self._leaf(node, path)
        if node["value"] != str(value):
            raise self._wrong(path, node["value"])
        return Fraction(value)

    def _check_late_days(self, op: str, inputs: Sequence[Any], path: str) -> None:
        """They stand beside what was unpaid on these days, or the statement's whole total."""
        days, unpaid, counted = ([each["of"] for each in inputs if each["op"] == wanted]
                                 for wanted in ("late_days", "unpaid", "counted"))  # fmt: skip
        totals = [f"statement_total|{each.rsplit('|', 2)[0]}" for each in days]
        if days and (op != "multiply" or (days != unpaid and totals != counted)):
            raise self._wrong(path, "late_days")

    def _rounding(self, node: Any, path: str) -> tuple[Fraction, str]:
        """Money or hours as agreed; for caps, the money unit cut down."""
        for unit, mode in self._line.roundings:
            if node["rounding"] == {"unit": str(unit), "mode": mode}:
                return unit, mode
        raise self._wrong(path, str(node["rounding"]))

    def _leaf(self, node: Any, path: str) -> Fraction:
        """What the leaf must be; its own value is looked at afterwards."""
        op, of = node["op"], node.get("of")
        if op == "constant" and of is None and exact(node["value"]) in CONSTANTS:
            return exact(node["value"])
        if isinstance(op, str) and (op, of) in self._line.leaves:
            self._lines_used |= {of} if op == "line" else set()
            return self._line.leaves[op, of]
        raise self._wrong(path, f"{op} {of}")

    def _wrong(self, path: str, found: str) -> Refused:
        return Refused("trace_wrong", line=self._line.number, path=path, found=found[:80])
