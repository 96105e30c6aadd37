"""The rows of conversations."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from pactdesk.apps.conversations.kinds import AuthorKind, State
from pactdesk.apps.conversations.picture_models import Picture as Picture
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.terms.clauses.scope import CaseType, Channel
from pactdesk.gateways.vault.data_keys import Purpose

LONGEST_CODE = 20
LONGEST_KEY = 100
LONGEST_ORIGIN = 300
LONGEST_ADDRESS = 500


class Site(models.Model):
    """A merchant's shop that carries the chat window.

    public_key  stands in the shop's page; says which shop it is, and is no secret
    origins     where the window may be opened from: https://shop.example.com
    privacy_url the merchant's page about what is kept of visitors; none if empty
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    public_key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    origins = ArrayField(models.CharField(max_length=LONGEST_ORIGIN))
    privacy_url = models.CharField(max_length=LONGEST_ADDRESS, db_default="", default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """Found by its key, listed by contract."""

        db_table = "conversations_site"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contract_id"], name="sites_by_contract"),
        ]


class Conversation(models.Model):
    """A chat, a mail thread or another exchange in writing with one customer.

    code               what people and facts call it
    customer           a pseudonym, never a name or a number that someone could dial
    first_asked_at_ms  the customer's first message; starts the clocks
    first_reply_at_ms  an agent's first message after it
    last_sequence      of its latest message; 0 before the first. Its row is what racing posts
                       queue for
    site_id            the shop that it was opened in
    opening_key        SHA-256 of the browser's own secret name for it: opened twice, it is one
    changed_at_ms      when state or reason last changed, by the database's clock; it keeps it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    code = models.CharField(max_length=LONGEST_CODE)
    channel = models.CharField(max_length=20, choices=[(one.value, one.name) for one in Channel])
    case_type = models.CharField(
        max_length=20, null=True, choices=[(one.value, one.name) for one in CaseType]
    )
    customer = models.CharField(max_length=100, null=True)
    state = models.CharField(max_length=20, choices=[(one.value, one.name) for one in State])
    wait_reason = models.CharField(max_length=30, null=True)
    opened_at_ms = models.BigIntegerField()
    first_asked_at_ms = models.BigIntegerField(null=True)
    first_reply_at_ms = models.BigIntegerField(null=True)
    closed_at_ms = models.BigIntegerField(null=True)
    last_sequence = models.BigIntegerField(default=0)
    site_id = models.UUIDField(null=True)
    opening_key = models.CharField(max_length=64, null=True)
    changed_at_ms = models.BigIntegerField(db_default=0, editable=False)

    class Meta:
        """The state and what belongs to it are never apart."""

        db_table = "conversations_conversation"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["contract_id", "opened_at_ms"],
                condition=~models.Q(state="closed"),
                name="conversations_going_on",
            ),
            models.Index(fields=["contract_id", "changed_at_ms"], name="conversations_as_changed"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contract_id", "code"], name="conversation_code_once"),
            models.UniqueConstraint(fields=["site_id", "opening_key"], name="opened_once"),
            # So that a message can be tied to a conversation of its own contract.
            models.UniqueConstraint(fields=["contract_id", "id"], name="conversation_of_contract"),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in State]),
                name="conversation_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at_ms__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at_ms__isnull=True)),
                name="conversation_closed_at",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", wait_reason__isnull=False)
                | (~models.Q(state="waiting") & models.Q(wait_reason__isnull=True)),
                name="conversation_wait_reason",
            ),
        ]


class Message(models.Model):
    """One message; written once, never changed.

    sequence         1, 2, 3 … within its conversation, without a gap
    author_id        the person, of an agent's message; nobody of others
    body_ciphertext  the text, encrypted for this row alone
    idempotency_key  the sender's own name for it: sent twice, it is one message
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    conversation = models.ForeignKey(
        Conversation,
        models.PROTECT,
        related_name="messages",
        db_constraint=False,  # tied together with contract_id, in the migration
        db_index=False,  # the unique constraints begin with it
    )
    sequence = models.BigIntegerField()
    author_kind = models.CharField(
        max_length=20, choices=[(one.value, one.name) for one in AuthorKind]
    )
    author_id = models.UUIDField(null=True)
    body_ciphertext = models.BinaryField()
    idempotency_key = models.CharField(max_length=LONGEST_KEY)
    occurred_at_ms = models.BigIntegerField()
    recorded_at_ms = models.BigIntegerField()

    class Meta:
        """What racing posts cannot break."""

        db_table = "conversations_message"
        indexes: ClassVar[list[models.Index]] = [
            # For readers who were away; in no other order than it was written.
            models.Index(fields=["contract_id", "recorded_at_ms"], name="messages_as_recorded"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["conversation", "sequence"], name="message_sequence_once"
            ),
            models.UniqueConstraint(
                fields=["conversation", "idempotency_key"], name="message_key_once"
            ),
            models.CheckConstraint(
                condition=models.Q(author_kind="agent", author_id__isnull=False)
                | models.Q(author_kind__in=["customer", "system"], author_id__isnull=True),
                name="message_author_known",
            ),
        ]


class ContentKey(models.Model):
    """A data key of a contract, wrapped; without the vault's keys it opens nothing.

    The latest locks (ids sort by time); the others open what they locked.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contract_id = models.UUIDField()
    purpose = models.CharField(max_length=20, choices=[(one.value, one.name) for one in Purpose])
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        """One search key, for with another one its tokens would find nothing."""

        db_table = "conversations_contentkey"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contract_id", "purpose"], name="keys_by_contract"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contract_id"],
                condition=models.Q(purpose="search"),
                name="one_search_key",
            ),
        ]
