"""Tickets: who somebody is at the live door, which knows no sessions.

A ticket says for what it is good, for whom, and until when, and carries a MAC (HMAC-SHA256) under
a key derived from SECRET_KEY; the pages make those of agents, the door those of customers. It is
text of letters, digits, `-`, `_` and one dot, so it can stand in an address.
"""

from __future__ import annotations

import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

import msgspec
from django.conf import settings

from pactdesk.core.units.errors import PactError

AGENT_MINUTES = 10
CUSTOMER_HOURS = 24
LONGEST = 600

_DOMAIN = b"pactdesk live door ticket 1\n"
_MS_PER_MINUTE = 60_000


class TicketRefused(PactError):
    """A ticket is missing, not ours, or not for what it was shown for."""


class TicketExpired(PactError):
    """A ticket was good, but its time is over."""


class Purpose(StrEnum):
    """What a ticket is good for; one never serves as the other."""

    AGENT = "agent"
    CUSTOMER = "customer"


class Ticket(msgspec.Struct, frozen=True):
    """What a ticket says.

    subject     the person, or the customer's conversation
    contract    of the conversation; a person's contracts are looked up each time
    site        public key of the shop that the customer came from
    expires_ms  from then on it is not good any more
    """

    purpose: Purpose
    subject: UUID
    expires_ms: int
    contract: UUID | None = None
    site: str = ""


_WRITER = msgspec.json.Encoder()
_READER = msgspec.json.Decoder(Ticket)


def agent_ticket(person: UUID, now_ms: int | None = None) -> str:
    """Lets `person` in for ten minutes; what they may see there is looked up each time."""
    expires = _now(now_ms) + AGENT_MINUTES * _MS_PER_MINUTE
    return sealed(Ticket(Purpose.AGENT, person, expires))


def customer_token(conversation: UUID, contract: UUID, site: str, now_ms: int | None = None) -> str:
    """Lets a customer into their one conversation, for a day."""
    expires = _now(now_ms) + CUSTOMER_HOURS * 60 * _MS_PER_MINUTE
    return sealed(Ticket(Purpose.CUSTOMER, conversation, expires, contract, site))


def sealed(ticket: Ticket) -> str:
    """The ticket as text, with its MAC."""
    told = _WRITER.encode(ticket)
    return f"{_text(told)}.{_text(_mac(told))}"


@lru_cache(maxsize=4096)
def _opened(text: str) -> Ticket:
    """What a ticket says, if it is ours; asked again for every message of a conversation."""
    told, _, mac = text.partition(".")
    try:
        plain, given = urlsafe_b64decode(told + "=="), urlsafe_b64decode(mac + "==")
        is_ours = hmac.compare_digest(_mac(plain), given)
        if len(text) > LONGEST or not is_ours or text != f"{_text(plain)}.{_text(given)}":
            raise TicketRefused()
        return _READER.decode(plain)
    except (ValueError, msgspec.MsgspecError):
        raise TicketRefused() from None


def ticket_of(text: str, *purposes: Purpose, now_ms: int | None = None) -> Ticket:
    """What a ticket says.

    purposes  what it may be for
    raises    TicketRefused, TicketExpired
    """
    ticket = _opened(text)
    if ticket.purpose not in purposes:
        raise TicketRefused()
    if ticket.expires_ms <= _now(now_ms):
        raise TicketExpired()
    return ticket


def _mac(told: bytes) -> bytes:
    return hmac.digest(_key(settings.SECRET_KEY), told, "sha256")


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return sha256(_DOMAIN + secret.encode()).digest()


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _now(now_ms: int | None) -> int:
    return time.time_ns() // 1_000_000 if now_ms is None else now_ms
