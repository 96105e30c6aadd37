"""Earlier statements, verdicts, rights (recheck.md, 5: Ledger, Verdict, Rights)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from pactverify.levels import Month
from pactverify.terms import Terms, exact
from pactverify.worktime import ONE_DAY, WorkCalendar

Plain = dict[str, Any]


@dataclass(slots=True)
class Entry:
    """One earlier statement."""

    statement: str
    period: str
    total_fen: int
    verdicts: Mapping[str, str]
    due_on: date | None
    paid: list[tuple[date, int]]

    def to_plain(self) -> dict[str, Any]:
        """As it must stand in the statement."""
        due_on = self.due_on.isoformat() if self.due_on else None
        paid = [{"on": day.isoformat(), "fen": fen} for day, fen in self.paid]
        told = {"statement": self.statement, "period": self.period, "total_fen": self.total_fen}
        return {**told, "due_on": due_on, "paid": paid}

    def unpaid_fen(self, day: date, *, counts_payment_day: bool) -> int:
        """Still owed on a day; a payment of that very day counts unless the day is late."""
        paid = (f for on, f in self.paid if on < day or (on == day and not counts_payment_day))
        return max(0, self.total_fen - sum(paid))

    def late_days(self, month: Month) -> dict[date, int]:
        """Late day → fen unpaid on it, up to the last day of the month."""
        late: dict[date, int] = {}
        counts = month.terms.one("conventions")["counts_payment_day"] is True
        day = self.due_on + ONE_DAY if self.due_on else month.following
        while day <= month.last and (unpaid := self.unpaid_fen(day, counts_payment_day=counts)):
            late[day] = unpaid
            day += ONE_DAY
        return late


def ledger_of(month: Month, calendar: WorkCalendar) -> list[Entry]:
    """Every statement of an earlier month, sorted by month and name."""
    entries: dict[str, Entry] = {}
    happened: dict[tuple[str, str], date] = {}
    payments: dict[str, list[tuple[date, int]]] = {}
    for fact in month.facts:
        told = fact.measured
        if fact.at >= month.end or "statement" not in told:
            continue
        name, day = told["statement"], month.day_of(fact.at)
        happened.setdefault((name, fact.kind), day)
        if fact.kind == "payment":
            payments.setdefault(name, []).append((day, told["amount_fen"]))
        elif fact.kind == "statement.issued":
            fen, verdicts = told["total_fen"], told["verdicts"]
            entries.setdefault(name, Entry(name, told["period"], fen, verdicts, None, []))
    earlier = [entry for entry in entries.values() if entry.period < month.text]
    payment = month.terms.optional("payment")
    for entry in earlier:
        entry.paid = payments.get(entry.statement, [])
        if payment is not None:
            entry.due_on = _due_on(payment["due"], entry, happened, calendar)
    return sorted(earlier, key=lambda entry: (entry.period, entry.statement))


def _due_on(
    due: Any, entry: Entry, happened: Mapping[tuple[str, str], date], calendar: WorkCalendar
) -> date | None:
    following = (date.fromisoformat(f"{entry.period}-01") + timedelta(days=31)).replace(day=1)
    if due["kind"] == "day_of_month":
        last = (following + timedelta(days=31)).replace(day=1) - ONE_DAY
        return calendar.on_or_after(following.replace(day=min(due["n"], last.day)))
    start: date | None = following - ONE_DAY
    if due.get("event", "period_end") != "period_end":
        start = happened.get((entry.statement, due["event"].replace("_", ".")))
    if start is None:
        return None
    if due["kind"] == "working_days_after":
        return calendar.working_days_after(start, due["n"])
    if due["kind"] != "calendar_days_after":
        raise ValueError(due["kind"])
    return calendar.on_or_after(start + timedelta(days=due["n"]))


def assess(levels: list[Plain], month: Month, ledger: list[Entry]) -> list[Plain]:
    """Every level judged, with its run of missed months."""
    assessed = []
    for level in levels:
        clause, verdict = level["clause"], _verdict(level, month.terms)
        told = {"clause": clause, "verdict": verdict, "value": level["value"]}
        told["target"] = str(exact(month.terms.at(f"{clause}.target")))
        in_a_row = 1 + _missed_before(clause, month, ledger) if verdict == "missed" else 0
        assessed.append({**told, "misses_in_a_row": in_a_row})
    return assessed


def _verdict(level: Plain, terms: Terms) -> str:
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


def _missed_before(clause: str, month: Month, ledger: list[Entry]) -> int:
    """How many months directly before were missed."""
    counted = (month.terms.optional("assessment") or {}).get("counted", "same_level")
    any_level = {"same_level": False, "any_level": True}[counted]
    undetermined = month.terms.one("conventions")["undetermined"]
    ends_run = {"neutral": {"met"}, "resets": {"met", "undetermined"}}[undetermined]
    history = {entry.period: entry.verdicts for entry in ledger}
    missed, first = 0, (month.first - ONE_DAY).replace(day=1)
    while (verdicts := history.get(first.isoformat()[:7])) is not None:
        verdict = verdicts.get(clause, "undetermined")
        if any_level:
            verdict = next((v for v in ("missed", "met") if v in verdicts.values()), "undetermined")
        if verdict in ends_run:
            break
        missed += verdict == "missed"
        first = (first - ONE_DAY).replace(day=1)
    return missed


def rights_of(assessed: list[Plain], month: Month, ledger: list[Entry]) -> Iterator[Plain]:
    """For each missed level remediation, then termination; then suspensions."""
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
    clause = month.terms.optional("suspension")
    for entry in ledger if clause else ():
        overdue = (month.last - entry.due_on).days if entry.due_on else 0
        unpaid = entry.unpaid_fen(month.last, counts_payment_day=False)
        if entry.due_on and unpaid and overdue > clause["after_days"]:
            since = entry.due_on + timedelta(days=clause["after_days"] + 1)
            told = {"clause": clause["id"], "because": entry.statement}
            yield {"kind": "suspension", "count": overdue, "since": since.isoformat(), **told}
