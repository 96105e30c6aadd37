"""A draft may leave its first day open; it stands when the draft is whole."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """Pages may write it, as they write the last one."""

    dependencies = [("contracts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "GRANT UPDATE (starts_on) ON contracts_contract TO pactdesk_app",
            "REVOKE UPDATE (starts_on) ON contracts_contract FROM pactdesk_app",
        ),
    ]
