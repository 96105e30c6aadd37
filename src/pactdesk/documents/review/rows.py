"""What the page lists: clauses with their fields in words, and the places they were read from."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Union

from pactdesk.core.terms.base import Blank, ClauseBase, Model, Source
from pactdesk.core.terms.clauses.duty import Duty
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.term_words import TermWords
from pactdesk.messages.catalogue import LANGUAGES, Language

Words = dict[Language, str]
Kind = Literal["choice", "number", "count", "day", "text", "list"]

_UNSAID = ("id", "kind", "source", "sources")
_SPEAKS: dict[Language, TermWords] = {language: TermWords(language) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value that a person can correct.

    path     of the term: "payment-1.due.n"
    kind     what may be typed
    written  as it stands in a terms file; empty for a blank
    choices  (value, words) of a closed choice
    """

    path: str
    name: Words
    kind: Kind
    written: str
    choices: tuple[tuple[str, Words], ...] = ()
    blank: Blank | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a clause: its words, its places in the text, its leaves."""

    path: str
    name: Words
    shown: Words
    places: tuple[Source, ...]
    leaves: tuple[Leaf, ...]
    is_blank: bool
    open_at: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Card:
    """One clause."""

    id: str
    kind: str
    name: Words
    number: str
    place: Source | None
    rows: tuple[Row, ...] = field(default=())


def cards(contract: Contract) -> tuple[Card, ...]:
    """All clauses in the paper's order, duties after the rest, because they hold no figures."""
    clauses = [c for c in contract.clauses if not isinstance(c, Duty)]
    duties = [c for c in contract.clauses if isinstance(c, Duty)]
    levels = {level.id: _level_name(level) for level in contract.of_kind(ServiceLevel)}
    return tuple(_card(clause, levels) for clause in [*clauses, *duties])


def words(tell: typing.Callable[[TermWords], str]) -> Words:
    """The same in each language."""
    return {language: tell(speaks) for language, speaks in _SPEAKS.items()}


def _level_name(level: ServiceLevel) -> Words:
    """ "5.2 首次响应达标率", for a deduction that names it by its id."""
    number = f"{level.source.clause} " if level.source else ""
    return words(lambda w: number + w.shown(level.metric))


def _card(clause: ClauseBase, levels: dict[str, Words]) -> Card:
    kind = str(getattr(clause, "kind", ""))
    return Card(
        id=clause.id,
        kind=kind,
        name=words(lambda w: w.kind_name(kind)),
        number=clause.source.clause if clause.source else "",
        place=clause.source,
        rows=tuple(_rows(clause, levels)),
    )


def _rows(clause: ClauseBase, levels: dict[str, Words]) -> Iterator[Row]:
    shown = {language: dict(w.rows(clause)) for language, w in _SPEAKS.items()}
    for name in type(clause).model_fields:
        value = getattr(clause, name)
        if name in _UNSAID or value is None or value == ():
            continue
        told = words(lambda w, name=name: w.field_name(name))  # type: ignore[misc]
        said = words(lambda w, value=value: w.shown(value))  # type: ignore[misc]
        leaves = tuple(_leaves(f"{clause.id}.{name}", value, clause, name))
        yield Row(
            path=f"{clause.id}.{name}",
            name=told,
            shown=levels.get(str(value))
            or {lang: shown[lang].get(told[lang], said[lang]) for lang in LANGUAGES},
            places=_places(clause, name, value),
            leaves=leaves,
            is_blank=any(leaf.blank for leaf in leaves),
            open_at=_open_at(clause, name, value),
        )


def _places(clause: ClauseBase, name: str, value: object) -> tuple[Source, ...]:
    """Where the field was read; where that is not known, nowhere: the clause stands above it."""
    spans = [
        source
        for path, source in clause.sources.items()
        if path == name or path.startswith(f"{name}.")
    ]
    spans += [blank.source for blank in _blanks(value) if blank.source]
    return tuple(_distinct(spans))


def _open_at(clause: ClauseBase, name: str, value: object) -> frozenset[tuple[int, int]]:
    """Which of the places are left open, where others of the same field are filled."""
    spans = [blank.source for blank in _blanks(value) if blank.source]
    for path, source in clause.sources.items():
        if path == name or path.startswith(f"{name}."):
            found: object = clause
            for part in path.split("."):
                found = getattr(found, part, None)
            if isinstance(found, Blank):
                spans.append(source)
    return frozenset((span.start, span.end) for span in spans)


def _distinct(spans: list[Source]) -> list[Source]:
    by_place = {(span.start, span.end): span for span in spans}
    return [by_place[place] for place in sorted(by_place)]


def _blanks(value: object) -> Iterator[Blank]:
    if isinstance(value, Blank):
        yield value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            if name not in ("source", "sources"):
                yield from _blanks(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _blanks(item)


def _leaves(path: str, value: object, holder: Model, name: str) -> Iterator[Leaf]:
    """The values inside a field, each with what may stand there."""
    annotation = type(holder).model_fields[name].annotation
    yield from _inside(path, name, value, annotation)


def _inside(path: str, name: str, value: object, annotation: Any) -> Iterator[Leaf]:
    if isinstance(value, Model) and not isinstance(value, Blank):
        for inner in type(value).model_fields:
            found = getattr(value, inner)
            options = _options(type(value).model_fields[inner].annotation)
            # A literal of one word tells what the model is; nobody can correct that.
            if found is not None and not (inner == "kind" and len(options) == 1):
                yield from _leaves(f"{path}.{inner}", found, value, inner)
        return
    if isinstance(value, tuple) and any(isinstance(item, Model) for item in value):
        for index, item in enumerate(value):
            yield from _inside(f"{path}.{index}", name, item, None)
        return
    kind, choices = _kind(annotation, value)
    yield Leaf(
        path=path,
        name=words(lambda w: w.field_name(name)),
        kind=kind,
        written="" if isinstance(value, Blank) else _written(value),
        choices=choices,
        blank=value if isinstance(value, Blank) else None,
    )


def _written(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(_written(item) for item in value)
    return str(value)


def _kind(annotation: Any, value: object) -> tuple[Kind, tuple[tuple[str, Words], ...]]:
    parts = list(_parts(annotation))
    if tuple in parts or isinstance(value, tuple):
        return "list", ()
    for part in parts:
        options = _options(part)
        if options:
            return "choice", tuple((o, words(lambda w, o=o: w.choice(o))) for o in options)  # type: ignore[misc]
    if Decimal in parts:
        return "number", ()
    if date in parts:
        return "day", ()
    return ("count", ()) if int in parts else ("text", ())


def _options(part: Any) -> list[str]:
    if part is bool:
        return ["true", "false"]
    if isinstance(part, type) and issubclass(part, Enum):
        return [str(member.value) for member in part]
    if typing.get_origin(part) is Literal:
        return [str(each) for each in typing.get_args(part)]
    return []


def _parts(annotation: Any) -> Iterator[Any]:
    """The alternatives of an annotation, without the wrapping."""
    origin = typing.get_origin(annotation)
    if origin in (Union, types.UnionType):
        for each in typing.get_args(annotation):
            yield from _parts(each)
    elif origin is typing.Annotated:
        yield from _parts(typing.get_args(annotation)[0])
    elif origin is tuple:
        yield tuple
    else:
        yield annotation
