"""Statements, confirmations, objections, standings; and at once the wall around each."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.statements.walls import CONFIRMATIONS, OBJECTIONS, STANDINGS, STATEMENTS
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity


class Migration(migrations.Migration):
    """What was issued, said and answered stays; the roles may only move states on."""

    initial = True

    dependencies = [
        ("contracts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Statement",
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
                ("number", models.CharField(max_length=120)),
                ("plain", models.BinaryField()),
                ("plain_hash", models.CharField(max_length=64)),
                ("total_fen", models.BigIntegerField()),
                ("issued_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "ISSUED"),
                            ("objected", "OBJECTED"),
                            ("agreed", "AGREED"),
                        ],
                        default="issued",
                        max_length=20,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="contracts.contract",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "statements_statement",
            },
        ),
        migrations.CreateModel(
            name="Objection",
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
                ("line", models.PositiveIntegerField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "ACCEPTED"),
                            ("rejected", "REJECTED"),
                            ("withdrawn", "WITHDRAWN"),
                        ],
                        max_length=20,
                        null=True,
                    ),
                ),
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
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="statements.statement",
                    ),
                ),
            ],
            options={
                "db_table": "statements_objection",
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
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
                ("at", models.DateTimeField()),
                ("plain_hash", models.CharField(max_length=64)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "person",
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
                        related_name="confirmations",
                        to="statements.statement",
                    ),
                ),
            ],
            options={
                "db_table": "statements_confirmation",
            },
        ),
        migrations.CreateModel(
            name="Standing",
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
                ("as_of_ms", models.BigIntegerField()),
                ("plain", models.JSONField()),
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
                "db_table": "statements_standing",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contract", "period"), name="one_standing_a_month"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("contract", "period"), name="one_statement_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["issued", "objected", "agreed"])),
                name="statement_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome__isnull", True)),
                fields=("statement", "line"),
                name="one_open_objection_a_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
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
                        ("outcome__in", ["accepted", "rejected", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="objection_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(
                fields=("statement", "party"), name="each_party_confirms_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("party__in", ["provider", "client"])),
                name="confirmation_party_known",
            ),
        ),
        EnableRowSecurity(
            "statements_statement",
            STATEMENTS,
            app="SELECT, INSERT, UPDATE (state)",
            worker="SELECT",
        ),
        EnableRowSecurity(
            "statements_confirmation", CONFIRMATIONS, app="SELECT, INSERT", worker="SELECT"
        ),
        EnableRowSecurity(
            "statements_objection",
            OBJECTIONS,
            app="SELECT, INSERT, UPDATE (outcome, answer, answered_by_id, answered_at)",
            worker="SELECT",
        ),
        EnableRowSecurity(
            "statements_standing",
            STANDINGS,
            app="SELECT, INSERT, UPDATE (as_of_ms, plain)",
            worker="SELECT, INSERT, UPDATE (as_of_ms, plain)",
        ),
    ]
