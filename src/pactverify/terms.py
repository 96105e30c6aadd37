"""The terms (recheck.md, 2). Where a field is missing that a figure needs, the check fails."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil, floor
from typing import Any

from pactverify.canonical import Refused

MONEY_KINDS = ("fee_fixed", "fee_headcount_hours", "deduction", "deduction_cap", "late_fee")
_EXACT = re.compile(r"-?[0-9]{1,1000}(\.[0-9]{1,40}|/[1-9][0-9]{0,1000})?")


class Terms:
    """A contract; nothing in it may be blank."""

    def __init__(self, plain: Any) -> None:
        self.contract_id, self.zone = str(plain["contract_id"]), str(plain["zone"])
        self.currency = plain["currency"]
        self._clauses = {str(clause["id"]): clause for clause in plain["clauses"]}
        if len(self._clauses) != len(plain["clauses"]):
            raise Refused("terms_malformed", problem="id")
        _refuse_blanks(self._clauses, "")

    def of_kind(self, *kinds: str) -> list[Any]:
        """Every clause of these kinds, kind by kind, each in the terms' order."""
        return [each for kind in kinds for each in self._clauses.values() if each["kind"] == kind]

    def optional(self, kind: str) -> Any:
        """The clause of a kind, or None; two are refused."""
        found = self.of_kind(kind)
        if len(found) > 1:
            raise Refused("terms_malformed", problem=f"{kind} × {len(found)}")
        return found[0] if found else None

    def one(self, kind: str) -> Any:
        """The clause of a kind; a figure that needs it cannot do without."""
        if self.optional(kind) is None:
            raise Refused("terms_malformed", problem=f"{kind} × 0")
        return self.optional(kind)

    def at(self, path: str) -> Any:
        """What stands at a term path such as "fee-1.unit_price"."""
        clause_id, *names = path.split(".")
        found = self._clauses[clause_id]
        for name in names:
            found = found[name]
        return found

    def rounding(self, name: str) -> tuple[Fraction, str]:
        """Unit and mode of `money_rounding` or `hours_rounding`."""
        term = self.one("conventions")[name]
        return exact(term["unit"]), str(term["mode"])


def exact(text: Any) -> Fraction:
    """An exact value written "7", "3/2" or "0.0005"."""
    if not isinstance(text, str) or not _EXACT.fullmatch(text):
        raise Refused("value_unreadable", value=str(text)[:60])
    return Fraction(text)


def rounded(value: Fraction, unit: Fraction, mode: str) -> Fraction:
    """The multiple of `unit` that stands for `value`."""
    size, sign = abs(value / unit), -1 if value < 0 else 1
    whole = {
        "half_up": floor(size + Fraction(1, 2)),  # halves away from zero
        "half_even": round(size),
        "down": floor(size),  # toward zero
        "up": ceil(size),
    }[mode]
    return sign * whole * unit


def _refuse_blanks(value: Any, path: str) -> None:
    if isinstance(value, dict) and "blank" in value:
        raise Refused("term_blank", path=path.lstrip("."))
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, held in items:
        if isinstance(held, dict | list) and name not in ("source", "sources"):
            _refuse_blanks(held, f"{path}.{name}")
