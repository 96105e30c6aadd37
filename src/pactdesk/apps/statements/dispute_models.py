"""The rows of disputes: what was said stays as it was said, only the state moves on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.parties.models import Person
from pactdesk.apps.statements.kinds import DisputeDeed, DisputeState
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.kinds import Party

_PARTIES = [(one.value, one.name) for one in Party]


class Dispute(models.Model):
    """The parties do not agree on what some lines of a statement come to.

    number  1, 2, 3 … within its contract
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    statement = models.ForeignKey("statements.Statement", models.PROTECT, related_name="disputes")
    number = models.PositiveIntegerField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = models.CharField(max_length=20, choices=_PARTIES)
    opened_at = models.DateTimeField()
    state = models.CharField(
        max_length=20,
        choices=[(one.value, one.name) for one in DisputeState],
        default=DisputeState.OPEN.value,
    )

    class Meta:
        """One at a time about each statement."""

        db_table = "statements_dispute"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "number"], name="dispute_number_once"),
            models.UniqueConstraint(
                fields=["statement"],
                condition=models.Q(state=DisputeState.OPEN.value),
                name="one_open_dispute_a_statement",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in DisputeState]),
                name="dispute_state_known",
            ),
        ]


class DisputeEntry(models.Model):
    """What one side said or did in a dispute, with the words it used.

    amounts  line number → fen, of a position or a proposal
    step     the rung that was taken, of the route
    answers  the proposal that was accepted or refused
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="entries")
    deed = models.CharField(max_length=20, choices=[(one.value, one.name) for one in DisputeDeed])
    party = models.CharField(max_length=20, choices=_PARTIES)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(default="")
    amounts = models.JSONField(default=dict)
    step = models.CharField(max_length=30, default="")
    answers = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)

    class Meta:
        """A proposal is answered once."""

        db_table = "statements_disputeentry"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["answers"],
                condition=models.Q(answers__isnull=False),
                name="proposal_answered_once",
            ),
        ]
