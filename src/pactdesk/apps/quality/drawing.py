"""Drawing a sample: which conversations, nobody chooses (core/measure/sampling)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from pactdesk.apps.audit.actions import record
from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.conversations.kinds import AuthorKind, State
from pactdesk.apps.conversations.models import Conversation, Message
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.evidence.queries import checkpoints_of
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.quality.errors import PeriodNotOver, PeriodNotSealed
from pactdesk.apps.quality.hands import REVIEWING, need
from pactdesk.apps.quality.kinds import Cycle
from pactdesk.apps.quality.models import Pick, Plan, Sample
from pactdesk.apps.quality.queries import plan_of
from pactdesk.apps.quality.spans import latest_over, name_of, span_of
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.checkpoints import Checkpoint
from pactdesk.core.facts.names import Party
from pactdesk.core.measure.sampling import Candidate, Picked, picked, size_of
from pactdesk.core.units.instants import day_start, zone_named
from pactdesk.core.units.periods import MonthUnreadable, Period

OFFERED = 3
"""Finished periods that can still be drawn by hand."""


def draw_sample(by: UUID, *, plan: UUID, period: str, at: datetime) -> UUID:
    """Draw by hand what the round would draw: the same, whoever asks and whenever.

    raises  PlanUnknown, NotAllowed, MonthUnreadable, PeriodNotOver, PeriodNotSealed
    """
    with scoped(by) as scope:
        found = plan_of(scope, plan)
        stored, _ = need(scope, found.contract_id, "draw_sample", REVIEWING, Party(found.party))
        return draw(scope, stored, found, period, at)


def draw_due(scope: Scope, contract: Contract, at: datetime) -> int:
    """What the plans ask for and nobody drew: periods that ended after the plan was made.

    A period without any conversation is left: somebody may still draw it by hand.
    """
    zone, drawn = zone_named(contract.zone), 0
    today = at.astimezone(zone).date()
    for plan in Plan.objects.filter(contract=contract, ended_at__isnull=True):
        since = plan.made_at.astimezone(zone).date()
        for period in latest_over(today, Cycle(plan.cycle), OFFERED, since):
            known = Sample.objects.filter(contract=contract, party=plan.party, period=period)
            if not known.exists() and closed_in(contract, span_of(period)).exists():
                try:
                    draw(scope, contract, plan, period, at)
                except PeriodNotSealed:
                    continue
                drawn += 1
    return drawn


def draw(scope: Scope, contract: Contract, plan: Plan, period: str, at: datetime) -> UUID:
    """The sample of a period; drawn before, it is that one."""
    days, zone = span_of(period), zone_named(contract.zone)
    if name_of(days.start, Cycle(plan.cycle)) != period:  # a week, by a plan for months
        raise MonthUnreadable(text=period)
    if at.astimezone(zone).date() < days.end:
        raise PeriodNotOver(period=period)
    # Two at once: the second waits here, and then sees the first.
    PostgresFactLog(contract.pk, contract.code, zone).hold()
    known = Sample.objects.filter(contract=contract, party=plan.party, period=period).first()
    if known is not None:
        return known.pk
    seal = seal_after(contract, days, period)
    candidates = candidates_of(contract, days)
    size = size_of(len(candidates), number=plan.number, percent=plan.percent)
    chosen = picked(candidates, seal.digest, size, each_agent=plan.each_agent)
    made = Sample(
        contract=contract,
        plan=plan,
        party=plan.party,
        period=period,
        seed=seal.digest,
        sealed_on=seal.day,
        population=len(candidates),
    )
    made.save(force_insert=True)
    _keep(made, chosen, size_of(len(chosen), number=None, percent=plan.double_percent))
    details: dict[str, str | int | bool | None] = {"period": period, "picks": len(chosen)}
    record(scope, "quality.draw_sample", subject=made.pk, contract=contract.pk, details=details)
    return made.pk


def seal_after(contract: Contract, days: Period, period: str) -> Checkpoint:
    """The first checkpoint that was sealed after the last of `days`; raises PeriodNotSealed."""
    for signed in checkpoints_of(contract.pk):
        if signed.body.day >= days.last_day:
            return signed.body
    raise PeriodNotSealed(period=period)


def closed_in(contract: Contract, days: Period) -> QuerySet[Conversation]:
    """Every conversation that was closed in the period."""
    zone = zone_named(contract.zone)
    return Conversation.objects.filter(
        contract_id=contract.pk,
        state=State.CLOSED.value,
        closed_at_ms__gte=day_start(days.start, zone),
        closed_at_ms__lt=day_start(days.end, zone),
    )


def candidates_of(contract: Contract, days: Period) -> list[Candidate]:
    """All of them, each with who answered most of it; of several the one who came first."""
    closed = closed_in(contract, days)
    rows = (
        Message.objects.filter(
            contract_id=contract.pk,
            conversation_id__in=closed.values("id"),
            author_kind=AuthorKind.AGENT.value,
        )
        .values("conversation_id", "author_id")
        .annotate(written=Count("id"), first=Min("sequence"))
        .order_by("conversation_id", "-written", "first")
    )
    agents: dict[UUID, str] = {}
    for row in rows:
        agents.setdefault(row["conversation_id"], str(row["author_id"]))
    return [Candidate(str(one), agents.get(one)) for one in closed.values_list("id", flat=True)]


def _keep(sample: Sample, chosen: Sequence[Picked], doubles: int) -> None:
    ids = [UUID(each.conversation) for each in chosen]
    codes = dict(Conversation.objects.filter(id__in=ids).values_list("id", "code"))
    Pick.objects.bulk_create(
        Pick(
            contract_id=sample.contract_id,
            sample=sample,
            conversation_id=number,
            code=codes[number],
            agent_id=UUID(each.agent) if each.agent else None,
            rank=each.rank,
            double=place < doubles,
        )
        for place, (each, number) in enumerate(zip(chosen, ids, strict=True))
    )
