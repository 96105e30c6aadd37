"""Facts get one number for their event, and are looked up by it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

from pactdesk.apps.evidence.database_functions import APPEND_FACT, EVENT_KEY


class Migration(migrations.Migration):
    """The number takes the place of contract, source and id in the index of events."""

    dependencies: ClassVar = [("evidence", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(EVENT_KEY, "DROP FUNCTION pactdesk.event_key(uuid, text, text)"),
        migrations.AddField(
            model_name="factrow",
            name="event_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "contract_id", "source", "event_id", function="pactdesk.event_key"
                ),
                output_field=models.BigIntegerField(),
            ),
        ),
        migrations.RemoveConstraint(model_name="factrow", name="fact_recorded_once"),
        migrations.AddConstraint(
            model_name="factrow",
            constraint=models.UniqueConstraint(
                fields=("event_key", "content_hash", "recorded_at_ms"), name="fact_recorded_once"
            ),
        ),
        migrations.RunSQL(APPEND_FACT, migrations.RunSQL.noop),
    ]
