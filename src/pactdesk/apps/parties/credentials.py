"""Rows that prove who somebody is: sessions, tokens in mails, second factors, failed attempts.

None of them holds a secret that opens anything: keys and tokens lie here hashed, the secrets of
second factors locked by the vault.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from pactdesk.apps.parties.kinds import TokenPurpose
from pactdesk.apps.walls.identifiers import new_id


class Session(models.Model):
    """A browser that is visiting; of nobody until somebody logs in with it.

    key_hash      of the secret in the browser's cookie
    data          what Django keeps in a session, signed
    last_seen_at  to a minute
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("parties.Person", models.CASCADE, null=True, related_name="sessions")
    data = models.TextField()
    created_at = models.DateTimeField(db_default=Now())
    last_seen_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    user_agent = models.CharField(max_length=300, default="")
    address = models.CharField(max_length=45, default="")

    class Meta:
        """Listed by person, swept by expiry."""

        db_table = "parties_session"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["expires_at"], name="session_by_expiry"),
        ]


class Token(models.Model):
    """A secret in a mail's link: good once, and not for long."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("parties.Person", models.CASCADE, related_name="tokens")
    purpose = models.CharField(
        max_length=20, choices=[(one.value, one.name) for one in TokenPurpose]
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Used ones stay until they are swept, so that a second click can be explained."""

        db_table = "parties_token"


class SecondFactor(models.Model):
    """The secret that somebody's authenticator has too; counts once it is confirmed.

    secret     locked by the vault, and only for this person
    last_step  the 30 seconds whose code was used last: none is taken twice
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField("parties.Person", models.CASCADE, related_name="second_factor")
    secret = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        """One for each person."""

        db_table = "parties_secondfactor"


class RecoveryCode(models.Model):
    """Lets somebody in whose authenticator is lost; once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("parties.Person", models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """The same code twice would be good twice."""

        db_table = "parties_recoverycode"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "code_hash"], name="recovery_code_once"),
        ]


class Attempts(models.Model):
    """How often something was tried in vain: with one account, or from one network address.

    key_hash       of what is counted, under the installation's secret
    blocked_until  nothing is tried before
    """

    key_hash = models.CharField(primary_key=True, max_length=64)
    failures = models.PositiveIntegerField()
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)

    class Meta:
        """Swept by the time of the last one."""

        db_table = "parties_attempts"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["last_at"], name="attempts_by_time"),
        ]
