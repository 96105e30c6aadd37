"""The rows of requests: the request, its thread, and what was handed over."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from django.db import models

from pactdesk.apps.requests.kinds import Clock, Ending, Ground, Kind, State, Step, Urgency, Way
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.names import Party

LONGEST_CODE = 20
LONGEST_CLAUSE = 100
_SHA256_HEX = 64
_SHORT = 20


def _chosen(choices: type[StrEnum], **more: Any) -> models.CharField[Any, Any]:
    """One word of an enum."""
    listed = [(one.value, one.name) for one in choices]
    return models.CharField(max_length=_SHORT, choices=listed, **more)


class Request(models.Model):
    """One party asks something of the other.

    code            what people and facts call it: R-7 of help, D-3 of data
    asked_by        the party that asks; `asker_id` its person
    awaits          the party that has to do something now; none when nobody must
    round           1, and one more each time it is opened again; `round_id` names it
    clause          the duty under which it is asked, if the terms have one
    clock           of the time that the answer has; `budget_ms` of it
    runs_from_ms    when the clock of this round began; it warns at `warn_at_ms`
    due_at_ms       the last instant in time; none while a needed calendar is not published
    answered_at_ms  when this round was answered, or the data delivered
    ground, ending, ends_on  of data: why, and what becomes of them by which day
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    code = models.CharField(max_length=LONGEST_CODE)
    number = models.PositiveIntegerField()
    kind = _chosen(Kind)
    state = _chosen(State, default=State.OPEN.value)
    asked_by = _chosen(Party)
    asker_id = models.UUIDField()
    awaits = _chosen(Party, null=True)
    round = models.PositiveIntegerField(default=1)
    round_id = models.UUIDField(default=new_id)
    clause = models.CharField(max_length=LONGEST_CLAUSE, default="")
    urgency = _chosen(Urgency, null=True)
    conversation_id = models.UUIDField(null=True)
    subject_ciphertext = models.BinaryField()
    purpose_ciphertext = models.BinaryField(null=True)
    ground = _chosen(Ground, null=True)
    ending = _chosen(Ending, null=True)
    ends_on = models.DateField(null=True)
    clock = _chosen(Clock)
    budget_ms = models.BigIntegerField()
    asked_at_ms = models.BigIntegerField()
    runs_from_ms = models.BigIntegerField()
    warn_at_ms = models.BigIntegerField(null=True)
    due_at_ms = models.BigIntegerField(null=True)
    answered_at_ms = models.BigIntegerField(null=True)
    ended_at_ms = models.BigIntegerField(null=True)
    returned_at_ms = models.BigIntegerField(null=True)
    warned_at_ms = models.BigIntegerField(null=True)
    overdue_told_at_ms = models.BigIntegerField(null=True)

    class Meta:
        """One code for each; data say what for, why, and what becomes of them."""

        db_table = "requests_request"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["contract_id", "awaits"],
                condition=models.Q(awaits__isnull=False),
                name="requests_awaiting",
            ),
            models.Index(fields=["conversation_id"], name="requests_of_conversation"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract_id", "code"], name="request_code_once"),
            models.UniqueConstraint(fields=["contract_id", "id"], name="request_of_contract"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in Kind])
                & models.Q(state__in=[one.value for one in State])
                & models.Q(asked_by__in=[one.value for one in Party]),
                name="request_kind_and_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=Kind.DATA.value)
                | models.Q(
                    purpose_ciphertext__isnull=False, ground__isnull=False, ending__isnull=False
                ),
                name="request_of_data_says_why",
            ),
        ]


class Entry(models.Model):
    """One step of the thread; written once, never changed.

    body_ciphertext  what was said with it, encrypted for this row alone; none if nothing was
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    request = models.ForeignKey(
        Request,
        models.PROTECT,
        related_name="entries",
        db_constraint=False,  # tied together with contract_id, in the migration
    )
    step = _chosen(Step)
    party = _chosen(Party)
    person_id = models.UUIDField()
    at_ms = models.BigIntegerField()
    body_ciphertext = models.BinaryField(null=True)

    class Meta:
        """Read by request, in order."""

        db_table = "requests_entry"


class Delivery(models.Model):
    """Data were handed over, here or elsewhere; and what the receiver said to it.

    number           1, 2 … within its request
    words_ciphertext what it is, and where it was handed over if not here
    digest           SHA-256 of the list of files with theirs; of data handed over elsewhere what
                     the giver told, or none
    received_at_ms   when the receiver answered: received it, or `is_whole` false
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    request = models.ForeignKey(
        Request, models.PROTECT, related_name="deliveries", db_constraint=False
    )
    number = models.PositiveIntegerField()
    way = _chosen(Way)
    words_ciphertext = models.BinaryField()
    digest = models.CharField(max_length=_SHA256_HEX, default="")
    person_id = models.UUIDField()
    at_ms = models.BigIntegerField()
    receiver_id = models.UUIDField(null=True)
    received_at_ms = models.BigIntegerField(null=True)
    is_whole = models.BooleanField(null=True)

    class Meta:
        """Answered by somebody, or by nobody yet."""

        db_table = "requests_delivery"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["request", "number"], name="delivery_number_once"),
            models.CheckConstraint(
                condition=models.Q(
                    receiver_id__isnull=True, received_at_ms__isnull=True, is_whole__isnull=True
                )
                | models.Q(
                    receiver_id__isnull=False, received_at_ms__isnull=False, is_whole__isnull=False
                ),
                name="delivery_answered_by_somebody",
            ),
        ]


class File(models.Model):
    """One file of a delivery; name and content encrypted for this row alone.

    size  of the file, in bytes, as `sha256` is its digest
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    request_id = models.UUIDField()
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="files", db_constraint=False
    )
    name_ciphertext = models.BinaryField()
    media_type = models.CharField(max_length=100)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=_SHA256_HEX)
    content_ciphertext = models.BinaryField()

    class Meta:
        """Found by delivery."""

        db_table = "requests_file"
