"""A shop's page about what is kept of visitors."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The wall and its grants stand already, for the whole table."""

    dependencies = [("conversations", "0003_pictures")]

    operations = [
        migrations.AddField(
            model_name="site",
            name="privacy_url",
            field=models.CharField(db_default="", default="", max_length=500),
        ),
    ]
