"""One amount that a fee is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FeeAmount:
    """One amount: `item` says what it is, `unit` what it is counted in."""

    item: str
    value: Decimal
    unit: str
