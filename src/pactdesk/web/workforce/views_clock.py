"""The agent's own page: clock in, clock out, and say when one left."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pactdesk.apps.workforce.actions import clock_in, clock_out, say_ended
from pactdesk.apps.workforce.kinds import CLOCKING, Deed
from pactdesk.apps.workforce.queries import own_stints
from pactdesk.core.units.instants import local_day
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.desk.now import now
from pactdesk.web.workforce.mine import my_clock, zone_of_work
from pactdesk.web.workforce.platform import note_device
from pactdesk.web.workforce.words import minute_of, say

_DONE = frozenset({"in", "out", "said", "signed", "agreed", "declined", "withdrawn", "asked_shift"})


@require_GET
@for_roles(*CLOCKING)
def mine(request: PersonRequest) -> HttpResponse:
    """The clock, and this week."""
    told = request.GET.get("done", "")
    # Before the page is read: work from elsewhere is told to whoever does it, too.
    is_elsewhere = note_device(request, Deed.DESK)
    shown = {
        "is_elsewhere": is_elsewhere,
        "day": local_day(now(), zone_of_work(request.scope)).isoformat(),
        "clock": my_clock(request.scope, now()),
        "done": say(f"done.{told}") if told in _DONE else "",
    }
    return render(request, "workforce/mine.html", shown)


@require_POST
@for_roles(*CLOCKING)
def clock(request: PersonRequest) -> HttpResponse:
    """In, for a contract, or out."""
    person, at = request.user.pk, now()
    note_device(request, Deed.CLOCK)
    if request.POST.get("do") == "out":
        clock_out(person, at=at)
        return back("out")
    try:
        contract = UUID(request.POST.get("contract", ""))
    except ValueError:
        raise Http404 from None
    clock_in(person, contract=contract, at=at)
    return back("in")


@require_POST
@for_roles(*CLOCKING)
def said(request: PersonRequest, stint: UUID) -> HttpResponse:
    """When one left, where one forgot to clock out: a word to the lead, no fact yet."""
    found = own_stints(request.scope).filter(pk=stint).first()
    if found is None:
        raise Http404
    zone = zone_of_work(request.scope)
    say_ended(
        request.user.pk,
        stint=stint,
        ended_at=minute_of(request.POST.get("ended", ""), zone),
        at=now(),
    )
    return back("said")


def back(done: str) -> HttpResponse:
    """To one's own page, with a word about what was done."""
    return HttpResponseRedirect(f"{reverse('workforce:mine')}?done={done}")
