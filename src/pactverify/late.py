"""Facts that came late: those refused, and what the others change in issued months
(lines/adjustment.md)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple, TypeVar

from pactverify.book import Book
from pactverify.canonical import LARGEST, MISFORMED, Refused
from pactverify.facts import Fact
from pactverify.settlement import Settlement
from pactverify.sheet import Leaf, Line
from pactverify.stretches import NoDayInTerm
from pactverify.terms import Contract
from pactverify.worktime import Days, WorkCalendar, local_day, months_after

Plain = dict[str, Any]
Part = TypeVar("Part")
RULES_VERSION = 2  # of new statements; issued ones are settled again by their own
_RULES_VERSIONS = {1, 2}
_NEVER_REFUSED = {"invoice.received", "payment", "deposit", "loss", "pay", "notice", "contract",
                  "duty"}  # fmt: skip


class Known(NamedTuple):
    """An issued statement."""

    name: str
    month: str
    evidence_day: date
    rules_version: int
    recorded_on: date


class LateFacts:
    """All sealed facts of a contract, and what was known of them on which day."""

    def __init__(
        self, contract: Contract, calendar: WorkCalendar, facts: list[Fact], day: date
    ) -> None:
        self._contract, self._calendar, self._day = contract.known(day), calendar, day
        self._zone = contract.zone
        self._months_in_time = cache(
            lambda month: (self._contract.on(month.last).optional("conventions") or {}).get(
                "late_facts_months"
            )
        )
        self.refused = [fact for fact in facts if self._is_refused(fact)]
        refused = set(map(id, self.refused))
        self._kept = [fact for fact in facts if id(fact) not in refused]
        self._known = self._issued()
        self.settled = cache(self._settled)

    def settlement(self, month: str) -> Settlement:
        """The month of the statement, and how earlier verdicts turned since they were issued."""
        settlement = self._by(month, self._day, RULES_VERSION)
        for entry in settlement.ledger:
            for each in self._known:
                if each.name == entry.statement:
                    before, after = self._twice(
                        each, each.evidence_day, Settlement.verdicts, dict[str, str]()
                    )
                    turned = {level: after.get(level, "undetermined")
                              for level in sorted({*before, *after})}  # fmt: skip
                    entry.corrected = {level: verdict for level, verdict in turned.items()
                                       if verdict != before.get(level, "undetermined")}  # fmt: skip
        return settlement

    def _by(self, month: str, day: date, rules_version: int) -> Settlement:
        """A month by what was recorded, and the amendments signed, up to a day."""
        facts = [fact for fact in self._kept if self._recorded_on(fact) <= day]
        contract = self._contract.known(day)
        return Settlement(Book(facts, self._calendar, contract, rules_version), month)

    def _settled(self, issued: Known, day: date) -> Settlement | None:
        """An issued month as of a day; None where it has no statement."""
        try:
            return self._by(issued.month, day, issued.rules_version)
        except NoDayInTerm:
            return None

    def _twice(
        self, issued: Known, before: date, part: Callable[[Settlement], Part], nothing: Part
    ) -> list[Part]:
        """A part of an issued month as of a day before and now; nothing where its terms are such
        that there was no statement then and is none now."""
        if issued.rules_version not in _RULES_VERSIONS:
            raise ValueError(f"rules_version {issued.rules_version}")
        found, problems = list[Part](), list[Exception]()
        for day in (before, self._day):
            try:
                settled = self.settled(issued, day)
                found.append(part(settled) if settled else nothing)
            except (Refused, *MISFORMED) as problem:
                problems.append(problem)
        if len(problems) == 1:
            raise problems[0]
        return found or [nothing, nothing]

    def _recorded_on(self, fact: Fact) -> date:
        return local_day(fact.recorded_at, self._zone)

    def _is_refused(self, fact: Fact) -> bool:
        """Whether it was told longer after its month than the parties agreed."""
        if fact.kind.startswith("statement.") or fact.kind in _NEVER_REFUSED:
            return False
        if fact.kind in ("score", "forecast"):
            about = date.fromisoformat(f"{fact.measured['period']}-01")
        else:
            starts = fact.kind in ("exclusion", "leave")
            about = local_day(fact.measured["start"] if starts else fact.at, self._zone)
        month = Days(about, about).month
        months = self._months_in_time(month)
        return months is not None and self._recorded_on(fact) >= months_after(
            month.first, months + 1
        )

    def _issued(self) -> list[Known]:
        """Issued statements that say what they were made from; of a month the first issued."""
        book = Book(self._kept, self._calendar, self._contract, RULES_VERSION)
        issued, made = (book.firsts(f"statement.{each}", LARGEST, "statement")
                        for each in ("issued", "made"))  # fmt: skip
        found: dict[str, Known] = {}
        for name, fact in issued.items():
            if name in made:
                month, told = fact.measured["period"], made[name].measured
                day, version = date.fromisoformat(told["evidence_day"]), told["rules_version"]
                found.setdefault(month, Known(name, month, day, version, self._recorded_on(fact)))
        return sorted(found.values(), key=lambda each: each.month)

    def refused_facts(self, month: str) -> list[Plain]:
        """Those that no earlier statement has listed."""
        days = [each.evidence_day for each in self._known if each.month != month]
        new = [f for f in self.refused if not days or self._recorded_on(f) > max(days)]
        new.sort(key=lambda fact: (fact.recorded_at, fact.source, fact.event_id))
        return [{"source": fact.source, "event_id": fact.event_id, "kind": fact.kind,
                 "occurred_at": fact.at, "recorded_at": fact.recorded_at}
                for fact in new]  # fmt: skip

    def adjustments(self, settlement: Settlement) -> Iterator[tuple[Plain, Line]]:
        """Entry and line of each issued month before that now comes out differently."""
        month, day = settlement.month.first.isoformat()[:7], self._day
        number = len(settlement.lines)
        for each in self._known:
            days = [e.evidence_day for e in self._known if e.month > each.month
                    and e.month != month and e.evidence_day >= each.recorded_on]  # fmt: skip
            before = max([each.evidence_day, *days])
            if each.month < month and before < day:
                was, now = self._twice(each, before, lambda made: made.lines, list[Line]())
                if changed := list(_changes(was, now)):
                    number += 1
                    told = {
                        "period": each.month, "statement": each.name,
                        "rules_version": each.rules_version, "before": before.isoformat(),
                        "after": day.isoformat(), "lines": changed,
                    }  # fmt: skip
                    fens = {before: _sum(was), day: _sum(now)}
                    yield told, _line(number, settlement, each.month, fens)


def _sum(lines: list[Line]) -> Fraction:
    return Fraction(sum(line.amount_fen for line in lines), 100)


def _line(number: int, settlement: Settlement, month: str, sums: Mapping[date, Fraction]) -> Line:
    leaves: dict[Leaf, Fraction] = {("counted", f"resettled|{month}|{day}"): yuan
                                    for day, yuan in sums.items()}  # fmt: skip
    was, now = sums.values()
    clause = settlement.stretches.last_terms.one("conventions")["id"]
    return Line(number, "adjustment", clause, settlement.month, now - was, int((now - was) * 100),
                {"of": month}, leaves, [(Fraction(1, 100), "half_up")])  # fmt: skip


def _changes(before: list[Line], after: list[Line]) -> Iterator[Plain]:
    """The lines that differ: those of the later settlement in their order, then those gone."""
    was, now = ({_key(line): line.amount_fen for line in lines} for lines in (before, after))
    for key, told in {_key(line): line.told for line in [*after, *before]}.items():
        one, other = was.get(key, 0), now.get(key, 0)
        if one != other:
            yield {"kind": key[0], "clause": key[1], "before_fen": one, "after_fen": other, **told}


def _key(line: Line) -> tuple[str, str, str | None, str | None]:
    return line.kind, line.clause, line.told.get("days"), line.told.get("judged")
