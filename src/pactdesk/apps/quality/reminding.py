"""Reminding the client of an evaluation that the contract asks for, two days before its last."""

from __future__ import annotations

from datetime import date, timedelta

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.errors import TermsNotYet
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.quality.errors import EvaluationTooEarly
from pactdesk.apps.quality.evaluating import asked
from pactdesk.apps.quality.models import Evaluation, Reminder
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.terms.base import BlankLeft
from pactdesk.core.units.periods import Period, add_months

REMIND = "quality.remind_evaluation"
BEFORE = timedelta(days=2)
_LOOKED_AT = 2
"""Months that ended last: of older ones a reminder says nothing new."""


def remind_due(scope: Scope, contract: Contract, today: date) -> int:
    """Leave an errand for every evaluation that presses; each once. How many were left."""
    left = 0
    for back in range(1, _LOOKED_AT + 1):
        month = Period.month(f"{add_months(today.replace(day=1), -back):%Y-%m}")
        due = _pressing(scope, contract, month, today)
        if due is not None:
            left += _left(scope, contract, str(month), due)
    return left


def _pressing(scope: Scope, contract: Contract, month: Period, today: date) -> date | None:
    try:
        wanted = asked(terms_of(scope, contract.pk, month.last_day), str(month))
    except (TermsNotYet, EvaluationTooEarly, BlankLeft):
        return None
    if wanted.clause is None or wanted.due is None or today < wanted.due - BEFORE:
        return None
    return wanted.due


def _left(scope: Scope, contract: Contract, period: str, due: date) -> bool:
    of_it = {"contract": contract, "period": period}
    if Evaluation.objects.filter(**of_it).exists() or Reminder.objects.filter(**of_it).exists():
        return False
    Reminder(**of_it).save(force_insert=True)
    payload = {"period": period, "due": due.isoformat(), "to": Party.CLIENT.value}
    leave_errand(scope, REMIND, payload, contract=contract.pk)
    record(scope, "quality.remind_evaluation", contract=contract.pk, details={"period": period})
    return True
