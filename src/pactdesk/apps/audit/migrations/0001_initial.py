"""The audit: written by everybody, changed by nobody."""

from __future__ import annotations

import django.db.models.functions.datetime
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.walls.rowsecurity import (
    ADMINISTRATOR,
    CONTRACTS,
    OPERATOR,
    ORG,
    PERSON,
    EnableRowSecurity,
    Rule,
)

ENTRIES = Rule(
    see=(
        f"person_id = {PERSON} OR contract_id = ANY ({CONTRACTS}::uuid[])"
        f" OR (org_id = {ORG} AND {ADMINISTRATOR}) OR {OPERATOR}"
    ),
    # Nobody in another's name; somebody whose log-in failed has no name at all.
    write=(
        f"person_id IS NOT DISTINCT FROM {PERSON}"
        f" AND (org_id IS NULL OR org_id = {ORG} OR {OPERATOR})"
        f" AND (contract_id IS NULL OR contract_id = ANY ({CONTRACTS}::uuid[]) OR {OPERATOR})"
    ),
)


class Migration(migrations.Migration):
    """The tables, and at once the wall around each."""

    initial = True

    dependencies = [("walls", "0001_scope_functions")]

    operations = [
        migrations.CreateModel(
            name="Entry",
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
                ("person_id", models.UUIDField(null=True)),
                ("org_id", models.UUIDField(null=True)),
                ("contract_id", models.UUIDField(null=True)),
                ("verb", models.CharField(max_length=100)),
                ("subject_id", models.UUIDField(null=True)),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "audit_entry",
                "indexes": [
                    models.Index(fields=["contract_id", "recorded_at"], name="audit_by_contract"),
                    models.Index(fields=["org_id", "recorded_at"], name="audit_by_org"),
                    models.Index(fields=["subject_id", "recorded_at"], name="audit_by_subject"),
                ],
            },
        ),
        EnableRowSecurity("audit_entry", ENTRIES, app="SELECT, INSERT", worker="SELECT, INSERT"),
    ]
