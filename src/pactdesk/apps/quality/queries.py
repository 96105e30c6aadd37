"""Reading quality: each query limits itself to the scope, as the database does once more."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pactdesk.apps.quality.errors import (
    ContestUnknown,
    EvaluationUnknown,
    PlanUnknown,
    ReviewUnknown,
    SampleUnknown,
)
from pactdesk.apps.quality.models import Contest, Evaluation, Pick, Plan, Review, Sample
from pactdesk.apps.quality.walls import READING
from pactdesk.apps.walls.scope import Scope


def readable(scope: Scope) -> list[UUID]:
    """A job's contracts all; a person's only where a role has to do with quality."""
    return [
        contract
        for contract, roles in scope.contracts.items()
        if scope.person is None or roles & READING
    ]


def plans_of(scope: Scope, contract: UUID) -> QuerySet[Plan]:
    """The contract's plans, the newest first; one that has not ended holds."""
    plans = Plan.objects.filter(contract_id=contract, contract__in=readable(scope))
    return plans.select_related("made_by").order_by("-made_at", "-id")


def plan_of(scope: Scope, plan: UUID) -> Plan:
    """One of them; raises PlanUnknown."""
    found = Plan.objects.filter(id=plan, contract__in=readable(scope)).first()
    if found is None:
        raise PlanUnknown(plan=plan)
    return found


def samples_of(scope: Scope, contract: UUID) -> QuerySet[Sample]:
    """Everything drawn, the newest period first."""
    samples = Sample.objects.filter(contract_id=contract, contract__in=readable(scope))
    return samples.select_related("plan").order_by("-period", "party")


def sample_of(scope: Scope, sample: UUID) -> Sample:
    """One of them; raises SampleUnknown."""
    found = Sample.objects.filter(id=sample, contract__in=readable(scope))
    one = found.select_related("plan", "contract__client_org", "contract__provider_org").first()
    if one is None:
        raise SampleUnknown(sample=sample)
    return one


def picks_visible_to(scope: Scope) -> QuerySet[Pick]:
    """Conversations that were drawn, as they were; an agent's own ones too."""
    own = Q(agent_id=scope.person, contract__in=list(scope.contracts))
    picks = Pick.objects.filter(Q(contract__in=readable(scope)) | own)
    return picks.select_related("sample__plan", "agent").order_by("rank")


def pick_of(scope: Scope, pick: UUID) -> Pick:
    """One that can be reviewed; raises SampleUnknown."""
    found = picks_visible_to(scope).filter(id=pick, contract__in=readable(scope)).first()
    if found is None:
        raise SampleUnknown(sample=pick)
    return found


def reviews_visible_to(scope: Scope) -> QuerySet[Review]:
    """Reviews of the contracts, and of the agent's own conversations; the newest first.

    Of a conversation that two people review nobody sees the first one's marks before the second
    one's are in, except who gave them.
    """
    own = Q(agent_id=scope.person, agent__isnull=False, contract__in=list(scope.contracts))
    another = Review.objects.filter(pick_id=OuterRef("pick_id")).exclude(id=OuterRef("id"))
    shown = Q(pick__double=False) | Q(reviewer_id=scope.person) | Q(Exists(another))
    reviews = Review.objects.filter(Q(contract__in=readable(scope)) | own).filter(shown)
    related = ("pick__sample", "reviewer", "agent", "contract")
    return reviews.select_related(*related).prefetch_related("contests").order_by("-at", "-id")


def review_of(scope: Scope, review: UUID) -> Review:
    """One of them; raises ReviewUnknown."""
    found = reviews_visible_to(scope).filter(id=review).first()
    if found is None:
        raise ReviewUnknown(review=review)
    return found


def to_review(scope: Scope, contracts: list[UUID]) -> QuerySet[Pick]:
    """What still waits for a review by this person: not their own talk, not a second time."""
    mine = Review.objects.filter(pick_id=OuterRef("pk"), reviewer_id=scope.person)
    waiting = picks_visible_to(scope).filter(contract_id__in=contracts)
    waiting = waiting.annotate(given=Count("reviews"))
    open_ones = Q(given=0) | Q(given=1, double=True)
    return waiting.filter(open_ones, ~Exists(mine)).exclude(agent_id=scope.person)


def contest_of(scope: Scope, contest: UUID) -> Contest:
    """A contested mark; raises ContestUnknown."""
    found = Contest.objects.filter(id=contest, contract__in=readable(scope))
    one = found.select_related("review").first()
    if one is None:
        raise ContestUnknown(contest=contest)
    return one


def open_contests(scope: Scope, contracts: list[UUID]) -> QuerySet[Contest]:
    """Those that wait for a decision, the oldest first."""
    mine = [each for each in contracts if each in readable(scope)]
    waiting = Contest.objects.filter(contract__in=mine, outcome__isnull=True)
    return waiting.select_related("review__pick", "by").order_by("at")


def evaluations_of(scope: Scope, contract: UUID) -> QuerySet[Evaluation]:
    """The client's evaluations, the newest first."""
    given = Evaluation.objects.filter(contract_id=contract, contract__in=readable(scope))
    return given.select_related("by", "answered_by").order_by("-period")


def evaluation_of(scope: Scope, contract: UUID, period: str) -> Evaluation:
    """One of them; raises EvaluationUnknown."""
    found = evaluations_of(scope, contract).filter(period=period).first()
    if found is None:
        raise EvaluationUnknown(period=period[:20])
    return found
