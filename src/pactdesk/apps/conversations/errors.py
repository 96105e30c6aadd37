"""What can be wrong with a conversation or a message."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class ConversationUnknown(PactError):
    """No conversation `conversation` of the contract can be seen."""


class ConversationNotInState(PactError):
    """`action` cannot be done to conversation `code` while its state is `state`."""


class MessageEmpty(PactError):
    """A message without a visible character."""


class MessageNotUnicode(PactError):
    """A message holds half of a surrogate pair, which UTF-8 cannot write."""


class MessageTooLong(PactError):
    """A message of `length` characters; `longest` is the limit."""


class IdempotencyKeyUnusable(PactError):
    """An idempotency key is empty, longer than `longest` characters, or holds a NUL."""


class SiteUnknown(PactError):
    """No shop has the public key `site`."""


class OriginUnreadable(PactError):
    """`origin` does not say where a shop's pages come from."""


class PrivacyUnreadable(PactError):
    """`address` is not the address of a page: https://shop.example.com/privacy."""
