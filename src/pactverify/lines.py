"""What each line comes to, from the rules alone (recheck.md, 5, Lines)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from pactverify.ledger import Entry
from pactverify.levels import Month
from pactverify.terms import MONEY_KINDS, exact, rounded
from pactverify.worktime import length

MS_PER_HOUR = 3_600_000
ZERO = Fraction(0)
_PERIODS = {"month": Fraction(1), "quarter": Fraction(1, 3), "year": Fraction(1, 12)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: number from 1, exact value in yuan, booked fen."""

    number: int
    kind: str
    clause: str
    exact: Fraction
    amount_fen: int


@dataclass(slots=True)
class Found:
    """Everything that lines and traces are computed from, counted by the verifier."""

    month: Month
    levels: list[dict[str, Any]]
    assessed: list[dict[str, Any]]
    seat_ms: Fraction  # of all agents
    ledger: list[Entry]

    def level(self, clause: str) -> Mapping[str, Any]:
        """The level of a clause and its verdict, in one."""
        pairs = zip(self.levels, self.assessed, strict=True)
        return {one["clause"]: {**one, **other} for one, other in pairs}[clause]


def lines_of(found: Found) -> list[Line]:
    """Every money clause in force, with its amount."""
    lines: list[Line] = []
    for clause in found.month.terms.of_kind(*MONEY_KINDS):
        value = _exact(clause, lines, found)
        fen = rounded(value, *found.month.terms.rounding("money_rounding")) * 100
        if fen.denominator != 1:
            raise ValueError(f"{clause['id']}: {fen} fen")
        lines.append(Line(len(lines) + 1, clause["kind"], clause["id"], value, int(fen)))
    return lines


def _exact(clause: Any, lines: Sequence[Line], found: Found) -> Fraction:
    terms = found.month.terms
    fee = Fraction(sum(line.amount_fen for line in lines if line.kind.startswith("fee_")), 100)
    match clause["kind"]:
        case "fee_fixed":
            return exact(clause["amount"]) * _PERIODS[clause["per"]]
        case "fee_headcount_hours":
            ordered = Fraction(clause["headcount"] * length(found.month.opened))
            bases = {"verified": min(found.seat_ms, ordered), "scheduled": ordered}
            hours = bases[clause["hours_basis"]] / MS_PER_HOUR
            return rounded(hours, *terms.rounding("hours_rounding")) * exact(clause["unit_price"])
        case "deduction":
            missed = found.level(clause["level"])["verdict"] == "missed"
            return -_deducted(clause, fee, found) if missed else ZERO
        case "deduction_cap":
            deducted = -sum(line.amount_fen for line in lines if line.kind == "deduction")
            unit, _ = terms.rounding("money_rounding")
            cap = rounded(exact(clause["of_fee"]) * fee, unit, "down")
            return max(ZERO, Fraction(deducted, 100) - cap)
        case _:
            return sum((_late_fee(clause, entry, found.month) for entry in found.ledger), ZERO)


def _deducted(clause: Any, fee: Fraction, found: Found) -> Fraction:
    """What the provider owes for a missed level, zero or positive."""
    owed = _owed(clause["rule"], clause["level"], fee, found)
    cap = exact(clause["cap"]) * fee if "cap" in clause else None
    terms = found.month.terms
    order = terms.one("conventions")["cap_order"]
    if cap is not None and {"round_then_cap": True, "cap_then_round": False}[order]:
        unit, mode = terms.rounding("money_rounding")
        owed, cap = rounded(owed, unit, mode), rounded(cap, unit, "down")
    return owed if cap is None else min(owed, cap)


def _owed(rule: Any, level: str, fee: Fraction, found: Found) -> Fraction:
    if rule["kind"] == "per_breach":
        return len(found.level(level)["missed"]) * exact(rule["amount"])
    if rule["kind"] == "per_miss":
        return exact(rule["rate"]) * fee
    if rule["kind"] != "per_point":
        raise ValueError(rule["kind"])
    clause = found.month.terms.at(level)
    gap = exact(clause["target"]) - exact(found.level(level)["value"])
    if clause.get("comparator", "at_least") == "at_most":
        gap = -gap
    steps = max(ZERO, gap) / exact(rule["step"])
    whole: dict[str, Any] = {"full": floor(steps), "started": ceil(steps), "proportional": steps}
    steps = Fraction(whole[found.month.terms.one("conventions")["steps"]])
    return steps * exact(rule["rate"]) * fee


def _late_fee(clause: Any, entry: Entry, month: Month) -> Fraction:
    """For one earlier statement, the late days inside the month."""
    late, rate = entry.late_days(month), exact(clause["rate_per_day"])
    so_far = rate * sum(late.values()) / 100
    before = rate * sum(fen for day, fen in late.items() if day < month.first) / 100
    if late and "cap" in clause:
        cap = exact(clause["cap"]) * next(iter(late.values())) / 100
        return min(so_far, cap) - min(before, cap)
    return so_far - before
