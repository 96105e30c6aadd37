"""The rows of quality. What was drawn, marked and said stays; only ends and answers are added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from pactdesk.apps.contracts.models import Contract
from pactdesk.apps.conversations.models import Conversation
from pactdesk.apps.parties.models import Person
from pactdesk.apps.quality.kinds import Cycle, Outcome
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.names import Party

PARTIES = [(one.value, one.name) for one in Party]
LONGEST_TEXT = 2_000


class Plan(models.Model):
    """How one party samples: another plan is a new row, and this one ends.

    number, percent  one of them: so many conversations of each period, or such a share
    each_agent       besides, at least one of every agent
    double_percent   of the sample, reviewed by a second person who does not see the first's marks
    pass_percent     of the full points: from there on a conversation passes
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    party = models.CharField(max_length=20, choices=PARTIES)
    cycle = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Cycle])
    number = models.PositiveIntegerField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    each_agent = models.BooleanField()
    double_percent = models.PositiveSmallIntegerField()
    pass_percent = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One at a time for each party."""

        db_table = "quality_plan"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contract", "party"],
                condition=models.Q(ended_at__isnull=True),
                name="one_plan_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gt=0, percent__isnull=True)
                | models.Q(number__isnull=True, percent__gt=0, percent__lte=100),
                name="plan_says_how_many",
            ),
        ]


class Sample(models.Model):
    """What was drawn for one period.

    period      "2026-10", or the ISO week "2026-W43"
    seed        digest of the first checkpoint that was sealed after the period
    sealed_on   the day of that checkpoint
    population  how many conversations it was drawn from
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="samples")
    party = models.CharField(max_length=20, choices=PARTIES)
    period = models.CharField(max_length=10)
    seed = models.CharField(max_length=64)
    sealed_on = models.DateField()
    population = models.PositiveIntegerField()
    drawn_at = models.DateTimeField(db_default=Now())

    class Meta:
        """Drawn once: another plan draws the same period no second time."""

        db_table = "quality_sample"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "party", "period"], name="drawn_once"),
        ]


class Pick(models.Model):
    """One conversation of a sample.

    agent   who answered it; none when nobody did
    rank    its place in the order of the draw
    double  whether two people review it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="picks")
    conversation = models.ForeignKey(
        Conversation, models.PROTECT, related_name="+", db_constraint=False
    )
    code = models.CharField(max_length=20)
    agent = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    rank = models.PositiveIntegerField()
    double = models.BooleanField()

    class Meta:
        """In a sample once."""

        db_table = "quality_pick"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sample", "conversation"], name="picked_once"),
        ]


class Review(models.Model):
    """A filled form about one conversation; never changed: decisions stand beside it.

    agent         of the pick, who may read and contest it
    items, marks, crossed   as core/measure/marking has them
    pass_percent  of the plan it was drawn under
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    pick = models.ForeignKey(Pick, models.PROTECT, related_name="reviews")
    party = models.CharField(max_length=20, choices=PARTIES)
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agent = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    items = models.JSONField()
    marks = models.JSONField()
    crossed = models.JSONField()
    pass_percent = models.PositiveSmallIntegerField()
    note = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        """Nobody reviews a conversation twice."""

        db_table = "quality_review"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pick", "reviewer"], name="each_reviews_once"),
        ]


class Contest(models.Model):
    """Somebody does not agree to one mark of a review; one word for it, one decision.

    item    of the form, or a red line
    points  what the item counts after a decision that corrects it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="contests")
    agent = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    item = models.CharField(max_length=100)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = models.CharField(max_length=20, choices=PARTIES)
    at = models.DateTimeField()
    outcome = models.CharField(
        max_length=20, choices=[(one.value, one.name) for one in Outcome], null=True
    )
    points = models.PositiveIntegerField(null=True)
    answer = models.TextField(default="")
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Each mark once."""

        db_table = "quality_contest"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "item"], name="contested_once"),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__isnull=True, answered_by__isnull=True, answered_at__isnull=True
                )
                | models.Q(
                    outcome__in=[one.value for one in Outcome],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="contest_ended_by_somebody",
            ),
        ]


class Evaluation(models.Model):
    """The client's word about the service of a cycle, and the provider's answer.

    period        the month with which the cycle ends: "2026-10"
    items, marks  as core/measure/marking has them
    clause        the clause that asks for it; empty where none does
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    items = models.JSONField()
    marks = models.JSONField()
    note = models.TextField(default="")
    clause = models.CharField(max_length=100, default="")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(default="")
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Once a cycle."""

        db_table = "quality_evaluation"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "period"], name="evaluated_once"),
        ]


class Reminder(models.Model):
    """The client was reminded of an evaluation; once for each, however often the round runs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        """Once."""

        db_table = "quality_reminder"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "period"], name="reminded_once"),
        ]
