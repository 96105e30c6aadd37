"""A value with its place in a passage, and how sure the reader is of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

SURE = 0.97
LIKELY = 0.85
GUESS = 0.6


@dataclass(frozen=True, slots=True)
class Noted(Generic[T_co]):
    """`value` is said by `text[start:end]` of the passage.

    sure     0 to 1: `SURE` for a form that means one thing, `LIKELY` where the words around it
             decided, `GUESS` where nothing better was found
    derived  worked out from other values; the place is where those stand
    """

    value: T_co
    start: int
    end: int
    sure: float = SURE
    derived: bool = False

    def less_sure(self, sure: float = LIKELY) -> Noted[T_co]:
        """The same with at most that certainty."""
        return replace(self, sure=min(self.sure, sure))


def derived(value: T, of: Noted[object], sure: float = SURE) -> Noted[T]:
    """A value worked out from another one."""
    return Noted(value, of.start, of.end, min(sure, of.sure), derived=True)
