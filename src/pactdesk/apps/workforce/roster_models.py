"""The roster: when people can work, and the shifts that both sides agree to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.workforce.kinds import ShiftState


class Shift(models.Model):
    """A planned time at work. It holds once both the lead and the agent have said yes.

    share           which part of the time is this contract's, fixed here: "1", "1/2"
    made_by_id      the lead who offered it, or the agent who asked for it
    answered_by_id  the other one
    told_at_ms      when whoever has to answer was written to
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    org_id = models.UUIDField()
    person_id = models.UUIDField()
    starts_at_ms = models.BigIntegerField()
    ends_at_ms = models.BigIntegerField()
    share = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=[(one.value, one.name) for one in ShiftState])
    made_by_id = models.UUIDField()
    answered_by_id = models.UUIDField(null=True)
    answered_at_ms = models.BigIntegerField(null=True)
    told_at_ms = models.BigIntegerField(null=True)

    class Meta:
        """Read by contract and by person."""

        db_table = "workforce_shift"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contract_id", "starts_at_ms"], name="shifts_by_contract"),
            models.Index(fields=["person_id", "starts_at_ms"], name="shifts_by_person"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at_ms__gt=models.F("starts_at_ms")),
                name="shift_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in ShiftState]),
                name="shift_state_known",
            ),
        ]


class Availability(models.Model):
    """When somebody can work: each week on a weekday, or on one day, which beats the week.

    weekday       0 is Monday; none for a single day
    start_minute  of the day, on the clocks of the installation; with `end_minute` 0 to 1440
    can_work      false: not on this day
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    org_id = models.UUIDField()
    person_id = models.UUIDField()
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    start_minute = models.PositiveSmallIntegerField()
    end_minute = models.PositiveSmallIntegerField()
    can_work = models.BooleanField()

    class Meta:
        """Either a weekday or a day."""

        db_table = "workforce_availability"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person_id"], name="availability_by_person"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(weekday__isnull=False, day__isnull=True)
                | models.Q(weekday__isnull=True, day__isnull=False),
                name="availability_of_week_or_day",
            ),
            models.CheckConstraint(
                condition=models.Q(end_minute__gt=models.F("start_minute"))
                & models.Q(end_minute__lte=1440),
                name="availability_in_a_day",
            ),
        ]
