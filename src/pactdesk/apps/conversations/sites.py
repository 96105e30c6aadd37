"""Sites: the merchants' shops that carry the chat window."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from pactdesk.apps.audit.actions import record
from pactdesk.apps.conversations.errors import OriginUnreadable, PrivacyUnreadable, SiteUnknown
from pactdesk.apps.conversations.models import LONGEST_ADDRESS, LONGEST_ORIGIN, Site
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.kinds import Role
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.apps.walls.scope import Scope, within

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?")
_PAGE = re.compile(r"https?://[^\s\x00-\x1f<>\"]+")
_PUTTING_UP = frozenset({Role.LEAD.value, Role.ADMIN.value})
_KEY_BYTES = 15


def add_site(
    by: UUID, contract: UUID, name: str, origins: Sequence[str], *, privacy_url: str = ""
) -> Site:
    """Let a shop carry the contract's chat window.

    by           an administrator of the provider, or a lead or administrator of the contract
    origins      where the shop's pages come from: https://shop.example.com, in small letters
    privacy_url  the merchant's page about what is kept of visitors
    raises       NotAllowed, OriginUnreadable, PrivacyUnreadable
    """
    _refuse_unusable(origins, privacy_url)
    with scoped(by) as scope:
        _refuse_others(scope, contract, "conversations.add_site")
        made = Site.objects.create(
            id=new_id(),
            contract_id=contract,
            public_key=secrets.token_urlsafe(_KEY_BYTES),
            name=name,
            origins=list(origins),
            privacy_url=privacy_url,
        )
        told = _told(origins, privacy_url)
        record(scope, "conversations.add_site", subject=made.id, contract=contract, details=told)
    return made


def change_site(
    by: UUID, site: UUID, name: str, origins: Sequence[str], *, privacy_url: str = ""
) -> None:
    """Its name, where it may be opened, its privacy page; the key stays. The door asks again
    within half a minute.

    raises  SiteUnknown, NotAllowed, OriginUnreadable, PrivacyUnreadable
    """
    _refuse_unusable(origins, privacy_url)
    with scoped(by) as scope:
        found = sites_visible_to(scope).filter(id=site).first()
        if found is None:
            raise SiteUnknown(site=site)
        contract = found.contract_id
        _refuse_others(scope, contract, "conversations.change_site")
        found.name, found.origins, found.privacy_url = name, list(origins), privacy_url
        found.save(update_fields=["name", "origins", "privacy_url"])
        told = _told(origins, privacy_url)
        record(scope, "conversations.change_site", subject=site, contract=contract, details=told)


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


def may_put_up(scope: Scope, contract: UUID) -> bool:
    """Whether they add and change sites of the contract."""
    return scope.operator or bool(scope.roles(contract) & _PUTTING_UP)


def _refuse_others(scope: Scope, contract: UUID, action: str) -> None:
    if not may_put_up(scope, contract):
        raise NotAllowed(action=action)


def _refuse_unusable(origins: Sequence[str], privacy_url: str) -> None:
    for origin in origins:
        if len(origin) > LONGEST_ORIGIN or not _ORIGIN.fullmatch(origin):
            raise OriginUnreadable(origin=origin)
    if privacy_url and (len(privacy_url) > LONGEST_ADDRESS or not _PAGE.fullmatch(privacy_url)):
        raise PrivacyUnreadable(address=privacy_url)


def _told(origins: Sequence[str], privacy_url: str) -> dict[str, str | int | bool | None]:
    return {"origins": " ".join(origins), "privacy": privacy_url}
