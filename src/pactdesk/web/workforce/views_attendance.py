"""The portal's page about attendance."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pactdesk.core.units.instants import local_day, zone_named
from pactdesk.core.units.periods import Period
from pactdesk.web.access import PersonRequest
from pactdesk.web.desk.now import now
from pactdesk.web.portal.access import contract_read_by, for_readers
from pactdesk.web.portal.tabs import tabs_of, trail
from pactdesk.web.workforce.attendance import attendance_of
from pactdesk.web.workforce.words import day_of


@require_GET
@for_readers
def attendance(request: PersonRequest, contract: UUID) -> HttpResponse:
    """A month of one contract: seats and hours, corrections, rules that were signed."""
    found = contract_read_by(request.scope, contract)
    at = now()
    today = local_day(at, zone_named(found.zone))
    told = request.GET.get("month", "")
    first = day_of(f"{told}-01" if told else "", today)
    month = Period.month(f"{first:%Y-%m}")
    shown = {
        "contract": found,
        "tabs": tabs_of(found, "attendance", request.scope),
        "trail": trail(),
        "attendance": attendance_of(request.scope, found, month, at),
        "month": f"{month.start:%Y-%m}",
    }
    return render(request, "workforce/attendance.html", shown)
