"""When an entry was written, the database says, and nobody else."""

from __future__ import annotations

from django.db import migrations

COLUMNS = "id, person_id, org_id, contract_id, verb, subject_id, details"
ONLY_THESE = tuple(
    statement
    for role in ("pactdesk_app", "pactdesk_worker")
    for statement in (
        f"REVOKE INSERT ON audit_entry FROM {role}",
        f"GRANT INSERT ({COLUMNS}) ON audit_entry TO {role}",
    )
)
EVERY_COLUMN = ("GRANT INSERT ON audit_entry TO pactdesk_app, pactdesk_worker",)


class Migration(migrations.Migration):
    """The wall of the table stays as it is."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(ONLY_THESE, EVERY_COLUMN)]
