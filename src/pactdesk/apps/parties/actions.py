"""Changing who belongs where and may do what: one transaction, one audit entry each."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pactdesk.apps.audit.actions import record
from pactdesk.apps.outbox.actions import leave_errand
from pactdesk.apps.parties.errors import (
    EmailTaken,
    EmailUnreadable,
    NotAllowed,
    ProviderExists,
    RoleHeld,
    RoleNotHeld,
    RoleNotOfOrganisation,
)
from pactdesk.apps.parties.in_charge import check_dismisses, check_invites
from pactdesk.apps.parties.kinds import ROLES_OF, OrganisationKind, Role
from pactdesk.apps.parties.models import ContractRole, Membership, Organisation, Person
from pactdesk.apps.parties.queries import member_of, organisation_of, roles_visible_to
from pactdesk.apps.parties.revoking import end_sessions
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope, within

SEND_INVITATION = "parties.send_invitation"


def found_provider(*, name: str, email: str, person_name: str, at: datetime) -> UUID:
    """Begin an installation: the provider, and its first administrator, who is invited.

    It is the one action that nobody stands behind; once there is a provider it is refused.

    raises  ProviderExists, EmailTaken, EmailUnreadable
    """
    org = new_id()
    with within(Scope(operator=True, administrator=True)) as scope:
        try:
            with transaction.atomic():
                _organisation(org, OrganisationKind.PROVIDER, name)
        except IntegrityError:
            raise ProviderExists() from None
        person = _member(scope, org, email, person_name, at, is_administrator=True)
        record(scope, "parties.found_provider", subject=org, org=org)
    return person


def add_organisation(by: UUID, *, kind: OrganisationKind, name: str) -> UUID:
    """Make a client or a third party known; only the provider's administrators may.

    raises  NotAllowed, ProviderExists
    """
    if kind is OrganisationKind.PROVIDER:
        raise ProviderExists()
    org = new_id()
    with scoped(by) as scope:
        if not scope.operator:
            raise NotAllowed(action="add_organisation")
        _organisation(org, kind, name)
        # What the provider decided for everybody holds for newcomers too.
        own = Organisation.objects.filter(kind=OrganisationKind.PROVIDER.value).get()
        Organisation.objects.filter(pk=org).update(
            requires_second_factor=own.requires_second_factor
        )
        record(scope, "parties.add_organisation", subject=org, org=org)
    return org


def invite_person(
    by: UUID, *, org: UUID, email: str, name: str, at: datetime, is_administrator: bool = False
) -> UUID:
    """Make somebody a member of `org`; a mail follows, with which they choose a password.

    An administrator invites into their own organisation; the provider's also a client's first
    one, and whom they like where a client leaves that to them, and into third parties.

    raises  NotAllowed, OrganisationUnknown, EmailTaken, EmailUnreadable, PeopleOfClient,
            ClientBeginsWithAdministrator
    """
    with scoped(by) as scope:
        _need_administrator(scope, org, "invite_person")
        organisation_of(scope, org)
        check_invites(scope, org, is_administrator=is_administrator)
        person = _member(scope, org, email, name, at, is_administrator=is_administrator)
        record(
            scope,
            "parties.invite_person",
            subject=person,
            org=org,
            details={"administrator": is_administrator},
        )
    return person


def end_membership(by: UUID, *, person: UUID, at: datetime) -> None:
    """Let somebody go: roles and sessions end with it, nothing is visible to them any more.

    raises  NotAllowed, PersonUnknown, PeopleOfClient
    """
    with scoped(by) as scope:
        membership = member_of(scope, person)
        check_dismisses(scope, membership.org)
        # Roles first: the wall takes them only from members.
        held = roles_visible_to(scope).filter(person_id=person, org_id=membership.org_id)
        ended = held.filter(ends_at__isnull=True).update(ends_at=at)
        held.filter(ends_at__gt=at).update(ends_at=at)
        membership.ended_at = at
        membership.save(update_fields=["ended_at"])
        end_sessions(person)
        record(
            scope,
            "parties.end_membership",
            subject=person,
            org=membership.org_id,
            details={"open_roles": ended},
        )


def set_role(
    by: UUID,
    *,
    person: UUID,
    contract: UUID,
    role: Role,
    at: datetime,
    until: datetime | None = None,
) -> UUID:
    """Give `person` a role in `contract` from `at` on; of a third party, rather with an `until`.

    raises  NotAllowed, PersonUnknown, RoleNotOfOrganisation, RoleHeld
    """
    with scoped(by) as scope:
        membership = member_of(scope, person)
        _need_contract(scope, membership.org_id, contract, "set_role")
        kind = OrganisationKind(membership.org.kind)
        if role not in ROLES_OF[kind]:
            raise RoleNotOfOrganisation(kind=kind.value, role=role.value)
        made = ContractRole(
            contract_id=contract,
            org_id=membership.org_id,
            person_id=person,
            role=role.value,
            starts_at=at,
            ends_at=until,
        )
        _save_role(scope, made, at)
        record(
            scope,
            "parties.set_role",
            subject=person,
            org=membership.org_id,
            contract=contract,
            details={"role": role.value, "until": until.isoformat() if until else None},
        )
    return made.pk


def revoke_role(by: UUID, *, person: UUID, contract: UUID, role: Role, at: datetime) -> None:
    """End a role now; whoever has none left sees nothing of the contract from here on.

    raises  NotAllowed, PersonUnknown, RoleNotHeld
    """
    with scoped(by) as scope:
        membership = member_of(scope, person)
        _need_contract(scope, membership.org_id, contract, "revoke_role")
        held = _held(scope, person, contract, role, at).first()
        if held is None:
            raise RoleNotHeld(role=role.value)
        held.ends_at = at
        held.save(update_fields=["ends_at"])
        record(
            scope,
            "parties.revoke_role",
            subject=person,
            org=membership.org_id,
            contract=contract,
            details={"role": role.value},
        )


def _organisation(org: UUID, kind: OrganisationKind, name: str) -> None:
    Organisation(id=org, kind=kind.value, name=name).save(force_insert=True)


def _member(
    scope: Scope, org: UUID, email: str, name: str, at: datetime, *, is_administrator: bool
) -> UUID:
    person = Person(email=_address(email), name=name)
    person.set_unusable_password()
    membership = Membership(
        person_id=person.pk, org_id=org, is_administrator=is_administrator, started_at=at
    )
    try:
        with transaction.atomic():
            # First, because a person without one is nobody's, and not to be written.
            membership.save(force_insert=True)
            person.save(force_insert=True)
    except IntegrityError:
        # The address of somebody whom we cannot see is taken all the same.
        raise EmailTaken(email=email) from None
    leave_errand(scope, SEND_INVITATION, {"person": str(person.pk)}, org=org)
    return person.pk


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise EmailUnreadable(email=email) from None
    return address


def _held(
    scope: Scope, person: UUID, contract: UUID, role: Role, at: datetime
) -> QuerySet[ContractRole]:
    roles = roles_visible_to(scope).filter(person_id=person, contract_id=contract, role=role.value)
    return roles.exclude(ends_at__lte=at)


def _save_role(scope: Scope, made: ContractRole, at: datetime) -> None:
    if _held(scope, made.person_id, made.contract_id, Role(made.role), at).exists():
        raise RoleHeld(role=made.role)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # two at the same time
        raise RoleHeld(role=made.role) from None


def _need_administrator(scope: Scope, org: UUID, action: str) -> None:
    if not (scope.operator or (scope.administrator and scope.org == org)):
        raise NotAllowed(action=action)


def _need_contract(scope: Scope, org: UUID, contract: UUID, action: str) -> None:
    """An administrator of a client works in the contracts that were opened to them."""
    _need_administrator(scope, org, action)
    if not scope.operator and contract not in scope.contracts:
        raise NotAllowed(action=action)
