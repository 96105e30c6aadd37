"""解除: whether and how the contract ended early in the period through the provider."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.kinds import Payment
from pactdesk.core.facts.names import ContractEvent, FactKind, Party
from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.units.instants import local_day, zone_named


def ended_on(counting: Counting, party: str) -> date | None:
    """The last day of a contract that the party's act or fault ended in this period.

    The first `terminated` fact before the period's end counts, and only in the period in which it
    happened; its `until`, or else its own local day.
    """
    for each in as_happened(counting.facts, FactKind.CONTRACT):
        told = each.fact.detail
        if each.fact.occurred_at >= counting.end:
            break
        if isinstance(told, ContractStep) and told.event is ContractEvent.TERMINATED:
            if told.by != Party(party) or each.fact.occurred_at < counting.start:
                return None
            if told.until is not None:
                return date.fromisoformat(told.until)
            return local_day(each.fact.occurred_at, zone_named(counting.contract.zone))
    return None


def paid(counting: Counting) -> Fraction:
    """`paid`: Σ of all payments before the period's end, in yuan."""
    fen = 0
    for each in as_happened(counting.facts, FactKind.PAYMENT):
        told = each.fact.detail
        if isinstance(told, Payment) and each.fact.occurred_at < counting.end:
            fen += told.amount_fen
    return Fraction(fen, 100)


def days_left(counting: Counting, party: str) -> Fraction:
    """`days_left|party`: days of the term after the last day; 0 when it did not end so."""
    last = ended_on(counting, party)
    term = counting.contract.one(TermPeriod)
    end = agreed(term.end, f"{term.id}.end")
    return Fraction(max(0, (end - last).days)) if last else Fraction(0)


def days_of_term(counting: Counting) -> Fraction:
    """`days_of_term`: all days of the term, both ends included."""
    term = counting.contract.one(TermPeriod)
    start, end = agreed(term.start, f"{term.id}.start"), agreed(term.end, f"{term.id}.end")
    return Fraction((end - start).days + 1)
