"""Rules of conduct, and who signed which version."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from pactdesk.apps.walls.identifiers import new_id

LONGEST_NAME = 100
LONGEST_BODY = 50_000
LONGEST_RED_LINE = 300


class RuleDocument(models.Model):
    """One version of a document that agents of a contract read and sign. Never changed.

    name        several versions of one document have the same
    number      1, 2, 3 … of this name in the contract; the highest holds
    red_lines   what nobody does, one by one
    sha256      of name, number, text and red lines in canonical JSON: what is signed
    due_on      the last day for signing
    blocks      nobody clocks in after that day without having signed
    alerted_at_ms   when it was told that signatures are missing
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    org_id = models.UUIDField()
    name = models.CharField(max_length=LONGEST_NAME)
    number = models.PositiveIntegerField()
    body = models.TextField()
    red_lines = ArrayField(models.CharField(max_length=LONGEST_RED_LINE))
    sha256 = models.CharField(max_length=64)
    due_on = models.DateField()
    blocks = models.BooleanField()
    published_by_id = models.UUIDField()
    published_at = models.DateTimeField(db_default=Now())
    alerted_at_ms = models.BigIntegerField(null=True)

    class Meta:
        """What racing publishers cannot break."""

        db_table = "workforce_ruledocument"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contract_id", "name", "number"], name="rule_version_once"
            ),
        ]


class RuleSignature(models.Model):
    """A person signed exactly the text with this hash, under this name. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    org_id = models.UUIDField()
    document = models.ForeignKey(RuleDocument, models.PROTECT, related_name="signatures")
    person_id = models.UUIDField()
    person_name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField(db_default=Now())

    class Meta:
        """Signed once."""

        db_table = "workforce_rulesignature"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "person_id"], name="rule_signed_once"),
        ]
