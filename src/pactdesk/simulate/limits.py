"""What a number or text of a scenario may be, as annotations that a file is checked against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Within:
    """From `least` to `most`, both included; `above` instead excludes the lower end."""

    least: int | None = None
    most: int | None = None
    above: int | None = None

    def accepts(self, value: float) -> bool:
        """Whether `value` may stand here; infinities and NaN may not."""
        return (
            abs(value) < float("inf")
            and (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and (self.above is None or value > self.above)
        )

    def __str__(self) -> str:
        bounds = ((">=", self.least), (">", self.above), ("<=", self.most))
        return ", ".join(f"{sign} {bound}" for sign, bound in bounds if bound is not None)


@dataclass(frozen=True, slots=True)
class Written:
    """A text of one shape; `example` shows it."""

    pattern: str
    example: str

    def accepts(self, value: str) -> bool:
        """Whether `value` has the shape."""
        return re.fullmatch(self.pattern, value) is not None

    def __str__(self) -> str:
        return f'"{self.example}"'


@dataclass(frozen=True, slots=True)
class Items:
    """A list of exactly `count` items."""

    count: int

    def accepts(self, value: tuple[object, ...]) -> bool:
        """Whether there are as many."""
        return len(value) == self.count

    def __str__(self) -> str:
        return f"[… × {self.count}]"


Limit = Within | Written | Items

Whole = int
Count = Annotated[int, Within(least=0)]
PositiveCount = Annotated[int, Within(least=1)]
Share = Annotated[float, Within(least=0, most=1)]
Factor = Annotated[float, Within(least=0)]
Positive = Annotated[float, Within(above=0)]
ClockTime = Annotated[str, Written(r"([01]\d|2[0-3]):[0-5]\d", "14:05")]
Factors = tuple[Factor, ...]
DecimalShare = Annotated[str, Written(r"0(\.\d{1,6})?|1(\.0{1,6})?", "0.96")]
FractionShare = Annotated[str, Written(r"0|1|[1-9]\d{0,3}/[1-9]\d{0,3}", "1/2")]
