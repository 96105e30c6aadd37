"""How much of the fees is tax, where their prices hold it: for the invoice, not for the sum."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pactdesk.core.settle.fees.vat import rate_inside
from pactdesk.core.units.money import Money
from pactdesk.core.units.rounding import TO_THE_FEN
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, money_text, percent_text
from pactdesk.messages.catalogue import text


def tax_notes(statement: Plain, names: Names) -> list[str]:
    """One sentence for each rate: the fees with it, of which tax, of which not."""
    return [
        text(
            "statement",
            "lines.tax",
            names.language,
            fees=money_text(fen, names.language),
            rate=percent_text(Fraction(rate)),
            tax=money_text(tax, names.language),
            net=money_text(fen - tax, names.language),
        )
        for rate, fen in _fees_by_rate(statement, names).items()
        if (tax := tax_inside(fen, rate))
    ]


def tax_inside(fen: int, rate: Decimal) -> int:
    """What of a price is tax, in fen: price × rate ÷ (1 + rate), rounded half up.

    >>> tax_inside(10_600, Decimal("0.06")), tax_inside(10_000, Decimal("0.06"))
    (600, 566)
    """
    share = Fraction(rate) / (1 + Fraction(rate))
    return Money.exactly(TO_THE_FEN(Fraction(fen, 100) * share)).fen


def _fees_by_rate(statement: Plain, names: Names) -> dict[Decimal, int]:
    rates = {each.id: rate_inside(each) for each in names.contract.clauses}
    found: dict[Decimal, int] = {}
    for line in statement["lines"]:
        rate = rates.get(line["clause"])
        if rate is not None and line["kind"].startswith("fee_"):
            found[rate] = found.get(rate, 0) + line["amount_fen"]
    return found
