"""The parts of lump sums and milestones (fee_lump_sum.md, fee_milestones.md)."""

from datetime import date
from typing import Any, NamedTuple

from pactverify.book import Span
from pactverify.worktime import ONE_DAY, Days, months_after, wall_instant


class Part(NamedTuple):
    """A part: its name in facts, where its price stands in the clause, when it waits for what."""

    name: str
    path: str
    own_time: int | None
    gates: list[str]


def contract_end(span: Span, last: date, *, renewable: bool) -> date:
    """The contract's last day, as known at the end of the days."""
    for fact in span.book.before("contract", span.end, event="renewed") if renewable else ():
        if fact.measured["until"]:
            last = max(last, date.fromisoformat(fact.measured["until"]))
    ended = next(span.book.before("contract", span.end, event="terminated"), None)
    if ended is None:
        return last
    until = ended.measured["until"]
    return min(last, date.fromisoformat(until) if until else span.book.day_of(ended.at))


def parts_of(clause: Any, span: Span, term: Days) -> list[Part]:
    """Every part in order, the last of which takes what the others leave."""
    gates, zone = clause.get("gates"), span.book.zone
    parts: list[Part] = []
    if clause["kind"] == "fee_milestones":
        started = wall_instant(term.first, 0, zone)
        waits = ["accepted"] if gates is None else gates
        return [Part(each["name"], f"milestones.{at}", started, waits)
                for at, each in enumerate(clause["milestones"])]  # fmt: skip
    gates, end = gates or [], contract_end(span, term.last, renewable=False)
    if "advance" in clause:
        event = clause["advance"]["event"].removeprefix("contract_")
        told = next(span.book.before("contract", span.end, event=event), None)
        parts.append(Part("advance", "advance", told and told.at, []))
    for at, each in enumerate(clause.get("instalments", [])):
        day = wall_instant(date.fromisoformat(each["day"]), 0, zone)
        parts.append(Part(each["name"], f"instalments.{at}", day, gates))
    months = 1
    while "monthly" in clause and (last := months_after(term.first, months) - ONE_DAY) <= term.last:
        own = wall_instant(last, 0, zone) if last <= end else None
        parts.append(Part(last.isoformat()[:7], "monthly", own, gates))
        months += 1
    if "final" in clause:
        gates = list({"done", *gates})
        parts.append(Part("final", "final", wall_instant(end, 0, zone), gates))
    if len({part.name for part in parts}) != len(parts):
        raise ValueError("two parts of one name")
    return parts


def due_part(clause: Any, name: str, span: Span, term: Days) -> bool:
    """Whether the last of the conditions of a part came true in the line's days."""
    (part,) = (each for each in parts_of(clause, span, term) if each.name == name)
    item = f"{clause['id']}.{name}"
    times = [part.own_time, wall_instant(term.first, 0, span.book.zone)]
    for gate in part.gates:
        told = (
            span.book.before("invoice.received", span.end, statement=item)
            if gate == "invoice"
            else span.book.before("work", span.end, item=item, event=gate)
        )
        times.append(next((fact.at for fact in told), None))
    known = [at for at in times if at is not None]
    return len(known) == len(times) and span.start <= max(known) < span.end
