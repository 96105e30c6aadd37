"""How much of the fees is tax, where their prices hold it: for the invoice, not for the sum."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pactdesk.core.settle.fees.vat import rate_inside
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.money import Money
from pactdesk.core.units.rounding import TO_THE_FEN
from pactdesk.documents.explain.held import held
from pactdesk.documents.explain.values import Plain, money_text, percent_text
from pactdesk.messages.catalogue import Language, text


def tax_notes(statement: Plain, contract: Contract, language: Language) -> list[str]:
    """One sentence for each rate: the fees with it, of which tax, of which not."""
    return [
        text(
            "statement",
            "lines.tax",
            language,
            fees=money_text(fen, language),
            rate=percent_text(Fraction(rate)),
            tax=money_text(tax, language),
            net=money_text(fen - tax, language),
        )
        for rate, fen in _fees_by_rate(statement, contract).items()
        if (tax := tax_inside(fen, rate))
    ]


def tax_inside(fen: int, rate: Decimal) -> int:
    """What of a price is tax, in fen: price × rate ÷ (1 + rate), rounded half up.

    >>> tax_inside(10_600, Decimal("0.06")), tax_inside(10_000, Decimal("0.06"))
    (600, 566)
    """
    share = Fraction(rate) / (1 + Fraction(rate))
    return Money.exactly(TO_THE_FEN(Fraction(fen, 100) * share)).fen


def _fees_by_rate(statement: Plain, contract: Contract) -> dict[Decimal, int]:
    """By the terms that held in the days of each line."""
    found: dict[Decimal, int] = {}
    for line in statement["lines"]:
        if line["kind"].startswith("fee_"):
            rate = rate_inside(held(contract, statement, line).clause(line["clause"]))
            if rate is not None:
                found[rate] = found.get(rate, 0) + line["amount_fen"]
    return found
