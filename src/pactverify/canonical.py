"""Canonical JSON (evidence-format.md, section 2), and what stops a check."""

import json
import re
from typing import Any
from unicodedata import is_normalized

LARGEST = 2**53 - 1
MISFORMED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading something of another form than it must have can end in."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_SORTER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, sort_keys=True
)
_UNPLAIN = re.compile("[0-9]{16}|[^\x00-\uffff]")
"""A number may be too large, or keys may stand in another order than that of code points."""


class Refused(Exception):
    """A check failed; `key` names the sentence in `messages.py`, `facts` fill it in."""

    def __init__(self, key: str, **facts: object) -> None:
        self.key, self.facts = key, facts
        super().__init__(key, facts)


class Unusable(Refused):
    """The input cannot be checked at all: missing, truncated, not a bundle, bad arguments."""


def parse(data: bytes, where: str) -> Any:
    """The value of canonical bytes; any other spelling of the same value is refused."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
        # Most lines are plain, and then this says the same in a tenth of the time.
        plain = is_normalized("NFC", text) and not _UNPLAIN.search(text)
        if plain and _SORTER.encode(value) == text:
            return value
        if write(value) != data:  # also where a key stands twice, or a number has a leading zero
            raise ValueError("bytes differ")
    except (ValueError, RecursionError) as problem:
        raise Refused("not_canonical", where=where, problem=str(problem)[:120]) from None
    return value


def lines_of(data: bytes, where: str) -> list[bytes]:
    """The lines of a file without their line feeds; the last must have one too."""
    if data and not data.endswith(b"\n"):
        raise Refused("not_canonical", where=where, problem="no line feed at the end")
    return data[:-1].split(b"\n") if data else []


def write(value: Any) -> bytes:
    """The canonical bytes; ValueError for a text not in NFC, half a pair, a number too large."""
    return _ENCODER.encode(_ordered(value)).encode("utf-8")


def _refuse(number: str) -> Any:
    raise ValueError(f"not a whole number, or too large: {number[:40]}")


def _ordered(value: Any) -> Any:
    """The same value, checked, each object with its keys by UTF-16 code units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {_ordered(key): _ordered(value[key]) for key in keys}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if isinstance(value, str) and not is_normalized("NFC", value):
        raise ValueError(f"not NFC: {ascii(value)[:60]}")
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > LARGEST):
        raise ValueError(f"not a whole number, or too large: {value}")
    return value
