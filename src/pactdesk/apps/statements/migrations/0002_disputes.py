"""Disputes and what was said in them; and at once the wall around each."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.statements.walls import DISPUTE_ENTRIES, DISPUTES
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity


class Migration(migrations.Migration):
    """What was said stays as it was said; only where the dispute stands moves on."""

    dependencies = [
        ("contracts", "0003_reviews"),
        ("statements", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
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
                ("number", models.PositiveIntegerField()),
                (
                    "party",
                    models.CharField(
                        choices=[("provider", "PROVIDER"), ("client", "CLIENT")], max_length=20
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "OPEN"),
                            ("settled", "SETTLED"),
                            ("withdrawn", "WITHDRAWN"),
                        ],
                        default="open",
                        max_length=20,
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
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="statements.statement",
                    ),
                ),
            ],
            options={
                "db_table": "statements_dispute",
            },
        ),
        migrations.CreateModel(
            name="DisputeEntry",
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
                    "deed",
                    models.CharField(
                        choices=[
                            ("opened", "OPENED"),
                            ("position", "POSITION"),
                            ("proposed", "PROPOSED"),
                            ("accepted", "ACCEPTED"),
                            ("refused", "REFUSED"),
                            ("step", "STEP"),
                            ("said", "SAID"),
                            ("withdrawn", "WITHDRAWN"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("provider", "PROVIDER"), ("client", "CLIENT")], max_length=20
                    ),
                ),
                ("at", models.DateTimeField()),
                ("text", models.TextField(default="")),
                ("amounts", models.JSONField(default=dict)),
                ("step", models.CharField(default="", max_length=30)),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="statements.disputeentry",
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
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="statements.dispute",
                    ),
                ),
            ],
            options={
                "db_table": "statements_disputeentry",
            },
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                fields=("contract", "number"), name="dispute_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("statement",),
                name="one_open_dispute_a_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "settled", "withdrawn"])),
                name="dispute_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputeentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answers__isnull", False)),
                fields=("answers",),
                name="proposal_answered_once",
            ),
        ),
        EnableRowSecurity(
            "statements_dispute", DISPUTES, app="SELECT, INSERT, UPDATE (state)", worker="SELECT"
        ),
        EnableRowSecurity(
            "statements_disputeentry", DISPUTE_ENTRIES, app="SELECT, INSERT", worker="SELECT"
        ),
    ]
