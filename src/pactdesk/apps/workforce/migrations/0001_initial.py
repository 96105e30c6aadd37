"""Times at work, and what leads said of them."""

from __future__ import annotations

import django.db.models.functions.datetime
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity
from pactdesk.apps.workforce.walls import CORRECTIONS, STINTS


class Migration(migrations.Migration):
    """The tables, and at once the wall around each."""

    initial = True

    dependencies = [("contracts", "0001_initial"), ("conversations", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Stint",
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
                ("contract_id", models.UUIDField()),
                ("org_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("share", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "OPEN"),
                            ("ended", "ENDED"),
                            ("lost", "LOST"),
                            ("void", "VOID"),
                        ],
                        max_length=10,
                    ),
                ),
                ("started_at_ms", models.BigIntegerField()),
                ("ended_at_ms", models.BigIntegerField(null=True)),
                ("said_ended_ms", models.BigIntegerField(null=True)),
                ("told_at_ms", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "workforce_stint",
                "indexes": [
                    models.Index(
                        fields=["contract_id", "started_at_ms"], name="stints_by_contract"
                    ),
                    models.Index(fields=["person_id", "started_at_ms"], name="stints_by_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("person_id", "contract_id"),
                        name="one_open_stint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "ended", "lost", "void"])),
                        name="stint_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            ("ended_at_ms__gte", models.F("started_at_ms")),
                            _connector="OR",
                        ),
                        name="stint_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StintCorrection",
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
                ("contract_id", models.UUIDField()),
                ("org_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("stint_id", models.UUIDField()),
                ("by_id", models.UUIDField()),
                ("reason", models.CharField(max_length=500)),
                ("was_start_ms", models.BigIntegerField(null=True)),
                ("was_end_ms", models.BigIntegerField(null=True)),
                ("now_start_ms", models.BigIntegerField(null=True)),
                ("now_end_ms", models.BigIntegerField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "db_table": "workforce_stintcorrection",
                "indexes": [
                    models.Index(
                        fields=["contract_id", "recorded_at"], name="corrections_by_contract"
                    )
                ],
            },
        ),
        EnableRowSecurity(
            "workforce_stint", STINTS, app="SELECT, INSERT, UPDATE", worker="SELECT, UPDATE"
        ),
        EnableRowSecurity(
            "workforce_stintcorrection", CORRECTIONS, app="SELECT, INSERT", worker="SELECT"
        ),
    ]
