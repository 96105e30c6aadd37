"""`re` with room for all patterns: its own cache holds 512, and some would be compiled anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once in the life of the process."""
    return re.compile(pattern)


def search(pattern: str, text: str) -> re.Match[str] | None:
    """The first place where the pattern stands."""
    return compiled(pattern).search(text)


def match(pattern: str, text: str) -> re.Match[str] | None:
    """The pattern at the beginning."""
    return compiled(pattern).match(text)


def fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    """The pattern from beginning to end."""
    return compiled(pattern).fullmatch(text)


def finditer(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """Every place where the pattern stands."""
    return compiled(pattern).finditer(text)
