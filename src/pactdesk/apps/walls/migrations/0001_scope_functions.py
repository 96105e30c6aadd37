"""The functions that policies ask: what does this transaction's scope say?"""

from __future__ import annotations

from django.db import migrations

from pactdesk.apps.walls.rowsecurity import GrantOnly

# After a transaction with a scope the setting is '', before the first one it is NULL.
SCOPE = """
CREATE FUNCTION pactdesk.scope() RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('pactdesk.scope', true), '')::jsonb
"""


def reading(name: str, kind: str, value: str) -> str:
    """SQL for a function that reads one part of the scope."""
    return (
        f"CREATE FUNCTION pactdesk.{name}() RETURNS {kind} "
        f"LANGUAGE sql STABLE PARALLEL SAFE RETURN {value}"
    )


STATEMENTS = [
    "CREATE SCHEMA pactdesk",
    "REVOKE ALL ON SCHEMA pactdesk FROM PUBLIC",
    "GRANT USAGE ON SCHEMA pactdesk TO pactdesk_app, pactdesk_worker",
    SCOPE,
    reading("scope_person", "uuid", "(pactdesk.scope() ->> 'person')::uuid"),
    reading("scope_org", "uuid", "(pactdesk.scope() ->> 'org')::uuid"),
    reading("scope_login", "text", "pactdesk.scope() ->> 'login'"),
    reading(
        "scope_is_operator",
        "boolean",
        "coalesce((pactdesk.scope() ->> 'operator')::boolean, false)",
    ),
    reading(
        "scope_is_administrator",
        "boolean",
        "coalesce((pactdesk.scope() ->> 'administrator')::boolean, false)",
    ),
    reading(
        "scope_contracts",
        "uuid[]",
        "ARRAY (SELECT jsonb_object_keys(pactdesk.scope() -> 'contracts')::uuid)",
    ),
]


class Migration(migrations.Migration):
    """Comes before every table of ours."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(tuple(STATEMENTS), "DROP SCHEMA pactdesk CASCADE"),
        # So that pages and jobs can say that they wait for a migration.
        GrantOnly("django_migrations", app="SELECT", worker="SELECT"),
    ]
