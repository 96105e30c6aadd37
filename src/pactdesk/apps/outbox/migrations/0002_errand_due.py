"""An errand has a time before which it is not tried, and may be given up."""

from __future__ import annotations

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """The wall of the table covers its new columns."""

    dependencies = [("outbox", "0001_initial")]

    operations = [
        migrations.AddField(
            "errand",
            "due_at",
            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField("errand", "given_up_at", models.DateTimeField(null=True)),
        migrations.RemoveIndex("errand", "outbox_open"),
        migrations.AddIndex(
            "errand",
            models.Index(
                condition=models.Q(("done_at__isnull", True), ("given_up_at__isnull", True)),
                fields=["recorded_at", "id"],
                name="outbox_open",
            ),
        ),
    ]
