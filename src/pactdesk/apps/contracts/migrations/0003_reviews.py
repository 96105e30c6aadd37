"""Papers are looked through by people, whose marks are kept, as is which side of changes was read.

Contract officers of the provider may: the walls of contracts and terms are drawn anew.
"""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import pactdesk.apps.walls.identifiers
from pactdesk.apps.contracts.walls import CONTRACT_ROWS, REVIEWS, TERMS
from pactdesk.apps.walls.rowsecurity import EnableRowSecurity


class Migration(migrations.Migration):
    """A review is added, never changed."""

    dependencies = [
        ("contracts", "0002_first_day_filled"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcedocument",
            name="view",
            field=models.CharField(db_default="", max_length=10),
        ),
        migrations.CreateModel(
            name="Review",
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
                ("record", models.TextField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.termsversion",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="contracts.contract",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.termsversion",
                    ),
                ),
            ],
            options={
                "db_table": "contracts_review",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contract", "number"), name="review_number_once"
                    )
                ],
            },
        ),
        EnableRowSecurity(
            "contracts_contract",
            CONTRACT_ROWS,
            app="SELECT, INSERT, UPDATE (state, starts_on, ends_on)",
            worker="SELECT",
        ),
        EnableRowSecurity("contracts_termsversion", TERMS, app="SELECT, INSERT", worker="SELECT"),
        EnableRowSecurity("contracts_review", REVIEWS, app="SELECT, INSERT", worker="SELECT"),
    ]
