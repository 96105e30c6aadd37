"""The parts of lump sums and milestones (fee_lump_sum.md, fee_milestones.md)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import count
from typing import Any, NamedTuple

from pactverify.book import Span
from pactverify.terms import exact, rounded
from pactverify.worktime import ONE_DAY, Days, months_after, wall_instant


class Part(NamedTuple):
    """A part: its name in facts, where its price stands in the clause, when it waits for what."""

    name: str
    path: str
    own_time: int | None
    gates: list[str]


def parts_of(clause: Any, span: Span) -> list[Part]:
    """Every part in order, the last of which takes what the others leave."""

    def midnight(day: date) -> int:
        return wall_instant(day, 0, span.book.zone)

    gates, term = clause.get("gates"), span.term
    if clause["kind"] == "fee_milestones":
        waits = ["accepted"] if gates is None else gates
        return [Part(each["name"], f"milestones.{at}", midnight(term.first), waits)
                for at, each in enumerate(clause["milestones"])]  # fmt: skip
    gates, parts = gates or [], list[Part]()
    end, brought = span.book.last_day(span.end, term.last, renewable=False)
    if "advance" in clause:
        event = clause["advance"]["event"].removeprefix("contract_")
        told = next(span.book.before("contract", span.end, event=event), None)
        parts.append(Part("advance", "advance", told and told.at, []))
    parts += [Part(each["name"], f"instalments.{at}", midnight(date.fromisoformat(each["day"])),
                   gates) for at, each in enumerate(clause.get("instalments", []))]  # fmt: skip
    for month in _months(clause, term):
        own_time = midnight(month.last) if month.last <= end else None
        parts.append(Part(str(month.last)[:7], "monthly", own_time, gates))
    if "final" in clause:
        parts.append(Part("final", "final", max(brought or 0, midnight(end)), ["done", *gates]))
    if len({part.name for part in parts}) != len(parts):
        raise ValueError("two parts of one name")
    return parts


def _months(clause: Any, term: Days) -> Iterator[Days]:
    """The whole months of the term, which have monthly parts."""
    first = term.first
    for months in count(1) if "monthly" in clause else ():
        following = months_after(term.first, months)
        if following - ONE_DAY > term.last:
            return
        yield Days(first, following - ONE_DAY)
        first = following


def cut_month(clause: Any, span: Span) -> Fraction:
    """The share of its days that a month has which an early end cut off, once it is due; 0 where
    it was billed whole before the month in which that end was told."""
    end, told = span.book.last_day(span.end, span.term.last, renewable=False)
    for month in _months(clause, span.term):
        if told is not None and end in month and end != month.last:
            told_in, zone = span.book.day_of(told).replace(day=1), span.book.zone
            name, gates = str(month.last)[:7], clause.get("gates") or []
            whole = Part(name, "monthly", wall_instant(month.last, 0, zone), gates)
            part = whole._replace(own_time=max(told, wall_instant(end, 0, zone)))
            billed = _due_at(clause, whole, span)
            before = billed is not None and billed < wall_instant(told_in, 0, zone)
            if due_part(clause, part, span) and not before:
                return Fraction(Days(month.first, end).count, month.count)
    return Fraction(0)


def due_part(clause: Any, part: Part, span: Span) -> bool:
    """Whether the last of the conditions of a part came true in the days of the span."""
    due_at = _due_at(clause, part, span)
    return due_at is not None and span.start <= due_at < span.end


def _due_at(clause: Any, part: Part, span: Span) -> int | None:
    """When that was, as known at the end of the days; None where one is missing."""
    item = f"{clause['id']}.{part.name}"
    times = [part.own_time, wall_instant(span.term.first, 0, span.book.zone)]
    for gate in part.gates:
        told = span.book.before("work", span.end, item=item, event=gate)
        if gate == "invoice":
            told = span.book.before("invoice.received", span.end, statement=item)
        times.append(next((fact.at for fact in told), None))
    known = [at for at in times if at is not None]
    return max(known) if len(known) == len(times) else None


def prices_due(clause: Any, span: Span) -> dict[str, Fraction]:
    """Name → price of every part that is due in the span; the last takes what is left."""
    parts, total, final = parts_of(clause, span), exact(clause["total"]), "final" in clause
    changed, money = is_amended(clause, span), span.terms.rounding("money_rounding")
    if not (changed or final):
        together = sum((agreed(clause, part.path) for part in parts), Fraction(0))
        if abs(together - total) >= Fraction(1, 100):
            raise ValueError("parts do not come to the total")
    due = {part.name: part for part in parts if due_part(clause, part, span)}
    last = parts[-1].name if parts else ""
    prices = {name: rounded(agreed(clause, part.path), *money) for name, part in due.items()
              if name != last}  # fmt: skip
    if last and (last in due or not changed):
        others = other_parts(clause, span)
        if others > total:
            raise ValueError("parts above the total")
        left = (total - others) * (exact(clause["final"]["share"]) if final else 1)
        prices |= {last: rounded(left, *money)} if last in due else {}
    return prices


def agreed(clause: Any, path: str) -> Fraction:
    """The agreed price of a part: its share of the total, or its amount."""
    name, *at = path.split(".")
    part = clause[name][int(at[0])] if at else clause[name]
    if ("share" in part) == ("amount" in part):
        raise ValueError(path)
    if "share" in part:
        return exact(clause["total"]) * exact(part["share"])
    return exact(part["amount"])


def is_amended(clause: Any, span: Span) -> bool:
    """Whether the clause was changed on the first of the days or before."""
    first = span.days.first.isoformat()
    return any(change["clause"] == clause["id"] for each in span.book.contract.amendments
               if each["effective_from"] <= first for change in each["changes"])  # fmt: skip


def other_parts(clause: Any, span: Span) -> Fraction:
    """What all parts but the last cost: those billed on earlier days by the terms of their day."""
    billed, money = dict[str, Fraction](), span.terms.rounding("money_rounding")
    earlier = Days(
        span.term.first, span.days.first - ONE_DAY if is_amended(clause, span) else date.min
    )
    for days, terms in span.book.contract.parts_of(earlier):
        then = terms.clauses.get(clause["id"])
        span_then = Span(terms, days, span.book)
        if then and any(due_part(then, each, span_then) for each in parts_of(then, span_then)):
            billed = prices_due(then, span_then) | billed
    *others, last = parts_of(clause, span)
    now = {part.name: rounded(agreed(clause, part.path), *money) for part in others
           if part.name not in billed}  # fmt: skip
    return sum(
        (price for name, price in {**billed, **now}.items() if name != last.name), Fraction(0)
    )
