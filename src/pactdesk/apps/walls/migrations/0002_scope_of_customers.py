"""What a customer's scope says: the conversations, and the site, that it is limited to."""

from __future__ import annotations

from django.db import migrations

CONVERSATIONS = """
CREATE FUNCTION pactdesk.scope_conversations() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN jsonb_typeof(pactdesk.scope() -> 'conversations') = 'array'
    THEN ARRAY (SELECT jsonb_array_elements_text(pactdesk.scope() -> 'conversations')::uuid) END
"""
SITE = """
CREATE FUNCTION pactdesk.scope_site() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE RETURN pactdesk.scope() ->> 'site'
"""


class Migration(migrations.Migration):
    """No limit where the scope tells none."""

    dependencies = [("walls", "0001_scope_functions")]
    operations = [
        migrations.RunSQL(
            (CONVERSATIONS, SITE),
            (
                "DROP FUNCTION pactdesk.scope_conversations()",
                "DROP FUNCTION pactdesk.scope_site()",
            ),
        ),
    ]
