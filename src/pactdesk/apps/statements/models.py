"""The rows of statements. Their content is never changed: roles may not, only states move on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.parties.models import Person
from pactdesk.apps.statements.dispute_models import Dispute as Dispute
from pactdesk.apps.statements.dispute_models import DisputeEntry as DisputeEntry
from pactdesk.apps.statements.kinds import StatementState
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.kinds import ObjectionOutcome, Party


class Statement(models.Model):
    """The statement of one contract and month, as it was issued.

    period      "2026-10"
    number      what facts and papers call it
    plain       canonical JSON: byte for byte what `pactdesk settle` writes
    plain_hash  SHA-256 of it; what the parties confirm
    total_fen   what the client owes
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="statements")
    period = models.CharField(max_length=7)
    number = models.CharField(max_length=120)
    plain = models.BinaryField()
    plain_hash = models.CharField(max_length=64)
    total_fen = models.BigIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20,
        choices=[(one.value, one.name) for one in StatementState],
        default=StatementState.ISSUED.value,
    )

    class Meta:
        """One statement a month."""

        db_table = "statements_statement"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "period"], name="one_statement_a_month"),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in StatementState]),
                name="statement_state_known",
            ),
        ]


class Confirmation(models.Model):
    """A party agreed to the statement, by one of its people.

    plain_hash  of exactly what they agreed to
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="confirmations")
    party = models.CharField(max_length=20, choices=[(one.value, one.name) for one in Party])
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    plain_hash = models.CharField(max_length=64)

    class Meta:
        """Each party confirms once."""

        db_table = "statements_confirmation"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["statement", "party"], name="each_party_confirms_once"),
            models.CheckConstraint(
                condition=models.Q(party__in=[one.value for one in Party]),
                name="confirmation_party_known",
            ),
        ]


class Objection(models.Model):
    """The client does not agree to one line.

    outcome  none while it waits for an answer
    answer   the provider's reason, when it was accepted or rejected
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="objections")
    line = models.PositiveIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(
        max_length=20, choices=[(one.value, one.name) for one in ObjectionOutcome], null=True
    )
    answer = models.TextField(default="")
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """One at a time about each line; it has ended when somebody ended it."""

        db_table = "statements_objection"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["statement", "line"],
                condition=models.Q(outcome__isnull=True),
                name="one_open_objection_a_line",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__isnull=True, answered_by__isnull=True, answered_at__isnull=True
                )
                | models.Q(
                    outcome__in=[one.value for one in ObjectionOutcome],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="objection_ended_by_somebody",
            ),
        ]


class Standing(models.Model):
    """What a month looks like so far, kept so that pages need not measure it anew.

    as_of_ms  every fact recorded before it is counted
    plain     `standing.Standing.to_plain()`
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    as_of_ms = models.BigIntegerField()
    plain = models.JSONField()

    class Meta:
        """One a month."""

        db_table = "statements_standing"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "period"], name="one_standing_a_month"),
        ]
