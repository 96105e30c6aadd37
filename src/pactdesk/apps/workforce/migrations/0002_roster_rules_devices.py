"""The roster, rules of conduct with their signatures, and devices."""

from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity
from pactdesk.apps.workforce.walls import (
    AVAILABILITY,
    DEVICES,
    OFF_PLATFORM,
    RULES,
    SHIFTS,
    SIGNATURES,
    WORK_TERMS,
)


class Migration(migrations.Migration):
    """The tables, and at once the wall around each."""

    dependencies = [
        ("workforce", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkTerms",
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
                ("contract_id", models.UUIDField(unique=True)),
                ("org_id", models.UUIDField()),
                ("designated_devices", models.BooleanField()),
            ],
            options={
                "db_table": "workforce_workterms",
            },
        ),
        migrations.CreateModel(
            name="Availability",
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
                ("org_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("weekday", models.PositiveSmallIntegerField(null=True)),
                ("day", models.DateField(null=True)),
                ("start_minute", models.PositiveSmallIntegerField()),
                ("end_minute", models.PositiveSmallIntegerField()),
                ("can_work", models.BooleanField()),
            ],
            options={
                "db_table": "workforce_availability",
                "indexes": [models.Index(fields=["person_id"], name="availability_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("day__isnull", True), ("weekday__isnull", False)),
                            models.Q(("day__isnull", False), ("weekday__isnull", True)),
                            _connector="OR",
                        ),
                        name="availability_of_week_or_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_minute__gt", models.F("start_minute")), ("end_minute__lte", 1440)
                        ),
                        name="availability_in_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Device",
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
                ("org_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("device_hash", models.CharField(max_length=64)),
                ("label", models.CharField(max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "WAITING"),
                            ("approved", "APPROVED"),
                            ("refused", "REFUSED"),
                        ],
                        max_length=10,
                    ),
                ),
                ("first_seen_ms", models.BigIntegerField()),
                ("last_seen_ms", models.BigIntegerField()),
                ("decided_by_id", models.UUIDField(null=True)),
                ("decided_at_ms", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "workforce_device",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person_id", "device_hash"), name="device_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "approved", "refused"])),
                        name="device_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleDocument",
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
                ("name", models.CharField(max_length=100)),
                ("number", models.PositiveIntegerField()),
                ("body", models.TextField()),
                (
                    "red_lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), size=None
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("due_on", models.DateField()),
                ("blocks", models.BooleanField()),
                ("published_by_id", models.UUIDField()),
                (
                    "published_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("alerted_at_ms", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "workforce_ruledocument",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contract_id", "name", "number"), name="rule_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
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
                ("starts_at_ms", models.BigIntegerField()),
                ("ends_at_ms", models.BigIntegerField()),
                ("share", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "OFFERED"),
                            ("asked", "ASKED"),
                            ("agreed", "AGREED"),
                            ("declined", "DECLINED"),
                            ("withdrawn", "WITHDRAWN"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_by_id", models.UUIDField()),
                ("answered_by_id", models.UUIDField(null=True)),
                ("answered_at_ms", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "workforce_shift",
                "indexes": [
                    models.Index(fields=["contract_id", "starts_at_ms"], name="shifts_by_contract"),
                    models.Index(fields=["person_id", "starts_at_ms"], name="shifts_by_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at_ms__gt", models.F("starts_at_ms"))),
                        name="shift_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["offered", "asked", "agreed", "declined", "withdrawn"])
                        ),
                        name="shift_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OffPlatform",
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
                (
                    "deed",
                    models.CharField(
                        choices=[("clock", "CLOCK"), ("desk", "DESK"), ("reply", "REPLY")],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField()),
                ("at_ms", models.BigIntegerField()),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.device",
                    ),
                ),
            ],
            options={
                "db_table": "workforce_offplatform",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contract_id", "device", "deed", "day"), name="off_platform_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSignature",
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
                ("person_name", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "signed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="workforce.ruledocument",
                    ),
                ),
            ],
            options={
                "db_table": "workforce_rulesignature",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "person_id"), name="rule_signed_once"
                    )
                ],
            },
        ),
        EnableRowSecurity("workforce_shift", SHIFTS, app="SELECT, INSERT, UPDATE", worker="SELECT"),
        EnableRowSecurity(
            "workforce_availability", AVAILABILITY, app="SELECT, INSERT, DELETE", worker=""
        ),
        EnableRowSecurity(
            "workforce_device", DEVICES, app="SELECT, INSERT, UPDATE", worker="SELECT"
        ),
        EnableRowSecurity(
            "workforce_offplatform", OFF_PLATFORM, app="SELECT, INSERT", worker="SELECT"
        ),
        EnableRowSecurity(
            "workforce_workterms", WORK_TERMS, app="SELECT, INSERT, UPDATE", worker="SELECT"
        ),
        EnableRowSecurity(
            "workforce_ruledocument",
            RULES,
            app="SELECT, INSERT",
            worker="SELECT, UPDATE (alerted_at_ms)",
        ),
        EnableRowSecurity(
            "workforce_rulesignature", SIGNATURES, app="SELECT, INSERT", worker="SELECT"
        ),
    ]
