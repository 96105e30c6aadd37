"""Agreeing on how much is sampled: each party for itself, open to the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pactdesk.apps.audit.actions import record
from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.quality.errors import PlanUnclear
from pactdesk.apps.quality.hands import REVIEWING, need
from pactdesk.apps.quality.kinds import Cycle
from pactdesk.apps.quality.models import Plan
from pactdesk.core.units.instants import zone_named

_WHOLE = 100
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan says; see `models.Plan`."""

    cycle: Cycle
    number: int | None = None
    percent: int | None = None
    each_agent: bool = True
    double_percent: int = 0
    pass_percent: int = 80

    def check(self) -> None:
        """Raises PlanUnclear."""
        one_of_them = (self.number is None) is not (self.percent is None)
        sizes = 0 < (self.number or 1) <= MOST and 0 < (self.percent or 1) <= _WHOLE
        shares = 0 <= self.double_percent <= _WHOLE and 0 <= self.pass_percent <= _WHOLE
        if not (one_of_them and sizes and shares):
            raise PlanUnclear()


def make_plan(by: UUID, *, contract: UUID, wanted: Wanted, at: datetime) -> UUID:
    """From now on the person's party samples so; what was drawn before stays.

    raises  ContractUnknown, NotAllowed, PlanUnclear
    """
    wanted.check()
    with scoped(by) as scope:
        stored, party = need(scope, contract, "make_plan", REVIEWING)
        # Two at once: the second waits here, and then ends what the first began.
        PostgresFactLog(stored.pk, stored.code, zone_named(stored.zone)).hold()
        for each in Plan.objects.filter(contract=stored, party=party.value, ended_at__isnull=True):
            each.ended_at = at
            each.save(update_fields=["ended_at"])
        made = Plan(
            contract=stored,
            party=party.value,
            cycle=wanted.cycle.value,
            number=wanted.number,
            percent=wanted.percent,
            each_agent=wanted.each_agent,
            double_percent=wanted.double_percent,
            pass_percent=wanted.pass_percent,
            made_by_id=by,
            made_at=at,
        )
        made.save(force_insert=True)
        details = {"party": party.value, "number": wanted.number, "percent": wanted.percent}
        record(scope, "quality.make_plan", subject=made.pk, contract=contract, details=details)
        return made.pk
