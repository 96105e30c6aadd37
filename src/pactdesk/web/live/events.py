"""What is told on streams, and how it is written there."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import msgspec

_write = msgspec.json.Encoder().encode


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it is told."""

    id: UUID
    conversation: UUID
    contract: UUID
    sequence: int
    author: str
    name: str | None
    body: str
    picture: dict[str, object] | None = None
    at_ms: int
    recorded_ms: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation's state as it is told."""

    conversation: UUID
    contract: UUID
    code: str
    state: str
    wait_reason: str | None
    closed_at_ms: int | None
    opened_ms: int
    changed_ms: int


class Recorded(NamedTuple):
    """Messages of a conversation that were recorded lately: the first, the last, and its time."""

    conversation: UUID
    first: int
    last: int
    recorded_ms: int


def event(name: str, data: object, number: int | None = None) -> bytes:
    """One event of a stream."""
    head = b"" if number is None else b"id: %d\n" % number
    return b"%bevent: %b\ndata: %b\n\n" % (head, name.encode(), _write(data))


def message_event(one: Written, number: int) -> bytes:
    """A message, with `number` as the event's id."""
    return event("message", one, number)


def state_event(one: Standing) -> bytes:
    """A state. It has no id: after a break, states are read with the page."""
    plain = ("conversation", "contract", "state", "wait_reason", "closed_at_ms")
    return event("state", {name: getattr(one, name) for name in plain})


def opened_event(one: Standing) -> bytes:
    """A conversation that is new."""
    plain = ("conversation", "contract", "code")
    return event("opened", {name: getattr(one, name) for name in plain})
