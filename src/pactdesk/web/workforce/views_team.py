"""The lead's pages about who worked when, and correcting it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.contracts.queries import contract_of
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.queries import people_visible_to
from pactdesk.apps.workforce.actions import add_stint, correct_stint
from pactdesk.apps.workforce.errors import (
    ClockNotCorrected,
    CorrectionReasonMissing,
    StintsOverlap,
    StintTimesWrong,
    StintUnknown,
)
from pactdesk.apps.workforce.kinds import LEADING, StintState
from pactdesk.apps.workforce.models import LONGEST_REASON, Stint
from pactdesk.apps.workforce.queries import agents_of, leads_somewhere, stints_led_by
from pactdesk.core.measure.intervals import Interval
from pactdesk.core.units.instants import Instant, local_day, zone_named
from pactdesk.messages.catalogue import say as say_error
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.desk.now import now
from pactdesk.web.moments import display_zone
from pactdesk.web.ui.words import page_language
from pactdesk.web.workforce.team import name_of, teams_of
from pactdesk.web.workforce.words import (
    WorkTimeUnreadable,
    day_of,
    day_text,
    input_text,
    minute_of,
    say,
    span_text,
)

_DONE = frozenset({"corrected", "added"})
_MENDABLE = (
    ClockNotCorrected,
    CorrectionReasonMissing,
    StintsOverlap,
    StintTimesWrong,
    WorkTimeUnreadable,
)


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form."""

    start: str = ""
    end: str = ""
    reason: str = ""
    person: str = ""
    is_void: bool = False

    def times(self, zone: ZoneInfo) -> Interval:
        """raises  WorkTimeUnreadable"""
        return minute_of(self.start, zone), minute_of(self.end, zone)


@require_GET
@for_roles(*LEADING)
def team(request: PersonRequest) -> HttpResponse:
    """Who is there, what is unclear, and one day's times."""
    at = now()
    today = local_day(at, display_zone())
    day = day_of(request.GET.get("day", ""), today)
    told = request.GET.get("done", "")
    shown = {
        "leads": leads_somewhere(request.scope),
        "teams": teams_of(request.scope, day, at),
        "day": day.isoformat(),
        "day_words": day_text(day),
        "is_today": day == today,
        "today": today.isoformat(),
        "done": say(f"done.{told}") if told in _DONE else "",
    }
    return render(request, "workforce/team.html", shown)


@require_http_methods(["GET", "POST"])
@for_roles(Role.LEAD)
def correct(request: PersonRequest, stint: UUID) -> HttpResponse:
    """Say when somebody really worked."""
    found = stints_led_by(request.scope).exclude(state=StintState.VOID).filter(pk=stint).first()
    if found is None:
        raise StintUnknown(stint=stint)
    contract = contract_of(request.scope, found.contract_id)
    _need_lead(request, contract.pk)
    zone = zone_named(contract.zone)
    entered = _entered(request) if request.method == "POST" else _standing(found, zone)
    problem = ""
    if request.method == "POST":
        try:
            times = None if entered.is_void else _unless_same(entered.times(zone), found, zone)
            correct_stint(
                request.user.pk, stint=stint, times=times, reason=entered.reason, at=now()
            )
            return _back(found.started_at_ms, zone, "corrected")
        except _MENDABLE as refusal:
            problem = say_error(refusal, page_language())
    name = people_visible_to(request.scope).filter(pk=found.person_id).first()
    start = Instant(found.started_at_ms)
    end = None if found.ended_at_ms is None else Instant(found.ended_at_ms)
    shown = {
        "heading": say("correct.title"),
        "name": name_of(found.person_id, {name.pk: name.name} if name else {}),
        "standing": f"{day_text(local_day(start, zone))} {span_text(start, end, zone)}",
        "is_lost": found.state == StintState.LOST,
        "said": found.said_ended_ms is not None,
    }
    return _form(request, contract, entered, problem, **shown)


@require_http_methods(["GET", "POST"])
@for_roles(Role.LEAD)
def add(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Somebody worked without having clocked in."""
    found = contract_of(request.scope, contract)
    _need_lead(request, contract)
    zone = zone_named(found.zone)
    entered = _entered(request) if request.method == "POST" else Entered()
    agents = agents_of(request.scope, contract)
    problem = ""
    if request.method == "POST":
        try:
            times = entered.times(zone)
            person = _person(entered.person)
            add_stint(
                request.user.pk,
                contract=contract,
                person=person,
                times=times,
                reason=entered.reason,
                at=now(),
            )
            return _back(times[0], zone, "added")
        except _MENDABLE as refusal:
            problem = say_error(refusal, page_language())
    people = [(str(one.pk), one.name) for one in agents.values()]
    return _form(request, found, entered, problem, heading=say("add.title"), people=people)


def _form(
    request: PersonRequest, contract: Contract, entered: Entered, problem: str, **more: object
) -> HttpResponse:
    shown = {"contract": contract, "entered": entered, "problem": problem, **more}
    shown["longest"] = LONGEST_REASON
    return render(request, "workforce/correct.html", shown, status=422 if problem else 200)


def _need_lead(request: PersonRequest, contract: UUID) -> None:
    if Role.LEAD.value not in request.scope.roles(contract):
        raise NotAllowed(action="correct_stint")


def _standing(stint: Stint, zone: ZoneInfo) -> Entered:
    end = stint.ended_at_ms or stint.said_ended_ms
    return Entered(
        start=input_text(Instant(stint.started_at_ms), zone),
        end="" if end is None else input_text(Instant(end), zone),
    )


def _unless_same(times: Interval, stint: Stint, zone: ZoneInfo) -> Interval:
    """What was left as it stood keeps its seconds, which the form does not show."""
    known = (Instant(stint.started_at_ms), stint.ended_at_ms)
    start, end = (
        Instant(was)
        if was is not None and input_text(Instant(was), zone) == input_text(new, zone)
        else new
        for was, new in zip(known, times, strict=True)
    )
    return start, end


def _entered(request: PersonRequest) -> Entered:
    given = request.POST
    return Entered(
        start=given.get("start", ""),
        end=given.get("end", ""),
        reason=given.get("reason", ""),
        person=given.get("person", ""),
        is_void="void" in given,
    )


def _person(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise StintUnknown(stint=told[:40]) from None


def _back(at: int, zone: ZoneInfo, done: str) -> HttpResponse:
    day = local_day(Instant(at), zone).isoformat()
    return HttpResponseRedirect(f"{reverse('workforce:team')}?day={day}&done={done}")
