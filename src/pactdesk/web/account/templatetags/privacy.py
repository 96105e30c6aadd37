"""`{% load privacy %}`: personal data in a page, as its visitor may read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template

from pactdesk.web.privacy import mask as mask_for
from pactdesk.web.privacy import masked

register = template.Library()


@register.simple_tag(takes_context=True)
def mask(context: template.Context, contract: UUID, words: str) -> str:
    """`{% mask conversation.contract_id message.body %}`; without a scope all is masked."""
    request: Any = context.get("request")
    scope = getattr(request, "scope", None)
    return masked(words) if scope is None else mask_for(scope, contract, words)
