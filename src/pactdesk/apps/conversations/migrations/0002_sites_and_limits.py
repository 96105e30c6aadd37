"""Sites that carry the chat window, limits of customers" scopes, and when a state changed."""

from __future__ import annotations

import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.conversations.database_functions import (
    CHANGES_MADE,
    CHANGES_UNMADE,
    POST_MESSAGE,
    POST_MESSAGE_UNMADE,
)
from pactdesk.apps.conversations.walls import CONVERSATIONS, MESSAGES, SITES
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity


class Migration(migrations.Migration):
    """New walls around the tables that there are, and one around the new one."""

    dependencies = [
        ("conversations", "0001_initial"),
        ("walls", "0002_scope_of_customers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Site",
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
                ("public_key", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=100)),
                (
                    "origins",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), size=None
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "db_table": "conversations_site",
            },
        ),
        migrations.AddField(
            model_name="conversation",
            name="changed_at_ms",
            field=models.BigIntegerField(db_default=0, editable=False),
        ),
        migrations.AddField(
            model_name="conversation",
            name="opening_key",
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="site_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["contract_id", "changed_at_ms"], name="conversations_as_changed"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["contract_id", "recorded_at_ms"], name="messages_as_recorded"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.UniqueConstraint(
                fields=("site_id", "opening_key"), name="opened_once"
            ),
        ),
        migrations.AddIndex(
            model_name="site",
            index=models.Index(fields=["contract_id"], name="sites_by_contract"),
        ),
        migrations.RunSQL(CHANGES_MADE, CHANGES_UNMADE),
        # Its work is done in `posting.py`, for many messages at once.
        migrations.RunSQL(POST_MESSAGE_UNMADE, POST_MESSAGE),
        EnableRowSecurity(
            "conversations_conversation",
            CONVERSATIONS,
            app="SELECT, INSERT, UPDATE",
            worker="SELECT, INSERT, UPDATE",
        ),
        EnableRowSecurity(
            "conversations_message", MESSAGES, app="SELECT, INSERT", worker="SELECT, INSERT"
        ),
        EnableRowSecurity(
            "conversations_site", SITES, app="SELECT, INSERT, UPDATE", worker="SELECT"
        ),
    ]
