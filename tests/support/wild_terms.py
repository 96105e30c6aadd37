"""Clauses of every kind, made from the fields themselves: what a careless clerk could type."""

from __future__ import annotations

import types
import typing
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from random import Random
from typing import Any

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pactdesk.core.settle.rules import MONEY_KINDS
from pactdesk.core.terms.base import Blank, ClauseBase

KINDS: dict[str, type[ClauseBase]] = {
    str(kind.model_fields["kind"].default): kind for kind in MONEY_KINDS
}
_NUMBERS = ("0", "0.005", "0.02", "0.1", "0.333333", "1", "2", "10", "500", "31416.00")
_WORDS: dict[str, tuple[str, ...]] = {
    "level": ("level-1", "level-1", "level-1", "fee-1", "level-9"),
    "fee": ("fee-1", "fee-1", "extra-9"),
    "clause": ("deduction-1", "deduction-9"),
    "except_for": ("deduction-1",),
    "what": ("data_leak", "any", "a|b", "泄露\n二"),
    "forfeited_for": ("data_leak",),
}
_TIMES = ("09:00-18:00", "22:00-06:00", "00:00-24:00", "18:00-18:00")
_OTHERS = ("report", "a|b", "🎲")


def wild_clause(rng: Random, kind: str, clause_id: str) -> dict[str, Any]:
    """Any clause of a kind; a field that may be absent is so every other time."""
    return {"id": clause_id, **_model(rng, KINDS[kind]), "kind": kind}


def _model(rng: Random, model: type[BaseModel]) -> dict[str, Any]:
    fields = {
        name: _value(rng, field.annotation, name, tuple(field.metadata))
        for name, field in model.model_fields.items()
        if name not in ("id", "source", "sources")
        and (field.is_required() or name == "kind" or rng.random() < 0.5)
    }
    return {name: value for name, value in fields.items() if value is not None}


def _value(rng: Random, kind: Any, name: str, limits: tuple[Any, ...] = ()) -> Any:
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        more = [
            limit
            for each in inside[1:]
            for limit in (each.metadata if isinstance(each, FieldInfo) else [each])
        ]
        return _value(rng, inside[0], name, (*limits, *more))
    if origin in (typing.Union, types.UnionType):
        return _value(rng, rng.choice([each for each in inside if each is not Blank]), name, limits)
    if origin is typing.Literal:
        return rng.choice(inside)
    if origin is tuple:
        several = range(rng.choice([0, 1, 1, 2, 3]))
        return [_value(rng, inside[0], name.removesuffix("s")) for _ in several]
    if kind is type(None):
        return None
    if issubclass(kind, Enum):
        return rng.choice([each.value for each in kind])
    if issubclass(kind, BaseModel):
        return _model(rng, kind)
    return _plain(rng, kind, name, limits)


def _plain(rng: Random, kind: type, name: str, limits: tuple[Any, ...]) -> Any:
    if kind is bool:
        return rng.random() < 0.5
    if kind is int:
        return rng.choice([1, 2, 5, 30])
    if kind is date:
        return (date(2026, 9, 1) + timedelta(days=rng.randint(0, 60))).isoformat()
    if kind is Decimal:
        return rng.choice([each for each in _NUMBERS if _keeps(Decimal(each), limits)])
    pattern = next((each.pattern for each in limits if getattr(each, "pattern", None)), None)
    if pattern is None:
        return rng.choice(_WORDS.get(name, _OTHERS))
    return rng.choice(_TIMES if ":" in pattern else ("one", "two"))


def _keeps(number: Decimal, limits: tuple[Any, ...]) -> bool:
    return all(
        not (isinstance(limit, Ge) and number < Decimal(str(limit.ge)))
        and not (isinstance(limit, Le) and number > Decimal(str(limit.le)))
        and not (isinstance(limit, Gt) and number <= Decimal(str(limit.gt)))
        for limit in limits
    )
