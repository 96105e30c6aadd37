"""Reading parties: each query limits itself to the scope, as the database does once more.

Two walls, so that one can have a hole: the filters here and the policies in `walls.py` are
tested each with the other one taken away.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from pactdesk.apps.parties.errors import OrganisationUnknown, PersonUnknown
from pactdesk.apps.parties.models import (
    ContractRole,
    Membership,
    Organisation,
    Person,
    Session,
)
from pactdesk.apps.walls.scope import Scope


def organisations_visible_to(scope: Scope) -> QuerySet[Organisation]:
    """Their own, and the others that have people in their contracts; by name."""
    organisations = Organisation.objects.order_by("name", "id")
    if scope.operator:
        return organisations
    others = ContractRole.objects.filter(contract_id__in=list(scope.contracts)).values("org")
    return organisations.filter(Q(id=scope.org) | Q(id__in=others))


def people_visible_to(scope: Scope) -> QuerySet[Person]:
    """Themselves, the people of their organisation, and those with a role in their contracts."""
    people = Person.objects.order_by("name", "id")
    if scope.operator:
        return people
    colleagues = Membership.objects.filter(org_id=scope.org, org__isnull=False).values("person")
    others = ContractRole.objects.filter(contract_id__in=list(scope.contracts)).values("person")
    return people.filter(Q(id=scope.person) | Q(id__in=colleagues) | Q(id__in=others))


def memberships_visible_to(scope: Scope) -> QuerySet[Membership]:
    """Their own and those of their organisation, ended ones too."""
    memberships = Membership.objects.order_by("started_at", "id")
    if scope.operator:
        return memberships
    return memberships.filter(Q(person_id=scope.person) | Q(org_id=scope.org))


def roles_visible_to(scope: Scope) -> QuerySet[ContractRole]:
    """Their own, those in their contracts, and as administrator those of their organisation."""
    roles = ContractRole.objects.order_by("contract_id", "starts_at", "id")
    if scope.operator:
        return roles
    visible = Q(person_id=scope.person) | Q(contract_id__in=list(scope.contracts))
    if scope.administrator:
        visible |= Q(org_id=scope.org)
    return roles.filter(visible)


def sessions_of(scope: Scope) -> QuerySet[Session]:
    """The person's own sessions, the one seen last first."""
    own = Session.objects.filter(person__isnull=False, person=scope.person)
    return own.order_by("-last_seen_at", "-id")


def organisation_of(scope: Scope, org: UUID) -> Organisation:
    """The organisation `org`.

    raises  OrganisationUnknown: also when it cannot be seen
    """
    found = organisations_visible_to(scope).filter(id=org).first()
    if found is None:
        raise OrganisationUnknown(org=org)
    return found


def member_of(scope: Scope, person: UUID) -> Membership:
    """The membership that `person` has now.

    raises  PersonUnknown: also when it cannot be seen
    """
    now = memberships_visible_to(scope).filter(person_id=person, ended_at__isnull=True)
    found = now.select_related("org").first()
    if found is None:
        raise PersonUnknown(person=person)
    return found
