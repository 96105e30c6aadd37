"""Any terms at all, as plain data: one strategy for each clause kind, derived from its fields."""

from __future__ import annotations

import types
import typing
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from unicodedata import normalize

from hypothesis import strategies as st

from pactdesk.core.terms.base import Blank, ClauseBase, Model, Source
from pactdesk.core.terms.catalogue import Clause

Plain = dict[str, Any]

KINDS: dict[str, type[ClauseBase]] = {
    kind.model_fields["kind"].default: kind for kind in get_args(get_args(Clause)[0])
}
"""The word for a kind → its class."""

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(
    lambda text: normalize("NFC", text)
)
WORDS = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
HASHES = st.integers(0, 2**256 - 1).map(lambda n: f"{n:064x}")


@st.composite
def sources(draw: st.DrawFn) -> Plain:
    source: Plain = {
        "sha256": draw(HASHES),
        "clause": draw(TEXTS),
        "start": draw(st.integers(0, 10**6)),
        "end": draw(st.integers(1, 10**6)),
        "quote": draw(TEXTS),
    }
    return source | ({"original": draw(TEXTS)} if draw(st.booleans()) else {})


@st.composite
def blanks(draw: st.DrawFn) -> Plain:
    blank: Plain = {"blank": draw(TEXTS)}
    if draw(st.booleans()):
        suggested = st.one_of(TEXTS, st.integers(1, 99), st.just({"n": 5, "unit": "s"}))
        blank["suggested"] = draw(suggested)
    if draw(st.booleans()):
        blank["source"] = draw(sources())
    return blank


@st.composite
def a_model(draw: st.DrawFn, model: type[Model]) -> Plain:
    """Plain data that the model accepts; fields with a default are there or not."""
    plain: Plain = {}
    for name, hint in get_type_hints(model, include_extras=True).items():
        field = model.model_fields.get(name)
        if field is None:
            continue
        if name == "id":
            plain[name] = draw(WORDS)
        elif name == "kind" and get_origin(hint) is Literal:
            plain[name] = field.default
        elif field.is_required() or draw(st.booleans()):
            value = draw(of_type(hint))
            if value is not None:
                plain[name] = value
    return plain


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Plain data for one annotation of a term."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is Blank:
        return blanks()
    if hint is Source:
        return sources()
    if origin in (Union, types.UnionType):
        return st.one_of(*(of_type(each) for each in args))
    if origin is Annotated:
        return annotated(args[0], args[1:])
    if origin is Literal:
        return st.sampled_from(args)
    if origin is tuple:
        return st.lists(of_type(args[0]), max_size=3)
    if origin is dict:
        return st.dictionaries(WORDS, of_type(args[1]), max_size=2)
    return plain_type(hint)


def plain_type(hint: Any) -> st.SearchStrategy[Any]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from([str(each) for each in hint])
    if isinstance(hint, type) and issubclass(hint, Model):
        return a_model(hint)
    return {
        bool: st.booleans(),
        int: st.integers(0, 999),
        str: TEXTS,
        date: st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat),
        type(None): st.none(),
    }[hint]


def annotated(base: Any, extras: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """A type with limits: the lowest and highest value, or the pattern, of its `Field`."""
    told = " ".join(map(repr, extras))
    if base is Decimal:
        low = 1 if "gt=0" in told else 0 if "ge=0" in told else -(10**6)
        high = 2 * 10**5 if "0.2" in told else 10**6 if "le=1" in told else 10**12
        scaled = st.integers(low, high)
        return scaled.map(lambda n: format(Decimal(n).scaleb(-6), "f"))
    if base is int:
        return st.integers(1, 999)
    if base is date:
        return plain_type(date)
    pattern = next(found for each in extras for found in [pattern_of(each)] if found is not None)
    return st.from_regex(pattern, fullmatch=True)


def pattern_of(extra: Any) -> str | None:
    for each in getattr(extra, "metadata", ()):
        if getattr(each, "pattern", None):
            return typing.cast("str", each.pattern)
    return None


def clauses(kind: str) -> st.SearchStrategy[Plain]:
    """A clause of a kind, with blanks and sources here and there."""
    return a_model(KINDS[kind])


@st.composite
def contracts(draw: st.DrawFn) -> Plain:
    """A whole contract: some clauses of any kinds, ids made unique."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=5))
    made = [draw(clauses(kind)) | {"id": f"{kind.replace('_', '-')}-{n}"}
            for n, kind in enumerate(kinds)]  # fmt: skip
    return {
        "contract_id": draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True)),
        "title": draw(TEXTS),
        "contract_type": "service_agreement",
        "documents": [{"name": draw(TEXTS), "sha256": draw(HASHES)}],
        "clauses": made,
    }
