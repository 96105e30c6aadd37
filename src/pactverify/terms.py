"""The terms and their amendments (recheck.md, 2; amendments.md).

Where a field is missing that a figure needs, the check fails.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

from pactverify import canonical
from pactverify.worktime import ONE_DAY, Days, zone_named

_EXACT = re.compile(r"-?[0-9]{1,1000}(\.[0-9]{1,40}|/[1-9][0-9]{0,1000})?")
_NEEDED = ("service_hours", "conventions", "period")
_AT_MOST_ONE = ("payment", "assessment", "suspension", "deduction_cap", "late_fee")


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
        self.contract_id, self.zone = str(plain["contract_id"]), zone_named(plain["zone"])
        self.currency = plain["currency"]
        self._clauses = _by_id(plain["clauses"])
        self.amendments = sorted(
            plain.get("amendments", []),
            key=lambda each: (each["effective_from"], each["signed_on"]),
        )
        # In a text the quotes are escaped.
        if b'"blank":' in canonical.write(_bare([plain["clauses"], self.amendments])):
            raise ValueError("blank")
        names, changed = {each["id"] for each in self.amendments}, set()
        for each in self.amendments:
            for change in each["changes"]:
                key = (each["effective_from"], each["signed_on"], _changed(change))
                if key in changed:
                    raise ValueError(f"{key}")
                changed.add(key)
        if names & set(self.on(date.max).clauses) or len(names) != len(self.amendments):
            raise ValueError("amendment id")

    def on(self, day: date) -> Terms:
        """The terms in force on a day."""
        clauses = dict(self._clauses)
        for each in self.amendments:
            if date.fromisoformat(each["effective_from"]) <= day:
                for change in each["changes"]:
                    _apply(change, clauses)
        terms = Terms(clauses)
        for kind in _NEEDED:
            terms.one(kind)
        for kind in _AT_MOST_ONE:
            terms.optional(kind)
        return terms

    def parts_of(self, days: Days) -> Iterator[tuple[Days, Terms]]:
        """The days, cut wherever an amendment takes effect, with the terms in force on them."""
        changes = {date.fromisoformat(each["effective_from"]) for each in self.amendments}
        firsts = sorted({days.first, *(day for day in changes if days.first < day <= days.last)})
        for first, following in pairwise([*firsts, days.last + ONE_DAY] if days.count else []):
            yield Days(first, following - ONE_DAY), self.on(first)

    def words(self, day: date, clauses: set[str]) -> Iterator[str | None]:
        """What the amendments of a day say of how the month of these clauses is judged."""
        for each in self.amendments:
            if each["effective_from"] == day.isoformat():
                for change in each["changes"]:
                    if change["clause"] in clauses and "judged" in change:
                        yield change["judged"]


def _by_id(clauses: Any) -> dict[str, Any]:
    found = {str(clause["id"]): clause for clause in clauses}
    if len(found) != len(clauses):
        raise ValueError("id")
    return found


def _changed(change: Any) -> str:
    return str(change["clause"])


def _apply(change: Any, clauses: dict[str, Any]) -> None:
    """One change of an amendment; refused where it does not fit."""
    name, to, there = change["clause"], change.get("to"), change["clause"] in clauses
    if there == (change["op"] == "add") or (to is None) != (change["op"] == "repeal"):
        raise ValueError(f"{change['op']} {name}")
    if to is not None and (
        to["id"] != name or (change["op"] == "replace" and to["kind"] != clauses[name]["kind"])
    ):
        raise ValueError(f"{change['op']} {name}")
    if change["op"] == "repeal":
        del clauses[name]
    elif change["op"] in ("add", "replace"):
        clauses[name] = to
    else:
        raise ValueError(change["op"])


def _bare(value: Any) -> Any:
    """Without what says where a term was read."""
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if k not in ("source", "sources")}
    return [_bare(each) for each in value] if isinstance(value, list) else value


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
