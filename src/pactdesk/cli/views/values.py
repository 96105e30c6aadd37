"""Terms in words: field names, choices and durations in the user's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from pactdesk.cli.language import LANGUAGE
from pactdesk.core.terms.base import Blank, Model
from pactdesk.core.terms.durations import Due, Duration
from pactdesk.messages.catalogue import has_text, text

BLANK_MARK = "____"


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
            return "，".join(f"{name} {each}" for name, each in rows(value))
        case tuple():
            return "、".join(shown(item) for item in value)
        case str():
            return choice(value)
    return str(value)


def rows(model: Model) -> list[tuple[str, str]]:
    """(field, value) in words, without what is absent."""
    return [
        (field_name(field), shown(value))
        for field in type(model).model_fields
        if field not in ("id", "kind", "source", "sources")
        and (value := getattr(model, field)) is not None
        and value != ()
    ]


def _suggestion(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(choice(str(each)) for each in value.values())
    if isinstance(value, list):
        return "、".join(_suggestion(each) for each in value)
    return choice(str(value).lower() if isinstance(value, bool) else str(value))
