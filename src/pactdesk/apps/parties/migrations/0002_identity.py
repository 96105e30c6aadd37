"""Sessions, tokens, second factors and failed attempts, each behind its wall."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.parties.walls import (
    ATTEMPTS,
    RECOVERY_CODES,
    SECOND_FACTORS,
    SESSIONS,
    TOKENS,
)
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity


class Migration(migrations.Migration):
    """The tables, and at once the wall around each."""

    dependencies = [
        ("parties", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="requires_second_factor",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="person",
            name="language",
            field=models.CharField(db_default="zh", default="zh", max_length=2),
        ),
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("key_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField()),
                ("last_at", models.DateTimeField()),
                ("blocked_until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "parties_attempts",
                "indexes": [models.Index(fields=["last_at"], name="attempts_by_time")],
            },
        ),
        migrations.CreateModel(
            name="SecondFactor",
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
                ("secret", models.BinaryField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_step", models.BigIntegerField(default=0)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_factor",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "parties_secondfactor",
            },
        ),
        migrations.CreateModel(
            name="Token",
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
                    "purpose",
                    models.CharField(
                        choices=[
                            ("invitation", "INVITATION"),
                            ("password_reset", "PASSWORD_RESET"),
                        ],
                        max_length=20,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "parties_token",
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
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
                ("code_hash", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "parties_recoverycode",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "code_hash"), name="recovery_code_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
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
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("data", models.TextField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "last_seen_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField()),
                ("user_agent", models.CharField(default="", max_length=300)),
                ("address", models.CharField(default="", max_length=45)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "parties_session",
                "indexes": [models.Index(fields=["expires_at"], name="session_by_expiry")],
            },
        ),
        EnableRowSecurity(
            "parties_session",
            SESSIONS,
            app="SELECT, INSERT, UPDATE, DELETE",
            worker="SELECT, DELETE",
        ),
        EnableRowSecurity(
            "parties_token",
            TOKENS,
            app="SELECT, UPDATE",
            worker="SELECT, INSERT, UPDATE, DELETE",
        ),
        EnableRowSecurity(
            "parties_secondfactor",
            SECOND_FACTORS,
            app="SELECT, INSERT, UPDATE, DELETE",
            worker="SELECT, UPDATE",
        ),
        EnableRowSecurity(
            "parties_recoverycode",
            RECOVERY_CODES,
            app="SELECT, INSERT, UPDATE, DELETE",
            worker="",
        ),
        EnableRowSecurity(
            "parties_attempts",
            ATTEMPTS,
            app="SELECT, INSERT, UPDATE, DELETE",
            worker="SELECT, DELETE",
        ),
    ]
