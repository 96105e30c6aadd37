"""The terms (recheck.md, 2). Where a field is missing that a figure needs, the check fails."""

import re
from fractions import Fraction
from math import ceil, floor
from typing import Any

from pactverify import canonical

MONEY_KINDS = ("fee_fixed", "fee_headcount_hours", "deduction", "deduction_cap", "late_fee")
_EXACT = re.compile(r"-?[0-9]{1,1000}(\.[0-9]{1,40}|/[1-9][0-9]{0,1000})?")


class Terms:
    """A contract; nothing in it may be blank."""

    def __init__(self, plain: Any) -> None:
        self.contract_id, self.zone = str(plain["contract_id"]), str(plain["zone"])
        self.currency = plain["currency"]
        self._clauses = {str(clause["id"]): clause for clause in plain["clauses"]}
        if len(self._clauses) != len(plain["clauses"]):
            raise ValueError("id")
        if b'"blank":' in canonical.write(self._clauses):  # in a text the quotes are escaped
            raise ValueError("blank")

    def of_kind(self, *kinds: str) -> list[Any]:
        """Every clause of these kinds, kind by kind, each in the terms' order."""
        return [each for kind in kinds for each in self._clauses.values() if each["kind"] == kind]

    def optional(self, kind: str) -> Any:
        """The clause of a kind, or None; two are refused."""
        return self.one(kind) if self.of_kind(kind) else None

    def one(self, kind: str) -> Any:
        """The clause of a kind; a figure that needs it cannot do without."""
        (found,) = self.of_kind(kind)
        return found

    def at(self, path: str) -> Any:
        """What stands at a term path such as "fee-1.unit_price"."""
        found: Any = self._clauses
        for name in path.split("."):
            found = found[name]
        return found

    def rounding(self, name: str) -> tuple[Fraction, str]:
        """Unit and mode of `money_rounding` or `hours_rounding`."""
        term = self.one("conventions")[name]
        return exact(term["unit"]), str(term["mode"])


def exact(text: Any) -> Fraction:
    """An exact value written "7", "3/2" or "0.0005"."""
    if not isinstance(text, str) or not _EXACT.fullmatch(text):
        raise ValueError(str(text)[:60])
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
