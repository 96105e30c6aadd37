"""Organisations, people, memberships, roles, and how a person's scope follows from them."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.parties.walls import MEMBERSHIPS, ORGANISATIONS, PEOPLE, ROLES
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity

# Bit by bit: first only the person's own rows can be seen, then their organisation too. It runs
# with the caller's rights and makes nobody mightier; whoever is not admitted gets no scope.
ENTER_SCOPE = """
CREATE FUNCTION pactdesk.enter_scope(who uuid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    entered jsonb;
BEGIN
    PERFORM set_config('pactdesk.scope', jsonb_build_object('person', who)::text, true);
    SELECT jsonb_build_object(
        'person', person.id,
        'org', membership.org_id,
        'administrator', membership.is_administrator,
        'operator', membership.is_administrator AND organisation.kind = 'provider',
        'contracts', coalesce((
            SELECT jsonb_object_agg(held.contract_id, held.roles)
            FROM (
                SELECT contract_id, jsonb_agg(DISTINCT role) AS roles
                FROM parties_contractrole
                WHERE person_id = who
                    AND org_id = membership.org_id
                    AND starts_at <= now()
                    AND (ends_at IS NULL OR ends_at > now())
                GROUP BY contract_id
            ) AS held
        ), '{}'::jsonb)
    )
    INTO entered
    FROM parties_person AS person
    JOIN parties_membership AS membership ON membership.person_id = person.id
    JOIN parties_organisation AS organisation ON organisation.id = membership.org_id
    WHERE person.id = who AND person.is_active AND membership.ended_at IS NULL;
    PERFORM set_config('pactdesk.scope', coalesce(entered::text, ''), true);
    RETURN entered::text;
END
$$
"""


class Migration(migrations.Migration):
    """The tables, and at once the wall around each."""

    initial = True

    dependencies = [("walls", "0001_scope_functions")]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=pactdesk.apps.walls.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "db_table": "parties_person",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="person_email_lower",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=pactdesk.apps.walls.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("provider", "PROVIDER"),
                            ("client", "CLIENT"),
                            ("third_party", "THIRD_PARTY"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "db_table": "parties_organisation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["provider", "client", "third_party"])),
                        name="organisation_kind_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "provider")),
                        fields=("kind",),
                        name="one_provider",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=pactdesk.apps.walls.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("is_administrator", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="parties.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "parties_membership",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="one_membership_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractRole",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=pactdesk.apps.walls.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("contract_id", models.UUIDField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("agent", "AGENT"),
                            ("lead", "LEAD"),
                            ("qa", "QA"),
                            ("planner", "PLANNER"),
                            ("client_manager", "CLIENT_MANAGER"),
                            ("finance", "FINANCE"),
                            ("contract_officer", "CONTRACT_OFFICER"),
                            ("third_party", "THIRD_PARTY"),
                            ("admin", "ADMIN"),
                        ],
                        max_length=30,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract_roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract_roles",
                        to="parties.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "parties_contractrole",
                "indexes": [models.Index(fields=["contract_id", "role"], name="roles_by_contract")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "agent",
                                    "lead",
                                    "qa",
                                    "planner",
                                    "client_manager",
                                    "finance",
                                    "contract_officer",
                                    "third_party",
                                    "admin",
                                ],
                            )
                        ),
                        name="role_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at__isnull", True)),
                        fields=("person", "contract_id", "role"),
                        name="role_held_once",
                    ),
                ],
            },
        ),
        EnableRowSecurity(
            "parties_organisation",
            ORGANISATIONS,
            app="SELECT, INSERT, UPDATE",
            worker="SELECT",
        ),
        EnableRowSecurity(
            "parties_person", PEOPLE, app="SELECT, INSERT, UPDATE", worker="SELECT, UPDATE"
        ),
        EnableRowSecurity(
            "parties_membership", MEMBERSHIPS, app="SELECT, INSERT, UPDATE", worker="SELECT"
        ),
        EnableRowSecurity(
            "parties_contractrole", ROLES, app="SELECT, INSERT, UPDATE", worker="SELECT"
        ),
        migrations.RunSQL(ENTER_SCOPE, "DROP FUNCTION pactdesk.enter_scope(uuid)"),
    ]
