"""The open points as every form of the document shows them: texts only, JSON-ready."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from pactdesk.core.terms.base import Blank, Model
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.clauses.parties import Parties
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.finding_words import said
from pactdesk.documents.term_words import TermWords, unnumbered
from pactdesk.messages.catalogue import Language, text


@dataclass(frozen=True, slots=True)
class Point:
    """One open point.

    place     the clause number; empty where the paper is silent
    question  what is open
    printed   what stands there
    proposal  the proposed default, in words; empty when nobody can propose one
    choices   what else could be agreed
    """

    number: str
    place: str
    question: str
    printed: str
    proposal: str
    choices: tuple[str, ...] = ()


def points_view(
    contract: Contract, findings: Sequence[Finding], language: Language
) -> dict[str, Any]:
    """Three lists (how figures are made, what is blank, what contradicts), and who signs."""

    def say(key: str, **values: object) -> str:
        return text("points", key, language, **values)

    speaks = TermWords(language)
    return {
        "lang": language,
        "title": say("title"),
        "contract": contract.title,
        "meta": [
            [say("contract_id"), contract.contract_id],
            *[[say("document"), f"{d.name}  SHA-256 {d.sha256[:16]}…"] for d in contract.documents],
        ],
        "note": say("note"),
        "columns": [say(f"column.{name}") for name in ("number", "point", "proposal", "agreed")],
        "sections": [
            {"title": say("figures"), "points": [asdict(p) for p in _figures(contract, speaks)]},
            {"title": say("blanks"), "points": [asdict(p) for p in _blanks(contract, speaks)]},
            {
                "title": say("conflicts"),
                "points": [asdict(p) for p in _conflicts(findings, language)],
            },
        ],
        "none": say("none"),
        "or": say("or"),
        "proposed": say("proposed"),
        "effect": say("effect"),
        "sides": _sides(contract, say),
        "signature": say("signature"),
        "date": say("date"),
        "footer": say("footer"),
    }


def _figures(contract: Contract, speaks: TermWords) -> Iterator[Point]:
    number = 0
    for clause in contract.of_kind(Conventions):
        for name, field in type(clause).model_fields.items():
            value = getattr(clause, name)
            if not isinstance(value, Blank):
                continue
            number += 1
            proposal = _proposal(value, speaks)
            others = tuple(c for c in _choices(field.annotation, speaks) if c != proposal)
            question = text("points", f"question.{name}", speaks.language)
            yield Point(f"1.{number}", "", question, _printed(value), proposal, others)


def _blanks(contract: Contract, speaks: TermWords) -> Iterator[Point]:
    number = 0
    for path, blank in contract.blanks():
        name = path.split(".")[0]
        clause = next((each for each in contract.clauses if each.id == name), None)
        if isinstance(clause, Conventions):
            continue
        number += 1
        names = [speaks.field_name(part) for part in path.split(".")[1:] if not part.isdigit()]
        place = blank.source or (clause.source if clause else None)
        kind = speaks.kind_name(str(clause.kind) if clause else "amendment")
        yield Point(
            number=f"2.{number}",
            place=place.clause if place else "",
            question=" · ".join([kind, *names]),
            printed=_printed(blank),
            proposal=_proposal(blank, speaks),
        )


def _conflicts(findings: Sequence[Finding], language: Language) -> Iterator[Point]:
    errors = [f for f in findings if f.severity is Severity.ERROR]
    for number, finding in enumerate(errors, start=1):
        quotes = [f"{q.clause}“{_short(unnumbered(q))}”" for q in finding.quotes[:2]]
        yield Point(
            number=f"3.{number}",
            place="",
            question=said(finding.code, "title", finding.facts, language),
            printed="\n".join(quotes),
            proposal=said(finding.code, "suggestion", finding.facts, language),
        )


def _sides(contract: Contract, say: typing.Callable[..., str]) -> list[dict[str, str]]:
    parties = contract.of_kind(Parties)
    if not parties:
        return [{"role": say(role), "name": ""} for role in ("client", "provider")]
    clause = parties[0]
    return [
        {
            "role": _known(side.label, say(role)),
            "name": _known(side.name, ""),
        }
        for role, side in (("client", clause.client), ("provider", clause.provider))
    ]


def _printed(blank: Blank) -> str:
    """What stands on the paper; where nothing does, the question says enough."""
    return _short(blank.blank) if blank.source else ""


def _known(value: str | Blank, otherwise: str) -> str:
    return otherwise if isinstance(value, Blank) else value


def _proposal(blank: Blank, speaks: TermWords) -> str:
    return "" if blank.suggested is None else speaks.suggestion(blank.suggested)


def _choices(annotation: Any, speaks: TermWords) -> list[str]:
    parts = typing.get_args(annotation) or (annotation,)
    for part in parts:
        if part is bool:
            return [speaks.choice("true"), speaks.choice("false")]
        if isinstance(part, type) and issubclass(part, Enum):
            return [speaks.choice(str(member.value)) for member in part]
        if isinstance(part, type) and issubclass(part, Model):
            return []
    return []


def _short(words: str, most: int = 60) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"
