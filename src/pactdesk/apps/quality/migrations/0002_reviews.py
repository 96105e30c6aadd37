"""Reviews, contests, evaluations; and at once the wall around each."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.quality.walls import CONTESTS, EVALUATIONS, REMINDERS, REVIEWS
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity


class Migration(migrations.Migration):
    """What was marked and said stays; the roles may only add answers."""

    dependencies = [
        ("quality", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=pactdesk.apps.walls.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("period", models.CharField(max_length=7)),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={
                "db_table": "quality_reminder",
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=pactdesk.apps.walls.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("provider", "PROVIDER"), ("client", "CLIENT")], max_length=20
                    ),
                ),
                ("items", models.JSONField()),
                ("marks", models.JSONField()),
                ("crossed", models.JSONField()),
                ("pass_percent", models.PositiveSmallIntegerField()),
                ("note", models.TextField(default="")),
                ("at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "pick",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="quality.pick",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "quality_review",
            },
        ),
        migrations.CreateModel(
            name="Contest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=pactdesk.apps.walls.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("item", models.CharField(max_length=100)),
                ("reason", models.TextField()),
                (
                    "party",
                    models.CharField(
                        choices=[("provider", "PROVIDER"), ("client", "CLIENT")], max_length=20
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("corrected", "CORRECTED"), ("kept", "KEPT")],
                        max_length=20,
                        null=True,
                    ),
                ),
                ("points", models.PositiveIntegerField(null=True)),
                ("answer", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contests",
                        to="quality.review",
                    ),
                ),
            ],
            options={
                "db_table": "quality_contest",
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=pactdesk.apps.walls.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("period", models.CharField(max_length=7)),
                ("items", models.JSONField()),
                ("marks", models.JSONField()),
                ("note", models.TextField(default="")),
                ("clause", models.CharField(default="", max_length=100)),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={
                "db_table": "quality_evaluation",
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "period"), name="evaluated_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("contract", "period"), name="reminded_once"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("pick", "reviewer"), name="each_reviews_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.UniqueConstraint(fields=("review", "item"), name="contested_once"),
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", True),
                        ("answered_by__isnull", True),
                        ("outcome__isnull", True),
                    ),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        ("outcome__in", ["corrected", "kept"]),
                    ),
                    _connector="OR",
                ),
                name="contest_ended_by_somebody",
            ),
        ),
        EnableRowSecurity("quality_review", REVIEWS, app="SELECT, INSERT", worker="SELECT"),
        EnableRowSecurity(
            "quality_contest",
            CONTESTS,
            app="SELECT, INSERT, UPDATE (outcome, points, answer, answered_by_id, answered_at)",
            worker="SELECT",
        ),
        EnableRowSecurity(
            "quality_evaluation",
            EVALUATIONS,
            app="SELECT, INSERT, UPDATE (answer, answered_by_id, answered_at)",
            worker="SELECT",
        ),
        EnableRowSecurity("quality_reminder", REMINDERS, app="", worker="SELECT, INSERT"),
    ]
