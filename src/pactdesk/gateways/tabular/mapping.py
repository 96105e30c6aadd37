"""Reading a mapping file; its form is told in `docs/how-to/import-a-log.md`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Literal

from pactdesk.core.units.instants import ZoneUnknown, zone_named
from pactdesk.gateways.tabular.cells import CellNotNumber, Condition, Operator, number_in
from pactdesk.gateways.tabular.fact_fields import fact_fields, fact_kind_in
from pactdesk.gateways.tabular.mapping_parts import Part, parsed
from pactdesk.gateways.tabular.row_mapping import (
    Extreme,
    FactTemplate,
    FromColumn,
    FromText,
    Group,
    GroupFact,
    RowMapping,
    SkipRule,
)
from pactdesk.gateways.tabular.times import TimeOf

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FORMAT_EXAMPLE = "2026-10-12 09:05:00"


def read_mapping(text: str, name: str) -> RowMapping:
    """The mapping in a YAML text; `name` is named in errors.

    raises  MappingUnreadable, MappingKeyTwice, MappingPartMissing, MappingPartUnknown,
            MappingPartWrong
    """
    top = parsed(text, name)
    parts = top.named(
        "source row_id", "facts groups zone day encoding delimiter missing skip order"
    )
    if "facts" not in parts and "groups" not in parts:
        top.named("facts", " ".join(parts))
    if "groups" in parts:  # a group ends with its day, and only a zone says when that is
        top.named("zone", " ".join(parts))
    return RowMapping(
        name=name,
        source=parts["source"].text(),
        row_id=parts["row_id"].texts(),
        zone=_zone(parts["zone"]) if "zone" in parts else None,
        day=_day(parts["day"]) if "day" in parts else None,
        encoding=_encoding(parts["encoding"]) if "encoding" in parts else "utf-8",
        delimiter=_delimiter(parts["delimiter"]) if "delimiter" in parts else ",",
        missing=frozenset(("", *(parts["missing"].texts() if "missing" in parts else ()))),
        skip=tuple(map(_skip_rule, _listed(parts, "skip"))),
        order=tuple(tuple(map(_time_of, each.items())) for each in _listed(parts, "order")),
        facts=tuple(map(_template, _listed(parts, "facts"))),
        groups=tuple(map(_group, _listed(parts, "groups"))),
    )


def _listed(parts: Mapping[str, Part], name: str) -> Iterator[Part]:
    return parts[name].items() if name in parts else iter(())


def _zone(part: Part) -> str:
    try:
        return zone_named(part.text()).key
    except ZoneUnknown:
        raise part.wrong("Asia/Shanghai, Europe/Rome, UTC, …") from None


def _day(part: Part) -> date:
    try:
        if _DATE.fullmatch(part.text()):
            return date.fromisoformat(part.text())
    except ValueError:
        pass
    raise part.wrong("2026-10-12")


def _encoding(part: Part) -> str:
    try:
        found = codecs.lookup(part.text())
        "a".encode(found.name)  # some codecs (base64, rot13) make no text
    except (LookupError, ValueError):
        raise part.wrong("utf-8, gb18030, utf-16, …") from None
    return found.name


def _delimiter(part: Part) -> str:
    named = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
    given = part.any_text()
    if given in named:
        return named[given]
    if len(given) != 1 or given in '"\r\n':
        raise part.wrong(", | ; | tab | …")
    return given


def _skip_rule(part: Part) -> SkipRule:
    parts = part.named("reason when")
    return SkipRule(parts["reason"].text(), _conditions(parts["when"]))


def _conditions(part: Part) -> tuple[Condition, ...]:
    return tuple(condition for column, test in part.members() for condition in _tests(column, test))


def _tests(column: str, test: Part) -> Iterator[Condition]:
    """A text: equals; a list: in; an object: each operator with what it compares to."""
    if isinstance(test.tree, str):
        yield Condition(column, Operator.EQUALS, (test.tree,))
    elif isinstance(test.tree, list):
        yield Condition(column, Operator.IN, test.texts())
    else:
        for name, part in test.named("", " ".join(Operator)).items():
            yield _operator(column, Operator(name), part)


def _operator(column: str, operator: Operator, part: Part) -> Condition:
    match operator:
        case Operator.EQUALS:
            return Condition(column, operator, (part.any_text(),))
        case Operator.GREATER:
            try:
                number_in(column, part.any_text())
            except CellNotNumber:
                raise part.wrong("0, 12.5, …") from None
            return Condition(column, operator, (part.any_text(),))
        case _:
            return Condition(column, operator, tuple(each.any_text() for each in part.items()))


def _time_of(part: Part) -> TimeOf:
    """A column, several of which the first that has a time counts, or an object."""
    if not isinstance(part.tree, dict):
        return TimeOf(part.texts())
    parts = part.named("column", "format plus_seconds")
    return _time_in(parts, parts["column"])


def _time_in(parts: Mapping[str, Part], column: Part) -> TimeOf:
    return TimeOf(
        columns=column.texts(),
        format=_format(parts["format"]) if "format" in parts else None,
        plus_seconds=parts["plus_seconds"].text() if "plus_seconds" in parts else None,
    )


def _format(part: Part) -> str:
    form = part.text()
    example = datetime.fromisoformat(_FORMAT_EXAMPLE)
    try:
        datetime.strptime(example.strftime(form), form)  # noqa: DTZ007 - only tried out
        tells_time = any(each in form for each in ("%H", "%I", "%X", "%c"))
    except ValueError:
        tells_time = False
    if not tells_time:
        raise part.wrong("%Y/%m/%d %H:%M:%S, %H.%M, …")
    return form


def _template(part: Part) -> FactTemplate:
    parts = part.named("kind suffix at", "when fields personal")
    kind = fact_kind_in(parts["kind"])
    return FactTemplate(
        kind=kind,
        suffix=parts["suffix"].text(),
        when=_conditions(parts["when"]) if "when" in parts else (),
        at=_time_of(parts["at"]),
        fields=fact_fields(kind, parts.get("fields"), part, _time_of),
        personal={
            name: each.text()
            for name, each in (parts["personal"].members() if "personal" in parts else ())
        },
    )


def _group(part: Part) -> Group:
    parts = part.named("name by facts", "when each")
    by = parts["by"].texts()
    each = parts["each"].text() if "each" in parts else "day"
    if each not in ("day", "table"):
        raise parts["each"].wrong("day | table")
    return Group(
        name=parts["name"].text(),
        by=by,
        each_day=each == "day",
        when=_conditions(parts["when"]) if "when" in parts else (),
        facts=tuple(_group_fact(each, by) for each in parts["facts"].items()),
    )


def _group_fact(part: Part, by: tuple[str, ...]) -> GroupFact:
    parts = part.named("kind suffix at", "fields")
    kind = fact_kind_in(parts["kind"])
    extreme, at = _extreme(parts["at"])
    fields = fact_fields(kind, parts.get("fields"), part, _time_of)
    for name, expression in fields.items():
        shared = isinstance(expression, FromColumn | FromText) and set(expression.columns) <= set(
            by
        )
        if expression.columns and not shared:
            place = Part(part.file, f"{part.path}.fields.{name}", ", ".join(expression.columns))
            raise place.wrong(" | ".join(by))
    suffix = parts["suffix"].text()
    return GroupFact(FactTemplate(kind, suffix, (), at, fields, {}), extreme)


def _extreme(part: Part) -> tuple[Extreme, TimeOf]:
    """`{earliest: column}` or `{latest: column}`, with `format` and `plus_seconds` beside."""
    found = part.named("", "earliest latest format plus_seconds")
    names: list[Literal["earliest", "latest"]] = [
        name for name in ("earliest", "latest") if name in found
    ]
    if len(names) != 1:
        raise part.wrong("{earliest: …} | {latest: …}")
    return names[0], _time_in(found, found[names[0]])
