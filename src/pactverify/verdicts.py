"""Levels met or missed, misses in a row, rights that arise (recheck.md, 5, Verdict, Rights)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from pactverify.ledger import Entry
from pactverify.levels import Month
from pactverify.terms import Terms, exact


def assess(
    levels: Sequence[Mapping[str, Any]], month: Month, ledger: Sequence[Entry]
) -> list[dict[str, Any]]:
    """Every level judged, with its run of missed months."""
    assessed = []
    for level in levels:
        clause = level["clause"]
        verdict = _verdict(level, month.terms)
        in_a_row = 1 + _missed_before(clause, month, ledger) if verdict == "missed" else 0
        assessed.append(
            {
                "clause": clause,
                "verdict": verdict,
                "target": str(exact(month.terms.at(f"{clause}.target"))),
                "value": level["value"],
                "misses_in_a_row": in_a_row,
            }
        )
    return assessed


def _verdict(level: Mapping[str, Any], terms: Terms) -> str:
    """Exactly at the target is good; undetermined where the unobserved part decides."""
    if level["standing"] != "measured":
        return "undetermined"
    numerator, unknown = level["numerator"], level["unknown"]
    whole = level["denominator"] + unknown
    if not level["denominator"]:
        zero = terms.one("conventions")["zero_volume"]
        return {"met": "met", "not_judged": "undetermined"}[zero]
    if level["metric"] == "first_response_average":
        whole *= 1000
    clause = terms.at(level["clause"])
    at_least = {"at_least": True, "at_most": False}[clause.get("comparator", "at_least")]
    target = exact(clause["target"])
    extremes = (Fraction(numerator, whole), Fraction(numerator + unknown, whole))
    good = {value >= target if at_least else value <= target for value in extremes}
    return "undetermined" if len(good) > 1 else "met" if True in good else "missed"


def _missed_before(clause: str, month: Month, ledger: Sequence[Entry]) -> int:
    """How many months directly before were missed."""
    counted = (month.terms.optional("assessment") or {}).get("counted", "same_level")
    any_level = {"same_level": False, "any_level": True}[counted]
    undetermined = month.terms.one("conventions")["undetermined"]
    ends_run = {"neutral": {"met"}, "resets": {"met", "undetermined"}}[undetermined]
    history = {entry.period: entry.verdicts for entry in ledger}
    missed, first = 0, _month_before(month.first)
    while (verdicts := history.get(first.isoformat()[:7])) is not None:
        verdict = verdicts.get(clause, "undetermined")
        if any_level:
            verdict = next((v for v in ("missed", "met") if v in verdicts.values()), "undetermined")
        if verdict in ends_run:
            break
        missed += verdict == "missed"
        first = _month_before(first)
    return missed


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def rights_of(
    assessed: Sequence[Mapping[str, Any]], month: Month, ledger: Sequence[Entry]
) -> list[dict[str, Any]]:
    """For each missed level remediation, then termination; then suspensions."""
    return [*_of_misses(assessed, month), *_of_arrears(month, ledger)]


def _of_misses(assessed: Sequence[Mapping[str, Any]], month: Month) -> Iterator[dict[str, Any]]:
    clause = month.terms.optional("assessment")
    for each in assessed if clause else ():
        if each["verdict"] == "missed":
            told = {"clause": clause["id"], "because": each["clause"]}
            told["since"] = month.following.isoformat()
            if "remediation" in clause:
                yield {"kind": "remediation", "count": 1, **told}
            run = each["misses_in_a_row"]
            if "consecutive_misses" in clause and run >= clause["consecutive_misses"]:
                yield {"kind": "termination", "count": run, **told}


def _of_arrears(month: Month, ledger: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    clause = month.terms.optional("suspension")
    for entry in ledger if clause else ():
        overdue = (month.last - entry.due_on).days if entry.due_on else 0
        unpaid = entry.unpaid_fen(month.last, counts_payment_day=False)
        if entry.due_on and unpaid and overdue > clause["after_days"]:
            since = entry.due_on + timedelta(days=clause["after_days"] + 1)
            told = {"clause": clause["id"], "because": entry.statement}
            yield {"kind": "suspension", "count": overdue, "since": since.isoformat(), **told}
