"""Reading the workforce: each query limits itself to the scope, as the database does once more."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.models import Person
from pactdesk.apps.parties.queries import people_visible_to, roles_visible_to
from pactdesk.apps.walls.scope import Scope
from pactdesk.apps.workforce.kinds import CLOCKING, LEADING, ShiftState, StintState
from pactdesk.apps.workforce.models import (
    Availability,
    Device,
    OffPlatform,
    RuleDocument,
    Shift,
    Stint,
    StintCorrection,
    WorkTerms,
)
from pactdesk.core.units.instants import Instant

_TWO_WEEKS_MS = 14 * 24 * 3_600_000
_LEADING = frozenset(role.value for role in LEADING)
_CLOCKING = frozenset(role.value for role in CLOCKING)


def own_stints(scope: Scope) -> QuerySet[Stint]:
    """The person's own, the latest first."""
    own = Stint.objects.filter(person_id=one_self(scope))
    return own.order_by("-started_at_ms", "-id")


def is_off_duty(scope: Scope, now: Instant) -> bool:
    """Whether somebody who clocks in has not: they have a shift now, or did so these two weeks."""
    person = one_self(scope)
    theirs = Stint.objects.filter(person_id=person, started_at_ms__gt=now - _TWO_WEEKS_MS)
    if theirs.filter(state=StintState.OPEN).exists():
        return False
    due = Shift.objects.filter(person_id=person, state=ShiftState.AGREED)
    has_shift = due.filter(starts_at_ms__lte=now, ends_at_ms__gt=now).exists()
    return has_shift or theirs.exists()


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


def leads_somewhere(scope: Scope) -> bool:
    """Whether the person leads a contract, and not only plans."""
    return any(Role.LEAD.value in roles for roles in scope.contracts.values())


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


def rules_in_force(scope: Scope, contract: UUID) -> list[RuleDocument]:
    """The newest version of each document of one contract in the scope, by name."""
    seen = RuleDocument.objects.filter(contract_id=contract, contract_id__in=list(scope.contracts))
    return list(seen.order_by("name", "-number").distinct("name"))


def unsigned_by(scope: Scope) -> list[RuleDocument]:
    """What the person has still to sign for the contracts they work for; what is due first."""
    person = one_self(scope)
    rules = [each for one in worked_by(scope) for each in rules_in_force(scope, one)]
    signed = RuleDocument.objects.filter(
        pk__in=[each.pk for each in rules], signatures__person_id=person
    )
    done = set(signed.values_list("pk", flat=True))
    return sorted((one for one in rules if one.pk not in done), key=lambda one: one.due_on)


def own_shifts(scope: Scope, since: Instant) -> QuerySet[Shift]:
    """The person's own that are not over by then and still stand, in order."""
    live = (ShiftState.OFFERED, ShiftState.ASKED, ShiftState.AGREED)
    own = Shift.objects.filter(person_id=one_self(scope), contract_id__in=list(scope.contracts))
    own = own.filter(ends_at_ms__gt=since, state__in=live)
    return own.order_by("starts_at_ms", "id")


def shifts_in(scope: Scope, contract: UUID, since: Instant, until: Instant) -> QuerySet[Shift]:
    """Of one contract in the scope, those that stand and touch the time, in order."""
    live = (ShiftState.OFFERED, ShiftState.ASKED, ShiftState.AGREED)
    seen = Shift.objects.filter(contract_id=contract, contract_id__in=list(scope.contracts))
    touching = seen.filter(starts_at_ms__lt=until, ends_at_ms__gt=since, state__in=live)
    return touching.order_by("starts_at_ms", "id")


def devices_led_by(scope: Scope) -> QuerySet[Device]:
    """Those of the people of the contracts that the person leads; what waits first."""
    people = {person for one in led_by(scope) for person in agents_of(scope, one)}
    return Device.objects.filter(person_id__in=people).order_by("-state", "-last_seen_ms")


def off_platform_in(scope: Scope) -> QuerySet[OffPlatform]:
    """Work from devices that nobody approved, in the contracts that the person leads."""
    seen = OffPlatform.objects.filter(contract_id__in=led_by(scope))
    return seen.select_related("device").order_by("-at_ms")


def asks_for_devices(scope: Scope, contract: UUID) -> bool:
    """Whether a contract of the scope asks for approved devices."""
    terms = WorkTerms.objects.filter(contract_id=contract, contract_id__in=list(scope.contracts))
    return terms.filter(designated_devices=True).exists()


def week_of(person: UUID, since: Instant, until: Instant) -> list[Shift]:
    """Somebody's shifts over all contracts, as far as the database shows them to the reader: to
    themselves and to whoever leads in their company."""
    live = (ShiftState.OFFERED, ShiftState.ASKED, ShiftState.AGREED)
    theirs = Shift.objects.filter(person_id=person, state__in=live)
    return list(theirs.filter(starts_at_ms__lt=until, ends_at_ms__gt=since))


def availability_of(person: UUID) -> list[Availability]:
    """When somebody says they can work; read as `week_of`."""
    return list(Availability.objects.filter(person_id=person).order_by("day", "start_minute"))
