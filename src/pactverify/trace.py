"""A trace replayed: leaves are what they say, inner values follow (recheck.md, 5, Traces)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor, prod
from typing import Any

from pactverify.canonical import Refused
from pactverify.lines import MS_PER_HOUR, ZERO, Found, Line
from pactverify.terms import exact, rounded
from pactverify.worktime import length

CONSTANTS = {Fraction(0), Fraction(1), Fraction(1, 3), Fraction(1, 12), Fraction(MS_PER_HOUR)}
_FIELDS = {"op", "value", "unit", "of", "label", "rounding", "inputs"}
_OWN_TERMS = {
    "fee_fixed": {"amount"}, "fee_headcount_hours": {"headcount", "unit_price"},
    "deduction": {"rule.step", "rule.rate", "rule.amount", "cap"}, "deduction_cap": {"of_fee"},
    "late_fee": {"rate_per_day", "cap"},
}  # fmt: skip
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
    """One line's trace against the facts and terms that the verifier counted itself."""

    def __init__(self, line: Line, above: Sequence[Line], found: Found) -> None:
        self._line, self._above, self._found = line, above, found
        self._lines_used: set[int] = set()
        clause = found.month.terms.at(line.clause)
        self._level = clause["level"] if line.kind == "deduction" else None

    def check(self, root: Any) -> None:
        """Refuses unless the trace ends in the line's exact and booked value."""
        booked = self._value(root, "trace")
        money = self._found.month.terms.rounding("money_rounding")
        if root["op"] != "round" or self._rounding(root, "trace") != money:
            raise self._wrong("trace", "rounding")
        inner = exact(root["inputs"][0]["value"])
        if [booked * 100, inner] != [self._line.amount_fen, self._line.exact]:
            raise self._wrong("trace", root["value"])
        # A line that looks at fees looks at all of them; a common cap also at every deduction.
        kinds = ("fee_", "deduction") if self._line.kind == "deduction_cap" else ("fee_",)
        wanted = {line.number for line in self._above if line.kind.startswith(kinds)}
        if self._lines_used and self._lines_used != wanted:
            raise self._wrong("trace", f"lines {sorted(self._lines_used)}")

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
            days, unpaid = ([each["of"] for each in inputs if each["op"] == wanted]
                            for wanted in ("late_days", "unpaid"))  # fmt: skip
            if days and (op != "multiply" or days != unpaid):
                raise self._wrong(path, "late_days")  # not beside what was unpaid on these days
            value = compute(values)
            value = rounded(value, *self._rounding(node, path)) if op == "round" else value
        else:
            value = self._leaf(node, path)
        if node["value"] != str(value):
            raise self._wrong(path, node["value"])
        return Fraction(value)

    def _rounding(self, node: Any, path: str) -> tuple[Fraction, str]:
        """Money or hours as agreed; for caps, the money unit cut down."""
        terms = self._found.month.terms
        money = terms.rounding("money_rounding")
        agreed = [money, (money[0], "down")]
        if self._line.kind == "fee_headcount_hours":
            agreed = [money, terms.rounding("hours_rounding")]
        for unit, mode in agreed:
            if node["rounding"] == {"unit": str(unit), "mode": mode}:
                return unit, mode
        raise self._wrong(path, str(node["rounding"]))

    def _leaf(self, node: Any, path: str) -> Fraction:
        """What the leaf must be; its own value is looked at afterwards."""
        found, of = self._found, node.get("of")
        match node["op"]:
            case "term":
                return self._term(str(of), path)
            case "level" if of and of == self._level:
                return exact(found.level(of)["value"])
            case "breaches" if of and of == self._level:
                return Fraction(len(found.level(of)["missed"]))
            case "seat_time" if of is None:
                return found.seat_ms
            case "open_time" if of is None:
                return Fraction(length(found.month.opened))
            case "line":
                for line in self._above:
                    if str(line.number) == of:
                        self._lines_used.add(line.number)
                        return Fraction(line.amount_fen, 100)
            case "constant" if of is None and exact(node["value"]) in CONSTANTS:
                return exact(node["value"])
            case "late_days" if self._line.kind == "late_fee":
                return Fraction(len(self._stretch(of, path)))
            case "unpaid" if self._line.kind == "late_fee":
                return Fraction(self._stretch(of, path)[0], 100)
        raise self._wrong(path, f"{node['op']} {of}")

    def _term(self, of: str, path: str) -> Fraction:
        """A term that this line may depend on: its own, or its level's target."""
        clause, _, name = of.partition(".")
        own = clause == self._line.clause and name in _OWN_TERMS[self._line.kind]
        if not own and (clause, name) != (self._level, "target"):
            raise self._wrong(path, of)
        value = self._found.month.terms.at(of)
        return Fraction(value) if isinstance(value, int) else exact(value)

    def _stretch(self, of: Any, path: str) -> list[int]:
        """The fen unpaid on each of the days "statement|first|last": late days, one amount."""
        name, *days = str(of).rsplit("|", 2)
        for entry in self._found.ledger:
            if entry.statement == name and len(days) == 2:
                late = entry.late_days(self._found.month)
                first, last = map(date.fromisoformat, days)
                fen = [unpaid for day, unpaid in late.items() if first <= day <= last]
                if {first, last} <= set(late) and len(set(fen)) == 1:
                    return fen
        raise self._wrong(path, str(of))

    def _wrong(self, path: str, found: str) -> Refused:
        return Refused("trace_wrong", line=self._line.number, path=path, found=found[:80])
