"""The fields of a fact in a mapping, and their values for one row.

The kind of fact knows which fields it has and what each may hold, so a mapping need not say that
a score is a number, and a constant that no fact may hold is refused when the mapping is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from pactdesk.core.facts.canonical import Json
from pactdesk.core.facts.fields import ByName, Field, Flag, Several, Whole
from pactdesk.core.facts.kinds import MEASURED_BY_KIND, FactKind
from pactdesk.gateways.tabular.cells import CellNotFlag, CellNotWhole, Row, flag_in, whole_in
from pactdesk.gateways.tabular.mapping_parts import MappingPartMissing, MappingPartUnknown, Part
from pactdesk.gateways.tabular.row_mapping import (
    Constant,
    Expression,
    FromColumn,
    FromText,
    FromTime,
)
from pactdesk.gateways.tabular.times import TimeOf, TimeReader

_PLACE = re.compile(r"\{([^{}]+)\}")


def fact_kind_in(part: Part) -> FactKind:
    """The kind of fact that a mapping names; only those whose fields a row can fill."""
    possible = [kind for kind in FactKind if not _has_objects(kind)]
    if part.tree not in possible:
        raise part.wrong(" | ".join(possible))
    return FactKind(part.tree)


def fact_fields(
    kind: FactKind, part: Part | None, fact: Part, time_of: Callable[[Part], TimeOf]
) -> Mapping[str, Expression]:
    """Where the value of each field comes from; an optional field that is not named is null.

    part  the `fields` of the fact in the mapping, if it has any
    fact  the whole fact, to say where something is missing

    raises  MappingPartMissing, MappingPartUnknown, MappingPartWrong
    """
    fields = MEASURED_BY_KIND[kind].fields
    given = dict(part.members()) if part else {}
    for name, each in given.items():
        if name not in fields:
            raise MappingPartUnknown(file=fact.file, path=each.path, known=", ".join(fields))
    found: dict[str, Expression] = {}
    for name, field in fields.items():
        if name in given:
            found[name] = _expression(given[name], field, time_of)
        elif field.accepts(None):
            found[name] = Constant(None)
        else:
            raise MappingPartMissing(file=fact.file, path=f"{fact.path}.fields.{name}")
    return found


def value_in(expression: Expression, field: Field, row: Row, times: TimeReader) -> Json:
    """The value of a field for one row; whether the fact may hold it, the fact decides.

    raises  CellNotMapped, CellNotWhole, CellNotFlag, and what `TimeReader.instant` raises
    """
    if isinstance(expression, Constant):
        return expression.value
    if isinstance(expression, FromTime):
        return times.instant(expression.at, row)
    return _typed(expression.text(row), field, ", ".join(expression.columns))


def _expression(part: Part, field: Field, time_of: Callable[[Part], TimeOf]) -> Expression:
    if not isinstance(part.tree, dict):
        return _constant(part, field)
    parts = part.named("", "column map text time")
    match sorted(parts):
        case ["column"]:
            return FromColumn(parts["column"].text())
        case ["column", "map"]:
            words = {cell: word.any_text() for cell, word in parts["map"].members()}
            for cell, word in words.items():
                _constant(Part(part.file, f"{part.path}.map.{cell}", word), field)
            return FromColumn(parts["column"].text(), words)
        case ["text"]:
            return FromText(_pieces(parts["text"].text()))
        case ["time"]:
            return FromTime(time_of(parts["time"]))
    raise part.wrong("{column: …} | {column: …, map: {…}} | {text: …} | {time: …}")


def _constant(part: Part, field: Field) -> Constant:
    if isinstance(field, Several) and not isinstance(part.tree, str):
        value: Json = [each.text() for each in part.items()] if part.tree else []
    else:
        try:
            value = _typed(part.any_text(), field, "")
        except (CellNotWhole, CellNotFlag):
            raise part.wrong(field.expected) from None
    try:
        accepted = field.accepts(field.read(value))
    except ValueError:
        accepted = False
    if not accepted:
        raise part.wrong(field.expected)
    return Constant(value)


def _typed(text: str, field: Field, column: str) -> Json:
    """The text as what the field holds; an empty cell is null where null may stand."""
    if text == "" and field.accepts(None):
        return None
    if isinstance(field, Whole):
        return whole_in(column, text)
    if isinstance(field, Flag):
        return flag_in(column, text)
    if isinstance(field, Several):
        return [text] if text else []
    return text


def _pieces(template: str) -> tuple[tuple[Literal["literal", "column"], str], ...]:
    """The literals and columns of "call {line}-{id}"; a brace that names nothing is literal."""
    pieces: list[tuple[Literal["literal", "column"], str]] = []
    end = 0
    for found in _PLACE.finditer(template):
        if found.start() > end:
            pieces.append(("literal", template[end : found.start()]))
        pieces.append(("column", found[1]))
        end = found.end()
    if end < len(template):
        pieces.append(("literal", template[end:]))
    return tuple(pieces)


def _has_objects(kind: FactKind) -> bool:
    return any(isinstance(each, ByName) for each in MEASURED_BY_KIND[kind].fields.values())
