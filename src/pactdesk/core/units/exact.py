"""Exact values as text, so that a trace can be replayed without floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

MILLISECONDS_PER_HOUR = 3_600_000


def exact_text(value: Fraction | Decimal | int) -> str:
    """The value as "n/d" in lowest terms, or "n" when whole.

    >>> exact_text(Fraction(6, 4)), exact_text(7)
    ('3/2', '7')
    """
    return str(Fraction(value))


def exact_value(text: str) -> Fraction:
    """The inverse of `exact_text`; reads "3/2", "7" and "0.0005".

    >>> exact_value("0.0005")
    Fraction(1, 2000)
    """
    return Fraction(text)


def decimal_text(value: Fraction, places: int = 6) -> str:
    """For people: exact when the value ends within `places` decimals, else cut with "…".

    Never rounded up: 8495/10000 is shown as 0.8495, and 2/3 as 0.666666….

    >>> decimal_text(Fraction(1203, 10)), decimal_text(Fraction(2, 3), 4)
    ('120.3', '0.6666…')
    """
    scaled = abs(value) * 10**places
    whole, part = divmod(scaled.numerator, scaled.denominator)
    head, tail = divmod(whole, 10**places)
    sign = "-" if value < 0 else ""
    decimals = f"{tail:0{places}d}" if places else ""
    if part:
        return f"{sign}{head:,}.{decimals}…"
    decimals = decimals.rstrip("0")
    return f"{sign}{head:,}.{decimals}" if decimals else f"{sign}{head:,}"
