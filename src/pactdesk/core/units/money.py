"""Booked money: whole fen and a currency. Between bookings, values are exact fractions of yuan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering

from pactdesk.core.units.errors import PactError
from pactdesk.core.units.exact import decimal_text
from pactdesk.core.units.rounding import TO_THE_FEN, Rounding


class CurrencyMismatch(PactError):
    """Two amounts of different currencies were added or compared (`one`, `other`)."""


class AmountUnreadable(PactError):
    """`text` is not a decimal amount such as "1203.40"."""


class FenNotWhole(PactError):
    """`amount` of `currency` has parts smaller than a fen; round it first, as the contract says."""


_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?\Z")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount that stands on a statement.

    >>> Money.of("1203.40") - Money.of("3.40")
    Money('1200.00', 'CNY')
    """

    fen: int
    currency: str = "CNY"

    @classmethod
    def of(cls, yuan: str | Decimal, currency: str = "CNY") -> Money:
        """Money from a decimal text such as "1203.40"; refuses parts of a fen."""
        if isinstance(yuan, str) and not _DECIMAL.match(yuan):
            raise AmountUnreadable(text=yuan)
        return cls.exactly(Fraction(yuan), currency)

    @classmethod
    def booked(
        cls, yuan: Fraction, rounding: Rounding = TO_THE_FEN, currency: str = "CNY"
    ) -> Money:
        """The exact value `yuan`, rounded once by the contract's rule.

        raises  FenNotWhole when the rule leaves parts of a fen
        """
        return cls.exactly(rounding(yuan), currency)

    @classmethod
    def exactly(cls, yuan: Fraction, currency: str = "CNY") -> Money:
        """The value `yuan`, which is whole fen; FenNotWhole when it is not."""
        fen = yuan * 100
        if fen.denominator != 1:
            raise FenNotWhole(amount=decimal_text(yuan), currency=currency)
        return cls(fen.numerator, currency)

    @property
    def yuan(self) -> Fraction:
        """The same amount as an exact fraction of yuan."""
        return Fraction(self.fen, 100)

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + self._same_currency(other).fen, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - self._same_currency(other).fen, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.fen, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.fen < self._same_currency(other).fen

    def __str__(self) -> str:
        """The amount with thousands separators: "-1,203.40"."""
        sign = "-" if self.fen < 0 else ""
        return f"{sign}{abs(self.fen) // 100:,}.{abs(self.fen) % 100:02d}"

    def __repr__(self) -> str:
        return f"Money('{str(self).replace(',', '')}', '{self.currency}')"

    def _same_currency(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise CurrencyMismatch(one=repr(self), other=repr(other))
        return other


def total(amounts: Iterable[Money], currency: str = "CNY") -> Money:
    """The sum; of nothing, zero."""
    return sum(amounts, start=Money(0, currency))
