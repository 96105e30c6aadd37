"""Paid orders and what was taken back of them (docs/reference/lines/fee_commission.md)."""

from datetime import date

from pactverify.canonical import LARGEST


class Sale:
    """One payment of an order, and what refunds took back of it."""

    def __init__(self, at: int, day: date, order: str, fen: int) -> None:
        self.at, self.day, self.order, self.fen = at, day, order, fen
        self.refunds: list[tuple[int, int]] = []

    def taken(self, since: int, until: int = LARGEST) -> int:
        """Fen taken back of it in [since, until)."""
        return sum(fen for at, fen in self.refunds if since <= at < until)
