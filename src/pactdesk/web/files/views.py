"""The pictures of conversations, for whoever may read those."""

from __future__ import annotations

import os
from functools import cache
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pactdesk.apps.conversations.pictures import content_of, picture_of
from pactdesk.apps.conversations.queries import READING
from pactdesk.apps.parties.kinds import Role
from pactdesk.gateways.vault.vault_keys import VaultKeys
from pactdesk.web.access import PersonRequest, for_roles
from pactdesk.web.picture_answers import PICTURE_HEADERS
from pactdesk.web.privacy import note_shown


@cache
def _vault() -> VaultKeys:
    """The installation's keys, read once; raises VaultKeysNotGiven and its kin."""
    return VaultKeys.from_environment(os.environ)


@for_roles(*(Role(name) for name in sorted(READING)))
@require_safe
def picture(request: PersonRequest, number: UUID) -> HttpResponse:
    """One picture; not found if its conversation is not theirs to read. The audit is told."""
    found = picture_of(request.scope, number)
    where = {"contract": found.contract_id, "conversation": found.conversation_id}
    note_shown(request.scope, **where, at=timezone.now())
    response = HttpResponse(content_of(found, _vault()), content_type=found.media_type)
    for name, value in PICTURE_HEADERS.items():
        response[name] = value
    # On the pages' own address only the pages themselves show it.
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
