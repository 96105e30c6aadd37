"""Reading conversations: each query limits itself to the scope, as the database does once more."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from pactdesk.apps.conversations.errors import ConversationUnknown
from pactdesk.apps.conversations.models import Conversation, Message
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.walls.scope import Scope

READING = frozenset(role.value for role in (Role.AGENT, Role.LEAD, Role.QA, Role.CLIENT_MANAGER))


def conversations_visible_to(scope: Scope) -> QuerySet[Conversation]:
    """Those of the contracts whose conversations the scope may read; the oldest first."""
    seen = Conversation.objects.filter(contract_id__in=_readable(scope))
    if scope.conversations is not None:
        seen = seen.filter(id__in=scope.conversations)
    return seen.order_by("opened_at_ms", "id")


def conversation_of(scope: Scope, conversation: UUID) -> Conversation:
    """One of them; raises ConversationUnknown."""
    found = conversations_visible_to(scope).filter(id=conversation).first()
    if found is None:
        raise ConversationUnknown(conversation=conversation)
    return found


def messages_after(scope: Scope, conversation: UUID, sequence: int = 0) -> QuerySet[Message]:
    """Its messages after the one with `sequence`, in order: what a reader who was away missed."""
    seen = Message.objects.filter(
        conversation_id=conversation, contract_id__in=_readable(scope), sequence__gt=sequence
    )
    if scope.conversations is not None:
        seen = seen.filter(conversation_id__in=scope.conversations)
    return seen.order_by("sequence")


def _readable(scope: Scope) -> list[UUID]:
    """A job's contracts all; a person's only where a role has to do with conversations."""
    return [
        contract
        for contract, roles in scope.contracts.items()
        if scope.person is None or roles & READING
    ]
