"""Evaluations as the contract's page lists them: given, due, late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from pactdesk.apps.contracts.errors import TermsNotYet
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.quality.errors import EvaluationTooEarly
from pactdesk.apps.quality.evaluating import Asked, asked
from pactdesk.apps.quality.hands import EVALUATING, may
from pactdesk.apps.quality.models import Evaluation
from pactdesk.apps.quality.queries import evaluations_of
from pactdesk.apps.quality.values import given
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.names import Party
from pactdesk.core.terms.base import BlankLeft
from pactdesk.core.units.periods import Period, add_months
from pactdesk.documents.explain.values import month_text
from pactdesk.web.quality.said import say
from pactdesk.web.ui.words import page_language

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One cycle.

    tone, state  how it stands; url leads to the form or to what was said
    """

    period: str
    url: str
    points: str
    state: str
    tone: str
    due: str
    may_give: bool


def period_name(wanted: Asked) -> str:
    """The month, or the months of a longer cycle."""
    first, last = f"{wanted.days.start:%Y-%m}", wanted.period
    if first == last:
        return month_text(last, page_language())
    return say("evaluation.cycle", first=first, last=last)


def due_text(wanted: Asked) -> str:
    """By when; whether the contract says so."""
    if wanted.due is None:
        return say("evaluation.due_unknown")
    key = "due_named" if wanted.is_named else "due_default"
    return say(f"evaluation.{key}", day=wanted.due.isoformat())


def evaluations_shown(scope: Scope, contract: Contract, today: date) -> list[EvaluationRow]:
    """The last finished cycles, the newest first."""
    known = {each.period: each for each in evaluations_of(scope, contract.pk)}
    may_give = may(scope, contract, Party.CLIENT, EVALUATING)
    rows: list[EvaluationRow] = []
    month = add_months(today.replace(day=1), -1)
    while len(rows) < _SHOWN and month >= (contract.starts_on or month).replace(day=1):
        wanted = _asked(scope, contract, f"{month:%Y-%m}")
        if wanted is not None:
            rows.append(_row(contract, wanted, known.get(wanted.period), today, may_give))
        if contract.starts_on is None:
            break
        month = add_months(month, -1)
    return rows


def _asked(scope: Scope, contract: Contract, period: str) -> Asked | None:
    try:
        return asked(terms_of(scope, contract.pk, Period.month(period).last_day), period)
    except (TermsNotYet, EvaluationTooEarly, BlankLeft):
        return None


def _row(
    contract: Contract, wanted: Asked, known: Evaluation | None, today: date, may_give: bool
) -> EvaluationRow:
    points = ""
    if known is not None:
        form = given(known)
        points = f"{form.total} / {form.of}"
        state, tone = ("answered", "good") if known.answered_at else ("given", "info")
    elif wanted.clause is None:
        state, tone = "free", ""
    elif wanted.due is not None and today > wanted.due:
        state, tone = "late", "bad"
    else:
        state, tone = "open", "warn"
    return EvaluationRow(
        period=period_name(wanted),
        url=reverse("quality:evaluation", args=[contract.pk, wanted.period]),
        points=points,
        state=say(f"evaluation.state.{state}"),
        tone=tone,
        due=due_text(wanted) if known is None else "",
        may_give=may_give and known is None,
    )
