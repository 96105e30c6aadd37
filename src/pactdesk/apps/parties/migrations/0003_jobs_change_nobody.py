"""Jobs write to people; no job changes one, least of all a password."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """The wall of the table stays as it is."""

    dependencies = [("parties", "0002_identity")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE ON parties_person FROM pactdesk_worker",
            "GRANT UPDATE ON parties_person TO pactdesk_worker",
        )
    ]
