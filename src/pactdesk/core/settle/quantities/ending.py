"""解除: whether and how the contract ended early in the period through the provider."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.life import ContractStep
from pactdesk.core.facts.kinds import Payment, StatementMade
from pactdesk.core.facts.names import ContractEvent, FactKind, Party
from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.units.instants import local_day, zone_named

OF_FEES = frozenset(
    {
        "fee_fixed",
        "fee_headcount_hours",
        "fee_per_unit",
        "fee_lump_sum",
        "fee_milestones",
        "fee_hourly",
        "fee_commission",
        "fee_base_performance",
        "fee_seats",
        "fee_surcharge",
        "deduction",
        "deduction_event",
        "deduction_unserved",
        "deduction_overlap",
        "deduction_cap",
        "score_sheet",
        "bonus",
        "reward",
        "wage_deduction",
        "conventions",
    }
)
"""Kinds of clauses whose lines make the fee that is paid in the end.

Adjustments of issued months are booked under the conventions.
"""


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


def fees_paid(counting: Counting) -> Fraction:
    """`fees_paid`: what was paid of fees before the period's end, in yuan.

    Of each statement: its payments, less what it asks for beside its fees, which they settle first
    (民法典 561: costs and interest before the debt); at most its fees. Fees are what the clauses
    that name one come to, with their tax, their deductions and their rewards. A statement that did
    not tell its amounts, and a payment for none that was issued, count whole.
    """
    paid: dict[str, int] = {}
    booked: dict[str, Mapping[str, int]] = {}
    for each in as_happened(counting.facts, FactKind.PAYMENT, FactKind.STATEMENT_MADE):
        told = each.fact.detail
        if each.fact.occurred_at >= counting.end:
            break
        if isinstance(told, Payment):
            paid[told.statement] = paid.get(told.statement, 0) + told.amount_fen
        elif isinstance(told, StatementMade):
            booked.setdefault(told.statement, told.booked)
    kinds = _kinds(counting)
    fen = sum(_of_fees(fen, booked.get(name), kinds) for name, fen in paid.items())
    return Fraction(fen, 100)


def _of_fees(paid: int, booked: Mapping[str, int] | None, kinds: Mapping[str, str]) -> int:
    if booked is None:
        return paid
    of_fees = sum(fen for clause, fen in booked.items() if kinds.get(clause, "") in OF_FEES)
    beside = sum(fen for clause, fen in booked.items()) - of_fees
    return max(0, min(paid - max(0, beside), of_fees))


def _kinds(counting: Counting) -> dict[str, str]:
    """Clause id → kind, of all that ever were in the contract: what was billed stays."""
    signed = counting.signed or counting.contract
    added = (change.to for each in signed.amendments for change in each.changes)
    every = (*signed.clauses, *(each for each in added if each is not None))
    return {each.id: str(each.kind) for each in every}


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
