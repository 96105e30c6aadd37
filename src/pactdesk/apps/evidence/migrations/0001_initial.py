"""The evidence's tables: facts, seals, what seals left out, personal texts; and their walls."""

from __future__ import annotations

from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.evidence.database_functions import MADE, UNMADE
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity, by_contract


class Migration(migrations.Migration):
    """Whatever a role may do is named here; nobody may change a fact, a seal or a text."""

    initial = True

    dependencies = [("walls", "0001_scope_functions")]

    operations = [
        migrations.CreateModel(
            name="CheckpointRow",
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
                ("day", models.DateField()),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64, null=True)),
                ("sealed_until_ms", models.BigIntegerField()),
                ("record", models.BinaryField()),
            ],
            options={
                "db_table": "evidence_checkpoint",
                "constraints": [
                    models.UniqueConstraint(fields=("contract_id", "day"), name="one_seal_a_day"),
                    models.UniqueConstraint(
                        fields=("contract_id", "number"), name="one_seal_a_number"
                    ),
                    models.UniqueConstraint(
                        fields=("contract_id", "digest"), name="one_seal_a_digest"
                    ),
                    models.UniqueConstraint(fields=("contract_id", "previous"), name="no_fork"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 1), ("previous__isnull", True)),
                            models.Q(("number__gt", 1), ("previous__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_the_first_has_none_before",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictRow",
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
                ("source", models.CharField(db_collation="C", max_length=200)),
                ("event_id", models.CharField(db_collation="C", max_length=400)),
                ("content_hash", models.BinaryField()),
                ("day", models.DateField()),
            ],
            options={
                "db_table": "evidence_conflict",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contract_id", "source", "event_id", "content_hash"),
                        name="version_left_out_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FactRow",
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
                ("source", models.CharField(db_collation="C", max_length=200)),
                ("event_id", models.CharField(db_collation="C", max_length=400)),
                ("kind", models.CharField(max_length=100)),
                ("occurred_at_ms", models.BigIntegerField()),
                ("recorded_at_ms", models.BigIntegerField()),
                ("content", models.BinaryField()),
                (
                    "content_hash",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("content", function="sha256"),
                        output_field=models.BinaryField(),
                    ),
                ),
            ],
            options={
                "db_table": "evidence_fact",
                "indexes": [
                    models.Index(
                        fields=["recorded_at_ms", "contract_id"], name="facts_as_recorded"
                    ),
                    models.Index(
                        fields=["kind", "occurred_at_ms", "contract_id"], name="facts_as_happened"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "contract_id",
                            "source",
                            "event_id",
                            "content_hash",
                            "recorded_at_ms",
                        ),
                        name="fact_recorded_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalRow",
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
                ("source", models.CharField(db_collation="C", max_length=200)),
                ("event_id", models.CharField(db_collation="C", max_length=400)),
                ("field", models.CharField(max_length=200)),
                ("commitment", models.CharField(max_length=64)),
                ("salt", models.BinaryField()),
                ("value", models.TextField()),
            ],
            options={
                "db_table": "evidence_personal",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contract_id", "source", "event_id", "field", "commitment"),
                        name="personal_text_once",
                    )
                ],
            },
        ),
        EnableRowSecurity(
            "evidence_fact", by_contract(), app="SELECT, INSERT", worker="SELECT, INSERT"
        ),
        EnableRowSecurity(
            "evidence_conflict", by_contract(), app="SELECT", worker="SELECT, INSERT"
        ),
        EnableRowSecurity(
            "evidence_checkpoint", by_contract(), app="SELECT", worker="SELECT, INSERT"
        ),
        EnableRowSecurity(
            "evidence_personal",
            by_contract(),
            app="SELECT, INSERT",
            worker="SELECT, INSERT, DELETE",
        ),
        migrations.RunSQL(MADE, UNMADE),
    ]
