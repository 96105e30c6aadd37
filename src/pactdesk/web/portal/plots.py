"""Plots of levels, drawn by the same hand as on the PDF."""

from __future__ import annotations

from django.http import HttpResponse

from pactdesk.calendars.china import load_china
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.values import Plain
from pactdesk.documents.figures.canvas import Theme
from pactdesk.documents.figures.daily_level import daily_level_figure
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.levels import level_clause, plain_level
from pactdesk.web.ui.words import page_language


class PlotUnknown(PactError):
    """The level `clause` has nothing to plot by day."""


def plot_of(
    request: PersonRequest, plain: Plain, terms: Contract, period: Period, clause: str
) -> HttpResponse:
    """The SVG of one level; `?theme=dark` for dark pages.

    raises  PlotUnknown, FontsMissing
    """
    level, level_terms = plain_level(plain, clause), level_clause(terms, clause)
    if level is None or level_terms is None or not level["by_day"]:
        raise PlotUnknown(clause=clause)
    theme: Theme = "dark" if request.GET.get("theme") == "dark" else "light"
    drawn = daily_level_figure(
        level,
        level_terms,
        period=period,
        calendar=load_china(),
        language=page_language(),
        theme=theme,
    )
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response.headers["Cache-Control"] = "private, max-age=300"
    return response
