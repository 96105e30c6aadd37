"""Earlier statements and when they are due; verdicts and rights (recheck.md, 5; due_dates.md)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from typing import Any

from pactverify.book import Book, Span
from pactverify.facts import Fact
from pactverify.terms import Terms, chosen, exact
from pactverify.worktime import ONE_DAY, Days, months_after

Plain = dict[str, Any]
_EVERY = {  # months between the days of a due date, and the remainder of month number ÷ months
    "day_of_month": 1, "days_of_month": 1, "day_of_quarter_first_month": 3,
    "day_of_half_year_first_month": 6,
}  # fmt: skip


@dataclass(slots=True)
class Entry:
    """The statement of an earlier month; `also` are the other names under which it was issued."""

    statement: str
    period: str
    total_fen: int
    verdicts: Mapping[str, str]
    due_on: date | None = None
    paid: list[tuple[date, int]] = field(default_factory=list)
    corrected: Mapping[str, str] = field(default_factory=dict)
    also: set[str] = field(default_factory=set)

    def to_plain(self) -> Plain:
        """As it must stand in the statement."""
        due_on = self.due_on.isoformat() if self.due_on else None
        paid = [{"on": day.isoformat(), "fen": fen} for day, fen in self.paid]
        told = {"statement": self.statement, "period": self.period, "total_fen": self.total_fen}
        rare = {"corrected": dict(self.corrected), "also": sorted(self.also)}
        shown = {name: each for name, each in rare.items() if each}
        return {**told, "due_on": due_on, "paid": paid, **shown}

    def named_in(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Those of the facts that are about this statement, under whichever name."""
        return (
            fact for fact in facts if fact.measured["statement"] in {self.statement, *self.also}
        )

    def unpaid_fen(self, day: date, *, counts_payment_day: bool) -> int:
        """Still owed on a day; a payment of that very day counts unless the day is late."""
        paid = (f for on, f in self.paid if on < day or (on == day and not counts_payment_day))
        return max(0, self.total_fen - sum(paid))

    def late_days(self, span: Span, grace: int) -> dict[date, int]:
        """Late day → fen unpaid on it, up to the last of the days."""
        late: dict[date, int] = {}
        counts = span.terms.one("conventions")["counts_payment_day"] is True
        day = self.due_on + timedelta(days=grace + 1) if self.due_on else date.max
        while day <= span.days.last and (unpaid := self.unpaid_fen(day, counts_payment_day=counts)):
            late[day] = unpaid
            day += ONE_DAY
        return late


def ledger_of(book: Book, month: Days) -> list[Entry]:
    """The statement of every earlier month that has one: the first issued, sorted by month."""
    entries: dict[str, Entry] = {}
    _, end = month.instants(book.zone)
    for told in (fact.measured for fact in book.before("statement.issued", end)):
        name, period = told["statement"], told["period"]
        entry = entries.setdefault(period, Entry(name, period, told["total_fen"], told["verdicts"]))
        entry.also |= {name} - {entry.statement}
    earlier = [entries[each] for each in sorted(entries) if each < month.first.isoformat()[:7]]
    for entry in earlier:
        payments = entry.named_in(book.before("payment", end))
        entry.paid = [(book.day_of(fact.at), fact.measured["amount_fen"]) for fact in payments]
        billed = Days(first := date.fromisoformat(f"{entry.period}-01"), first).month
        payment = book.contract.on(billed.last).optional("payment")
        entry.due_on = payment and _due_on(payment, entry, billed, book, end)
    return earlier


def _due_on(clause: Any, entry: Entry, billed: Days, book: Book, end: int) -> date | None:
    """The due day under a payment clause; None while something that it waits for has not
    happened."""
    due, happened = clause["due"], _days_of_events(clause, entry, billed, book, end)
    kind, n = due["kind"], due["n"]
    needed = [happened[each] for each in due.get("needs") or []]
    if kind not in _EVERY:
        needed.append(happened[due.get("event", "period_end")])
    known = [day for day in needed if day]
    if len(known) < len(needed):
        return None
    start = max(known, default=billed.first)
    match kind:
        case "working_days_after":
            return book.calendar.working_days_after(start, n)
        case "calendar_days_after":
            day = start + timedelta(days=n)
        case "half_months_after":
            day = start + timedelta(days=15 * n)
        case "months_after":
            day = months_after(start, n)
        case "weekday_next_week":
            day = start + timedelta(days=7 - start.weekday() + min(n, 7) - 1)
        case _:
            numbers = sorted([n, *(due.get("also") or [])] if kind == "days_of_month" else [n])
            months = (months_after(billed.first, later) for later in count(1))
            fitting = (Days(each, each).month for each in months
                       if (each.month - 1) % _EVERY[kind] == 0)  # fmt: skip
            days = (month.last.replace(day=min(number, month.count))
                    for month in fitting for number in numbers)  # fmt: skip
            day = next(day for day in days if day >= start)
    return book.calendar.on_or_after(day)


def _days_of_events(
    clause: Any, entry: Entry, billed: Days, book: Book, end: int
) -> dict[str, date | None]:
    """The local day of each event for this statement, or None when it has not happened."""

    def first(facts: Iterator[Fact]) -> date | None:
        return next((book.day_of(fact.at) for fact in facts), None)

    item = f"{clause['id']}.{entry.period}"
    accepted = first(book.before("work", end, event="accepted", item=item))
    days = {"period_end": billed.last, "accepted": accepted}
    for event in ("statement_received", "statement_confirmed", "invoice_received"):
        days[event] = first(entry.named_in(book.before(event.replace("_", "."), end)))
    for event in ("contract_signed", "documents_received"):
        day = first(book.before("contract", end, event=event.removeprefix("contract_")))
        days[event] = day and max(day, billed.last)
    received, invoiced = days["statement_received"], days["invoice_received"]
    both = max(received, invoiced) if received and invoiced else None
    return {**days, "statement_and_invoice_received": both}


class Judgement:
    """The verdicts of a level's stretches against the months before."""

    def __init__(self, ledger: list[Entry], month: Days) -> None:
        self._history = {each.period: {**each.verdicts, **each.corrected} for each in ledger}
        self._month = month

    def of(self, level: Plain, terms: Terms) -> Plain:
        """The entry of `assessment` of a level."""
        verdict = verdict_of(level, terms)
        target = str(exact(terms.at(f"{level['clause']}.target")))
        told = {"clause": level["clause"], "verdict": verdict, "value": level["value"]}
        told |= {"target": target, "misses_in_a_row": 0}
        if verdict == "missed":
            before = list(self._before(level["clause"], terms))
            conventions = terms.one("conventions")
            ends = {"neutral": {"met", ""}, "resets": {"met", "undetermined", ""}}
            stop = ends[conventions["undetermined"]]
            at = next((n for n, each in enumerate(before) if each in stop), len(before))
            told["misses_in_a_row"] = 1 + before[:at].count("missed")
            if "misses_in_year" in (terms.optional("assessment") or {}):
                told["misses_in_year"] = 1 + before[:11].count("missed")
        return told

    def _before(self, clause: str, terms: Terms) -> Iterator[str]:
        """The verdicts of the months before, the latest first; "" for one without a statement."""
        counted = (terms.optional("assessment") or {}).get("counted", "same_level")
        any_level = {"same_level": False, "any_level": True}[counted]
        for back in range(1, max(12, len(self._history) + 2)):
            verdicts = self._history.get(months_after(self._month.first, -back).isoformat()[:7])
            if verdicts is None:
                yield ""
            elif any_level:
                yield worst_of(verdicts.values())
            else:
                yield verdicts.get(clause, "undetermined")


def worst_of(verdicts: Collection[str]) -> str:
    """One verdict for several: missed before met before undetermined."""
    return next((each for each in ("missed", "met") if each in verdicts), "undetermined")


def verdict_of(level: Plain, terms: Terms) -> str:
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
    target = exact(clause["target"])
    extremes = (Fraction(numerator, whole), Fraction(numerator + unknown, whole))
    good = {value >= target if better_above(clause) else value <= target for value in extremes}
    return "undetermined" if len(good) > 1 else "met" if True in good else "missed"


def better_above(level: Any) -> bool:
    """Whether a higher value of this level is better."""
    return chosen(level, "comparator", "at_least", "at_most", absent="at_least")


def rights_of(assessed: list[Plain], terms: Terms, month: Days, ledger: list[Entry]) -> list[Plain]:
    """For each missed level remediation, then terminations; then suspensions; each once."""
    rights: list[Plain] = []
    clause = terms.optional("assessment")
    for each in assessed if clause else ():
        if each["verdict"] == "missed":
            told = {"clause": clause["id"], "because": each["clause"]}
            told["since"] = (month.last + ONE_DAY).isoformat()
            if "remediation" in clause:
                rights.append({"kind": "remediation", "count": 1, **told})
            for agreed, name in (("consecutive_misses", "misses_in_a_row"),
                                 ("misses_in_year", "misses_in_year")):  # fmt: skip
                if agreed in clause and each.get(name, 0) >= clause[agreed]:
                    rights.append({"kind": "termination", "count": each[name], **told})
    clause = terms.optional("suspension")
    for entry in ledger if clause else ():
        overdue = (month.last - entry.due_on).days if entry.due_on else 0
        unpaid = entry.unpaid_fen(month.last, counts_payment_day=False)
        if entry.due_on and unpaid and overdue > clause["after_days"]:
            since = entry.due_on + timedelta(days=clause["after_days"] + 1)
            told = {"clause": clause["id"], "because": entry.statement}
            rights.append(
                {"kind": "suspension", "count": overdue, "since": since.isoformat(), **told}
            )
    return [each for at, each in enumerate(rights) if each not in rights[:at]]
