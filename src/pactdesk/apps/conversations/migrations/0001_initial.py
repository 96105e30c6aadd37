"""Conversations, their messages, and the keys that their texts are encrypted with."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.conversations.database_functions import MADE, UNMADE
from pactdesk.apps.conversations.walls import CONTENT_KEYS
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity, by_contract


class Migration(migrations.Migration):
    """The tables, and at once the wall around each."""

    initial = True

    dependencies = [("parties", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ContentKey",
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
                    "purpose",
                    models.CharField(
                        choices=[("content", "CONTENT"), ("search", "SEARCH")], max_length=20
                    ),
                ),
                ("wrapped", models.BinaryField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "db_table": "conversations_contentkey",
                "indexes": [
                    models.Index(fields=["contract_id", "purpose"], name="keys_by_contract")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("purpose", "search")),
                        fields=("contract_id",),
                        name="one_search_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
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
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("chat", "CHAT"),
                            ("phone", "PHONE"),
                            ("email", "EMAIL"),
                            ("ticket", "TICKET"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "case_type",
                    models.CharField(
                        choices=[
                            ("consult", "CONSULT"),
                            ("complaint", "COMPLAINT"),
                            ("suggestion", "SUGGESTION"),
                        ],
                        max_length=20,
                        null=True,
                    ),
                ),
                ("customer", models.CharField(max_length=100, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "OPEN"),
                            ("waiting", "WAITING"),
                            ("resolved", "RESOLVED"),
                            ("closed", "CLOSED"),
                        ],
                        max_length=20,
                    ),
                ),
                ("wait_reason", models.CharField(max_length=30, null=True)),
                ("opened_at_ms", models.BigIntegerField()),
                ("first_asked_at_ms", models.BigIntegerField(null=True)),
                ("first_reply_at_ms", models.BigIntegerField(null=True)),
                ("closed_at_ms", models.BigIntegerField(null=True)),
                ("last_sequence", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "conversations_conversation",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["contract_id", "opened_at_ms"],
                        name="conversations_going_on",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contract_id", "code"), name="conversation_code_once"
                    ),
                    models.UniqueConstraint(
                        fields=("contract_id", "id"), name="conversation_of_contract"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "waiting", "resolved", "closed"])
                        ),
                        name="conversation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at_ms__isnull", False), ("state", "closed")),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at_ms__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="conversation_closed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), ("wait_reason__isnull", False)),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("wait_reason__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="conversation_wait_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                ("sequence", models.BigIntegerField()),
                (
                    "author_kind",
                    models.CharField(
                        choices=[
                            ("customer", "CUSTOMER"),
                            ("agent", "AGENT"),
                            ("system", "SYSTEM"),
                        ],
                        max_length=20,
                    ),
                ),
                ("author_id", models.UUIDField(null=True)),
                ("body_ciphertext", models.BinaryField()),
                ("idempotency_key", models.CharField(max_length=100)),
                ("occurred_at_ms", models.BigIntegerField()),
                ("recorded_at_ms", models.BigIntegerField()),
                (
                    "conversation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "db_table": "conversations_message",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conversation", "sequence"), name="message_sequence_once"
                    ),
                    models.UniqueConstraint(
                        fields=("conversation", "idempotency_key"), name="message_key_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("author_id__isnull", False), ("author_kind", "agent")),
                            models.Q(
                                ("author_id__isnull", True),
                                ("author_kind__in", ["customer", "system"]),
                            ),
                            _connector="OR",
                        ),
                        name="message_author_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(MADE, UNMADE),
        EnableRowSecurity(
            "conversations_conversation",
            by_contract(),  # narrowed in 0002
            app="SELECT, INSERT, UPDATE",
            worker="SELECT, INSERT, UPDATE",
        ),
        EnableRowSecurity(
            "conversations_message", by_contract(), app="SELECT, INSERT", worker="SELECT, INSERT"
        ),
        EnableRowSecurity(
            "conversations_contentkey",
            CONTENT_KEYS,
            app="SELECT, INSERT",
            worker="SELECT, INSERT, UPDATE",
        ),
    ]
