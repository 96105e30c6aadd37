"""Requests, their threads, and what was handed over; and at once the wall around each."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.requests.walls import DELIVERIES, ENTRIES, FILES, REQUESTS
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity

_TIE = (
    "ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (contract_id, request_id)"
    " REFERENCES requests_request (contract_id, id)"
)
TIES = (
    _TIE.format(table="requests_entry", name="entry_of_its_request"),
    _TIE.format(table="requests_delivery", name="delivery_of_its_request"),
    _TIE.format(table="requests_file", name="file_of_its_request"),
    "ALTER TABLE requests_file ADD CONSTRAINT file_of_its_delivery FOREIGN KEY (delivery_id)"
    " REFERENCES requests_delivery (id)",
)
UNTIED = (
    "ALTER TABLE requests_entry DROP CONSTRAINT entry_of_its_request",
    "ALTER TABLE requests_file DROP CONSTRAINT file_of_its_request",
    "ALTER TABLE requests_file DROP CONSTRAINT file_of_its_delivery",
    "ALTER TABLE requests_delivery DROP CONSTRAINT delivery_of_its_request",
)


class Migration(migrations.Migration):
    """The tables, tied to the contract of their request."""

    initial = True

    dependencies = [("contracts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Delivery",
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
                ("number", models.PositiveIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[("files", "FILES"), ("elsewhere", "ELSEWHERE")], max_length=20
                    ),
                ),
                ("words_ciphertext", models.BinaryField()),
                ("digest", models.CharField(default="", max_length=64)),
                ("person_id", models.UUIDField()),
                ("at_ms", models.BigIntegerField()),
                ("receiver_id", models.UUIDField(null=True)),
                ("received_at_ms", models.BigIntegerField(null=True)),
                ("is_whole", models.BooleanField(null=True)),
            ],
            options={
                "db_table": "requests_delivery",
            },
        ),
        migrations.CreateModel(
            name="File",
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
                ("request_id", models.UUIDField()),
                ("name_ciphertext", models.BinaryField()),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content_ciphertext", models.BinaryField()),
                (
                    "delivery",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="requests.delivery",
                    ),
                ),
            ],
            options={
                "db_table": "requests_file",
            },
        ),
        migrations.CreateModel(
            name="Request",
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
                ("code", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("help", "HELP"),
                            ("decision", "DECISION"),
                            ("access", "ACCESS"),
                            ("data", "DATA"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "OPEN"),
                            ("answered", "ANSWERED"),
                            ("closed", "CLOSED"),
                            ("withdrawn", "WITHDRAWN"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                (
                    "asked_by",
                    models.CharField(
                        choices=[("provider", "PROVIDER"), ("client", "CLIENT")], max_length=20
                    ),
                ),
                ("asker_id", models.UUIDField()),
                (
                    "awaits",
                    models.CharField(
                        choices=[("provider", "PROVIDER"), ("client", "CLIENT")],
                        max_length=20,
                        null=True,
                    ),
                ),
                ("round", models.PositiveIntegerField(default=1)),
                ("round_id", models.UUIDField(default=pactdesk.apps.walls.identifiers.new_id)),
                ("clause", models.CharField(default="", max_length=100)),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("urgent", "URGENT"),
                            ("normal", "NORMAL"),
                            ("relaxed", "RELAXED"),
                        ],
                        max_length=20,
                        null=True,
                    ),
                ),
                ("conversation_id", models.UUIDField(null=True)),
                ("subject_ciphertext", models.BinaryField()),
                ("purpose_ciphertext", models.BinaryField(null=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("no_personal_data", "NO_PERSONAL_DATA"),
                            ("contract", "CONTRACT"),
                            ("consent", "CONSENT"),
                            ("legal_duty", "LEGAL_DUTY"),
                        ],
                        max_length=20,
                        null=True,
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        choices=[("return", "RETURN"), ("destroy", "DESTROY"), ("keep", "KEEP")],
                        max_length=20,
                        null=True,
                    ),
                ),
                ("ends_on", models.DateField(null=True)),
                (
                    "clock",
                    models.CharField(
                        choices=[("service_hours", "SERVICE_HOURS"), ("wall_clock", "WALL_CLOCK")],
                        max_length=20,
                    ),
                ),
                ("budget_ms", models.BigIntegerField()),
                ("asked_at_ms", models.BigIntegerField()),
                ("runs_from_ms", models.BigIntegerField()),
                ("warn_at_ms", models.BigIntegerField(null=True)),
                ("due_at_ms", models.BigIntegerField(null=True)),
                ("answered_at_ms", models.BigIntegerField(null=True)),
                ("ended_at_ms", models.BigIntegerField(null=True)),
                ("returned_at_ms", models.BigIntegerField(null=True)),
                ("warned_at_ms", models.BigIntegerField(null=True)),
                ("overdue_told_at_ms", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "requests_request",
                "indexes": [
                    models.Index(
                        condition=models.Q(("awaits__isnull", False)),
                        fields=["contract_id", "awaits"],
                        name="requests_awaiting",
                    ),
                    models.Index(fields=["conversation_id"], name="requests_of_conversation"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contract_id", "code"), name="request_code_once"
                    ),
                    models.UniqueConstraint(
                        fields=("contract_id", "id"), name="request_of_contract"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["help", "decision", "access", "data"]),
                            ("state__in", ["open", "answered", "closed", "withdrawn"]),
                            ("asked_by__in", ["provider", "client"]),
                        ),
                        name="request_kind_and_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "data"), _negated=True),
                            models.Q(
                                ("ending__isnull", False),
                                ("ground__isnull", False),
                                ("purpose_ciphertext__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="request_of_data_says_why",
                    ),
                ],
            },
        ),
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
                ("contract_id", models.UUIDField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("asked", "ASKED"),
                            ("replied", "REPLIED"),
                            ("answered", "ANSWERED"),
                            ("reopened", "REOPENED"),
                            ("closed", "CLOSED"),
                            ("withdrawn", "WITHDRAWN"),
                            ("delivered", "DELIVERED"),
                            ("received", "RECEIVED"),
                            ("missing", "MISSING"),
                            ("returned", "RETURNED"),
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
                ("person_id", models.UUIDField()),
                ("at_ms", models.BigIntegerField()),
                ("body_ciphertext", models.BinaryField(null=True)),
                (
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="requests.request",
                    ),
                ),
            ],
            options={
                "db_table": "requests_entry",
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="request",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="requests.request",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("request", "number"), name="delivery_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("is_whole__isnull", True),
                        ("received_at_ms__isnull", True),
                        ("receiver_id__isnull", True),
                    ),
                    models.Q(
                        ("is_whole__isnull", False),
                        ("received_at_ms__isnull", False),
                        ("receiver_id__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="delivery_answered_by_somebody",
            ),
        ),
        migrations.RunSQL(TIES, UNTIED),
        EnableRowSecurity(
            "requests_request", REQUESTS, app="SELECT, INSERT, UPDATE", worker="SELECT, UPDATE"
        ),
        EnableRowSecurity("requests_entry", ENTRIES, app="SELECT, INSERT", worker="SELECT"),
        EnableRowSecurity(
            "requests_delivery", DELIVERIES, app="SELECT, INSERT, UPDATE", worker="SELECT"
        ),
        EnableRowSecurity("requests_file", FILES, app="SELECT, INSERT", worker="SELECT"),
    ]
