"""The rows of the workforce."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.workforce.device_models import Device as Device
from pactdesk.apps.workforce.device_models import OffPlatform as OffPlatform
from pactdesk.apps.workforce.device_models import WorkTerms as WorkTerms
from pactdesk.apps.workforce.kinds import StintState
from pactdesk.apps.workforce.roster_models import Availability as Availability
from pactdesk.apps.workforce.roster_models import Shift as Shift
from pactdesk.apps.workforce.rules_models import RuleDocument as RuleDocument
from pactdesk.apps.workforce.rules_models import RuleSignature as RuleSignature

LONGEST_REASON = 500


class Stint(models.Model):
    """A time at work of one person for one contract, as the contract's facts tell it.

    org_id          the employer
    share           which part of the time is this contract's: "1", "1/2"
    ended_at_ms     none while it is open, and while nobody knows
    said_ended_ms   when the agent says to have left, where they forgot to clock out
    told_at_ms      when a forgotten clock-out was told to agent and lead
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    org_id = models.UUIDField()
    person_id = models.UUIDField()
    share = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=[(one.value, one.name) for one in StintState])
    started_at_ms = models.BigIntegerField()
    ended_at_ms = models.BigIntegerField(null=True)
    said_ended_ms = models.BigIntegerField(null=True)
    told_at_ms = models.BigIntegerField(null=True)

    class Meta:
        """Nobody is clocked in twice for the same contract."""

        db_table = "workforce_stint"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contract_id", "started_at_ms"], name="stints_by_contract"),
            models.Index(fields=["person_id", "started_at_ms"], name="stints_by_person"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person_id", "contract_id"],
                condition=models.Q(state="open"),
                name="one_open_stint",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in StintState]),
                name="stint_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ended")
                | models.Q(ended_at_ms__gte=models.F("started_at_ms")),
                name="stint_ends_after_start",
            ),
        ]


class StintCorrection(models.Model):
    """What a lead said of somebody's time at work, and why. Never changed.

    was_start_ms, was_end_ms   as it stood before; none where there was none
    now_start_ms, now_end_ms   as it stands since; none where nobody worked
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    org_id = models.UUIDField()
    person_id = models.UUIDField()
    stint_id = models.UUIDField()
    by_id = models.UUIDField()
    reason = models.CharField(max_length=LONGEST_REASON)
    was_start_ms = models.BigIntegerField(null=True)
    was_end_ms = models.BigIntegerField(null=True)
    now_start_ms = models.BigIntegerField(null=True)
    now_end_ms = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        """Read by contract, the newest first."""

        db_table = "workforce_stintcorrection"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contract_id", "recorded_at"], name="corrections_by_contract"),
        ]
