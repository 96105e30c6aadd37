"""A month settled from the pages alone: every part that its statement must have (recheck.md, 5)."""

from datetime import date
from fractions import Fraction
from typing import Any

from pactverify.amounts import AMOUNTS
from pactverify.book import Book, Span
from pactverify.ledger import Judgement, ledger_of, rights_of
from pactverify.levels import level_of
from pactverify.sheet import Line, Sheet
from pactverify.stretches import LINES, Stretch, Stretches
from pactverify.terms import Terms
from pactverify.worktime import Days, length

Plain = dict[str, Any]


class Settlement:
    """One month by the terms, calendar and facts given; `lines` and the parts of a statement."""

    def __init__(self, book: Book, month: str) -> None:
        first = date.fromisoformat(f"{month}-01")
        self.book, self.month = book, Days(first, first).month
        self.stretches = Stretches(book, self.month)
        self._spans: dict[tuple[Days, int], Span] = {}
        self._levels: dict[tuple[Days, int], dict[str, Plain]] = {}
        self.ledger = ledger_of(book, self.month)
        self._judgement = Judgement(self.ledger, self.month)
        self.lines: list[Line] = []

    def span(self, terms: Terms, days: Days) -> Span:
        """The days, measured under these terms."""
        return self._spans.setdefault((days, id(terms)), Span(terms, days, self.book))

    def level(self, clause: str, span: Span) -> Plain:
        """The level of a clause over these days, with its verdict."""
        held = self._levels.setdefault((span.days, id(span.terms)), {})
        if clause not in held:
            level = level_of(span.terms.clauses[clause], span)
            held[clause] = {**level, **self._judgement.of(level, span.terms)}
        return held[clause]

    def measured(self) -> Plain:
        """Levels, verdicts, open time, seat time, rights, ledger, as they must stand."""
        levels, assessed = [], []
        for each in self.stretches.of_kind("service_level"):
            level = level_of(each.clause, span := self.span(each.terms, each.measured))
            levels.append(level | each.told())
            assessed.append(self._judgement.of(level, span.terms) | each.told())
        hours = [
            self.span(each.terms, each.measured) for each in self.stretches.of_kind("service_hours")
        ]
        seated: dict[str, Fraction] = {}
        for span in hours:
            for agent, ms in span.seat_ms.items():
                seated[agent] = seated.get(agent, Fraction(0)) + ms
        served = self.stretches.served
        start, end = served.instants(self.book.zone) if served.count else (0, 0)
        seats = self.book.seats.items()
        unpaired = [{"agent": agent, "at": at} for agent, seat in seats for at in seat.lonely
                    if start <= at < end]  # fmt: skip
        by_agent = {agent: str(ms) for agent, ms in sorted(seated.items())}
        last_terms = self.stretches.final_terms
        return {
            "levels": levels, "assessment": assessed,
            "open_ms": sum(length(span.opened) for span in hours),
            "seat_time": {"by_agent": by_agent, "unpaired": unpaired},
            "ledger": [entry.to_plain() for entry in self.ledger],
            "rights": rights_of(assessed, last_terms, self.month, self.ledger),
        }  # fmt: skip

    def settle(self) -> list[Line]:
        """Every line, in order."""
        for kind in LINES:
            for each in self.stretches.of_kind(kind):
                self.lines.append(self._line(kind, each))
        return self.lines

    def _line(self, kind: str, stretch: Stretch) -> Line:
        span = self.span(stretch.terms, stretch.measured)
        sheet = Sheet(stretch, span, self.lines, self.ledger, lambda name: self.level(name, span))
        return sheet.line(len(self.lines) + 1, kind, AMOUNTS[kind](sheet))
