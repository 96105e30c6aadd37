"""The outbox: the pages put in, the jobs take out."""

from __future__ import annotations

import django.db.models.functions.datetime
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.walls.rowsecurity import CONTRACTS, OPERATOR, ORG, EnableRowSecurity, Rule

ERRANDS = Rule(
    see="false",
    write=(
        f"(org_id IS NULL OR org_id = {ORG} OR {OPERATOR})"
        f" AND (contract_id IS NULL OR contract_id = ANY ({CONTRACTS}::uuid[]) OR {OPERATOR})"
    ),
    worker_all=True,
)


class Migration(migrations.Migration):
    """The tables, and at once the wall around each."""

    initial = True

    dependencies = [("walls", "0001_scope_functions")]

    operations = [
        migrations.CreateModel(
            name="Errand",
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
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("org_id", models.UUIDField(null=True)),
                ("contract_id", models.UUIDField(null=True)),
                ("kind", models.CharField(max_length=100)),
                ("payload", models.JSONField(default=dict)),
                ("attempts", models.PositiveIntegerField(db_default=0)),
                ("problem", models.TextField(db_default="")),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "outbox_errand",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["recorded_at", "id"],
                        name="outbox_open",
                    )
                ],
            },
        ),
        EnableRowSecurity(
            "outbox_errand", ERRANDS, app="INSERT", worker="SELECT, INSERT, UPDATE, DELETE"
        ),
    ]
