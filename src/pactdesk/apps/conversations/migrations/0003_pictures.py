"""The pictures that messages show."""

from __future__ import annotations

from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.conversations.walls import PICTURES
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity

TIES = (
    "ALTER TABLE conversations_picture ADD CONSTRAINT picture_of_its_contract"
    " FOREIGN KEY (contract_id, conversation_id)"
    " REFERENCES conversations_conversation (contract_id, id)",
    "ALTER TABLE conversations_picture ADD CONSTRAINT picture_of_its_message"
    " FOREIGN KEY (message_id) REFERENCES conversations_message (id)",
)
UNTIED = (
    "ALTER TABLE conversations_picture DROP CONSTRAINT picture_of_its_contract",
    "ALTER TABLE conversations_picture DROP CONSTRAINT picture_of_its_message",
)


class Migration(migrations.Migration):
    """The table, tied to its rows, and at once the wall around it."""

    dependencies = [("conversations", "0002_sites_and_limits")]

    operations = [
        migrations.CreateModel(
            name="Picture",
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
                ("conversation_id", models.UUIDField()),
                ("message_id", models.UUIDField(unique=True)),
                ("media_type", models.CharField(max_length=20)),
                ("width", models.IntegerField()),
                ("height", models.IntegerField()),
                ("size", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content_ciphertext", models.BinaryField()),
            ],
            options={
                "db_table": "conversations_picture",
                "indexes": [
                    models.Index(
                        fields=["contract_id", "conversation_id"], name="pictures_of_conversation"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("media_type__in", ["image/jpeg", "image/png", "image/webp"])
                        ),
                        name="picture_kind_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(TIES, UNTIED),
        EnableRowSecurity(
            "conversations_picture", PICTURES, app="SELECT, INSERT", worker="SELECT, INSERT"
        ),
    ]
