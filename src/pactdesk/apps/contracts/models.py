"""The rows of contracts: who with whom, which terms since when, and the paper they stand on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from pactdesk.apps.contracts.kinds import ContractState
from pactdesk.apps.parties.models import Organisation, Person
from pactdesk.apps.walls.identifiers import new_id


class Contract(models.Model):
    """One contract between the provider and a client.

    code           what its terms and facts call it
    contract_type  as in the terms: service_agreement …
    zone           IANA; decides its days and months
    starts_on      first day of its term; none while the paper leaves it open
    ends_on        last day, included
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    client_org = models.ForeignKey(Organisation, models.PROTECT, related_name="contracts_as_client")
    provider_org = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contracts_as_provider"
    )
    contract_type = models.CharField(max_length=40)
    zone = models.CharField(max_length=60)
    state = models.CharField(
        max_length=20, choices=[(one.value, one.name) for one in ContractState]
    )
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """Nobody has a contract with themselves."""

        db_table = "contracts_contract"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in ContractState]),
                name="contract_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(client_org=models.F("provider_org")),
                name="contract_has_two_parties",
            ),
        ]


class TermsVersion(models.Model):
    """The terms of a contract as they stand from a day on. Never changed: a new one follows.

    number         1, 2, 3 … within its contract
    terms          canonical JSON
    terms_hash     SHA-256 of it, as statements pin it
    in_force_from  the first day of a month, or of the contract
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    terms = models.TextField()
    terms_hash = models.CharField(max_length=64)
    in_force_from = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    note = models.CharField(max_length=500, default="")

    class Meta:
        """What racing replacements cannot break."""

        db_table = "contracts_termsversion"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "number"], name="terms_number_once"),
        ]


class SourceDocument(models.Model):
    """The paper that the terms were read from, as it was handed in.

    view  which text of a Word file with tracked changes was meant: accepted or original
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    view = models.CharField(max_length=10, db_default="")

    class Meta:
        """The same paper is kept once."""

        db_table = "contracts_sourcedocument"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "sha256"], name="document_kept_once"),
        ]


class Review(models.Model):
    """What somebody confirmed, corrected and marked absent. Never changed: a new one follows.

    number  1, 2, 3 … within its contract
    record  canonical JSON, as core/terms/filling takes it: the whole of the marks, not the change
    base    the terms that were looked at
    result  the terms that stand with the marks put in; the base's own where nothing differs
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    record = models.TextField()
    base = models.ForeignKey(TermsVersion, models.PROTECT, related_name="+")
    result = models.ForeignKey(TermsVersion, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        """What racing reviewers cannot break."""

        db_table = "contracts_review"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract", "number"], name="review_number_once"),
        ]
