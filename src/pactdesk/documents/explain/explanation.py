"""The explanation of a figure, in parts that a terminal, a page or a PDF arranges as it likes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from pactdesk.core.terms.base import ClauseBase
from pactdesk.documents.explain.names import Names
from pactdesk.messages.catalogue import Language, text


@dataclass(frozen=True, slots=True)
class Quoted:
    """A clause in its own words.

    quote, original  None when the clause stands on no paper; `original` only where the print
                     differs from the text that was read
    """

    clause: str
    number: str
    quote: str | None
    original: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a figure is what it is.

    title     with the figure itself
    clauses   first the one that asks for the figure, then those whose terms it uses
    words     the formula in names
    numbers   the same formula with the numbers put in, and its result
    short     the numbers without the result, for a table
    steps     one sentence per operation of the trace, in the order of the working
    rounding  how the exact value became the booked one
    facts     what was counted, and where the rest is
    """

    title: str
    clauses: tuple[Quoted, ...]
    words: str
    numbers: str
    short: str
    steps: tuple[str, ...]
    rounding: str
    facts: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)

    def prose(self, language: Language) -> str:
        """Everything as plain text, with headings."""

        def say(key: str, **values: object) -> str:
            return text("explain", key, language, **values)

        parts = [self.title, ""]
        for clause in self.clauses:
            parts += [f"{clause.number}  {quote_text(clause, language)}"]
        for heading, body in (
            ("heading.words", [self.words]),
            ("heading.numbers", [self.numbers]),
            ("heading.steps", [f"{n}. {step}" for n, step in enumerate(self.steps, 1)]),
            ("heading.rounding", [self.rounding]),
            ("heading.facts", [f"· {fact}" for fact in self.facts]),
        ):
            if any(body):
                parts += ["", say(heading), *(f"  {line}" for line in body)]
        return "\n".join(parts)


def quoted(names: Names, clause_id: str) -> Quoted:
    """The clause as it stands on paper."""
    clause: ClauseBase = names.contract.clause(clause_id)
    source = clause.source
    original = source.original if source and source.original != source.quote else None
    return Quoted(
        clause=clause_id,
        number=names.clause_number(clause_id),
        quote=source.quote if source else None,
        original=original,
    )


def quote_text(clause: Quoted, language: Language) -> str:
    """The quote between quotation marks, with the print where it differs."""
    if clause.quote is None:
        return text("explain", "quote.none", language)
    said = text("explain", "quote.said", language, quote=clause.quote)
    if clause.original is None:
        return said
    return said + text("explain", "quote.original", language, original=clause.original)
