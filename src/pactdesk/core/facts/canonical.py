"""Canonical JSON: one value has exactly one row of bytes, so that hashes can be compared.

The form is RFC 8785, for the values that facts are made of: text, whole numbers below 2**53,
true, false, null, lists, and objects with text keys. There are no fractions; a quantity that is
neither a count nor milliseconds nor fen is a text such as "0.85" or "2/3".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from unicodedata import is_normalized

from pactdesk.core.units.errors import PactError

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
"""A value that has a canonical form. Never a float."""

LARGEST_INTEGER = 2**53 - 1
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class NotNormalised(PactError):
    """`text` is not in Unicode form NFC: two texts that look alike would have two hashes."""


class TextNotUnicode(PactError):
    """`text` holds half of a surrogate pair, which UTF-8 cannot write."""


class NumberNotExact(PactError):
    """`number` is a fraction, or its size is 2**53 or more; write the quantity as text."""


class NotJson(PactError):
    """A value of the Python type `type` has no canonical form."""


class JsonUnreadable(PactError):
    """`text` (its beginning) is not JSON in UTF-8."""


class KeyRepeated(PactError):
    """One object has `key` twice."""


class NotCanonical(PactError):
    """`text` (its beginning) is JSON, but not written in the canonical form."""


def canonical_json(value: Json) -> bytes:
    """The bytes of `value` according to RFC 8785.

    Keys are sorted by their UTF-16 code units, nothing is put between tokens, only what JSON
    demands is escaped. Text and keys must already be in NFC.

    >>> canonical_json({"b": [1, None, True], "a": "工单"}).decode()
    '{"a":"工单","b":[1,null,true]}'
    """
    ordered = _ordered(value)
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode()


def parse_canonical(data: bytes) -> Json:
    """The value of canonical bytes; refuses every other spelling of the same value.

    raises  JsonUnreadable, KeyRepeated, NumberNotExact, NotNormalised, or NotCanonical when
            writing the value again gives other bytes (a byte order mark, a space, another order)

    >>> parse_canonical(b'{"a":1}')
    {'a': 1}
    """
    try:
        value: Json = json.loads(
            data.removeprefix(BYTE_ORDER_MARK).decode(),
            object_pairs_hook=_object_of,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except (ValueError, RecursionError):
        raise JsonUnreadable(text=_beginning(data)) from None
    if canonical_json(value) != data:
        raise NotCanonical(text=_beginning(data))
    return value


def _ordered(value: object) -> Json:
    """The same value, checked, with the keys of every object in canonical order."""
    if isinstance(value, str):
        return _checked_text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NumberNotExact(number=_digits(value))
        return value
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if isinstance(value, Mapping):
        return {_checked_key(key): _ordered(value[key]) for key in sorted(value, key=_utf16)}
    if isinstance(value, float):
        raise NumberNotExact(number=repr(value))
    raise NotJson(type=type(value).__name__)


def _checked_text(text: str) -> str:
    if text.isascii():
        return text
    if not is_normalized("NFC", text):
        raise NotNormalised(text=text)
    _utf16(text)
    return text


def _checked_key(key: object) -> str:
    if not isinstance(key, str):
        raise NotJson(type=type(key).__name__)
    return _checked_text(key)


def _utf16(text: object) -> bytes:
    """The order of RFC 8785; it differs from that of code points above U+FFFF."""
    if not isinstance(text, str):
        raise NotJson(type=type(text).__name__)
    try:
        return text.encode("utf-16-be")
    except UnicodeEncodeError:
        raise TextNotUnicode(text=ascii(text)) from None


def _object_of(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result: dict[str, Json] = {}
    for key, value in pairs:
        if key in result:
            raise KeyRepeated(key=key)
        result[key] = value
    return result


def _refuse_number(text: str) -> Json:
    raise NumberNotExact(number=text[:40])


def _digits(number: int) -> str:
    """The number for a message; one with thousands of digits only by its size."""
    return str(number) if abs(number) < 10**40 else f"2^{number.bit_length()}"


def _beginning(data: bytes) -> str:
    return data[:80].decode(errors="replace")
