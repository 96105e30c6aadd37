"""One value, one row of bytes."""

from __future__ import annotations

from unicodedata import normalize

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from pactdesk.core.facts.canonical import (
    LARGEST_INTEGER,
    Json,
    JsonUnreadable,
    KeyRepeated,
    NotCanonical,
    NotJson,
    NotNormalised,
    NumberNotExact,
    TextNotUnicode,
    canonical_json,
    parse_canonical,
)
from pactdesk.core.units.errors import PactError


def _is_stable(text: str) -> bool:
    return normalize("NFC", text) == text


texts = st.text(max_size=12).map(lambda text: normalize("NFC", text)).filter(_is_stable)
whole_numbers = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | whole_numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_the_bytes_are_those_of_rfc_8785(value: Json) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


@given(values)
def test_reading_canonical_bytes_gives_the_value_back(value: Json) -> None:
    assert parse_canonical(canonical_json(value)) == value


@given(values, st.integers(0, 200), st.binary(min_size=1, max_size=3))
def test_other_bytes_are_another_value_or_refused(value: Json, at: int, put: bytes) -> None:
    data = canonical_json(value)
    changed = data[: at % (len(data) + 1)] + put + data[at % (len(data) + 1) :]
    try:
        other = parse_canonical(changed)
    except PactError:
        return
    assert canonical_json(other) == changed


@given(st.binary(max_size=30))
def test_any_bytes_are_read_or_refused_but_never_crash(data: bytes) -> None:
    try:
        value = parse_canonical(data)
    except PactError:
        return
    assert canonical_json(value) == data


def test_keys_are_sorted_by_utf_16_code_units() -> None:
    # U+1F600 begins with the code unit D83D, which is below U+FB33
    assert canonical_json({"\ufb4f": 1, "\U0001f600": 2, "a": 3}) == (
        '{"a":3,"\U0001f600":2,"\ufb4f":1}'.encode()
    )


def test_only_what_json_demands_is_escaped() -> None:
    assert canonical_json('\x00\b\t\n\f\r\x1f"\\/\x7f é') == (
        '"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/\x7f é"'.encode()
    )


def test_an_escape_before_a_combining_mark_is_no_reason_to_refuse() -> None:
    text = "\n\u0303"
    assert parse_canonical(canonical_json(text)) == text


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("e\u0301", NotNormalised),
        ({"e\u0301": 1}, NotNormalised),
        (["中", {"a": "e\u0301"}], NotNormalised),
        ("\ud800", TextNotUnicode),
        ({"\ud800": 1}, TextNotUnicode),
        (1.5, NumberNotExact),
        (1.0, NumberNotExact),
        (2**53, NumberNotExact),
        (-(2**53), NumberNotExact),
        (10**100, NumberNotExact),
        (b"", NotJson),
        ((1, 2), NotJson),
        ({1: 2}, NotJson),
    ],
)
def test_what_has_no_canonical_form_is_refused(value: object, error: type[PactError]) -> None:
    with pytest.raises(error):
        canonical_json(value)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b'\xef\xbb\xbf{"a":1}', NotCanonical),
        (b'{"a": 1}', NotCanonical),
        (b'{"b":1,"a":2}', NotCanonical),
        (b'{"a":1}\n', NotCanonical),
        (b'"\\u0041"', NotCanonical),
        (b'"\\/"', NotCanonical),
        (b"-0", NotCanonical),
        (b'{"a":1,"a":1}', KeyRepeated),
        (b"1.0", NumberNotExact),
        (b"1e3", NumberNotExact),
        (b"NaN", NumberNotExact),
        (b"9007199254740992", NumberNotExact),
        pytest.param(b"9" * 5000, JsonUnreadable, id="long number"),
        (b"", JsonUnreadable),
        (b"{", JsonUnreadable),
        (b'"\xff"', JsonUnreadable),
        pytest.param(b"[" * 100_000, JsonUnreadable, id="deep"),
        ('"e\u0301"'.encode(), NotNormalised),
        (b'"\\ud800"', TextNotUnicode),
    ],
)
def test_every_other_spelling_is_refused(data: bytes, error: type[PactError]) -> None:
    with pytest.raises(error):
        parse_canonical(data)
