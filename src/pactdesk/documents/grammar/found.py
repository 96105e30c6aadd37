"""A value and the place it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """`value` stands at `text[start:end]` of the text it was read from."""

    value: T_co
    start: int
    end: int
