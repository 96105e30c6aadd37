"""Levels of a month, and the interactions behind each."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from pactdesk.apps.contracts.errors import TermsNotYet
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.statements.behind import Behind, interactions_behind
from pactdesk.apps.statements.queries import statement_for
from pactdesk.apps.statements.standing import standing_of
from pactdesk.apps.statements.values import to_plain
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.measure.listing import Place
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract as CoreContract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import zone_named
from pactdesk.core.units.periods import Period, add_months
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.level import LevelUnknown
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, month_text
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import contract_read_by, for_readers
from pactdesk.web.portal.files import attachment
from pactdesk.web.portal.interactions import (
    SORTS,
    csv_bytes,
    filters_of,
    in_order,
    query_of,
    row_of,
)
from pactdesk.web.portal.levels import Times, level_clause, levels_shown, times_of
from pactdesk.web.portal.plots import plot_of
from pactdesk.web.portal.quotas import quotas_of
from pactdesk.web.portal.said import local, say
from pactdesk.web.portal.standings import as_of_text, risk_of
from pactdesk.web.portal.tabs import tabs_of, trail
from pactdesk.web.portal.views_statements import link_behind
from pactdesk.web.ui.words import page_language

_ON_PAGE = 50
_ALL = 10**9
_MONTHS_BACK = 12


class NothingBehind(PactError):
    """The level `clause` counts time, not interactions."""


class PeriodUnreadable(PactError):
    """`period` is no month."""


@for_readers
def levels(request: PersonRequest, contract: UUID) -> HttpResponse:
    """The month so far, or an earlier one as its statement tells it."""
    scope = request.scope
    found = contract_read_by(scope, contract)
    period = _period(request, found)
    shown: dict[str, Any] = {
        "contract": found,
        "tabs": tabs_of(found, "levels", request.scope),
        "trail": trail(),
        "period": str(period),
        "months": _months(found),
        **_month(scope, found, period),
    }
    return render(request, "portal/levels.html", shown)


@require_GET
@for_readers
def level_plot(request: PersonRequest, contract: UUID, clause: str) -> HttpResponse:
    """A level of the month so far, day by day, as SVG."""
    found = contract_read_by(request.scope, contract)
    period = _period(request, found)
    plain = standing_of(request.scope, contract, period.start).plain
    terms = _terms(request.scope, found, period)
    return plot_of(request, plain, terms, period, clause)


@for_readers
def interactions(request: PersonRequest, contract: UUID, clause: str) -> HttpResponse:
    """The interactions that a level counted, left out or carried; sorted, filtered, in pages."""
    scope = request.scope
    found = contract_read_by(scope, contract)
    period, place, sort = _period(request, found), _place(request), _sort(request)
    terms, level = _level(scope, found, period, clause)
    behind = _behind(scope, contract, period, clause, place)
    names, zone = Names(terms, page_language()), zone_named(found.zone)
    page = Paginator(in_order(behind.items, sort), _ON_PAGE).get_page(request.GET.get("page"))
    filters = filters_of(behind.places, place, str(period), sort)
    month = month_text(str(period), page_language())
    query = query_of(place, str(period), sort)
    rows = [row_of(each, level, names, zone) for each in page.object_list]
    shown = {
        "contract": found,
        "level": names.level(clause),
        "clause": names.clause_number(clause),
        "month": month,
        "limit": names.duration(level.within),
        "caption": say("interactions.caption", level=names.level(clause), month=month),
        "filters": filters,
        "page": page,
        "rows": rows,
        "explains": any(row.why for row in rows),
        "sort": sort,
        "query": query,
        "sort_taken": query_of(place, str(period), "taken"),
        "sort_opened": query_of(place, str(period), "opened"),
        "csv_url": reverse("portal:interactions_csv", args=[contract, clause]) + f"?{query}",
        "trail": (
            *trail(),
            (found.title, reverse("portal:contract", args=[contract])),
            (say("levels.title"), f"{reverse('portal:levels', args=[contract])}?month={period}"),
        ),
    }
    return render(request, "portal/interactions.html", shown)


@for_readers
def interactions_csv(request: PersonRequest, contract: UUID, clause: str) -> HttpResponse:
    """The same table for a spreadsheet, whole."""
    scope = request.scope
    found = contract_read_by(scope, contract)
    period = _period(request, found)
    terms, level = _level(scope, found, period, clause)
    items = in_order(
        _behind(scope, contract, period, clause, _place(request)).items, _sort(request)
    )
    names, zone = Names(terms, page_language()), zone_named(found.zone)
    content = csv_bytes(items, level, names, zone)
    name = f"{found.code}-{clause}-{period}.csv"
    return attachment(content, name, "text/csv; charset=utf-8")


def _month(scope: Scope, contract: Contract, period: Period) -> dict[str, Any]:
    """What the page says of a month: issued months as issued, others as they stand."""
    month = month_text(str(period), page_language())
    statement = statement_for(scope, contract.pk, str(period))
    link_of = link_behind(contract.pk, str(period))
    try:
        terms = _terms(scope, contract, period)
    except TermsNotYet:
        return {"heading": say("levels.of_month", month=month), "levels": ()}

    def _times(told: Plain) -> Times:
        return times_of(scope, contract.pk, str(period), told)

    if statement is not None:
        issued = to_plain(statement)
        return {
            "heading": say("levels.of_month", month=month),
            "source": say("levels.of_statement"),
            "statement": statement,
            "levels": levels_shown(issued, terms, link_of, _times(issued)),
            "figures": f"{reverse('portal:statement', args=[statement.pk])}levels/",
        }
    standing = standing_of(scope, contract.pk, period.start)
    plain: Plain = {"statement": str(period), **standing.plain}
    return {
        "heading": say("levels.so_far", month=month),
        "source": say("levels.as_of", at=as_of_text(standing, contract)),
        "levels": levels_shown(plain, terms, link_of, _times(plain)),
        "risk": risk_of(standing, terms),
        "quotas": quotas_of(standing, terms),
        "figures": reverse("portal:levels", args=[contract.pk]),
    }


def _behind(
    scope: Scope, contract: UUID, period: Period, clause: str, place: Place | None
) -> Behind:
    return interactions_behind(scope, contract, str(period), clause, place=place, limit=_ALL)


def _level(
    scope: Scope, contract: Contract, period: Period, clause: str
) -> tuple[CoreContract, ServiceLevel]:
    """The terms and the level's clause; raises LevelUnknown, NothingBehind."""
    terms = _terms(scope, contract, period)
    level = level_clause(terms, clause)
    if level is None:
        known = ", ".join(each.id for each in terms.of_kind(ServiceLevel))
        raise LevelUnknown(statement=str(period), clause=clause, known=known)
    if level.metric is Metric.AVAILABILITY:
        raise NothingBehind(clause=clause)
    return terms, level


def _terms(scope: Scope, contract: Contract, period: Period) -> CoreContract:
    return held_in(terms_of(scope, contract.pk, period.last_day), str(period))


def _period(request: PersonRequest, contract: Contract) -> Period:
    """`?month=2026-10`, else this month; raises PeriodUnreadable."""
    asked = request.GET.get("month")
    if asked is None:
        return Period.month(f"{_today(contract):%Y-%m}")
    try:
        return Period.month(asked)
    except PactError:
        raise PeriodUnreadable(period=asked[:20]) from None


def _place(request: PersonRequest) -> Place | None:
    asked = request.GET.get("place")
    return Place(asked) if asked in set(Place) else None


def _sort(request: PersonRequest) -> str:
    asked = request.GET.get("sort", SORTS[0])
    return asked if asked in SORTS else SORTS[0]


def _months(contract: Contract) -> list[tuple[str, str]]:
    """This month and those before it, as far as the contract reaches."""
    first = _today(contract).replace(day=1)
    months = [add_months(first, -back) for back in range(_MONTHS_BACK)]
    start = contract.starts_on
    reached = [one for one in months if start is None or f"{one:%Y-%m}" >= f"{start:%Y-%m}"]
    return [(f"{one:%Y-%m}", month_text(f"{one:%Y-%m}", page_language())) for one in reached]


def _today(contract: Contract) -> date:
    return local(timezone.now(), zone_named(contract.zone)).date()
