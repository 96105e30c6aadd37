"""费用报销: approved expenses of a category (`expenses|clause|category`, yuan)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.families.money import ExpenseTold
from pactdesk.core.facts.names import ExpenseEvent, FactKind
from pactdesk.core.settle.counting import Counting
from pactdesk.core.terms.base import agreed, fraction
from pactdesk.core.terms.clauses.expenses import Expenses


def counted(counting: Counting, clause_id: str, category: str) -> Fraction:
    """Σ of what was approved in the period, each expense at most `cap_per_item`."""
    clause = counting.contract.clause(clause_id)
    assert isinstance(clause, Expenses)  # noqa: S101 - its own line asks
    terms = agreed(clause.reimbursed, f"{clause_id}.reimbursed")
    index = next(n for n, each in enumerate(terms) if each.category == category)
    cap = terms[index].cap_per_item
    needs_receipt = agreed(clause.needs_receipt, f"{clause_id}.needs_receipt")
    total = Fraction(0)
    for told in _approved(counting, needs_receipt=needs_receipt):
        if told.category == category:
            yuan = Fraction(told.amount_fen, 100)
            path = f"{clause_id}.reimbursed.{index}.cap_per_item"
            total += yuan if cap is None else min(yuan, fraction(cap, path))
    return total


def _approved(counting: Counting, *, needs_receipt: bool) -> Iterator[ExpenseTold]:
    """The first approval of each expense, where it lies in the period.

    A receipt may stand in the approval, or in an earlier fact of the same expense.
    """
    seen: set[str] = set()
    with_receipt: set[str] = set()
    for each in as_happened(counting.facts, FactKind.EXPENSE):
        told = each.fact.detail
        if each.fact.occurred_at >= counting.end:
            break
        if not isinstance(told, ExpenseTold) or told.expense in seen:
            continue
        if told.receipt is not None:
            with_receipt.add(told.expense)
        if told.event is not ExpenseEvent.APPROVED:
            continue
        if needs_receipt and told.expense not in with_receipt:
            continue
        seen.add(told.expense)
        if each.fact.occurred_at >= counting.start:
            yield told
