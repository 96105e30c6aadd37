"""Procrastinate's queue is for the worker alone: pages leave errands, and never see a job."""

from __future__ import annotations

from django.db import migrations

from pactdesk.apps.walls.rowsecurity import GrantOnly

_EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
TABLES = ("jobs", "events", "periodic_defers", "workers")

# Functions are open to everybody unless said otherwise; sequences to nobody.
FUNCTIONS = r"""
DO $$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT oid FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate\_%'
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pactdesk_worker', one);
    END LOOP;
END $$
"""
SEQUENCES = r"""
DO $$
DECLARE one regclass;
BEGIN
    FOR one IN SELECT oid FROM pg_class WHERE relkind = 'S'
        AND relnamespace = 'public'::regnamespace AND relname LIKE 'procrastinate\_%'
    LOOP
        EXECUTE format('GRANT USAGE ON SEQUENCE %s TO pactdesk_worker', one);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    """After Procrastinate's own; a later one of theirs wants another of ours."""

    initial = True
    dependencies = [
        ("walls", "0001_scope_functions"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        *(GrantOnly(f"procrastinate_{name}", app="", worker=_EVERYTHING) for name in TABLES),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(SEQUENCES, migrations.RunSQL.noop),
    ]
