"""The rows of the evidence. None is ever changed; only personal texts can be deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pactdesk.apps.evidence.values import LONGEST_EVENT_ID, LONGEST_FIELD, LONGEST_SOURCE
from pactdesk.apps.walls.identifiers import new_id


class FactRow(models.Model):
    """One version of one fact, at one time at which the log took it in.

    content         canonical bytes of the record without `recorded_at`
    content_hash    SHA-256 of it, worked out by the database
    event_key       a number of contract, source and id, worked out by the database
    recorded_at_ms  the earliest row of a version counts; later repetitions write none
    kind, occurred_at_ms   read off the content, to search by
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    source = models.CharField(max_length=LONGEST_SOURCE, db_collation="C")
    event_id = models.CharField(max_length=LONGEST_EVENT_ID, db_collation="C")
    kind = models.CharField(max_length=100)
    occurred_at_ms = models.BigIntegerField()
    recorded_at_ms = models.BigIntegerField()
    content = models.BinaryField()
    content_hash = models.GeneratedField(
        expression=models.Func("content", function="sha256"),
        output_field=models.BinaryField(),
        db_persist=True,
    )
    event_key = models.GeneratedField(
        expression=models.Func("contract_id", "source", "event_id", function="pactdesk.event_key"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    class Meta:
        """Found by event, by day of recording, or by what happened when."""

        db_table = "evidence_fact"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["event_key", "content_hash", "recorded_at_ms"],
                name="fact_recorded_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["recorded_at_ms", "contract_id"], name="facts_as_recorded"),
            models.Index(
                fields=["kind", "occurred_at_ms", "contract_id"], name="facts_as_happened"
            ),
        ]


class ConflictRow(models.Model):
    """A version that was left out of the seal of its day, because its event was contested.

    Together with the checkpoints it says which versions were sealed: those of sealed days
    that are not here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    source = models.CharField(max_length=LONGEST_SOURCE, db_collation="C")
    event_id = models.CharField(max_length=LONGEST_EVENT_ID, db_collation="C")
    content_hash = models.BinaryField()
    day = models.DateField()

    class Meta:
        """A version stands in one day only."""

        db_table = "evidence_conflict"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contract_id", "source", "event_id", "content_hash"],
                name="version_left_out_once",
            ),
        ]


class CheckpointRow(models.Model):
    """The signed seal of one day.

    number           how many days the chain has with this one
    digest           SHA-256 of the checkpoint's canonical body
    previous         the digest of the one before; none for the first
    sealed_until_ms  the first instant of the next day in the contract's zone
    record           canonical bytes of body and signature
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    day = models.DateField()
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, null=True)
    sealed_until_ms = models.BigIntegerField()
    record = models.BinaryField()

    class Meta:
        """One chain for each contract; the migration also ties `previous` to a `digest`."""

        db_table = "evidence_checkpoint"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract_id", "day"], name="one_seal_a_day"),
            models.UniqueConstraint(fields=["contract_id", "number"], name="one_seal_a_number"),
            models.UniqueConstraint(fields=["contract_id", "digest"], name="one_seal_a_digest"),
            models.UniqueConstraint(fields=["contract_id", "previous"], name="no_fork"),
            models.CheckConstraint(
                condition=models.Q(number=1, previous__isnull=True)
                | models.Q(number__gt=1, previous__isnull=False),
                name="only_the_first_has_none_before",
            ),
        ]


class PersonalRow(models.Model):
    """The text behind one commitment of a fact. Erasing is deleting the row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    source = models.CharField(max_length=LONGEST_SOURCE, db_collation="C")
    event_id = models.CharField(max_length=LONGEST_EVENT_ID, db_collation="C")
    field = models.CharField(max_length=LONGEST_FIELD)
    commitment = models.CharField(max_length=64)
    salt = models.BinaryField()
    value = models.TextField()

    class Meta:
        """The same text for the same field is kept once."""

        db_table = "evidence_personal"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contract_id", "source", "event_id", "field", "commitment"],
                name="personal_text_once",
            ),
        ]
