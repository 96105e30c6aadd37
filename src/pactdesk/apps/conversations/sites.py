"""Sites: the merchants' shops that carry the chat window."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from pactdesk.apps.audit.actions import record
from pactdesk.apps.conversations.errors import OriginUnreadable, SiteUnknown
from pactdesk.apps.conversations.models import LONGEST_ORIGIN, Site
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope, within

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?")
_PUTTING_UP = frozenset({Role.LEAD.value, Role.ADMIN.value})
_KEY_BYTES = 15


def add_site(by: UUID, contract: UUID, name: str, origins: Sequence[str]) -> Site:
    """Let a shop carry the contract's chat window.

    by       an administrator of the provider, or a lead or administrator of the contract
    origins  where the shop's pages come from: https://shop.example.com, in small letters
    raises   NotAllowed, OriginUnreadable
    """
    for origin in origins:
        if len(origin) > LONGEST_ORIGIN or not _ORIGIN.fullmatch(origin):
            raise OriginUnreadable(origin=origin)
    with scoped(by) as scope:
        if not (scope.operator or scope.roles(contract) & _PUTTING_UP):
            raise NotAllowed(action="conversations.add_site")
        made = Site.objects.create(
            id=new_id(),
            contract_id=contract,
            public_key=secrets.token_urlsafe(_KEY_BYTES),
            name=name,
            origins=list(origins),
        )
        told: dict[str, str | int | bool | None] = {"origins": " ".join(origins)}
        record(scope, "conversations.add_site", subject=made.id, contract=contract, details=told)
    return made


def site_called(public_key: str) -> Site:
    """The site with this key, for whoever asks: the key stands in the shop's page.

    raises  SiteUnknown
    """
    found = None
    if public_key and "\x00" not in public_key:
        with within(Scope(site=public_key)):
            found = Site.objects.filter(public_key=public_key).first()
    if found is None:
        raise SiteUnknown(site=public_key)
    return found


def sites_visible_to(scope: Scope) -> QuerySet[Site]:
    """The sites of the scope's contracts, by name; an administrator of the provider sees all."""
    sites = Site.objects.order_by("name", "id")
    return sites if scope.operator else sites.filter(contract_id__in=list(scope.contracts))
