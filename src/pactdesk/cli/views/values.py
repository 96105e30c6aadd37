"""Terms in words: field names, choices and durations in the user's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from pactdesk.cli.language import LANGUAGE, words
from pactdesk.core.terms.base import Blank, ClauseBase, Model, Source
from pactdesk.core.terms.clauses.service_level import Attribution, Clock, Metric, ServiceLevel
from pactdesk.core.terms.durations import Due, Duration
from pactdesk.messages.catalogue import has_text, text

BLANK_MARK = "____"

_UNSAID_OF_CLAUSE = ("id", "kind", "source", "sources")
_SHARES = {"rate", "cap", "of_fee", "rate_per_day", "tax_rate", "most", "step"}


def field_name(field: str) -> str:
    """The field in words."""
    return text("fields", field, LANGUAGE)


def kind_name(kind: str) -> str:
    """The clause kind in words."""
    return text("kinds", kind, LANGUAGE)


def choice(value: str) -> str:
    """A value of a closed choice in words; anything else as it is."""
    return text("values", value, LANGUAGE) if has_text("values", value, LANGUAGE) else value


def shown(value: object) -> str:
    """A term in one line; a blank shows the mark and its suggestion."""
    match value:
        case Blank(suggested=None):
            return BLANK_MARK
        case Blank(suggested=suggested):
            return f"{BLANK_MARK}〔{_suggestion(suggested)}?〕"
        case bool():
            return choice(str(value).lower())
        case Enum():
            return choice(str(value.value))
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case Duration():
            return f"{shown(value.n)} {shown(value.unit)}"
        case Due():
            return f"{shown(value.event)} + {shown(value.n)} {shown(value.kind)}"
        case Model():
            return words("between.parts").join(
                words("field", name=name) + each for name, each in rows(value)
            )
        case tuple():
            return words("between.items").join(shown(item) for item in value)
        case str():
            return choice(value)
    return str(value)


def rows(model: Model) -> list[tuple[str, str]]:
    """(field, value) in words, without what is absent or goes without saying."""
    if isinstance(model, ServiceLevel):
        return _level_rows(model)
    unsaid = _UNSAID_OF_CLAUSE if isinstance(model, ClauseBase) else ()
    return [
        (field_name(field), percent(value) if field in _SHARES else shown(value))
        for field in type(model).model_fields
        if field not in unsaid and (value := getattr(model, field)) is not None and value != ()
    ]


def percent(share: object) -> str:
    """A share as percent: "0.0005" is 0.05%."""
    if not isinstance(share, Decimal):
        return shown(share)
    return f"{format((share * 100).normalize(), 'f')}%"


def _level_rows(level: ServiceLevel) -> list[tuple[str, str]]:
    """The target with its comparison; the clock and the day only where they are unusual."""
    unusual = {
        field: shown(value)
        for field, usual in (("clock", Clock.SERVICE_HOURS), ("attribution", Attribution.OPENED))
        if (value := getattr(level, field)) != usual
    }
    said = ("metric", "channel", "case_type", "within", "formula", "satisfied_from")
    parts = {field: shown(value) for field in said if (value := getattr(level, field)) is not None}
    aim = shown if level.metric is Metric.FIRST_RESPONSE_AVERAGE else percent
    parts["target"] = f"{shown(level.comparator)} {aim(level.target)}"
    if level.minimum_sample is not None:
        parts["minimum_sample"] = shown(level.minimum_sample)
    return [(field_name(field), value) for field, value in (parts | unusual).items()]


def _suggestion(value: object) -> str:
    match value:
        case dict():
            return " ".join(_suggestion(each) for each in value.values())
        case list() | tuple():
            return words("between.items").join(_suggestion(each) for each in value)
        case Model():
            return " ".join(each for _, each in rows(value))
        case bool():
            return choice(str(value).lower())
        case Enum():
            return choice(str(value.value))
    return choice(str(value))


def unnumbered(source: Source) -> str:
    """The quote in one line, without the clause number that stands in its own column."""
    quote = "".join(source.quote.split("\n"))
    label = source.clause.rpartition("/")[2]
    return " ".join(quote.strip().removeprefix(label).strip(" 　:：").split())
