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

EXCESSIVE = Fraction(130, 100)
_PENALTIES = ("breach_penalty", "delay_penalty", "late_fee")


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
    end = day_start(statement.period.end, zone_named(zone))
    lost = dict.fromkeys(Party, 0)
    claims: set[str] = set()
    for each in as_happened(facts, FactKind.LOSS):
        told = each.fact.detail
        if isinstance(told, LossShown) and each.fact.occurred_at < end:
            if told.claim not in claims:
                lost[told.by] += told.evidenced_fen
            claims.add(told.claim)
    found = []
    for party, other in ((Party.PROVIDER, Party.CLIENT), (Party.CLIENT, Party.PROVIDER)):
        sign = -1 if party is Party.PROVIDER else 1
        owed = sum(
            sign * line.amount.fen
            for line in statement.lines
            if line.kind in _PENALTIES and sign * line.amount.fen > 0
        )
        if lost[other] and owed > EXCESSIVE * lost[other]:
            found.append(Excess(party, owed, lost[other]))
    return tuple(found)
