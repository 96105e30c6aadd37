"""A month settled from the pages alone: every part that its statement must have (recheck.md, 5)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from pactverify import consequences, debts, fees
from pactverify.book import Book, Span
from pactverify.ledger import Judgement, ledger_of, rights_of, verdict_of, worst_of
from pactverify.levels import level_of
from pactverify.sheet import Line, Sheet
from pactverify.stretches import LINES, Stretch, Stretches
from pactverify.terms import Terms
from pactverify.worktime import Days, length

Plain = dict[str, Any]
_FORMULAS = {**vars(fees), **vars(consequences), **vars(debts)}
AMOUNTS: Mapping[str, Callable[[Sheet], Fraction]] = {kind: _FORMULAS[kind] for kind in LINES}
"""Kind of line → the function of that name."""


class Settlement:
    """One month by the terms, calendar and facts given; `lines` and the parts of a statement."""

    def __init__(self, book: Book, month: str) -> None:
        first = date.fromisoformat(f"{month}-01")
        self.book, self.month = book, Days(first, first).month
        self.stretches = Stretches(book, self.month)
        self._spans: dict[tuple[Days, int], Span] = {}
        self._levels: dict[tuple[Days, int, str], Plain] = {}
        self.ledger = ledger_of(book, self.month)

    def span(self, terms: Terms, days: Days) -> Span:
        """The days, measured under these terms."""
        return self._spans.setdefault((days, id(terms)), Span(terms, days, self.book))

    def level(self, clause: str, span: Span) -> Plain:
        """The level of a clause over these days."""
        key = (span.days, id(span.terms), clause)
        if key not in self._levels:
            self._levels[key] = level_of(span.terms.clauses[clause], span)
        return self._levels[key]

    def _with_verdict(self, span: Span, clause: str) -> Plain:
        level = self.level(clause, span)
        return {**level, "verdict": verdict_of(level, span.terms)}

    def _judged(self) -> Iterator[tuple[Stretch, Span, Plain]]:
        """Each stretch of each level, and what it reached."""
        for each in self.stretches.of_kind("service_level"):
            span = self.span(each.terms, each.measured)
            yield each, span, self.level(each.clause["id"], span)

    def verdicts(self) -> dict[str, str]:
        """Level → its verdict for the month as a whole."""
        found: dict[str, set[str]] = {}
        for each, span, level in self._judged():
            found.setdefault(each.clause["id"], set()).add(verdict_of(level, span.terms))
        return {level: worst_of(verdicts) for level, verdicts in found.items()}

    def measured(self) -> Plain:
        """Levels, verdicts, open time, seat time, rights, ledger, as they must stand."""
        judgement = Judgement(self.ledger, self.month)
        levels = [level | each.told() for each, _, level in self._judged()]
        assessed = [judgement.of(level, span.terms) | each.told()
                    for each, span, level in self._judged()]  # fmt: skip
        hours = [self.span(each.terms, each.measured)
                 for each in self.stretches.of_kind("service_hours")]  # fmt: skip
        seated: dict[str, Fraction] = {}
        for span in hours:
            for agent, ms in span.seat_ms.items():
                seated[agent] = seated.get(agent, Fraction(0)) + ms
        served = self.stretches.served
        start, end = served.instants(self.book.zone) if served.count else (0, 0)
        unpaired = [{"agent": agent, "at": at} for agent, seat in self.book.seats.items()
                    for at in seat.lonely if start <= at < end]  # fmt: skip
        by_agent = {agent: str(ms) for agent, ms in sorted(seated.items())}
        last_terms = self.stretches.final_terms
        return {
            "levels": levels, "assessment": assessed,
            "open_ms": sum(length(span.opened) for span in hours),
            "seat_time": {"by_agent": by_agent, "unpaired": unpaired},
            "ledger": [entry.to_plain() for entry in self.ledger],
            "rights": rights_of(assessed, last_terms, self.month, self.ledger),
        }  # fmt: skip

    @cached_property
    def lines(self) -> list[Line]:
        """Every line, in order."""
        lines: list[Line] = []
        for kind in LINES:
            for each in self.stretches.of_kind(kind):
                span = self.span(each.terms, each.measured)
                sheet = Sheet(each, span, lines, self.ledger, partial(self._with_verdict, span))
                lines.append(sheet.line(len(lines) + 1, kind, AMOUNTS[kind](sheet)))
        return lines
