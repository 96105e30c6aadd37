"""How numbers, durations and amounts are written on a page; each has one form everywhere."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from django.utils.translation import get_language

from pactdesk.core.units.money import Money
from pactdesk.core.units.ratio import Ratio
from pactdesk.messages.catalogue import Language

_MINUS = "\N{MINUS SIGN}"


def page_language() -> Language:
    """The language of the page being made: Chinese unless English was chosen."""
    return "en" if (get_language() or "").lower().startswith("en") else "zh"


def amount_text(amount: Money) -> str:
    """An amount with thousands separators and a real minus sign, which is as wide as a digit.

    >>> amount_text(Money.of("-1203.40")) == "\\N{MINUS SIGN}1,203.40"
    True
    """
    return str(amount).replace("-", _MINUS)


def percent_text(ratio: Ratio) -> str:
    """A ratio in per cent, cut after two decimals.

    Cut, not rounded: 89.996 % against a target of 90 % is missed and must not read "90.00%".

    >>> percent_text(Ratio(89_996, 100_000)), percent_text(Ratio(9, 10))
    ('89.99%', '90.00%')
    """
    return f"{bar_length(ratio)}%"


def bar_length(ratio: Ratio) -> Decimal:
    """The same figure as a length on a bar of 100."""
    hundredths = 10_000 * ratio.value.numerator // ratio.value.denominator
    return (Decimal(hundredths) / 100).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)


def duration_text(milliseconds: int) -> str:
    """A duration as on a clock's face; begun seconds of a countdown still show.

    >>> duration_text(272_000), duration_text(7_384_001), duration_text(0)
    ('04:32', '2:03:05', '00:00')
    """
    seconds = -(-max(milliseconds, 0) // 1000)
    hours, rest = divmod(seconds, 3600)
    face = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{face}" if hours else face
