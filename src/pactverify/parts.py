"""The parts of lump sums and milestones (fee_lump_sum.md, fee_milestones.md)."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
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
    months = 1
    while "monthly" in clause and (last := months_after(term.first, months) - ONE_DAY) <= term.last:
        own_time = midnight(last) if last <= end else None
        parts.append(Part(last.isoformat()[:7], "monthly", own_time, gates))
        months += 1
    if "final" in clause:
        parts.append(Part("final", "final", max(brought or 0, midnight(end)), ["done", *gates]))
    if len({part.name for part in parts}) != len(parts):
        raise ValueError("two parts of one name")
    return parts


def due_part(clause: Any, part: Part, span: Span) -> bool:
    """Whether the last of the conditions of a part came true in the days of the span."""
    item = f"{clause['id']}.{part.name}"
    times = [part.own_time, wall_instant(span.term.first, 0, span.book.zone)]
    for gate in part.gates:
        told = span.book.before("work", span.end, item=item, event=gate)
        if gate == "invoice":
            told = span.book.before("invoice.received", span.end, statement=item)
        times.append(next((fact.at for fact in told), None))
    known = [at for at in times if at is not None]
    return len(known) == len(times) and span.start <= max(known) < span.end


def prices_of(clause: Any, span: Span) -> dict[str, Fraction]:
    """Name → price of every part by the terms of the span; the last takes what is left."""
    parts, total, amended = parts_of(clause, span), exact(clause["total"]), is_amended(clause, span)
    money, final = span.terms.rounding("money_rounding"), "final" in clause
    agreed = {part.name: _agreed(clause, part.path) for part in parts if part.path != "final"}
    if not (amended or final) and abs(sum(agreed.values(), -total)) >= Fraction(1, 100):
        raise ValueError("parts do not come to the total")
    if not parts:
        return {}
    prices, last = {name: rounded(price, *money) for name, price in agreed.items()}, parts[-1]
    others = sum((prices[part.name] for part in parts[:-1]), Fraction(0))
    if amended:
        others = other_parts(clause, span, prices)
    if others > total and (due_part(clause, last, span) or not amended):
        raise ValueError("parts above the total")
    left = (total - others) * (exact(clause["final"]["share"]) if final else 1)
    return {**prices, last.name: rounded(left, *money)}


def _agreed(clause: Any, path: str) -> Fraction:
    """The agreed price of a part: its share of the total, or its amount."""
    name, *at = path.split(".")
    part = clause[name][int(at[0])] if at else clause[name]
    if ("share" in part) == ("amount" in part):
        raise ValueError(path)
    return (
        exact(clause["total"]) * exact(part["share"]) if "share" in part else exact(part["amount"])
    )


def is_amended(clause: Any, span: Span) -> bool:
    """Whether the clause was changed on the first of the days or before."""
    first = span.days.first.isoformat()
    return any(change["clause"] == clause["id"] for each in span.book.contract.amendments
               if each["effective_from"] <= first for change in each["changes"])  # fmt: skip


def other_parts(clause: Any, span: Span, prices: Mapping[str, Fraction]) -> Fraction:
    """What all parts but the last cost: those billed on earlier days by the terms of their day."""
    book, billed = span.book, dict[str, Fraction]()
    for days, terms in book.contract.parts_of(Days(span.term.first, span.days.first - ONE_DAY)):
        then = terms.clauses.get(clause["id"])
        if then is not None:
            earlier = Span(terms, days, book)
            due = [each.name for each in parts_of(then, earlier) if due_part(then, each, earlier)]
            known = prices_of(then, earlier) if due else {}
            billed = {name: known[name] for name in due} | billed
    last = parts_of(clause, span)[-1].name
    return sum((price for name, price in {**prices, **billed}.items() if name != last), Fraction(0))
