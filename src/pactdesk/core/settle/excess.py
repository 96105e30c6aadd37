"""Penalties against evidenced losses: what a court may lower (酌减).

Source: 民法典 585; 合同编通则解释 65: more than 30 % above the loss is generally excessive. It is
said, and nothing is changed: only the party that owes it may ask a court.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pactdesk.core.facts.fact import RecordedFact, as_happened
from pactdesk.core.facts.families.money import LossShown
from pactdesk.core.facts.names import FactKind, Party
from pactdesk.core.settle.statement import Statement
from pactdesk.core.units.instants import day_start, zone_named
from pactdesk.core.units.periods import Period

EXCESSIVE = Fraction(130, 100)
_PENALTIES = ("breach_penalty", "delay_penalty", "late_fee")

AGREED_SUMS = ("dispute/", "remedy/")
"""How claims begin that are sums which both agreed on: they evidence no loss."""


@dataclass(frozen=True, slots=True)
class Excess:
    """`party` owes `penalties_fen` of penalties; the other party evidenced `loss_fen` of loss."""

    party: Party
    penalties_fen: int
    loss_fen: int


def penalties_over_loss(
    statement: Statement, facts: Iterable[RecordedFact], zone: str
) -> tuple[Excess, ...]:
    """Where the penalties of the statement are above 130 % of the loss that was evidenced for them.

    Only losses that somebody put a figure to: without one, nothing is known to be excessive.
    facts  all that count; losses until the end of the period are looked at, each claim once
    """
    billed = [(line.kind, line.amount.fen) for line in statement.lines]
    return over_loss(billed, statement.period, facts, zone)


def owes_penalties(billed: Iterable[tuple[str, int]]) -> bool:
    """Whether any line bills a penalty, so that losses need be looked at."""
    return any(kind in _PENALTIES and fen for kind, fen in billed)


def over_loss(
    billed: Iterable[tuple[str, int]], period: Period, facts: Iterable[RecordedFact], zone: str
) -> tuple[Excess, ...]:
    """As `penalties_over_loss`, of a statement that is stored.

    billed  (kind, fen) of its lines
    """
    penalties = [(kind, fen) for kind, fen in billed if kind in _PENALTIES]
    end = day_start(period.end, zone_named(zone))
    lost = dict.fromkeys(Party, 0)
    claims: set[str] = set()
    for each in as_happened(facts, FactKind.LOSS):
        told = each.fact.detail
        if isinstance(told, LossShown) and each.fact.occurred_at < end:
            if told.claim not in claims and not told.claim.startswith(AGREED_SUMS):
                lost[told.by] += told.evidenced_fen
            claims.add(told.claim)
    found = []
    for party, other in ((Party.PROVIDER, Party.CLIENT), (Party.CLIENT, Party.PROVIDER)):
        sign = -1 if party is Party.PROVIDER else 1
        owed = sum(sign * fen for _, fen in penalties if sign * fen > 0)
        if lost[other] and owed > EXCESSIVE * lost[other]:
            found.append(Excess(party, owed, lost[other]))
    return tuple(found)
