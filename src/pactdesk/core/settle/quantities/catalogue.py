"""The closed list of quantities by the name that a trace's `counted` leaf gives.

A new quantity is a file here, a row of the page `docs/reference/recheck.md`, and a function of
the independent verifier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from pactdesk.core.settle.quantities import days, usage

QUANTITIES: Mapping[str, Callable[..., Fraction]] = {
    "days": days.counted,
    "days_of_month": days.of_month,
    "usage": usage.counted,
}
