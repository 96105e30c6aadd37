"""Contracts, the versions of their terms, and the papers; and at once the wall around each."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.contracts.walls import CONTRACT_ROWS, DOCUMENTS, TERMS
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity


class Migration(migrations.Migration):
    """What is stored of a contract is not changed, but where it is in its life."""

    initial = True

    dependencies = [
        ("parties", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contract",
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
                ("code", models.CharField(max_length=100, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("contract_type", models.CharField(max_length=40)),
                ("zone", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "DRAFT"),
                            ("in_force", "IN_FORCE"),
                            ("suspended", "SUSPENDED"),
                            ("ended", "ENDED"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "client_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts_as_client",
                        to="parties.organisation",
                    ),
                ),
                (
                    "provider_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts_as_provider",
                        to="parties.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "contracts_contract",
            },
        ),
        migrations.CreateModel(
            name="SourceDocument",
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
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={
                "db_table": "contracts_sourcedocument",
            },
        ),
        migrations.CreateModel(
            name="TermsVersion",
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
                ("number", models.PositiveIntegerField()),
                ("terms", models.TextField()),
                ("terms_hash", models.CharField(max_length=64)),
                ("in_force_from", models.DateField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("note", models.CharField(default="", max_length=500)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={
                "db_table": "contracts_termsversion",
            },
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "in_force", "suspended", "ended"])),
                name="contract_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("client_org", models.F("provider_org")), _negated=True),
                name="contract_has_two_parties",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.UniqueConstraint(
                fields=("contract", "sha256"), name="document_kept_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="termsversion",
            constraint=models.UniqueConstraint(
                fields=("contract", "number"), name="terms_number_once"
            ),
        ),
        EnableRowSecurity(
            "contracts_contract",
            CONTRACT_ROWS,
            app="SELECT, INSERT, UPDATE (state, ends_on)",
            worker="SELECT",
        ),
        EnableRowSecurity("contracts_termsversion", TERMS, app="SELECT, INSERT", worker="SELECT"),
        EnableRowSecurity(
            "contracts_sourcedocument", DOCUMENTS, app="SELECT, INSERT", worker="SELECT"
        ),
    ]
