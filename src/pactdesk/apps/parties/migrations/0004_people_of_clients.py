"""The people of a client are its own, unless it leaves them to the provider."""

from __future__ import annotations

from django.db import migrations, models

from pactdesk.apps.parties.guards import MADE, UNMADE


class Migration(migrations.Migration):
    """The walls stay as they are; guards stand before them."""

    dependencies = [("parties", "0003_jobs_change_nobody")]
    operations = [
        migrations.AddField(
            model_name="organisation",
            name="people_left_to_provider",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(MADE, UNMADE),
    ]
