"""费用报销: what the client approved of the agreed categories (seed A 额外费用). No fee."""

from __future__ import annotations

from pactdesk.core.settle.context import Settling
from pactdesk.core.settle.trace import Node, Op, Unit, calculated, constant, term
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.expenses import ExpenseCategory, Expenses
from pactdesk.core.units.errors import PactError


class ExpenseCategoryTwice(PactError):
    """Clause `clause` names the category `category` twice; its expenses would be paid twice."""


def exact(clause: Expenses, settling: Settling) -> Node:
    """Zero or positive: Σ over the categories, each at most its cap of the month.

    raises  ExpenseCategoryTwice, BlankLeft
    """
    categories = agreed(clause.reimbursed, f"{clause.id}.reimbursed")
    names = [each.category for each in categories]
    for name in names:
        if names.count(name) > 1:
            raise ExpenseCategoryTwice(clause=clause.id, category=name)
    amounts = [_of_category(clause, n, each, settling) for n, each in enumerate(categories)]
    owed = [each for each in amounts if each.value > 0]
    if not owed:
        return constant(0, Unit.YUAN, label="no_expense")
    if len(owed) == 1:
        return owed[0]
    return calculated(Op.ADD, *owed, unit=Unit.YUAN, label="expenses")


def _of_category(
    clause: Expenses, index: int, category: ExpenseCategory, settling: Settling
) -> Node:
    approved = settling.counted("expenses", clause.id, category.category, unit=Unit.YUAN)
    if category.cap_per_month is None:
        return approved
    path = f"{clause.id}.reimbursed.{index}.cap_per_month"
    most = settling.prorated(term(settling.contract, path, Unit.YUAN))
    return calculated(Op.MINIMUM, approved, most, unit=Unit.YUAN, label="capped")
