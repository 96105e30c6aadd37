"""Quality of one contract: how the month looks, who samples how much, what was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.quality import actions
from pactdesk.apps.quality.drawing import OFFERED
from pactdesk.apps.quality.hands import REVIEWING, may, side_of
from pactdesk.apps.quality.kinds import Cycle
from pactdesk.apps.quality.models import Plan, Review
from pactdesk.apps.quality.queries import plans_of, samples_of
from pactdesk.apps.quality.results import agreement_of, by_agent, of_month, result_of
from pactdesk.apps.quality.spans import latest_over
from pactdesk.core.facts.names import Party
from pactdesk.core.units.instants import zone_named
from pactdesk.core.units.periods import Period, add_months
from pactdesk.documents.explain.values import month_text
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.access import READERS as PORTAL_READERS
from pactdesk.web.portal.tabs import tabs_of
from pactdesk.web.portal.tabs import trail as portal_trail
from pactdesk.web.quality.access import contract_seen_by, first_step, for_readers
from pactdesk.web.quality.evaluations import evaluations_shown
from pactdesk.web.quality.forms import PlanForm
from pactdesk.web.quality.said import kappa_text, party_name, period_text, say, size_text
from pactdesk.web.quality.scores import Told, score_of, tell_score
from pactdesk.web.quality.shown import agents_of, bars_of
from pactdesk.web.quality.views_mine import figures_of
from pactdesk.web.ui.words import page_language

_DONE = frozenset({"planned", "told", "evaluated", "answered"})
_MONTHS = 12
_USUAL = {
    "cycle": Cycle.MONTH.value,
    "how": "number",
    "size": 20,
    "each_agent": True,
    "double_percent": 10,
    "pass_percent": 80,
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What one party samples."""

    party: str
    size: str
    more: str
    by: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One sample."""

    url: str
    period: str
    party: str
    drawn: int
    population: int
    given: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A period that can be drawn now."""

    plan: str
    period: str
    label: str


@require_GET
@for_readers
def contract(request: PersonRequest, contract: UUID) -> HttpResponse:
    """The month, the plans, the samples, the evaluations."""
    scope = request.scope
    found = contract_seen_by(scope, contract)
    today = timezone.now().astimezone(zone_named(found.zone)).date()
    months = _months(found, today)
    asked = request.GET.get("month", "")
    # What is over is what one looks at: of the running month little is drawn yet.
    usual = months[min(1, len(months) - 1)][0]
    period = asked if asked in dict(months) else usual
    month = Period.month(period)
    reviews, ours = of_month(scope, found.pk, month), side_of(scope, found)
    result, twice = result_of(reviews), agreement_of(reviews)
    may_review = ours is not None and may(scope, found, ours, REVIEWING)
    plans = {each.party: each for each in plans_of(scope, found.pk).filter(ended_at__isnull=True)}
    told = request.GET.get("done", "")
    shown = {
        "contract": found,
        "tabs": _tabs(request, found),
        "trail": _trail(request, found),
        "done": say(f"done.{told}") if told in _DONE else "",
        "month": period,
        "months": months,
        "heading": month_text(period, page_language()),
        "figures": figures_of(result) if reviews else (),
        "result": result,
        "bars": bars_of(result),
        "agents": agents_of(by_agent(reviews)) if ours is Party.PROVIDER else (),
        "twice": twice,
        "kappa": "" if twice.kappa is None else kappa_text(twice.kappa),
        "score": score_of(scope, found, period, reviews) if reviews else Told(),
        "plans": [_plan_row(each, plans.get(each), ours) for each in Party],
        "samples": _samples(request, found),
        "offered": _offered(request, found, plans, ours, today) if may_review else (),
        "may_plan": may_review,
        "evaluations": evaluations_shown(scope, found, today),
    }
    return render(request, "quality/contract.html", shown)


@require_http_methods(["GET", "POST"])
@for_readers
def plan(request: PersonRequest, contract: UUID) -> HttpResponse:
    """How much one's own party samples."""
    scope = request.scope
    found = contract_seen_by(scope, contract)
    ours = side_of(scope, found)
    if ours is None or not may(scope, found, ours, REVIEWING):
        raise NotAllowed(action="make_plan")
    form = PlanForm(request.POST if request.method == "POST" else None, _initial(request, found))
    if form.is_valid():
        actions.make_plan(request.user.pk, contract=contract, wanted=form.wanted, at=timezone.now())
        return back(contract, "planned")
    here = (say("title"), reverse("quality:contract", args=[contract]))
    shown = {"contract": found, "form": form, "trail": (*_trail(request, found), here)}
    return render(request, "quality/plan.html", shown, status=422 if form.errors else 200)


@require_POST
@for_readers
def draw(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Draw a finished period by one's own plan."""
    contract_seen_by(request.scope, contract)
    held = plans_of(request.scope, contract).filter(ended_at__isnull=True)
    mine = [each for each in held if str(each.pk) == request.POST.get("plan")]
    if not mine:
        raise NotAllowed(action="draw_sample")
    period = request.POST.get("period", "")
    made = actions.draw_sample(request.user.pk, plan=mine[0].pk, period=period, at=timezone.now())
    return HttpResponseRedirect(reverse("quality:sample", args=[made]))


@require_POST
@for_readers
def score(request: PersonRequest, contract: UUID) -> HttpResponse:
    """Tell the other party the month's score; it counts once they agree, on the page of events."""
    found = contract_seen_by(request.scope, contract)
    tell_score(request.scope, found, request.POST.get("month", ""), timezone.now())
    return back(contract, "told")


def back(contract: UUID, done: str) -> HttpResponse:
    """To the contract's page, which says what was done."""
    return HttpResponseRedirect(f"{reverse('quality:contract', args=[contract])}?done={done}")


def _months(contract: Contract, today: date) -> list[tuple[str, str]]:
    """The running one and those before it, in the term."""
    first = contract.starts_on or today
    found: list[tuple[str, str]] = []
    month = today.replace(day=1)
    while len(found) < _MONTHS and (month >= first.replace(day=1) or not found):
        found.append((f"{month:%Y-%m}", month_text(f"{month:%Y-%m}", page_language())))
        month = add_months(month, -1)
    return found


def _tabs(request: PersonRequest, contract: Contract) -> tuple[object, ...]:
    """Inspectors have no business with the contract's other pages."""
    others = {each.value for each in PORTAL_READERS}
    if not request.scope.roles(contract.pk) & others:
        return ()
    return tabs_of(contract, "quality", request.scope)


def _trail(request: PersonRequest, contract: Contract) -> tuple[tuple[str, str], ...]:
    is_at_home = bool(_tabs(request, contract))
    return portal_trail() if is_at_home else (first_step(request.scope),)


def _plan_row(party: Party, plan: Plan | None, ours: Party | None) -> PlanRow:
    if plan is None:
        return PlanRow(party_name(party.value), "", "", "", party is ours)
    more = say("plan.rules", passed=plan.pass_percent, double=plan.double_percent)
    return PlanRow(party_name(party.value), size_text(plan), more, plan.made_by.name, party is ours)


def _samples(request: PersonRequest, contract: Contract) -> list[SampleRow]:
    rows = []
    for each in samples_of(request.scope, contract.pk)[:_MONTHS]:
        picks = list(each.picks.values_list("id", "double"))
        given = Review.objects.filter(pick__sample=each).count()
        rows.append(
            SampleRow(
                url=reverse("quality:sample", args=[each.pk]),
                period=period_text(each.period),
                party=party_name(each.party),
                drawn=len(picks),
                population=each.population,
                given=given,
                wanted=sum(2 if double else 1 for _, double in picks),
            )
        )
    return rows


def _offered(
    request: PersonRequest,
    contract: Contract,
    plans: dict[str, Plan],
    ours: Party | None,
    today: date,
) -> list[Offered]:
    plan = plans.get(ours.value) if ours else None
    if plan is None:
        return []
    drawn = samples_of(request.scope, contract.pk).filter(party=plan.party)
    known = set(drawn.values_list("period", flat=True))
    since = contract.starts_on or today - timedelta(days=92)
    return [
        Offered(str(plan.pk), each, period_text(each))
        for each in latest_over(today, Cycle(plan.cycle), OFFERED, since)
        if each not in known
    ]


def _initial(request: PersonRequest, contract: Contract) -> dict[str, object]:
    ours = side_of(request.scope, contract)
    held = plans_of(request.scope, contract.pk).filter(party=ours.value if ours else "")
    now = held.filter(ended_at__isnull=True).first()
    if now is None:
        return dict(_USUAL)
    return {
        "cycle": now.cycle,
        "how": "number" if now.number is not None else "percent",
        "size": now.number if now.number is not None else now.percent,
        "each_agent": now.each_agent,
        "double_percent": now.double_percent,
        "pass_percent": now.pass_percent,
    }
