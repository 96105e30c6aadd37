"""Plans, samples and what was drawn; and at once the wall around each."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.quality.walls import PICKS, PLANS, SAMPLES
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity


class Migration(migrations.Migration):
    """What was drawn stays; the roles may only end a plan."""

    initial = True

    dependencies = [
        ("contracts", "0003_reviews"),
        ("conversations", "0004_site_privacy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pick",
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
                ("code", models.CharField(max_length=20)),
                ("rank", models.PositiveIntegerField()),
                ("double", models.BooleanField()),
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
                    "conversation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "db_table": "quality_pick",
            },
        ),
        migrations.CreateModel(
            name="Plan",
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
                (
                    "cycle",
                    models.CharField(choices=[("week", "WEEK"), ("month", "MONTH")], max_length=10),
                ),
                ("number", models.PositiveIntegerField(null=True)),
                ("percent", models.PositiveSmallIntegerField(null=True)),
                ("each_agent", models.BooleanField()),
                ("double_percent", models.PositiveSmallIntegerField()),
                ("pass_percent", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "quality_plan",
            },
        ),
        migrations.CreateModel(
            name="Sample",
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
                ("period", models.CharField(max_length=10)),
                ("seed", models.CharField(max_length=64)),
                ("sealed_on", models.DateField()),
                ("population", models.PositiveIntegerField()),
                (
                    "drawn_at",
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
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="quality.plan",
                    ),
                ),
            ],
            options={
                "db_table": "quality_sample",
            },
        ),
        migrations.AddField(
            model_name="pick",
            name="sample",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="picks",
                to="quality.sample",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("contract", "party"),
                name="one_plan_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__gt", 0), ("percent__isnull", True)),
                    models.Q(("number__isnull", True), ("percent__gt", 0), ("percent__lte", 100)),
                    _connector="OR",
                ),
                name="plan_says_how_many",
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.UniqueConstraint(
                fields=("contract", "party", "period"), name="drawn_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="pick",
            constraint=models.UniqueConstraint(
                fields=("sample", "conversation"), name="picked_once"
            ),
        ),
        EnableRowSecurity(
            "quality_plan", PLANS, app="SELECT, INSERT, UPDATE (ended_at)", worker="SELECT"
        ),
        EnableRowSecurity("quality_sample", SAMPLES, app="SELECT, INSERT", worker="SELECT, INSERT"),
        EnableRowSecurity("quality_pick", PICKS, app="SELECT, INSERT", worker="SELECT, INSERT"),
    ]
