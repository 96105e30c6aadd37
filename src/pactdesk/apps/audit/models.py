"""The audit's rows. No foreign keys: an entry outlives what it speaks of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from pactdesk.apps.walls.identifiers import new_id


class Entry(models.Model):
    """Somebody did or saw something.

    person_id    none for the system itself, and for somebody who is not logged in
    verb         the action's name: `parties.invite_person`
    subject_id   what it was done to
    details      what else must be known later; never personal data, never a secret
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField(db_default=Now())
    person_id = models.UUIDField(null=True)
    org_id = models.UUIDField(null=True)
    contract_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=100)
    subject_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        """Read by contract, by organisation, or by what was done to one thing."""

        db_table = "audit_entry"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contract_id", "recorded_at"], name="audit_by_contract"),
            models.Index(fields=["org_id", "recorded_at"], name="audit_by_org"),
            models.Index(fields=["subject_id", "recorded_at"], name="audit_by_subject"),
        ]
