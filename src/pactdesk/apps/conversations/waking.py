"""Waking the live doors, so that they look what is new under a contract.

A bell, no letter: a ring that is lost costs a moment, for who comes back looks anyway. It is rung
after the commit, in a transaction of its own: inside one, `NOTIFY` would make commits queue.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import connections, transaction

CHANNEL = "pactdesk_live"
# The payload is the contract; a door adds its own name, to know its own ring.
RING = "SELECT pg_notify(%s, %s)"


def wake(contract: UUID, using: str = "default") -> None:
    """Ring once the transaction that is open is committed; now, if none is."""
    transaction.on_commit(partial(_ring, contract, using), using=using, robust=True)


def _ring(contract: UUID, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(RING, [CHANNEL, str(contract)])
