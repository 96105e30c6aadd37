"""The terms and their amendments (recheck.md, 2; amendments.md).

Where a field is missing that a figure needs, the check fails.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from operator import itemgetter
from typing import Any

from pactverify import canonical
from pactverify.worktime import ONE_DAY, Days, zone_named

_EXACT = re.compile(r"-?[0-9]{1,1000}(\.[0-9]{1,40}|/[1-9][0-9]{0,1000})?")


class Terms:
    """The clauses in force on a day, by id, in the terms' order."""

    def __init__(self, clauses: Mapping[str, Any]) -> None:
        self.clauses = dict(clauses)

    def of_kind(self, *kinds: str) -> list[Any]:
        """Every clause of these kinds, kind by kind, each in the terms' order."""
        return [each for kind in kinds for each in self.clauses.values() if each["kind"] == kind]

    def optional(self, kind: str) -> Any:
        """The clause of a kind, or None; two are refused."""
        return self.one(kind) if self.of_kind(kind) else None

    def one(self, kind: str) -> Any:
        """The clause of a kind; a figure that needs it cannot do without."""
        (found,) = self.of_kind(kind)
        return found

    def at(self, path: str) -> Any:
        """What stands at a term path such as "fee-1.tiers.0.price"."""
        found: Any = self.clauses
        for name in path.split("."):
            found = found[int(name)] if isinstance(found, list) else found[name]
        return found

    def rounding(self, name: str) -> tuple[Fraction, str]:
        """Unit and mode of `money_rounding` or `hours_rounding`."""
        term = self.one("conventions")[name]
        return exact(term["unit"]), str(term["mode"])


class Contract:
    """The whole of `terms.json`: a contract and its amendments; nothing in it may be blank."""

    def __init__(self, plain: Any) -> None:
        self._plain = plain
        self.contract_id, self.zone = str(plain["contract_id"]), zone_named(plain["zone"])
        self.currency = plain["currency"]
        self._clauses = {str(clause["id"]): clause for clause in plain["clauses"]}
        told = plain.get("amendments", [])
        self.amendments = sorted(told, key=itemgetter("effective_from", "signed_on"))
        # In a text the quotes are escaped.
        if b'"blank":' in canonical.write(_bare([plain["clauses"], self.amendments])):
            raise ValueError("blank")
        names = [*self.kinds(), *(each["id"] for each in self.amendments)]
        changes = [(each["effective_from"], each["signed_on"], change["clause"])
                   for each in self.amendments for change in each["changes"]]  # fmt: skip
        twice = len(names) - len(set(names)) or len(changes) - len(set(changes))
        if twice or len(self._clauses) != len(plain["clauses"]):
            raise ValueError("id")
        self.on(date.max)  # every amendment fits

    def known(self, day: date) -> "Contract":
        """With the amendments that were signed by a day."""
        told = self._plain.get("amendments", [])
        signed = [each for each in told if date.fromisoformat(each["signed_on"]) <= day]
        return Contract({**self._plain, "amendments": signed})

    def kinds(self) -> dict[str, str]:
        """Clause → kind, of all clauses that there ever are."""
        changes = (change for each in self.amendments for change in each["changes"])
        added = (change["to"] for change in changes if change["op"] != "repeal")
        return {each["id"]: each["kind"] for each in [*self._clauses.values(), *added]}

    def on(self, day: date) -> Terms:
        """The terms in force on a day."""
        clauses = dict(self._clauses)
        for each in self.amendments:
            if date.fromisoformat(each["effective_from"]) <= day:
                for change in each["changes"]:
                    _apply(change, clauses)
        return Terms(clauses)

    def parts_of(self, days: Days) -> Iterator[tuple[Days, Terms]]:
        """The days, cut wherever an amendment takes effect, with the terms in force on them."""
        changes = {date.fromisoformat(each["effective_from"]) for each in self.amendments}
        firsts = sorted({days.first, *(day for day in changes if days.first < day <= days.last)})
        for first, following in pairwise([*firsts, days.last + ONE_DAY] if days.count else []):
            yield Days(first, following - ONE_DAY), self.on(first)

    def words(self, day: date, clauses: set[str]) -> set[str]:
        """What the amendments of a day say of how the month of these clauses is judged."""
        changes = (change for each in self.amendments if each["effective_from"] == day.isoformat()
                   for change in each["changes"])  # fmt: skip
        return {
            each["judged"] for each in changes if each["clause"] in clauses and "judged" in each
        }


def _apply(change: Any, clauses: dict[str, Any]) -> None:
    """One change of an amendment; refused where it does not fit."""
    name, to = change["clause"], change.get("to")
    fits = to is not None and to["id"] == name
    match change["op"]:
        case "add" if fits and name not in clauses:
            clauses[name] = to
        case "replace" if fits and name in clauses and to["kind"] == clauses[name]["kind"]:
            clauses[name] = to
        case "repeal" if to is None and name in clauses:
            del clauses[name]
        case other:
            raise ValueError(f"{other} {name}")


def _bare(value: Any) -> Any:
    """Without what says where a term was read."""
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if k not in ("source", "sources")}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def chosen(clause: Any, field: str, yes: str, no: str, absent: str = "") -> bool:
    """Whether a field says `yes` and not `no`; any other word is refused."""
    return {yes: True, no: False}[clause.get(field, absent)]


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
