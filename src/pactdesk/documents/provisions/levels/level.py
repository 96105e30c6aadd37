"""One service level in the words of the reading summary."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Level:
    """One level in the words of the reading summary; `share` of the contacts must meet it."""

    metric: str
    comparator: str
    threshold: Decimal | None
    unit: str
    share: Decimal | None = None
    scope: str | None = None
