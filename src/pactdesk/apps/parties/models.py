"""Organisations, people, memberships, and roles in contracts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now

from pactdesk.apps.parties.credentials import (
    Attempts,
    RecoveryCode,
    SecondFactor,
    Session,
    Token,
)
from pactdesk.apps.parties.kinds import OrganisationKind, Role
from pactdesk.apps.walls.identifiers import new_id

__all__ = [
    "Attempts",
    "ContractRole",
    "Membership",
    "Organisation",
    "Person",
    "RecoveryCode",
    "SecondFactor",
    "Session",
    "Token",
]


class Organisation(models.Model):
    """A company: the one provider of this installation, a client, or a third party.

    requires_second_factor   of its administrators; the provider decides it for everybody
    people_left_to_provider  of a client: whether it lets the provider's administrators invite and
                             dismiss its people
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(
        max_length=20, choices=[(one.value, one.name) for one in OrganisationKind]
    )
    name = models.CharField(max_length=200)
    requires_second_factor = models.BooleanField(default=False, db_default=False)
    people_left_to_provider = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """One installation serves one provider."""

        db_table = "parties_organisation"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in OrganisationKind]),
                name="organisation_kind_known",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind="provider"), name="one_provider"
            ),
        ]


class Person(AbstractBaseUser):
    """Somebody who logs in, by e-mail (kept in small letters).

    is_active   false: no log-in and no scope, whatever memberships and roles say
    language    of the mails to them, `zh` or `en`
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="zh", db_default="zh")
    created_at = models.DateTimeField(db_default=Now())

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """An address in capitals is the same address."""

        db_table = "parties_person"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_lower"
            ),
        ]


class Membership(models.Model):
    """A person works for an organisation; for one at a time.

    is_administrator  invites people and gives roles; of the provider: for every organisation
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    is_administrator = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Ended ones stay, as history."""

        db_table = "parties_membership"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at__isnull=True),
                name="one_membership_at_a_time",
            ),
        ]


class ContractRole(models.Model):
    """What a person may do in one contract, on behalf of `org`, until `ends_at` (excluded).

    contract_id is no foreign key here: contracts stand above parties; their own migration
    adds the constraint.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="contract_roles")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contract_roles")
    role = models.CharField(max_length=30, choices=[(one.value, one.name) for one in Role])
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        """A role that was never ended is held once."""

        db_table = "parties_contractrole"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contract_id", "role"], name="roles_by_contract"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(role__in=[one.value for one in Role]), name="role_known"
            ),
            models.UniqueConstraint(
                fields=["person", "contract_id", "role"],
                condition=models.Q(ends_at__isnull=True),
                name="role_held_once",
            ),
        ]
