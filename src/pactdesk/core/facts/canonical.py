"""Canonical JSON: one value has exactly one row of bytes, so that hashes can be compared.

The form is RFC 8785, for the values that facts are made of: text, whole numbers below 2**53,
true, false, null, lists, and objects with text keys. There are no fractions; a quantity that is
neither a count nor milliseconds nor fen is a text such as "0.85" or "2/3".
"""

from __future__ import annotations

import json
import re
from unicodedata import is_normalized

from pactdesk.core.units.errors import PactError

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
"""A value that has a canonical form. Never a float."""

LARGEST_INTEGER = 2**53 - 1
_WRITER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
_SORTER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), sort_keys=True
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Plain text has none of these: a number that may be too large, a key that may stand elsewhere.
_UNPLAIN = re.compile("[0-9]{16}|[^\x00-\uffff]")


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
    text = _WRITER.encode(_ordered(value))
    if not is_normalized("NFC", text):
        # An escape may only seem to be the trouble: "\\n" and a combining tilde are "ñ" here.
        _check_texts(value)
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise TextNotUnicode(text=ascii(text)[:80]) from None


def parse_canonical(data: bytes) -> Json:
    """The value of canonical bytes; refuses every other spelling of the same value.

    raises  JsonUnreadable, KeyRepeated, NumberNotExact, NotNormalised, or NotCanonical when
            writing the value again gives other bytes (a byte order mark, a space, another order)

    >>> parse_canonical(b'{"a":1}')
    {'a': 1}
    """
    try:
        return _parsed_if_plain(data)
    except (ValueError, RecursionError):
        return _parsed_with_care(data)


def _parsed_if_plain(data: bytes) -> Json:
    """The value of canonical bytes, quickly; ValueError for others, and for some that are."""
    text = data.decode()
    value: Json = json.loads(text, parse_float=_not_plain, parse_constant=_not_plain)
    # In NFC and without large characters, `_SORTER` writes what `canonical_json` would; a key
    # that stands twice is missing there.
    if _UNPLAIN.search(text) or not is_normalized("NFC", text) or _SORTER.encode(value) != text:
        raise ValueError(text[:80])
    return value


def _parsed_with_care(data: bytes) -> Json:
    try:
        value: Json = json.loads(
            data.removeprefix(BYTE_ORDER_MARK).decode(),
            object_pairs_hook=_object_of,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
        again = canonical_json(value)
    except (ValueError, RecursionError):  # ValueError: also bytes that are not UTF-8
        raise JsonUnreadable(text=_beginning(data)) from None
    if again != data:
        raise NotCanonical(text=_beginning(data))
    return value


def _ordered(value: object) -> Json:
    """The same value, its numbers and types checked, each object with its keys in order."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NumberNotExact(number=_digits(value))
        return value
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in _ordered_keys(value)}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if isinstance(value, float):
        raise NumberNotExact(number=repr(value))
    raise NotJson(type=type(value).__name__)


def _ordered_keys(value: dict[object, object]) -> list[str]:
    """By UTF-16 code units, which is another order than Python's only above U+FFFF."""
    keys = [key for key in value if isinstance(key, str)]
    if len(keys) != len(value):
        raise NotJson(type=next(type(key).__name__ for key in value if not isinstance(key, str)))
    return sorted(keys) if "".join(keys).isascii() else sorted(keys, key=_utf16)


def _check_texts(value: object) -> None:
    """Raises unless every text inside is in NFC."""
    if isinstance(value, str):
        if not is_normalized("NFC", value):
            raise NotNormalised(text=value)
    elif isinstance(value, dict):
        for key, held in value.items():
            _check_texts(key)
            _check_texts(held)
    elif isinstance(value, list):
        for item in value:
            _check_texts(item)


def _utf16(text: str) -> bytes:
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


def _not_plain(text: str) -> Json:
    raise ValueError(text[:40])


def _refuse_number(text: str) -> Json:
    raise NumberNotExact(number=text[:40])


def _digits(number: int) -> str:
    """The number for a message; one with thousands of digits only by its size."""
    return str(number) if abs(number) < 10**40 else f"2^{number.bit_length()}"


def _beginning(data: bytes) -> str:
    return data[:80].decode(errors="replace")
