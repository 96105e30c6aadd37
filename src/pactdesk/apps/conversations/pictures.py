"""Pictures in conversations: a message that shows one, and who may look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from pactdesk.apps.conversations.actions import Means, _posted
from pactdesk.apps.conversations.hands import Hand, acting
from pactdesk.apps.conversations.keys import content_keys
from pactdesk.apps.conversations.models import Message, Picture
from pactdesk.apps.conversations.picture_errors import PictureUnknown
from pactdesk.apps.conversations.posting import Post, Posted, check_key
from pactdesk.apps.conversations.queries import _readable
from pactdesk.apps.conversations.values import BODY
from pactdesk.apps.conversations.waking import wake
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.units.instants import Instant
from pactdesk.gateways.pictures.cleaning import CleanPicture
from pactdesk.gateways.vault.data_keys import ContractKeys, Place
from pactdesk.gateways.vault.vault_keys import VaultKeys

CONTENT = "content_ciphertext"
VERB = "conversations.post_picture"


@dataclass(frozen=True, slots=True)
class PostedPicture:
    """A message with its picture; `picture` is None if `key` named a text before.

    at  when the message was recorded
    """

    posted: Posted
    picture: Picture | None
    at: Instant


def post_picture(
    conversation: UUID, by: Hand, shown: CleanPicture, *, key: str, at: Instant, means: Means
) -> PostedPicture:
    """Keep a message that shows a picture, once for each `key`; its facts are a message's.

    raises  ConversationUnknown, ConversationNotInState, NotAllowed, IdempotencyKeyUnusable
    """
    check_key(key)
    with acting(by, means.contract, VERB, conversation) as scope:
        number = new_id()
        keys = content_keys(means.contract, means.vault)
        locked = keys.encrypt(b"", Place(number, BODY))
        plan = _posted(Post(number, conversation, by, locked, key, at), scope, means)
        [outcome] = plan.outcomes
        if not isinstance(outcome, Posted):
            raise outcome
        if plan.facts:
            means.record_facts(plan.facts)
        if outcome.fresh:
            _keep(shown, outcome.id, conversation, keys)
            wake(means.contract)
        message = Message.objects.get(id=outcome.id, contract_id=means.contract)
        picture = Picture.objects.defer(CONTENT).filter(message_id=outcome.id).first()
        return PostedPicture(outcome, picture, Instant(message.recorded_at_ms))


def pictures_visible_to(scope: Scope) -> QuerySet[Picture]:
    """Those of the conversations that the scope may read, without their content."""
    seen = Picture.objects.defer(CONTENT).filter(contract_id__in=_readable(scope))
    if scope.conversations is not None:
        seen = seen.filter(conversation_id__in=scope.conversations)
    return seen.order_by("id")


def pictures_of(scope: Scope, messages: Iterable[UUID]) -> dict[UUID, Picture]:
    """message → the picture that it shows, of those that show one."""
    seen = pictures_visible_to(scope).filter(message_id__in=list(messages))
    return {picture.message_id: picture for picture in seen}


def picture_of(scope: Scope, picture: UUID) -> Picture:
    """One of them; raises PictureUnknown."""
    found = pictures_visible_to(scope).filter(id=picture).first()
    if found is None:
        raise PictureUnknown(picture=picture)
    return found


def content_of(picture: Picture, vault: VaultKeys) -> bytes:
    """The file.

    raises  VaultKeyMissing, DataKeyRefused, CiphertextMalformed, DataKeyMissing,
            CiphertextRefused
    """
    keys = content_keys(picture.contract_id, vault)
    return keys.decrypt(bytes(picture.content_ciphertext), Place(picture.id, CONTENT))


def _keep(shown: CleanPicture, message: UUID, conversation: UUID, keys: ContractKeys) -> None:
    number = new_id()
    Picture.objects.create(
        id=number,
        contract_id=keys.contract,
        conversation_id=conversation,
        message_id=message,
        media_type=shown.media_type,
        width=shown.width,
        height=shown.height,
        size=len(shown.content),
        sha256=shown.sha256,
        content_ciphertext=keys.encrypt(shown.content, Place(number, CONTENT)),
    )
