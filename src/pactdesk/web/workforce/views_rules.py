"""Reading and signing rules of conduct; publishing them, and seeing who has signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from pactdesk.apps.contracts.queries import contract_of, contracts_visible_to
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.workforce.actions import publish_rules, sign_rules
from pactdesk.apps.workforce.errors import RuleChanged, RuleIncomplete, RuleTooLong, RuleUnknown
from pactdesk.apps.workforce.kinds import CLOCKING, LEADING
from pactdesk.apps.workforce.models import RuleDocument
from pactdesk.apps.workforce.queries import (
    leads_somewhere,
    led_by,
    one_self,
    rules_in_force,
    worked_by,
)
from pactdesk.core.units.instants import local_day, zone_named
from pactdesk.messages.catalogue import say as say_error
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.desk.now import now
from pactdesk.web.ui.words import page_language
from pactdesk.web.workforce.rules import rules_shown, version_text
from pactdesk.web.workforce.words import WorkDayUnreadable, day_of, say

_DAYS_TO_SIGN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the form of a document."""

    name: str = ""
    body: str = ""
    red_lines: str = ""
    due: str = ""
    blocks: bool = False


@require_http_methods(["GET", "POST"])
@for_roles(*CLOCKING)
def read(request: PersonRequest, rule: UUID) -> HttpResponse:
    """Read it; sign it."""
    found = _worked_document(request, rule)
    problem = ""
    if request.method == "POST":
        try:
            sign_rules(request.user.pk, document=rule, read=request.POST.get("read", ""))
            return HttpResponseRedirect(f"{reverse('workforce:mine')}?done=signed")
        except RuleChanged as refusal:
            problem = say_error(refusal, page_language())
    contract = contract_of(request.scope, found.contract_id)
    zone = zone_named(contract.zone)
    own = found.signatures.filter(person_id=one_self(request.scope)).first()
    newest = {one.pk for one in rules_in_force(request.scope, found.contract_id)}
    shown = {
        "rule": found,
        "contract": contract,
        "version": version_text(found),
        "signed_at": f"{own.signed_at.astimezone(zone):%Y-%m-%d %H:%M}" if own else "",
        "is_old": found.pk not in newest,
        "problem": problem,
        "person": request.user.name,
    }
    return render(request, "workforce/rule.html", shown, status=409 if problem else 200)


@require_GET
@for_roles(*LEADING)
def rules(request: PersonRequest) -> HttpResponse:
    """Of every contract that one leads: documents in force, who has signed, who has not."""
    led = led_by(request.scope)
    at = now()
    told = request.GET.get("done", "")
    contracts = [one for one in contracts_visible_to(request.scope) if one.pk in led]
    shown = {
        "leads": leads_somewhere(request.scope),
        "contracts": [
            (
                one,
                rules_shown(request.scope, one, local_day(at, zone_named(one.zone))),
                Role.LEAD.value in request.scope.roles(one.pk),
            )
            for one in contracts
        ],
        "done": say("done.published") if told == "published" else "",
    }
    return render(request, "workforce/rules.html", shown)


@require_http_methods(["GET", "POST"])
@for_roles(Role.LEAD)
def publish(request: PersonRequest, contract: UUID) -> HttpResponse:
    """A document, or a new version of one: `?of=` names it."""
    found = contract_of(request.scope, contract)
    if Role.LEAD.value not in request.scope.roles(contract):
        raise NotAllowed(action="publish_rules")
    today = local_day(now(), zone_named(found.zone))
    problem = ""
    if request.method == "POST":
        written = _written(request)
        try:
            publish_rules(
                request.user.pk,
                contract=contract,
                name=written.name,
                body=written.body,
                red_lines=written.red_lines.splitlines(),
                due_on=day_of(written.due, today + _DAYS_TO_SIGN),
                blocks=written.blocks,
            )
            return HttpResponseRedirect(f"{reverse('workforce:rules')}?done=published")
        except (RuleIncomplete, RuleTooLong, WorkDayUnreadable) as refusal:
            problem = say_error(refusal, page_language())
    else:
        written = _begun(request, contract, today)
    shown = {"contract": found, "written": written, "problem": problem}
    return render(request, "workforce/publish.html", shown, status=422 if problem else 200)


def _worked_document(request: PersonRequest, document: UUID) -> RuleDocument:
    seen = RuleDocument.objects.filter(contract_id__in=worked_by(request.scope))
    found = seen.filter(pk=document).first()
    if found is None:
        raise RuleUnknown(document=document)
    return found


def _written(request: PersonRequest) -> Written:
    given = request.POST
    return Written(
        name=given.get("name", ""),
        body=given.get("body", ""),
        red_lines=given.get("red_lines", ""),
        due=given.get("due", ""),
        blocks="blocks" in given,
    )


def _begun(request: PersonRequest, contract: UUID, today: date) -> Written:
    """Empty, or the text that a new version begins with."""
    due = (today + _DAYS_TO_SIGN).isoformat()
    wanted = request.GET.get("of", "")
    for each in rules_in_force(request.scope, contract):
        if each.name == wanted:
            lines = "\n".join(each.red_lines)
            return Written(each.name, each.body, lines, due, each.blocks)
    return Written(due=due)
