"""One who listens: what they have still to be sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from uuid import UUID

from pactdesk.web.live.events import Written

MOST_UNREAD = 1_000_000
"""Bytes that a stream may be behind; then it is cut off."""


class Listener:
    """One stream's end in the hub: what it has still to send, and whether it is to end."""

    __slots__ = (
        "_size", "_unread", "_waiter", "after", "contracts", "conversation", "ended", "stuck",
    )  # fmt: skip

    def __init__(
        self, contracts: frozenset[UUID], conversation: UUID | None = None, after: int = 0
    ) -> None:
        self.contracts, self.conversation = contracts, conversation
        self.after = after
        self.ended = ""
        self.stuck: asyncio.Task[None] | None = None
        self._unread: list[bytes | Written] = []
        self._size = 0
        self._waiter: asyncio.Future[None] | None = None

    @property
    def idle(self) -> bool:
        """Whether everything was taken."""
        return not self._unread

    def tell(self, what: bytes | Written) -> None:
        """Something to send; too much unsent ends the stream."""
        if self.ended:
            return
        self._size += len(what) if isinstance(what, bytes) else 4 * len(what.body)
        if self._size > MOST_UNREAD:
            self.end("slow")
            return
        self._unread.append(what)
        self.wake()

    def put_first(self, these: Iterable[bytes | Written]) -> None:
        """What was missed, before what has come since; as much as it is."""
        self._unread[:0] = these

    def end(self, why: str) -> None:
        """End the stream."""
        if not self.ended:
            self.ended = why
            self._unread.clear()
            self.wake()
            if self.stuck is not None:
                self.stuck.cancel()

    def wake(self) -> None:
        """Let `take` return."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def take(self) -> list[bytes | Written]:
        """All there is to send, once there is something; nothing when the stream is to end."""
        if not self._unread and not self.ended:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
            self._waiter = None
        taken, self._unread, self._size = self._unread, [], 0
        return taken
