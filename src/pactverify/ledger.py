"""Earlier statements: when due, what was paid, how late the rest is (recheck.md, 5, Ledger)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pactverify.levels import Month
from pactverify.worktime import ONE_DAY, WorkCalendar

_EVENTS = {
    "invoice_received": "invoice.received",
    "statement_confirmed": "statement.confirmed",
    "statement_received": "statement.received",
}


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
        return {
            "statement": self.statement,
            "period": self.period,
            "total_fen": self.total_fen,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "paid": [{"on": day.isoformat(), "fen": fen} for day, fen in self.paid],
        }

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
        start = happened.get((entry.statement, _EVENTS[due["event"]]))
    if start is None:
        return None
    if due["kind"] == "working_days_after":
        return calendar.working_days_after(start, due["n"])
    return {"calendar_days_after": calendar.on_or_after}[due["kind"]](
        start + timedelta(days=due["n"])
    )
