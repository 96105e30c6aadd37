"""Statements: the list, one with everything behind it, and its plots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from pactdesk.apps.statements.models import Statement
from pactdesk.apps.statements.papers import excess_of
from pactdesk.apps.statements.queries import statement_of, statements_visible_to, terms_behind
from pactdesk.apps.statements.values import period_of, to_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.calendars.china import load_china
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.values import fen_text, month_text
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import for_readers
from pactdesk.web.portal.affairs import affair_of, awaited_of
from pactdesk.web.portal.betweens import between_of
from pactdesk.web.portal.forms import AnswerForm
from pactdesk.web.portal.issuable import months_to_issue
from pactdesk.web.portal.levels import LinkOf, times_of
from pactdesk.web.portal.plots import plot_of
from pactdesk.web.portal.rechecks import recheck_of
from pactdesk.web.portal.said import say
from pactdesk.web.portal.sheets import sheet_of
from pactdesk.web.ui.words import page_language


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement in the list."""

    statement: Statement
    month: str
    total: str
    awaited: str


@for_readers
def statements(request: PersonRequest) -> HttpResponse:
    """All of the visitor's contracts, the newest month first; what could be issued."""
    rows = [_row(request.scope, one) for one in statements_visible_to(request.scope)]
    to_issue = months_to_issue(request.scope, timezone.now())
    done = say(f"done.{request.GET['done']}") if request.GET.get("done") in _DONE else ""
    shown = {"rows": rows, "to_issue": to_issue, "done": done}
    return render(request, "portal/statements.html", shown)


@for_readers
def statement(request: PersonRequest, statement: UUID) -> HttpResponse:
    """One statement."""
    return statement_page(request, statement)


def statement_page(
    request: PersonRequest, statement: UUID, *, answered: AnswerForm | None = None
) -> HttpResponse:
    """The page of a statement; `answered` is an answer that came back wrong."""
    scope = request.scope
    found = statement_of(scope, statement)
    plain, terms = to_plain(found), terms_behind(scope, found)
    recheck, is_demo = recheck_of(found, plain)
    sheet = sheet_of(
        plain,
        terms,
        recheck=recheck,
        calendar=load_china(),
        link_of=link_behind(found.contract_id, found.period),
        demo=is_demo,
        times=times_of(scope, found.contract_id, found.period, plain),
        excess=excess_of(scope, found, plain),
    )
    shown: dict[str, Any] = {
        "statement": found,
        "contract": found.contract,
        "sheet": sheet,
        **between_of(scope, found, plain, held_in(terms, found.period)),
        "affair": affair_of(scope, found, plain, terms, now=timezone.now(), answered=answered),
        "recheck": recheck,
        "figures": f"{reverse('portal:statement', args=[found.pk])}levels/",
        "trail": trail_to_statements(),
        "done": say(f"done.{request.GET['done']}") if request.GET.get("done") in _DONE else "",
    }
    return render(request, "portal/statement.html", shown, status=422 if answered else 200)


@require_GET
@for_readers
def statement_plot(request: PersonRequest, statement: UUID, clause: str) -> HttpResponse:
    """A level of the statement day by day, as SVG."""
    found = statement_of(request.scope, statement)
    terms: CoreContract = terms_behind(request.scope, found)
    return plot_of(request, to_plain(found), terms, period_of(found), clause)


def link_behind(contract: UUID, period: str) -> LinkOf:
    """Level's clause id → the interactions behind it in that month."""
    return lambda clause: (
        reverse("portal:interactions", args=[contract, clause]) + f"?month={period}"
    )


def trail_to_statements() -> tuple[tuple[str, str], ...]:
    """The way up from a statement."""
    return ((say("statements.title"), reverse("portal:statements")),)


_DONE = frozenset({"confirmed", "objected", "answered", "withdrawn", "issued"})


def _row(scope: Scope, one: Statement) -> StatementRow:
    month = month_text(one.period, page_language())
    return StatementRow(one, month, fen_text(one.total_fen), awaited_of(scope, one))
