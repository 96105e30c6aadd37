"""Reading the workforce: each query limits itself to the scope, as the database does once more."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.queries import people_visible_to, roles_visible_to
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.kinds import CLOCKING, LEADING, StintState
from pactdesk.apps.workforce.models import Stint, StintCorrection
from pactdesk.core.units.instants import Instant

_LEADING = frozenset(role.value for role in LEADING)
_CLOCKING = frozenset(role.value for role in CLOCKING)


def own_stints(scope: Scope) -> QuerySet[Stint]:
    """The person's own, the latest first."""
    own = Stint.objects.filter(person_id=one_self(scope))
    return own.order_by("-started_at_ms", "-id")


def stints_led_by(scope: Scope) -> QuerySet[Stint]:
    """Those of the contracts that the person leads or plans, the latest first."""
    return Stint.objects.filter(contract_id__in=led_by(scope)).order_by("-started_at_ms", "-id")


def stints_in(scope: Scope, contract: UUID, since: Instant, until: Instant) -> QuerySet[Stint]:
    """Of one contract in the scope, those that count and touch the time, in order."""
    seen = Stint.objects.filter(contract_id=contract, contract_id__in=list(scope.contracts))
    touching = seen.filter(
        Q(ended_at_ms__gt=since) | Q(ended_at_ms__isnull=True),
        state__in=(StintState.OPEN, StintState.ENDED, StintState.LOST),
        started_at_ms__lt=until,
    )
    return touching.order_by("started_at_ms", "id")


def corrections_in(scope: Scope, contract: UUID) -> QuerySet[StintCorrection]:
    """Of one contract in the scope, the newest first."""
    seen = StintCorrection.objects.filter(
        contract_id=contract, contract_id__in=list(scope.contracts)
    )
    return seen.order_by("-recorded_at", "-id")


def one_self(scope: Scope) -> UUID:
    """The scope's person; whoever asks is logged in."""
    assert scope.person is not None  # noqa: S101 - said above
    return scope.person


def led_by(scope: Scope) -> list[UUID]:
    """The contracts that the person leads or plans."""
    return [one for one, roles in scope.contracts.items() if roles & _LEADING]


def worked_by(scope: Scope) -> list[UUID]:
    """The contracts for which the person clocks in."""
    return [one for one, roles in scope.contracts.items() if roles & _CLOCKING]


def agents_of(scope: Scope, contract: UUID) -> dict[UUID, Person]:
    """Who clocks in for a contract of the scope now, by name."""
    held = roles_visible_to(scope).filter(
        contract_id=contract,
        contract_id__in=list(scope.contracts),
        role__in=_CLOCKING,
        ends_at__isnull=True,
    )
    people = people_visible_to(scope).filter(pk__in=held.values("person"), is_active=True)
    return {one.pk: one for one in people.order_by("name", "id")}
