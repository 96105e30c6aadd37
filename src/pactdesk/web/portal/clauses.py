"""Terms beside the paper: each clause in its own words, and what it was read as."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pactdesk.core.settle.rules import MONEY_KINDS
from pactdesk.core.terms.amendments import Change, Judged
from pactdesk.core.terms.base import ClauseBase
from pactdesk.core.terms.clauses.duty import Duty
from pactdesk.core.terms.clauses.parties import Parties
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract, kind_name
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.documents.explain.names import Names
from pactdesk.documents.term_words import BLANK_MARK, TermWords
from pactdesk.messages.catalogue import has_text, text
from pactdesk.web.portal.said import say
from pactdesk.web.ui.words import page_language

_TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "info"}


@dataclass(frozen=True, slots=True)
class Agreed:
    """A field of a clause in words."""

    name: str
    value: str

    @property
    def is_blank(self) -> bool:
        """Whether the paper left it open."""
        return BLANK_MARK in self.value


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """One clause: number, the paper's words, what was read.

    quote, original  empty when the clause stands on no paper; `original` only where the print
                     differs from the text that was read
    """

    id: str
    number: str
    kind: str
    title: str
    quote: str
    original: str
    agreed: tuple[Agreed, ...]

    @property
    def has_blank(self) -> bool:
        """Whether a field is still open."""
        return any(each.is_blank for each in self.agreed)


@dataclass(frozen=True, slots=True)
class AmendmentShown:
    """A signed change: since when, and what it changed."""

    title: str
    days: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Clauses about one thing."""

    key: str
    title: str
    clauses: tuple[ClauseShown, ...]

    @property
    def is_folded(self) -> bool:
        """Whether it is shown on demand: no figure of the month follows from it."""
        return self.key in (_REST, _DUTIES)


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A remark of the linter."""

    tone: str
    severity: str
    title: str
    why: str
    suggestion: str
    decides: str
    quotes: tuple[tuple[str, str], ...]


_PARTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("basis", frozenset({"parties", "period", "effectiveness", "scope", "service_hours"})),
    ("levels", frozenset({"service_level", "assessment"})),
    ("money", frozenset({*map(kind_name, MONEY_KINDS), "payment", "price_adjustment", "pay_runs"})),
)
_CLAUSE_ID = re.compile(r"\b[a-z]+(?:-[a-z]+)*-\d+\b")
_REST = "rest"
_DUTIES = "duties"


def parts_of(contract: Contract) -> tuple[Part, ...]:
    """All clauses: what the month is made from first, each part in the paper's order."""
    grouped: dict[str, list[ClauseShown]] = {
        key: [] for key in (*(key for key, _ in _PARTS), _REST, _DUTIES)
    }
    for clause in contract.clauses:
        grouped[_part_of(clause)].append(_clause(clause, contract))
    return tuple(
        Part(key, say(f"part.{key}"), tuple(shown)) for key, shown in grouped.items() if shown
    )


def findings_of(contract: Contract) -> tuple[FindingShown, ...]:
    """What the linter remarks, errors first."""
    order = list(Severity)
    found = sorted(lint(contract), key=lambda each: order.index(each.severity))
    return tuple(_finding(each, contract) for each in found)


def parties_named(contract: Contract) -> tuple[tuple[str, str], ...]:
    """(what the paper calls them, name) of provider and client."""
    clause = contract.optional(Parties)
    if clause is None:
        return ()
    words = TermWords(page_language())
    return tuple(
        (
            text("statement", f"party.{role}", page_language(), label=words.shown(party.label)),
            words.shown(party.name),
        )
        for role, party in (("provider", clause.provider), ("client", clause.client))
    )


def amendments_of(contract: Contract) -> tuple[AmendmentShown, ...]:
    """What was signed after the base terms, in the paper's order."""
    words = TermWords(page_language())
    names = Names(contract, page_language())
    return tuple(
        AmendmentShown(
            title=each.title or each.id,
            days=say(
                "contract.amended_from",
                since=words.shown(each.effective_from),
                signed=words.shown(each.signed_on),
            ),
            changes=tuple(_change(change, words, names) for change in each.changes),
        )
        for each in contract.amendments
    )


def _change(change: Change, words: TermWords, names: Names) -> str:
    said = say(f"contract.change.{change.op}", clause=_changed(change, words, names))
    if not isinstance(change.judged, Judged):
        return said
    judged = words.choice(change.judged)
    return say("contract.change.judged", change=said, judged=judged)


def _changed(change: Change, words: TermWords, names: Names) -> str:
    """The clause by its number; one that the base terms do not hold by its kind."""
    if any(each.id == change.clause for each in names.contract.clauses):
        return names.clause_number(change.clause)
    return words.kind_name(kind_name(type(change.to))) if change.to else change.clause


def _part_of(clause: ClauseBase) -> str:
    if isinstance(clause, Duty):
        return _DUTIES
    kind = type(clause).model_fields["kind"].default
    return next((key for key, kinds in _PARTS if kind in kinds), _REST)


def _clause(clause: ClauseBase, contract: Contract) -> ClauseShown:
    language = page_language()
    words, names = TermWords(language), Names(contract, language)
    source = clause.source
    title = names.level(clause.id) if isinstance(clause, ServiceLevel) else ""
    return ClauseShown(
        id=clause.id,
        number=names.clause_number(clause.id),
        kind=words.kind_name(type(clause).model_fields["kind"].default),
        title=title,
        quote=source.quote if source else "",
        original=(source.original or "") if source and source.original != source.quote else "",
        agreed=tuple(_agreed(clause, words, names)),
    )


def _agreed(clause: ClauseBase, words: TermWords, names: Names) -> list[Agreed]:
    """Other clauses are named, for "level-1" stands on no paper."""
    known = {each.id: each for each in names.contract.clauses}

    def named(found: re.Match[str]) -> str:
        other = known.get(found[0])
        if other is None:
            return found[0]
        number = names.clause_number(other.id)
        return f"{number} {names.level(other.id)}" if isinstance(other, ServiceLevel) else number

    return [Agreed(name, _CLAUSE_ID.sub(named, value)) for name, value in words.rows(clause)]


def _finding(finding: Finding, contract: Contract) -> FindingShown:
    names = Names(contract, page_language())
    known = {clause.id for clause in contract.clauses}
    quotes = tuple((quote.clause, quote.quote) for quote in finding.quotes) or tuple(
        (names.clause_number(each), "") for each in finding.clauses if each in known
    )
    return FindingShown(
        tone=_TONES[finding.severity],
        severity=say(f"finding.{finding.severity}"),
        title=_said(finding, "title") or finding.code,
        why=_said(finding, "why"),
        suggestion=_said(finding, "suggestion"),
        decides=_said(finding, "decides"),
        quotes=quotes,
    )


def _said(finding: Finding, part: str) -> str:
    key, language = f"{finding.code}.{part}", page_language()
    if not has_text("findings", key, language):
        return ""
    return text("findings", key, language, **finding.facts)
