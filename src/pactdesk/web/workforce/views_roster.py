"""The roster: the lead's week, and what agents say of their own time and shifts."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of, contracts_visible_to
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.workforce.actions import (
    answer_shift,
    propose_shift,
    set_day,
    set_week,
    withdraw_shift,
)
from pactdesk.apps.workforce.errors import (
    AvailabilityWrong,
    ShiftsOverlap,
    ShiftTimesWrong,
    ShiftUnknown,
)
from pactdesk.apps.workforce.kinds import CLOCKING, LEADING
from pactdesk.apps.workforce.queries import availability_of, leads_somewhere, led_by
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.core.worktime.wallclock import wall_instant
from pactdesk.messages.catalogue import say as say_error
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.desk.now import now
from pactdesk.web.moments import display_zone
from pactdesk.web.ui.words import page_language
from pactdesk.web.workforce.roster import WEEK, minutes_text, roster_of
from pactdesk.web.workforce.words import (
    WorkDayUnreadable,
    WorkTimeUnreadable,
    day_of,
    day_text,
    monday_of,
    say,
)

_DONE = frozenset({"offered", "agreed", "declined", "withdrawn", "asked_shift", "times"})
_MENDABLE = (ShiftsOverlap, ShiftTimesWrong, WorkDayUnreadable, WorkTimeUnreadable)
SHARES = ("1", "1/2", "1/3", "1/4")
_TWICE = 2


@require_GET
@for_roles(*LEADING)
def roster(request: PersonRequest) -> HttpResponse:
    """One contract's week: seats asked for and planned, shifts, people."""
    return _roster(request, request.GET.get("contract", ""), request.GET.get("week", ""))


@require_POST
@for_roles(*LEADING)
def offer(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Offer somebody a shift."""
    given = request.POST
    try:
        person = UUID(given.get("person", ""))
    except ValueError:
        raise ShiftUnknown(shift=given.get("person", "")[:40]) from None
    try:
        day = _propose(request, contract, person)
    except _MENDABLE as refusal:
        problem = say_error(refusal, page_language())
        return _roster(request, str(contract), given.get("week", ""), problem)
    return _to_roster(contract, day, "offered")


@require_POST
@for_roles(*CLOCKING)
def ask(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Ask for a shift."""
    _propose(request, contract, request.user.pk)
    return HttpResponseRedirect(f"{reverse('workforce:mine')}?done=asked_shift")


@require_POST
@for_roles(Role.AGENT, *LEADING)
def shift(request: PersonRequest, shift: UUID, verb: str) -> HttpResponse:
    """Yes, no, or taken back; by its agent or its lead."""
    at = now()
    if verb == "withdraw":
        withdraw_shift(request.user.pk, shift=shift, at=at)
    elif verb in ("agree", "decline"):
        answer_shift(request.user.pk, shift=shift, agrees=verb == "agree", at=at)
    else:
        raise Http404
    done = {"withdraw": "withdrawn", "agree": "agreed", "decline": "declined"}[verb]
    back = request.POST.get("week", "")
    if not back:
        return HttpResponseRedirect(f"{reverse('workforce:mine')}?done={done}")
    told = {"contract": request.POST.get("contract", ""), "week": back, "done": done}
    return HttpResponseRedirect(f"{reverse('workforce:roster')}?{urlencode(told)}")


@require_http_methods(["GET", "POST"])
@for_roles(*CLOCKING)
def times(request: PersonRequest) -> HttpResponse:
    """When one can work: each week, and on single days."""
    problem = ""
    if request.method == "POST":
        try:
            if "day" in request.POST:
                _say_day(request)
            else:
                set_week(request.user.pk, week=_said_week(request))
            return HttpResponseRedirect(f"{reverse('workforce:times')}?done=times")
        except (AvailabilityWrong, WorkDayUnreadable, WorkTimeUnreadable) as refusal:
            problem = say_error(refusal, page_language())
    known = availability_of(request.user.pk)
    week = []
    for number in range(7):
        rows = [one for one in known if one.weekday == number]
        spans = [(_time(one.start_minute), _time(one.end_minute)) for one in rows][:_TWICE]
        spans += [("", "")] * (_TWICE - len(spans))
        week.append((number, say(f"weekday.{number}"), spans))
    days: dict[date, list[str]] = {}
    today = local_day(now(), display_zone())
    for one in known:
        if one.day is not None and one.day >= today:
            span = minutes_text(one.start_minute, one.end_minute)
            days.setdefault(one.day, []).append(span if one.can_work else say("roster.cannot"))
    shown = {
        "week": week,
        "days": [
            (day.isoformat(), day_text(day), say("roster.spans", spans=said))
            for day, said in days.items()
        ],
        "today": today.isoformat(),
        "problem": problem,
        "done": say("done.times") if request.GET.get("done") == "times" else "",
    }
    return render(request, "workforce/times.html", shown, status=422 if problem else 200)


def _roster(request: PersonRequest, contract: str, week: str, problem: str = "") -> HttpResponse:
    at = now()
    led = set(led_by(request.scope))
    contracts = [one for one in contracts_visible_to(request.scope) if one.pk in led]
    chosen = next((one for one in contracts if str(one.pk) == contract), None)
    if chosen is None and contracts:
        chosen = contracts[0]
    today = local_day(at, display_zone())
    monday = monday_of(day_of(week, today))
    told = request.GET.get("done", "")
    shown = {
        "leads": leads_somewhere(request.scope),
        "contracts": contracts,
        "contract": chosen,
        "roster": roster_of(request.scope, chosen, monday, at) if chosen else None,
        "week": monday.isoformat(),
        "week_words": f"{day_text(monday)} – {day_text(monday + WEEK - timedelta(days=1))}",
        "before": (monday - WEEK).isoformat(),
        "after": (monday + WEEK).isoformat(),
        "first_day": max(monday, today).isoformat(),
        "shares": SHARES,
        "entered": request.POST,
        "problem": problem,
        "done": say(f"done.{told}") if told in _DONE else "",
    }
    return render(request, "workforce/roster.html", shown, status=422 if problem else 200)


def _propose(request: PersonRequest, contract: UUID, person: UUID) -> date:
    found = contract_of(request.scope, contract)
    start, end, day = _span(request, found)
    share = request.POST.get("share", "1")
    propose_shift(
        request.user.pk,
        contract=contract,
        person=person,
        starts_at=start,
        ends_at=end,
        at=now(),
        share=share if share in SHARES else "1",
    )
    return day


def _span(request: PersonRequest, contract: Contract) -> tuple[Instant, Instant, date]:
    """An end at or before its start is on the next day."""
    given, zone = request.POST, zone_named(contract.zone)
    told = given.get("day", "")
    if not told:
        raise WorkDayUnreadable(day=told)
    day = day_of(told, date.min)
    start, end = minute(given.get("start", "")), minute(given.get("end", ""))
    later = end if end > start else end + 24 * 60
    return wall_instant(day, start, zone), wall_instant(day, later, zone), day


def minute(told: str) -> int:
    """Minutes after midnight of "09:30"; raises WorkTimeUnreadable."""
    hours, _, minutes = told.partition(":")
    if not (hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        raise WorkTimeUnreadable(told=told[:20])
    counted = int(hours[:3]) * 60 + int(minutes[:3])
    if counted > 24 * 60:
        raise WorkTimeUnreadable(told=told[:20])
    return counted


def _said_week(request: PersonRequest) -> dict[int, list[tuple[int, int]]]:
    week: dict[int, list[tuple[int, int]]] = {}
    for day in range(7):
        for part in range(_TWICE):
            start = request.POST.get(f"start-{day}-{part}", "")
            end = request.POST.get(f"end-{day}-{part}", "")
            if start or end:
                week.setdefault(day, []).append((minute(start), minute(end) or 24 * 60))
    return week


def _say_day(request: PersonRequest) -> None:
    given = request.POST
    if not given.get("day"):
        raise WorkDayUnreadable(day="")
    day = day_of(given["day"], date.min)
    if "forget" in given:
        set_day(request.user.pk, day=day, spans=None)
    elif "cannot" in given:
        set_day(request.user.pk, day=day, spans=[])
    else:
        span = (minute(given.get("start", "")), minute(given.get("end", "")) or 24 * 60)
        set_day(request.user.pk, day=day, spans=[span])


def _time(minutes: int) -> str:
    return "00:00" if minutes == 24 * 60 else f"{minutes // 60:02d}:{minutes % 60:02d}"


def _to_roster(contract: UUID, day: date, done: str) -> HttpResponse:
    told = {"contract": str(contract), "week": monday_of(day).isoformat(), "done": done}
    return HttpResponseRedirect(f"{reverse('workforce:roster')}?{urlencode(told)}")
