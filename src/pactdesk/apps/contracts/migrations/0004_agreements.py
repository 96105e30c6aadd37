"""Jobs enter what both parties agreed on into the terms."""

from __future__ import annotations

from django.db import migrations

from pactdesk.apps.contracts.walls import TERMS
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity


class Migration(migrations.Migration):
    """A version is added, never changed."""

    dependencies = [("contracts", "0003_reviews")]

    operations = [
        EnableRowSecurity(
            "contracts_termsversion", TERMS, app="SELECT, INSERT", worker="SELECT, INSERT"
        ),
    ]
