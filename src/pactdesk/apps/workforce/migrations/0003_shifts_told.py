"""When whoever has to answer a shift was written to, which is a job's work."""

from __future__ import annotations

from django.db import migrations, models

from pactdesk.apps.walls.rowsecurity import EnableRowSecurity
from pactdesk.apps.workforce.walls import SHIFTS


class Migration(migrations.Migration):
    """One column, and the job's right to fill it."""

    dependencies = [("workforce", "0002_roster_rules_devices")]

    operations = [
        migrations.AddField(
            model_name="shift",
            name="told_at_ms",
            field=models.BigIntegerField(null=True),
        ),
        EnableRowSecurity(
            "workforce_shift",
            SHIFTS,
            app="SELECT, INSERT, UPDATE",
            worker="SELECT, UPDATE (told_at_ms)",
        ),
    ]
